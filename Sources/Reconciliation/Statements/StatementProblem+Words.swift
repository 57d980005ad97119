extension StatementProblem {
  /// In words, for people.
  package var text: String {
    switch self {
    case .missingColumn(let name, _): "the heading has no column \(name)"
    case .noHeading: "no heading was found"
    case .wrongColumnCount(let expected, let found):
      "a line has \(found) fields where the heading has \(expected)"
    case .badAmount(let column, let text): "\(column): \(text) is no amount"
    case .badTime(let column, let text): "\(column): \(text) is no time"
    case .unknownZone(let column, let text): "\(column): the zone \(text) is not known"
    case .badCurrency(let text):
      text.isEmpty ? "no currency is named" : "\(text) is no currency"
    case .otherCurrency(let column, let text, let account):
      "\(column): the amount is in \(text), the account in \(account)"
    case .unknownWord(let column, let text): "\(column): the word \(text) is not known"
    case .lineTooLong: "a line is longer than any row may be"
    case .openQuote: "a quotation mark is never closed"
    case .strayQuote: "a quotation mark stands within a field"
    case .badMarkup(let text): "the markup is broken: \(text)"
    case .badTag(let text): "the tag \(text) is broken"
    case .notText: "it holds bytes that are no text"
    case .overflow: "a sum is larger than any amount"
    case .truncated: "the file ends too early"
    }
  }

  /// What to do about it, for people; nil where the text says all.
  package var hint: String? {
    switch self {
    case .missingColumn(_, let heading):
      heading.isEmpty
        ? nil
        : "This line was taken for the heading, which has: "
          + heading.prefix(20).joined(separator: " | ") + "."
    case .noHeading: "No line is left behind the lines that are skipped."
    case .wrongColumnCount:
      "Where it is no row, as a note or a sum, name its first word among the trailers."
    case .badAmount: "Amounts are read by the signs for decimals and groups that are declared."
    case .badTime:
      "Times are read in the layout's order of year, month and day; a file of PayPal that puts the "
        + "day first is of the layout paypal_day_first."
    case .unknownZone:
      "Zones are read as UTC, +08:00, GMT+8, or a name that means one offset only, as PDT or CEST."
    case .badCurrency: "Declare a currency, or name the column that holds one."
    case .otherCurrency:
      "Take the account's statement in another form, as camt.053, which tells what was booked."
    case .unknownWord(let column, let text):
      "Say what \(text) means in the column \(column), or what any other word does."
    case .openQuote, .strayQuote: "Where quotation marks are text, declare quoting none."
    case .lineTooLong, .badMarkup, .badTag, .notText, .overflow, .truncated: nil
    }
  }
}
