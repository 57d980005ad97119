package import Domain
import SQLite

/// Bills that are downloaded, and from which day on.
extension StoreWriter {
  /// The day from which on a gateway's bills are of interest; nil before its first payment.
  package func firstBillDay(of gateway: String) throws(StoreError) -> CivilDay? {
    try database { () throws(SQLiteError) in
      try notes.meta("bills:\(gateway)").flatMap { CivilDay($0) }
    }
  }

  package func setFirstBillDay(_ day: CivilDay, of gateway: String) throws(StoreError) {
    try database { () throws(SQLiteError) in try notes.setMeta("bills:\(gateway)", day.text) }
  }

  package func bill(_ name: BillName, of gateway: String) throws(StoreError) -> BillRow? {
    try database { () throws(SQLiteError) in try bills.row(name, of: gateway) }
  }

  package func save(_ row: BillRow) throws(StoreError) {
    try database { () throws(SQLiteError) in try bills.save(row) }
  }

  package func dueBills(at now: Timestamp, limit: Int) throws(StoreError) -> [BillRow] {
    try database { () throws(SQLiteError) in try bills.due(at: now, limit: limit) }
  }

  /// When the next bill that is not due yet falls due.
  package func nextBill(after now: Timestamp) throws(StoreError) -> Timestamp? {
    try database { () throws(SQLiteError) in try bills.nextAt(after: now) }
  }

  /// Whether our books hold a payment or a refund of a gateway that ended in `from ..< to`.
  package func hasBusiness(
    of gateway: String, from: Timestamp, to: Timestamp
  ) throws(StoreError) -> Bool {
    try database { () throws(SQLiteError) in
      try bills.hasBusiness(of: gateway, from: from, to: to)
    }
  }
}
