package import Domain

/// What the operator knows of a gateway's exchanges: the rates that were published, day by day, and
/// what the contract lets the gateway keep.
package struct ExchangeBook: Hashable, Sendable {
  /// Why a line of a list of rates does not read.
  package struct LineFault: Error, Hashable {
    /// Of the file, from 1.
    package let line: Int
    package let text: String
  }

  private struct Pair: Hashable {
    let charged: Currency
    let credited: Currency
  }

  /// Credited minor units of one charged minor unit, by day; a day is counted from 1970-01-01 in
  /// the shop's zone.
  private var rates: [Pair: [Int64: Ratio]] = [:]
  private let margin: Ratio
  /// A day without a rate has that of an earlier one, no further back than this.
  private let holdsDays: Int64
  /// The shop's zone, minutes east of UTC.
  private let offsetMinutes: Int64

  /// - Parameter margin: the part of what a charge is worth that the gateway may keep.
  package init(
    margin: Ratio = .millionths(0), holdsDays: Int64 = 0, offsetMinutes: Int64 = 0
  ) {
    self.margin = margin
    self.holdsDays = holdsDays
    self.offsetMinutes = offsetMinutes
  }

  /// Takes in a list of rates, a line each: `2026-11-20,USD,EUR,0.9217` is what one unit of the
  /// charged currency was worth in the credited one on that day. Empty lines, the heading and lines
  /// that begin with `#` are none.
  ///
  /// - Throws: the first line that does not read, or says otherwise than one before it.
  package mutating func add(_ bytes: [UInt8]) throws(LineFault) {
    var first = true
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      let text = Self.trimmed(String(decoding: line, as: UTF8.self))
      guard !text.isEmpty, !text.hasPrefix("#") else { continue }
      defer { first = false }
      if first, text == "day,charged,credited,rate" { continue }
      try add(text, line: index + 1)
    }
  }

  private mutating func add(_ text: String, line: Int) throws(LineFault) {
    func fault(_ words: String) -> LineFault { LineFault(line: line, text: words) }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      Self.trimmed(part)
    }
    guard parts.count == 4 else {
      throw fault("must be a day, two currencies and a rate, as 2026-11-20,USD,EUR,0.9217")
    }
    guard let day = CivilDay(parts[0]) else {
      throw fault("\(parts[0]) is no day as 2026-11-20")
    }
    guard let charged = Currency(code: parts[1]) else {
      throw fault("\(parts[1]) is no currency")
    }
    guard let credited = Currency(code: parts[2]), credited != charged else {
      throw fault("\(parts[2]) is no other currency")
    }
    guard let rate = Ratio(rateText: parts[3], from: charged, to: credited) else {
      throw fault("\(parts[3]) is no rate above nothing")
    }
    let pair = Pair(charged: charged, credited: credited)
    let before = rates[pair, default: [:]].updateValue(rate, forKey: day.number)
    guard before == nil || before == rate else {
      throw fault("\(parts[0]) has another rate on a line before")
    }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  /// What one charged minor unit was worth at a moment; nil where nobody said.
  package func rate(from charged: Currency, to credited: Currency, at moment: Timestamp) -> Ratio? {
    let day = CivilDay(moment, offsetMinutes: offsetMinutes).number
    guard let known = rates[Pair(charged: charged, credited: credited)] else { return nil }
    for back in 0...holdsDays {
      if let rate = known[day - back] { return rate }
    }
    return nil
  }

  /// What became of a charge between the two currencies, by what is known here: without a rate the
  /// gateway's own is taken.
  ///
  /// - Parameters:
  ///   - charged: negative for money given back.
  ///   - told: what our books say should have been credited, minor units; before any rate.
  /// - Returns: nil where a sum does not fit.
  package func split(
    of charged: Money, at moment: Timestamp, settledAs settlement: Settlement,
    expected told: Int64? = nil
  ) -> ExchangeSplit? {
    var expected = told
    if told == nil,
      let rate = rate(from: charged.currency, to: settlement.amount.currency, at: moment)
    {
      guard let worth = rate.applied(to: charged.minor, .halfEven) else { return nil }
      expected = worth
    }
    return ExchangeSplit(
      of: charged.minor, settledAs: settlement, expected: expected, margin: margin)
  }
}
