// Rows for other programs: CSV (RFC 4180, with line feeds) and tab-separated values.

/// One line of CSV.
///
/// A cell that a spreadsheet would run as a formula gets an apostrophe in front.
func csvLine(_ cells: [String]) -> String {
  cells.map { cell in
    let safe = harmless(cell)
    let needsQuotes = safe.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    guard needsQuotes else { return safe }
    return "\""
      + safe.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }.joined(separator: ",")
}

/// A spreadsheet shows what begins with an apostrophe and runs none of it.
private func harmless(_ cell: String) -> String {
  isFormula(cell) ? "'" + cell : cell
}

/// True when a spreadsheet would take the text for a formula.
///
/// A tab never starts a cell as such: it is escaped as `\t` before it comes here.
private func isFormula(_ cell: String) -> Bool {
  guard let first = cell.utf8.first, !isNumber(cell) else { return false }
  if [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first) { return true }
  return cell.hasPrefix("\\t") || cell.hasPrefix("\\r")
}

/// `-12.50` is a number and no formula; `-1+1` is one.
private func isNumber(_ cell: String) -> Bool {
  let digits = cell.utf8.first == 0x2D ? cell.dropFirst() : Substring(cell)
  let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
  return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && isDigits($0) }
}

/// One line of tab-separated values; tabs and line ends inside are escaped before. What would be a
/// formula gets an apostrophe, as in CSV.
func tsvLine(_ cells: [String]) -> String {
  cells.map(harmless).joined(separator: "\t")
}
