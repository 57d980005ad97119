package import Domain
import SQLite

/// Rows of `ledger_hours` and `ledger_sums`.
struct LedgerTable {
  private let connection: Connection

  init(_ connection: Connection) { self.connection = connection }

  func position() throws(SQLiteError) -> Int64 {
    let statement = try connection.prepare("SELECT seq FROM ledger_position")
    return try statement.step() ? try statement.int64(0) : 0
  }

  func hours() throws(SQLiteError) -> [LedgerHour] {
    var sums: [Int64: [LedgerHour.Side: Int64]] = [:]
    let reading = try connection.prepare("SELECT hour, account, currency, debit FROM ledger_sums")
    while try reading.step() {
      let text = try reading.string(1)
      guard let account = LedgerAccount(text: text),
        let currency = Currency(code: try reading.string(2))
      else { throw .damagedRow("ledger account \(text)") }
      sums[try reading.int64(0), default: [:]][.init(account, currency)] = try reading.int64(3)
    }
    var hours: [LedgerHour] = []
    let selection = try connection.prepare(
      "SELECT hour, entries, first_seq, last_seq FROM ledger_hours ORDER BY hour")
    while try selection.step() {
      let number = try selection.int64(0)
      hours.append(
        LedgerHour(
          number: number, entries: Int(try selection.int64(1)),
          firstSequence: try selection.int64(2), lastSequence: try selection.int64(3),
          sums: sums[number] ?? [:]))
    }
    return hours
  }

  func replace(_ note: LedgerNote) throws(SQLiteError) {
    let hours = try connection.prepare(
      "INSERT OR REPLACE INTO ledger_hours(hour, entries, first_seq, last_seq) VALUES (?,?,?,?)")
    let sums = try connection.prepare(
      "INSERT OR REPLACE INTO ledger_sums(hour, account, currency, debit) VALUES (?,?,?,?)")
    for hour in note.hours {
      var cursor = ParameterCursor(hours)
      try cursor.add(hour.number)
      try cursor.add(Int64(hour.entries))
      try cursor.add(hour.firstSequence)
      try cursor.add(hour.lastSequence)
      try hours.run()
      for (side, debit) in hour.sums {
        var cursor = ParameterCursor(sums)
        try cursor.add(hour.number)
        try cursor.add(side.account.description)
        try cursor.add(side.currency.code)
        try cursor.add(debit)
        try sums.run()
      }
    }
    try move(to: note.to)
  }

  /// The books are made anew from the log when somebody next asks.
  func forget() throws(SQLiteError) {
    try connection.execute("DELETE FROM ledger_hours")
    try connection.execute("DELETE FROM ledger_sums")
    try move(to: 0)
  }

  private func move(to sequence: Int64) throws(SQLiteError) {
    let position = try connection.prepare("UPDATE ledger_position SET seq=?")
    try position.bind(sequence, at: 1)
    try position.run()
  }
}

extension StoreReader {
  /// What was kept of the books, and up to which place in the log.
  package func ledgerKept() throws(StoreError) -> (position: Int64, hours: [LedgerHour]) {
    try database { () throws(SQLiteError) in
      let table = LedgerTable(connection)
      return (try table.position(), try table.hours())
    }
  }

  /// Makes the books up to the kept place anew from the log and compares.
  ///
  /// - Returns: how many hours were compared, and the first that differs.
  package func verifyLedger() throws -> (count: Int64, firstBad: Int64?) {
    let kept = try ledgerKept()
    var sums = LedgerSums()
    var walk = LedgerWalk()
    while walk.sequence < kept.position, let records = try walk.next(in: self) {
      for record in records where record.sequence <= kept.position { try sums.add(record) }
    }
    let made = sums.all
    let count = Int64(kept.hours.count)
    for (hour, other) in zip(kept.hours, made) where hour != other {
      return (count, min(hour.number, other.number))
    }
    guard kept.hours.count != made.count else { return (count, nil) }
    let rest = max(kept.hours.count, made.count) == made.count ? made : kept.hours
    return (count, rest[min(kept.hours.count, made.count)].number)
  }
}

extension StoreWriter {
  /// Keeps sums of the books, if they go on from those kept before; else they are left out, and
  /// made from the log when they are next asked for.
  package func keep(_ note: LedgerNote) throws(StoreError) {
    try database { () throws(SQLiteError) in
      let table = LedgerTable(connection)
      if try table.position() == note.from { try table.replace(note) }
    }
  }
}
