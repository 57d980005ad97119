import CXlsx

/// An Excel file in the making, by libxlsxwriter. Not shared between threads.
package final class Workbook {
  private let handle: UnsafeMutablePointer<lxw_workbook>
  private var formats: [FormatKind: UnsafeMutablePointer<lxw_format>] = [:]
  private var isOpen = true
  private var names: Set<String> = []

  fileprivate enum FormatKind: Hashable {
    case title, heading, count, moment
    case amount(decimals: Int)
  }

  /// - Parameter path: written when it is closed; what is there is replaced.
  package init(path: String) throws(SpreadsheetError) {
    guard let handle = workbook_new(path) else {
      throw SpreadsheetError(description: "no memory for a workbook")
    }
    self.handle = handle
  }

  deinit {
    // Only closing frees it; where the owner did not, the file that comes of it is nobody's.
    if isOpen { _ = workbook_close(handle) }
  }

  /// Adds a sheet.
  ///
  /// - Parameter name: signs that a name must not have are left out, and it is shortened; one that
  ///   is there already gets a number.
  package func sheet(_ name: String) throws(SpreadsheetError) -> Sheet {
    let name = freeName(name)
    guard let sheet = workbook_add_worksheet(handle, name) else {
      throw SpreadsheetError(description: "no sheet can be called \(name)")
    }
    return Sheet(handle: sheet, name: name, book: self)
  }

  /// Writes the file.
  package func close() throws(SpreadsheetError) {
    precondition(isOpen, "a workbook is closed once")
    isOpen = false
    let code = workbook_close(handle)
    guard code == LXW_NO_ERROR else {
      let text = lxw_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
      throw SpreadsheetError(description: text)
    }
  }

  private func freeName(_ wanted: String) -> String {
    let plain = wanted.filter { !"[]:*?/\\'".contains($0) }
    var name = Self.shortened(plain.isEmpty ? "Sheet" : plain, to: SpreadsheetLimit.nameUnits)
    var number = 2
    while !names.insert(name.lowercased()).inserted {
      let suffix = " \(number)"
      name = Self.shortened(plain, to: SpreadsheetLimit.nameUnits - suffix.utf16.count) + suffix
      number += 1
    }
    return name
  }

  static func shortened(_ text: String, to units: Int) -> String {
    guard text.utf16.count > units else { return text }
    var short = ""
    var count = 0
    for character in text {
      count += character.utf16.count
      guard count <= units else { break }
      short.append(character)
    }
    return short
  }

  fileprivate func format(_ kind: FormatKind) -> UnsafeMutablePointer<lxw_format>? {
    if let known = formats[kind] { return known }
    guard let format = workbook_add_format(handle) else { return nil }
    switch kind {
    case .title:
      format_set_bold(format)
      format_set_font_size(format, 14)
    case .heading:
      format_set_bold(format)
      format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
    case .count: format_set_num_format(format, "#,##0")
    case .moment: format_set_num_format(format, "yyyy-mm-dd hh:mm:ss")
    case .amount(let decimals):
      let digits = decimals > 0 ? "#,##0." + String(repeating: "0", count: decimals) : "#,##0"
      format_set_num_format(format, "\(digits);[Red]-\(digits)")
    }
    formats[kind] = format
    return format
  }

  fileprivate func addChart(_ kind: lxw_chart_type) -> UnsafeMutablePointer<lxw_chart>? {
    workbook_add_chart(handle, UInt8(kind.rawValue))
  }
}

/// One sheet of a workbook. Rows and columns count from 0.
package struct Sheet {
  fileprivate let handle: UnsafeMutablePointer<lxw_worksheet>
  package let name: String
  fileprivate let book: Workbook

  package func write(_ cell: Cell, row: Int, column: Int) throws(SpreadsheetError) {
    let (row, column) = (lxw_row_t(row), lxw_col_t(column))
    let code: lxw_error
    switch cell {
    case .empty: return
    case .text(let text): code = write(text, row, column, nil)
    case .heading(let text): code = write(text, row, column, book.format(.heading))
    case .title(let text): code = write(text, row, column, book.format(.title))
    case .count(let count):
      code = worksheet_write_number(handle, row, column, Double(count), book.format(.count))
    case .amount(let units, let decimals):
      // A cell holds a float by the format's definition. Both parts are exact below 2^53, and the
      // quotient is the nearest there is, which reads back as the same decimal.
      let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
      code = worksheet_write_number(
        handle, row, column, Double(units) / scale, book.format(.amount(decimals: decimals)))
    case .moment(let seconds):
      code = worksheet_write_unixtime(handle, row, column, seconds, book.format(.moment))
    }
    guard code == LXW_NO_ERROR else {
      let text = lxw_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
      throw SpreadsheetError(description: text)
    }
  }

  private func write(
    _ text: String, _ row: lxw_row_t, _ column: lxw_col_t,
    _ format: UnsafeMutablePointer<lxw_format>?
  ) -> lxw_error {
    let text = Workbook.shortened(text, to: SpreadsheetLimit.textUnits)
    return worksheet_write_string(handle, row, column, text, format)
  }

  /// - Parameter characters: of the standard font.
  package func setWidth(_ characters: Int, column: Int) {
    _ = worksheet_set_column(
      handle, lxw_col_t(column), lxw_col_t(column), Double(characters), nil)
  }

  /// The rows above stay in sight.
  package func freeze(rows: Int) { worksheet_freeze_panes(handle, lxw_row_t(rows), 0) }

  /// Buttons to filter by, on the first row of a range.
  package func filter(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    _ = worksheet_autofilter(
      handle, lxw_row_t(rows.lowerBound), lxw_col_t(columns.lowerBound),
      lxw_row_t(rows.upperBound), lxw_col_t(columns.upperBound))
  }

  /// Bars beside the names of some rows of this sheet.
  ///
  /// - Parameters:
  ///   - rows: of both columns.
  ///   - place: the cell under its upper left corner.
  package func addBars(
    _ title: String, names: Int, values: Int, rows: ClosedRange<Int>,
    at place: (row: Int, column: Int)
  ) throws(SpreadsheetError) {
    guard let chart = book.addChart(LXW_CHART_BAR),
      let series = chart_add_series(chart, nil, nil)
    else { throw SpreadsheetError(description: "no memory for a chart") }
    let (first, last) = (lxw_row_t(rows.lowerBound), lxw_row_t(rows.upperBound))
    chart_series_set_categories(
      series, name, first, lxw_col_t(names), last, lxw_col_t(names))
    chart_series_set_values(series, name, first, lxw_col_t(values), last, lxw_col_t(values))
    chart_title_set_name(chart, title)
    chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
    chart_axis_set_reverse(chart.pointee.y_axis)
    let code = worksheet_insert_chart(
      handle, lxw_row_t(place.row), lxw_col_t(place.column), chart)
    guard code == LXW_NO_ERROR else {
      throw SpreadsheetError(description: "the chart finds no place")
    }
  }
}
