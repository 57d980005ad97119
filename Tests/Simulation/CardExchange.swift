/// What a movement was before its gateway exchanged it into the currency of the balance.
struct CardExchange: Hashable {
  /// Of one unit in units of the balance's currency, in millionths.
  static let rates: [String: Int64] = ["USD": 7_123_400, "EUR": 7_805_157, "JPY": 47_912]
  private static let parts: Int64 = 1_000_000

  /// As the buyer paid it, with the sign of the movement.
  var minor: Int64
  let currency: String
  let rate: Int64

  /// As the gateway writes the rate.
  var rateText: String {
    let fraction = String(Self.parts + rate % Self.parts).dropFirst()
    return "\(rate / Self.parts).\(fraction)"
  }

  /// In millionths of the balance's minor unit.
  private var exact: Int64 { minor * rate * (currency == "JPY" ? 100 : 1) }

  /// What the gateway credits: it cuts off.
  var credited: Int64 { exact / Self.parts }

  /// To the nearest minor unit, of two the even one.
  var worth: Int64 {
    let (whole, rest) = exact.magnitude.quotientAndRemainder(dividingBy: UInt64(Self.parts))
    let twice = rest * 2
    let isUp = twice > Self.parts || twice == Self.parts && !whole.isMultiple(of: 2)
    return (exact < 0 ? -1 : 1) * (Int64(whole) + (isUp ? 1 : 0))
  }
}

extension FakeStripe {
  /// Nil where the buyer paid in the currency of the balance.
  ///
  /// - Parameter isBack: money that goes back, at the rate of its own day.
  private func exchange(_ minor: Int64, of intent: Intent, isBack: Bool) -> CardExchange? {
    guard let rate = CardExchange.rates[intent.currency] else { return nil }
    var moved: Int64 = 0
    if isBack, let way = strike(.cardRate) {
      note(way)
      moved = [-31, 22, 47][ledger.movements.count % 3] * rate / 1000
    }
    return CardExchange(minor: minor, currency: intent.currency, rate: rate + moved)
  }

  func move(
    _ kind: CardMovement.Kind, _ object: String, _ reference: String, _ minor: Int64,
    of intent: Intent, at now: Int64
  ) {
    let exchange = exchange(minor, of: intent, isBack: kind != .charge)
    ledger.move(
      kind, object, reference, exchange?.credited ?? minor, exchange: exchange, at: now)
  }
}
