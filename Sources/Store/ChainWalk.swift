package import Crypto
import SQLite

/// What a look along the chain of events found.
package struct AuditReport: Hashable, Sendable {
  package let from: Int64
  package let to: Int64
  package let count: Int64
  /// The first place where a row is missing or its hash does not fit; nil for a whole chain.
  package let brokenAt: Int64?
  /// Hash of the last event looked at: anchor it somewhere else to find a cut-off tail.
  package let head: SHA256Digest

  /// Where the chain is broken, as a sentence; nil for a whole chain.
  var fault: String? {
    brokenAt.map {
      "the chain of the event log is broken at event \($0): it is missing or was changed"
    }
  }
}

/// Recomputes the chain over a stretch of the log.
enum ChainWalk {
  /// - Parameter to: nil goes to the end.
  static func verify(
    _ connection: Connection, from: Int64 = 1, to: Int64? = nil
  ) throws(SQLiteError) -> AuditReport {
    var previous = try hash(before: from, connection)
    let statement = try connection.prepare(
      "SELECT seq, line, hash FROM events WHERE seq>=? AND seq<=? ORDER BY seq")
    defer { statement.finalize() }
    try statement.bind(from, at: 1)
    try statement.bind(to ?? Int64.max, at: 2)
    var (expected, count) = (from, Int64(0))
    while try statement.step() {
      let sequence = try statement.int64(0)
      let stored = SHA256Digest(bytes: try statement.blob(2))
      guard sequence == expected, let head = previous,
        EventChain.link(after: head, try statement.blob(1)) == stored
      else { return report(from, expected, count, brokenAt: expected, previous) }
      previous = stored
      expected += 1
      count += 1
    }
    return report(from, expected - 1, count, brokenAt: nil, previous)
  }

  private static func report(
    _ from: Int64, _ to: Int64, _ count: Int64, brokenAt: Int64?, _ head: SHA256Digest?
  ) -> AuditReport {
    AuditReport(from: from, to: to, count: count, brokenAt: brokenAt, head: head ?? .zero)
  }

  private static func hash(
    before sequence: Int64, _ connection: Connection
  ) throws(SQLiteError) -> SHA256Digest? {
    guard sequence > 1 else { return .zero }
    let statement = try connection.prepare("SELECT hash FROM events WHERE seq=?")
    defer { statement.finalize() }
    try statement.bind(sequence - 1, at: 1)
    return try statement.step() ? SHA256Digest(bytes: try statement.blob(0)) : nil
  }
}

extension StoreReader {
  /// Recomputes the chain over a stretch of the log.
  ///
  /// - Parameter to: nil goes to the end.
  package func verifyChain(from: Int64, to: Int64?) throws(StoreError) -> AuditReport {
    try database { () throws(SQLiteError) in
      try ChainWalk.verify(connection, from: from, to: to)
    }
  }
}

extension StoreWriter {
  /// Where the chain of the log is broken, as a sentence; nil where it is whole.
  func chainFault() throws(StoreError) -> String? {
    try database { () throws(SQLiteError) in try ChainWalk.verify(connection).fault }
  }
}
