/// What stands in a cell. Text is always text: nothing given here ever becomes a formula.
package enum Cell: Hashable, Sendable {
  case empty
  /// Shortened where it is longer than a cell may be.
  case text(String)
  case heading(String)
  case title(String)
  case count(Int64)
  /// Units of the last of `decimals` decimals: 5800 with two is 58.00. Shown with groups, below
  /// zero in red.
  case amount(Int64, decimals: Int)
  /// A calendar reading as seconds since 1970 of that calendar: a cell knows no zone.
  case moment(Int64)
}

/// Why a workbook cannot be made.
package struct SpreadsheetError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String
}

package enum SpreadsheetLimit {
  /// Characters of a cell, in UTF-16 as Excel counts.
  package static let textUnits = 32_767
  /// Characters of the name of a sheet.
  package static let nameUnits = 31
  package static let rows = 1_048_576
}
