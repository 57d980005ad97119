// A run as an Excel file: a sheet to read at a glance, one for each kind of difference, and one for
// what only one side has.

import Domain
import JSON
import Platform
import Spreadsheet

/// Writes a run's report to a file; it is whole or not there.
///
/// - Throws: `UsageError` where the file cannot be written.
func writeWorkbook(
  _ report: RunReport, to path: String, time: TimeStyle
) throws(UsageError) {
  let temporary = path + "." + hexadecimal(Entropy.bytes(6))
  do {
    let book = try Workbook(path: temporary)
    try RunWorkbook(book: book, report: report, time: time).write()
    try book.close()
    try Files.rename(temporary, to: path)
  } catch {
    // try?: the file it would leave behind is what could not be written.
    _ = try? Files.remove(temporary)
    throw UsageError("\(printable(path)): \(error)")
  }
}

private struct RunWorkbook {
  let book: Workbook
  let report: RunReport
  let time: TimeStyle

  func write() throws(SpreadsheetError) {
    try writeSummary()
    for table in report.tablesByKind { try write(table) }
    try write(report.unmatched)
  }

  private func writeSummary() throws(SpreadsheetError) {
    let facts = report.facts
    let sheet = try book.sheet(facts.title)
    let gateway = report.run["gateway"]?.stringValue ?? ""
    try sheet.write(
      .title(report.word("Reconciliation of \(gateway)", "\(gateway) 对账")), row: 0, column: 0)
    var next = 2
    for row in facts.rows {
      try write(row, to: sheet, row: next)
      next += 1
    }
    next = try write(report.kindTable, to: sheet, from: next + 1)
    let kinds = report.kindTable.rows.count
    if kinds > 0 {
      try sheet.addBars(
        report.kindTable.title, names: 1, values: report.kindTable.columns.count - 1,
        rows: (next - kinds)...(next - 1), at: (2, 9))
    }
    for table in [report.conversions, report.buckets] where !table.rows.isEmpty {
      next = try write(table, to: sheet, from: next + 1)
    }
    for (column, width) in [30, 40, 16, 18].enumerated() {
      sheet.setWidth(width, column: column)
    }
  }

  /// A sheet of its own.
  private func write(_ table: ReportTable) throws(SpreadsheetError) {
    let sheet = try book.sheet(table.title)
    for (column, name) in table.columns.enumerated() {
      try sheet.write(.heading(name), row: 0, column: column)
    }
    for (place, row) in table.rows.enumerated() { try write(row, to: sheet, row: place + 1) }
    sheet.freeze(rows: 1)
    sheet.filter(rows: 0...max(1, table.rows.count), columns: 0...(table.columns.count - 1))
    for column in table.columns.indices {
      sheet.setWidth(width(table, column), column: column)
    }
  }

  /// Under its title.
  ///
  /// - Returns: the row behind its last.
  private func write(
    _ table: ReportTable, to sheet: Sheet, from first: Int
  ) throws(SpreadsheetError) -> Int {
    try sheet.write(.title(table.title), row: first, column: 0)
    for (column, name) in table.columns.enumerated() {
      try sheet.write(.heading(name), row: first + 1, column: column)
    }
    var next = first + 2
    for row in table.rows {
      try write(row, to: sheet, row: next)
      next += 1
    }
    return next
  }

  private func write(
    _ cells: [ReportCell], to sheet: Sheet, row: Int
  ) throws(SpreadsheetError) {
    for (column, cell) in cells.enumerated() {
      try sheet.write(self.cell(cell), row: row, column: column)
    }
  }

  private func cell(_ cell: ReportCell) -> Cell {
    switch cell {
    case .empty: .empty
    case .text(let text): .text(printable(text))
    case .count(let count): .count(count)
    case .money(let money): .amount(money.minor, decimals: Int(money.currency.exponent))
    case .time(let milliseconds): .moment(calendarSeconds(milliseconds, style: time))
    }
  }

  private func width(_ table: ReportTable, _ column: Int) -> Int {
    let texts = table.rows.prefix(200).map { row in
      switch row[column] {
      case .text(let text): columnWidth(text)
      case .time: 19
      case .money: 14
      case .count, .empty: 6
      }
    }
    return min(48, max(columnWidth(table.columns[column]), texts.max() ?? 0) + 2)
  }
}
