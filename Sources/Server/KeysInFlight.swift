import Domain
import Engine
import Synchronization
import Wire

/// Keys of writes that were taken up and whose end cannot be read in the store yet.
///
/// Without it `key.lookup` would say `absent` of a write that waits for the writer or for the disk,
/// and whoever believes that sends the money a second time. A key is here from the moment its line
/// is begun until the transaction of its request is over: whoever looks here first and in the store
/// afterwards finds it in one of them.
final class KeysInFlight: Sendable {
  /// The first of the writes that are under way with a key.
  struct Use: Sendable {
    let method: Method
    /// Our wall clock when its line was begun.
    let at: Timestamp
  }

  private struct Name: Hashable {
    let principal: String
    let key: String
  }

  private struct Entry {
    let use: Use
    /// Writes with this key that are under way: a request may be repeated before it is answered.
    var count: Int
  }

  private let entries = Mutex<[Name: Entry]>([:])

  subscript(key: String, of principal: String) -> Use? {
    entries.withLock { $0[Name(principal: principal, key: key)]?.use }
  }

  func enter(_ key: String, of principal: String, _ use: Use) {
    entries.withLock { entries in
      entries[Name(principal: principal, key: key), default: Entry(use: use, count: 0)].count += 1
    }
  }

  /// It was never handed to the writer, and will not be.
  func leave(_ key: String, of principal: String) {
    entries.withLock { Self.leave(Name(principal: principal, key: key), &$0) }
  }

  /// The writer has carried these out, or refused them.
  func leave(_ inputs: [Input]) {
    let names = inputs.compactMap { input -> Name? in
      guard case .request(let request) = input, let key = request.key, !request.isDryRun else {
        return nil
      }
      return Name(principal: request.caller.principal, key: key.text)
    }
    guard !names.isEmpty else { return }
    entries.withLock { entries in
      for name in names { Self.leave(name, &entries) }
    }
  }

  private static func leave(_ name: Name, _ entries: inout [Name: Entry]) {
    guard let entry = entries[name] else { return }
    if entry.count > 1 {
      entries[name]?.count -= 1
    } else {
      entries[name] = nil
    }
  }
}
