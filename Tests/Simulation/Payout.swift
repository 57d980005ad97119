import Domain

/// A gateway that pays out what it holds.
protocol PayoutGateway: AnyObject {
  var ledger: CardLedger { get set }
  /// What it calls itself in the bank's texts.
  var nameAtBank: String { get }
  /// - Parameter count: how many came before.
  func payoutNumber(_ count: Int) -> String
}

extension FakeStripe: PayoutGateway {
  var nameAtBank: String { "STRIPE" }

  func payoutNumber(_ count: Int) -> String { "po_\(1001 + count)" }
}

extension FakeAirwallex: PayoutGateway {
  var nameAtBank: String { "AIRWALLEX" }

  func payoutNumber(_ count: Int) -> String { "5d7e0c1a-0f3b-4c55-9a21-00000000\(1001 + count)" }
}

/// What a gateway pays out to the merchant's account at the bank.
struct Payout {
  /// The gateway's number.
  let id: String
  let minor: Int64
  let at: Int64
  /// What it is made of.
  let covered: [CardMovement]
  /// What befalls it on its way; nil for one that arrives as it was promised.
  var fate: Behaviour?

  /// It arrives whole, by itself and within the business days that it has.
  var isInTime: Bool { fate == nil || fate == .payoutAfterRest }
}

extension CardLedger {
  /// Everything that moved before this day began goes to the bank, if anything is left of it. Money
  /// that another payout of this very day took is not there any more.
  ///
  /// - Returns: the payout's number.
  mutating func payOut(numbered id: String, at now: Int64) -> String? {
    let today = start(of: day(of: now))
    let settled = movements.filter { $0.at < today || $0.kind == .payout }
    let minor = settled.reduce(0) { $0 + $1.net }
    guard minor > 0 else { return nil }
    let paidBefore = Set(payouts.flatMap(\.covered).map(\.id))
    let covered = settled.filter { $0.kind != .payout && !paidBefore.contains($0.id) }
    payouts.append(Payout(id: id, minor: minor, at: now / 1000 * 1000, covered: covered))
    move(.payout, id, "", -minor, at: now)
    return id
  }

  func payout(_ id: String) -> Payout? { payouts.first { $0.id == id } }

  mutating func note(_ fate: Behaviour, of id: String) {
    guard let place = payouts.firstIndex(where: { $0.id == id }) else { return }
    payouts[place].fate = fate
  }
}
