import Domain
import Reconciliation

/// The contracts of a gateway, which its bills are held against.
enum FeeReading {
  static func fees(of gateway: ConfigurationObject) throws(ConfigurationError) -> FeeBook {
    var book = FeeBook()
    for entry in try gateway.objects("fees", schema: "gateways[].fees[]") {
      book.add(try contract(entry), method: try entry.text("method") ?? "")
    }
    return book
  }

  private static let roundings: [(word: String, value: Rounding)] = [
    ("half_up", .halfUp), ("half_even", .halfEven), ("down", .down), ("up", .up),
  ]

  private static func contract(
    _ entry: ConfigurationObject
  ) throws(ConfigurationError) -> FeeContract {
    let amounts = 0...Int64(Limits.amountMinor)
    let word = try entry.text("refunds") ?? FeeContract.RefundPolicy.proportional.rawValue
    guard let refunds = FeeContract.RefundPolicy(rawValue: word) else {
      throw entry.error("refunds", "must be proportional, returned or kept")
    }
    let digits = try entry.text("rounding") ?? "half_up"
    guard let rounding = roundings.first(where: { $0.word.utf8.elementsEqual(digits.utf8) }) else {
      throw entry.error("rounding", "must be half_up, half_even, down or up")
    }
    let contract = FeeContract(
      rate: .millionths(try entry.number("rate_millionths", 0...1_000_000) ?? 0),
      fixed: try entry.number("fixed", amounts) ?? 0,
      minimum: try entry.number("minimum", amounts) ?? 0,
      maximum: try entry.number("maximum", amounts), rounding: rounding.value,
      unit: try entry.number("unit", 1...1_000_000) ?? 1, refunds: refunds,
      from: Timestamp(milliseconds: try entry.number("from_ms", 0...Int64.max) ?? 0))
    guard let contract else { throw entry.error("maximum", "must not be below minimum") }
    return contract
  }
}
