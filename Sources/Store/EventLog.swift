import Crypto
import Domain
import SQLite

/// Appends to the log: one row an event, each chained to the one before.
struct EventLog {
  private let insertion: Statement
  private(set) var lastSequence: Int64
  private(set) var lastHash: SHA256Digest

  init(_ connection: Connection) throws(StoreError) {
    do throws(SQLiteError) {
      insertion = try connection.prepare(
        "INSERT INTO events(seq, tx, order_key, type, line, hash) VALUES (?,?,?,?,?,?)")
      let newest = try connection.prepare("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")
      lastSequence = 0
      lastHash = .zero
      if try newest.step() {
        lastSequence = try newest.int64(0)
        guard let hash = SHA256Digest(bytes: try newest.blob(1)) else {
          throw SQLiteError.damagedRow("events \(lastSequence): hash")
        }
        lastHash = hash
      }
      newest.reset()
    } catch { throw .database(error) }
  }

  /// Appends the events of one decision.
  ///
  /// - Returns: the sequence of the first one, which is the transaction's number.
  mutating func append(_ events: [Event], orderKey: Int64?) throws(SQLiteError) -> Int64 {
    let transaction = lastSequence + 1
    for event in events {
      let sequence = lastSequence + 1
      let line = EventWriting.line(event, sequence: sequence, transaction: transaction)
      let hash = EventChain.link(after: lastHash, line)
      try insertion.bind(sequence, at: 1)
      try insertion.bind(transaction, at: 2)
      try insertion.bind(orderKey, at: 3)
      try insertion.bind(event.body.type, at: 4)
      try insertion.bind(line, at: 5)
      try insertion.bind(hash.bytes, at: 6)
      try insertion.run()
      lastSequence = sequence
      lastHash = hash
    }
    return transaction
  }

  /// The chain's place, to go back to when a transaction is taken back.
  struct Mark {
    fileprivate let sequence: Int64
    fileprivate let hash: SHA256Digest
  }

  var mark: Mark { Mark(sequence: lastSequence, hash: lastHash) }

  mutating func goBack(to mark: Mark) {
    lastSequence = mark.sequence
    lastHash = mark.hash
  }
}

/// The rule of the chain: `hash = SHA-256(previous hash ‖ line)`, the first after 32 zero bytes.
enum EventChain {
  static func link(after previous: SHA256Digest, _ line: [UInt8]) -> SHA256Digest {
    previous.withUnsafeBytes { head in
      line.withUnsafeBytes { tail in SHA256.hash(head, tail) }
    }
  }
}
