import SQLite

/// A database that was put back from a copy: what happened since is to be heard first.
extension StoreWriter {
  /// Everything that was open is due at once, and is marked until the gateway has answered about
  /// it.
  package func markRestored() throws(StoreError) {
    try database { () throws(SQLiteError) in
      try connection.execute(
        "UPDATE questions SET next_at=1, rank=1, unchanged=-1 WHERE next_at IS NOT NULL")
      try notes.setMeta("restored", "yes")
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

  /// Begins a new history after a restore: old cursors no longer fit.
  package func renewEpoch(_ text: String) throws(StoreError) {
    try database { () throws(SQLiteError) in try notes.setMeta("epoch", text) }
    epoch = text
  }
}
