package import Domain
import SQLite

/// A database that was put back from a copy: what happened since is to be heard first.
extension StoreWriter {
  /// Everything that was open is due at once, and is marked until the gateway has answered about
  /// it; what was to be delivered is doubted at the first start.
  package func markRestored(at now: Timestamp) throws(StoreError) {
    try database { () throws(SQLiteError) in
      try connection.execute(
        "UPDATE questions SET next_at=1, rank=1, unchanged=-1 WHERE next_at IS NOT NULL")
      try notes.setMeta("restored", "yes")
      try notes.setMeta("restored_at", String(now.milliseconds))
      try notes.setMeta("restored_goods", "doubted")
    }
  }

  /// Whether a restored database still has to hear what happened since.
  ///
  /// - Parameter gateways: those that can be asked. What is open at others can never be heard.
  package func isCatchingUp(gateways: [String]) throws(StoreError) -> Bool {
    guard try database({ () throws(SQLiteError) in try notes.meta("restored") }) == "yes" else {
      return false
    }
    for gateway in gateways where try unheard(of: gateway, limit: 1) > 0 { return true }
    try database { () throws(SQLiteError) in try notes.setMeta("restored", "no") }
    return false
  }

  /// How much a gateway has not been heard about since the restore.
  ///
  /// - Parameter limit: no more are counted.
  package func unheard(of gateway: String, limit: Int = .max) throws(StoreError) -> Int64 {
    try database { () throws(SQLiteError) in
      let marked = try connection.prepare(
        """
        SELECT count(*) FROM (SELECT 1 FROM questions
          WHERE gateway=? AND unchanged=-1 AND next_at IS NOT NULL LIMIT ?)
        """)
      defer { marked.finalize() }
      try marked.bind(gateway, at: 1)
      try marked.bind(limit, at: 2)
      return try marked.step() ? try marked.int64(0) : 0
    }
  }

  /// When the database was last put back from a copy; nil for one that never was.
  package func restoredAt() throws(StoreError) -> Timestamp? {
    try database { () throws(SQLiteError) in
      try notes.meta("restored_at").flatMap { Int64($0) }.map(Timestamp.init(milliseconds:))
    }
  }

  /// Orders whose goods were still here in the copy, until `noteGoodsDoubted`; nil after it.
  package func ordersWithDoubtfulGoods() throws(StoreError) -> [Int64]? {
    try database { () throws(SQLiteError) in
      guard try notes.meta("restored_goods") == "doubted" else { return nil }
      let waiting = try connection.prepare(
        """
        SELECT DISTINCT order_key FROM deliveries
        WHERE state IN ('pending', 'held', 'reserved', 'delivering') ORDER BY order_key
        """)
      defer { waiting.finalize() }
      var keys: [Int64] = []
      while try waiting.step() { keys.append(try waiting.int64(0)) }
      return keys
    }
  }

  package func noteGoodsDoubted() throws(StoreError) {
    try database { () throws(SQLiteError) in try notes.setMeta("restored_goods", "noted") }
  }

  /// Begins a new history after a restore: old cursors no longer fit.
  package func renewEpoch(_ text: String) throws(StoreError) {
    try database { () throws(SQLiteError) in try notes.setMeta("epoch", text) }
    epoch = text
  }
}
