// The tables of a report on the screen, and as CSV.

import Domain

struct ReportPrinter {
  let session: Session

  func show(_ table: ReportTable) {
    let rows = table.rows.map { $0.map(text) }
    let width = table.rows.map(\.count).max() ?? 0
    let header = table.columns.isEmpty ? [String](repeating: "", count: width) : table.columns
    let isNumeric = header.indices.map { column in
      !table.columns.isEmpty
        && table.rows.contains { row in
          switch row[column] {
          case .count, .money: true
          case .empty, .text, .time: false
          }
        }
    }
    let lines = Table(header: header, rows: rows, rightAligned: isNumeric).lines(
      showsHeader: !table.columns.isEmpty, widthMax: session.console.outputColumns,
      styleHeader: { session.console.styled($0, .bold) })
    for line in lines { session.console.print(line) }
  }

  /// Under its title, after an empty line; nothing where it has no rows.
  func showTitled(_ table: ReportTable) {
    guard !table.rows.isEmpty else { return }
    session.console.print("")
    session.console.print(session.console.styled(table.title, .bold))
    show(table)
  }

  private func text(_ cell: ReportCell) -> String {
    switch cell {
    case .empty: ""
    case .text(let text): printable(text)
    case .count(let count): String(count)
    case .money(let money): money.description
    case .time(let milliseconds): timeText(milliseconds: milliseconds, style: session.options.time)
    }
  }

  func printCSV(_ table: ReportTable, showsHeader: Bool) {
    if showsHeader { session.console.print(csvLine(table.columns)) }
    for row in table.rows { session.console.print(csvLine(row.map(bare))) }
  }

  /// For programs: amounts without their currency, which has a column of its own.
  private func bare(_ cell: ReportCell) -> String {
    if case .money(let money) = cell {
      return String(money.description.prefix { $0 != " " })
    }
    return text(cell)
  }
}
