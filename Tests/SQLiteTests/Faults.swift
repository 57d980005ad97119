import SQLite

/// The fault `work` throws, or nil if it succeeds.
func fault(_ work: () throws -> Void) -> SQLiteError? {
  do {
    try work()
    return nil
  } catch {
    return error as? SQLiteError
  }
}

extension Connection {
  /// The integers in the first column of a query without parameters.
  func integers(_ sql: String) throws -> [Int] {
    let statement = try prepare(sql)
    var found: [Int] = []
    while try statement.step() { found.append(try statement.int(0)) }
    return found
  }

  /// The texts in the first column of a query without parameters.
  func strings(_ sql: String) throws -> [String] {
    let statement = try prepare(sql)
    var found: [String] = []
    while try statement.step() { found.append(try statement.string(0)) }
    return found
  }

  func count(_ table: String) throws -> Int {
    try integers("SELECT count(*) FROM \(table)").first ?? -1
  }
}
