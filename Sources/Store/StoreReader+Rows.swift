import SQLite

extension StoreReader {
  /// Reads rows until there are enough. One that cannot be read is left out and noted: the others
  /// are still worth showing.
  ///
  /// - Parameter read: nil for a row that is not wanted.
  func rows<Row>(
    _ sql: String, _ values: [QueryText.Value], limit: Int,
    _ read: (Statement) throws(StoreError) -> Row?
  ) throws(StoreError) -> [Row] {
    let statement = try database { () throws(SQLiteError) in
      let statement = try kept(sql)
      try QueryText.bind(values, to: statement)
      return statement
    }
    defer { statement.reset() }
    var rows: [Row] = []
    while rows.count < limit, try database({ () throws(SQLiteError) in try statement.step() }) {
      do throws(StoreError) {
        if let row = try read(statement) { rows.append(row) }
      } catch {
        guard error.isAboutOneRow else { throw error }
        skip(error.text)
      }
    }
    return rows
  }
}
