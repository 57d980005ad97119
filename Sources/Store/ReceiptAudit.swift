import Crypto
package import Domain
import SQLite

/// What a look at the kept bytes of notifications found.
package struct ReceiptAudit: Hashable, Sendable {
  /// Receipts whose bytes are still kept.
  package let count: Int64
  /// The first whose bytes are not those that arrived; nil where all are.
  package let firstBad: ReceiptID?
}

extension StoreReader {
  /// Compares the kept bytes of every notification with their digest, and the digest with the one
  /// that the log knows where the notification proved something. An event cannot be changed
  /// unseen, so neither can what it points to.
  package func verifyReceipts() throws(StoreError) -> ReceiptAudit {
    let statement = try database { () throws(SQLiteError) in
      try kept(
        """
        SELECT id, digest, body, order_key FROM receipts WHERE http_method<>'' ORDER BY id
        """)
    }
    defer { statement.reset() }
    var count: Int64 = 0
    while try database({ () throws(SQLiteError) in try statement.step() }) {
      let (id, digest, body, key) = try database { () throws(SQLiteError) in
        (
          try statement.string(0), try statement.string(1), try statement.blob(2),
          try statement.optionalInt64(3)
        )
      }
      count += 1
      var isWhole = SHA256.hash(body).hex.utf8.elementsEqual(digest.utf8)
      if isWhole { isWhole = try isKnown(digest, of: id, key) }
      guard isWhole else {
        return ReceiptAudit(count: count, firstBad: ReceiptID(text: id))
      }
    }
    return ReceiptAudit(count: count, firstBad: nil)
  }

  /// Whether the log gives the notification this digest, or has no evidence from it.
  private func isKnown(
    _ digest: String, of id: String, _ orderKey: Int64?
  ) throws(StoreError) -> Bool {
    guard let orderKey else { return true }
    for line in try lookups.lines(of: orderKey, upTo: .max) {
      guard let evidence = try EventReading.event(line: line).event.body.evidence,
        evidence.id.utf8.elementsEqual(id.utf8), !evidence.digest.isEmpty
      else { continue }
      if !evidence.digest.utf8.elementsEqual(digest.utf8) { return false }
    }
    return true
  }
}

extension EventBody {
  /// What proved the fact, where something outside did.
  fileprivate var evidence: Evidence? {
    switch self {
    case .payment(_, .closed(_, let evidence)), .payment(_, .reversed(_, let evidence)),
      .payment(_, .failed(_, let evidence)), .payment(_, .succeeded(_, let evidence, _)),
      .payment(_, .confirmed(let evidence)),
      .refund(_, .succeeded(_, let evidence)), .refund(_, .failed(_, let evidence)),
      .refund(_, .returned(_, let evidence)):
      evidence
    default: nil
    }
  }
}
