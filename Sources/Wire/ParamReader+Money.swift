import Domain
import JSON

extension ParamReader {
  /// An amount, within a range of minor units.
  ///
  /// A bare number, or a decimal in place of minor units, is answered with what should have been
  /// sent, because that is the mistake people make.
  mutating func money(
    _ name: StaticString, in range: ClosedRange<Int64>, required: Bool = false
  ) -> MoneyObject? {
    let hint = "An amount is {\"currency\":\"CNY\",\"minor\":5800}, in minor units."
    let parts = nested(name, MoneyParameter.self, required: required, hint: hint)
    guard let parts else { return nil }
    guard range.contains(parts.minor) else {
      reportRange(range, at: name, member: "minor", "The parameter \(name) is \(parts.minor).")
      return nil
    }
    return MoneyObject(currency: parts.currency, minor: parts.minor)
  }
}

/// The members of an amount before its range is known.
private struct MoneyParameter: WireParameter {
  let currency: String
  let minor: Int64

  static func read(_ reader: inout ParamReader) -> MoneyParameter? {
    let currency = reader.text("currency", .currency, required: true)
    let minor = readMinor(&reader, exponent: currency.flatMap(CurrencyTable.exponent))
    reader.finish(["currency", "minor"])
    guard let currency, let minor else { return nil }
    return MoneyParameter(currency: currency, minor: minor)
  }

  private static func readMinor(_ reader: inout ParamReader, exponent: UInt8?) -> Int64? {
    guard let value = reader.value("minor", required: true) else { return nil }
    if let minor = value.integerValue { return minor }
    guard let literal = value.stringValue ?? value.numberLiteral, let exponent else {
      reader.reportType(value, wanted: "integer", at: "minor")
      return nil
    }
    switch minorUnits(literal, exponent: exponent) {
    case .exact(let minor):
      reader.reportType(
        value, wanted: "integer", at: "minor", hint: "Send the integer \(minor): minor units.")
    case .tooFine:
      reader.report(
        .amountNotRepresentable, at: "minor",
        "The amount has more than \(exponent) digits after the point.",
        facts: [("exponent", .integer(Int64(exponent)))])
    case .noNumber: reader.reportType(value, wanted: "integer", at: "minor")
    }
    return nil
  }

  private enum Reading {
    case exact(Int64)
    case tooFine
    case noNumber
  }

  /// What a decimal such as `58.00` is in minor units.
  private static func minorUnits(_ text: String, exponent: UInt8) -> Reading {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let isDecimal = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) }
    }
    guard isDecimal, parts.count <= 2, let whole = parts.first else { return .noNumber }
    var digits = parts.count == 2 ? String(parts[1]) : ""
    while digits.utf8.count > Int(exponent), digits.hasSuffix("0") { digits.removeLast() }
    guard digits.utf8.count <= Int(exponent) else { return .tooFine }
    digits += String(repeating: "0", count: Int(exponent) - digits.utf8.count)
    return Int64(whole + digits).map { .exact($0) } ?? .noNumber
  }
}
