import Domain
import Store

struct KeyName: Hashable {
  let principal: String
  let key: String
}

/// A keyed command whose outcome is not known yet.
struct RunningKey {
  let row: KeyRow
  let subject: ScheduledQuestion.Subject
  /// The payment was open already when the command came.
  let isReused: Bool
}

/// Keyed commands without an outcome, found by their name and by what they wait for.
struct RunningKeys {
  private var keys: [KeyName: RunningKey] = [:]
  private var names: [ScheduledQuestion.Subject: Set<KeyName>] = [:]

  var count: Int { keys.count }
  var subjects: Set<ScheduledQuestion.Subject> { Set(names.keys) }

  subscript(name: KeyName) -> RunningKey? { keys[name] }

  func isEmpty(of subject: ScheduledQuestion.Subject) -> Bool { names[subject] == nil }

  mutating func add(_ key: RunningKey) {
    let name = KeyName(principal: key.row.principal, key: key.row.key)
    if let old = keys.updateValue(key, forKey: name) { forget(name, of: old.subject) }
    names[key.subject, default: []].insert(name)
  }

  /// Takes out everything that waits for a subject, in a fixed order.
  mutating func removeAll(of subject: ScheduledQuestion.Subject) -> [RunningKey] {
    let found = names.removeValue(forKey: subject) ?? []
    let sorted = found.sorted { ($0.principal, $0.key) < ($1.principal, $1.key) }
    return sorted.compactMap { keys.removeValue(forKey: $0) }
  }

  private mutating func forget(_ name: KeyName, of subject: ScheduledQuestion.Subject) {
    names[subject]?.remove(name)
    if names[subject]?.isEmpty == true { names[subject] = nil }
  }
}
