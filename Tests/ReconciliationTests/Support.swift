import Domain

@testable import Reconciliation

/// Feeds a text in chunks of `size` bytes and finishes.
func read(_ text: String, as layout: StatementLayout, chunk size: Int = 1 << 20)
  throws(StatementError) -> Statement
{
  var reader = TableStatementReader(layout)
  let bytes = Array(text.utf8)
  var place = 0
  while place < bytes.count {
    try reader.feed(bytes[place..<min(place + size, bytes.count)])
    place += size
  }
  return try reader.finish()
}

extension Statement {
  func reference(_ row: Int) -> String { table.string(table.entries[row].reference) }
  func transaction(_ row: Int) -> String { table.string(table.entries[row].transaction) }
  func parent(_ row: Int) -> String { table.string(table.entries[row].parent) }
}

func currency(_ code: String) -> Currency {
  guard let currency = Currency(code: code) else { preconditionFailure("no currency \(code)") }
  return currency
}
