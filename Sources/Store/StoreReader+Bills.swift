import Domain
import SQLite

extension StoreReader {
  /// Bills of a gateway, or of all, newest day first.
  package func bills(gateway: String?, limit: Int) throws(StoreError) -> [BillRow] {
    var query = QueryText("SELECT \(BillTable.columns) FROM bills")
    if let gateway { query.add("gateway=?", .text(gateway)) }
    query.tail = " ORDER BY day DESC, gateway, kind"
    return try rows(query.sql, query.values, limit: limit) { statement throws(StoreError) in
      try database { () throws(SQLiteError) in try BillTable.read(statement) }
    }
  }
}
