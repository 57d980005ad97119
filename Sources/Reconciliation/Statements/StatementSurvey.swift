/// What a look at a table shows beside its rows, where one that does not read is no end.
package struct StatementSurvey: Sendable {
  /// Columns that nothing is read from, in the order of the heading.
  package internal(set) var unknownColumns: [String] = []
  /// The first rows that do not read.
  package private(set) var refused: [StatementError] = []
  package private(set) var refusedRows = 0

  /// Refused rows that are told one by one.
  package static let refusedMax = 20

  package init() {}

  /// Adds what another file of the same archive showed.
  ///
  /// - Parameter lines: of the files before it.
  package mutating func add(_ other: StatementSurvey, linesBefore lines: Int) {
    for name in other.unknownColumns where !unknownColumns.contains(name) {
      unknownColumns.append(name)
    }
    for error in other.refused where refused.count < Self.refusedMax {
      refused.append(StatementError(line: error.line + lines, error.problem))
    }
    refusedRows += other.refusedRows
  }

  mutating func refuse(_ error: StatementError) {
    refusedRows += 1
    if refused.count < Self.refusedMax { refused.append(error) }
  }
}
