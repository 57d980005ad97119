/// Moments to come, soonest first. Moments that are no longer wanted stay until they are due or
/// until they outnumber the others.
struct DeadlineHeap<Subject> {
  struct Entry {
    /// Monotonic clock.
    let milliseconds: Int64
    let subject: Subject
  }

  private var entries: [Entry] = []

  var soonestMilliseconds: Int64? { entries.first?.milliseconds }
  var count: Int { entries.count }

  mutating func insert(_ milliseconds: Int64, _ subject: Subject) {
    entries.append(Entry(milliseconds: milliseconds, subject: subject))
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard entries[child].milliseconds < entries[parent].milliseconds else { break }
      entries.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes the soonest one if its time has come.
  mutating func popDue(at now: Int64) -> Subject? {
    guard let first = entries.first, first.milliseconds <= now else { return nil }
    entries.swapAt(0, entries.count - 1)
    entries.removeLast()
    sink(from: 0)
    return first.subject
  }

  /// Keeps only what is still wanted.
  mutating func prune(_ isWanted: (Subject) -> Bool) {
    entries.removeAll { !isWanted($0.subject) }
    for index in stride(from: entries.count / 2 - 1, through: 0, by: -1) { sink(from: index) }
  }

  private mutating func sink(from start: Int) {
    var parent = start
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
        if entries[child].milliseconds < entries[least].milliseconds { least = child }
      }
      guard least != parent else { return }
      entries.swapAt(parent, least)
      parent = least
    }
  }
}
