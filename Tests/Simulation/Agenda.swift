/// What will happen, in the order of time; of one moment, in the order in which it was planned.
struct Agenda<Body> {
  struct Entry {
    let at: Int64
    let serial: Int64
    let body: Body

    fileprivate func precedes(_ other: Entry) -> Bool {
      at != other.at ? at < other.at : serial < other.serial
    }
  }

  private var heap: [Entry] = []
  private var serial: Int64 = 0

  var nextAt: Int64? { heap.first?.at }
  var count: Int { heap.count }

  mutating func add(at moment: Int64, _ body: Body) {
    serial += 1
    heap.append(Entry(at: moment, serial: serial, body: body))
    var child = heap.count - 1
    while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeFirst() -> Entry {
    precondition(!heap.isEmpty, "there is something on the agenda")
    heap.swapAt(0, heap.count - 1)
    let first = heap.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if heap[child].precedes(heap[least]) { least = child }
      }
      guard least != parent else { return first }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
