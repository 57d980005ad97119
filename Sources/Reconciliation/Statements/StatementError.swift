/// Why a file was not taken. Nothing of a refused file is used.
package struct StatementError: Error, Hashable, Sendable {
  /// The line of the file, from 1; 0 where the whole file is meant.
  package let line: Int
  package let problem: StatementProblem

  package init(line: Int, _ problem: StatementProblem) {
    self.line = line
    self.problem = problem
  }
}

package enum StatementProblem: Hashable, Sendable {
  /// The heading lacks a column; the first of its names is given, and the heading that was read.
  case missingColumn(String, heading: [String] = [])
  case noHeading
  case wrongColumnCount(expected: Int, found: Int)
  /// A field does not read; the column's name and the text, cut to 60 bytes.
  case badAmount(column: String, text: String)
  case badTime(column: String, text: String)
  case unknownZone(column: String, text: String)
  case badCurrency(String)
  /// A row is in a currency that is not the one of its account.
  case otherCurrency(column: String, text: String, account: String)
  case unknownWord(column: String, text: String)
  case lineTooLong
  case openQuote
  case strayQuote
  case badMarkup(String)
  case badTag(String)
  case notText
  case overflow
  case truncated
}

/// A sum or count that the file itself states, beside what its rows give.
package struct StatementCheck: Hashable, Sendable {
  package enum Subject: String, Sendable, CaseIterable {
    case rows, charges, refunds, gross, refunded, fees, income, expense, closingBalance
  }
  package let subject: Subject
  /// Minor units, or a count.
  package let stated: Int64
  package let found: Int64

  package init(_ subject: Subject, stated: Int64, found: Int64) {
    self.subject = subject
    self.stated = stated
    self.found = found
  }

  package var agrees: Bool { stated == found }
}

/// What a file said.
package struct Statement: Sendable {
  package var table = EntryTable()
  /// Every figure that the file states about itself.
  package var checks: [StatementCheck] = []
  /// Rows understood and deliberately left out, as those not yet booked.
  package var skippedRows = 0
  /// The merchant's number that the file says it is of as a whole.
  package var account: String?

  package init() {}

  /// Whether the file agrees with itself. One that states nothing does.
  package var isVerified: Bool { checks.allSatisfy(\.agrees) }
}

package enum StatementLimit {
  /// The longest line of any file.
  package static let lineBytes = 1 << 20
  package static let columns = 512
  package static let markupDepth = 64
}
