import Chance
import Domain

/// One movement of Stripe's balance.
struct CardMovement: Hashable {
  enum Kind: String {
    case charge
    case refund
    case dispute
    /// The money of a dispute comes back.
    case disputeReversal = "dispute_reversal"
  }

  let kind: Kind
  /// Of the balance's own row.
  let id: String
  /// Of the intent, the refund or the dispute that moved it.
  let object: String
  /// Ours, of the payment or the refund; empty where nothing of ours was given.
  var reference: String
  let at: Int64
  /// What moved, with its sign.
  var minor: Int64
  let fee: Int64

  var net: Int64 { minor - fee }
}

/// What Stripe lists of one day, as it lists it.
struct CardPaper {
  /// Something in it that is not so.
  struct Flaw {
    let lie: Behaviour
    /// As it should be.
    let movement: CardMovement
  }

  /// In the order of the list: newest first.
  let rows: [CardMovement]
  let flaws: [Flaw]

  /// What moved the balance for payments, refunds and disputes, each row once; nil where one
  /// dispute took money twice, of which the second time is compared with nothing.
  var net: Int64? {
    let once = Set(rows).filter { $0.kind != .disputeReversal }
    let disputes = once.filter { $0.kind == .dispute }
    guard Set(disputes.map(\.object)).count == disputes.count else { return nil }
    return once.reduce(0) { $0 + $1.net }
  }
}

/// Stripe's balance and what was ever listed of it.
struct CardLedger {
  static let gateway = FakeStripe.name
  static let dayMilliseconds: Int64 = 86_400_000
  /// For each dispute that takes money.
  private static let disputeFee: Int64 = 1500

  private(set) var movements: [CardMovement] = []
  /// By the number of the day, in UTC.
  private(set) var papers: [Int64: CardPaper] = [:]

  /// What Stripe keeps of a charge.
  private static func fee(of minor: Int64) -> Int64 { minor * 34 / 1000 + 200 }

  mutating func move(
    _ kind: CardMovement.Kind, _ object: String, _ reference: String, _ minor: Int64, at now: Int64
  ) {
    let fee = kind == .charge ? Self.fee(of: minor) : kind == .dispute ? Self.disputeFee : 0
    movements.append(
      CardMovement(
        kind: kind, id: "txn_\(movements.count + 1)", object: object, reference: reference,
        at: now / 1000 * 1000, minor: minor, fee: fee))
  }

  /// Newest first, as Stripe lists them.
  func truth(of day: Int64) -> [CardMovement] {
    movements.filter { $0.at / Self.dayMilliseconds == day }.reversed()
  }

  mutating func give(_ paper: CardPaper, of day: Int64) { papers[day] = paper }

  /// What was kept of an intent's charge, as far as any list tells.
  func toldFee(of intent: String) -> Int64 {
    papers.values.lazy.flatMap(\.rows).first { $0.kind == .charge && $0.object == intent }?.fee ?? 0
  }

  func toldFee(ofDispute id: String) -> Int64 {
    papers.values.lazy.flatMap(\.rows).first { $0.kind == .dispute && $0.object == id }?.fee ?? 0
  }
}
