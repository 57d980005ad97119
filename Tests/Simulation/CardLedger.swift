import Chance
import Domain

/// One movement of a gateway's balance.
struct CardMovement: Hashable {
  enum Kind: String {
    case charge
    case refund
    case dispute
    /// The money of a dispute comes back.
    case disputeReversal = "dispute_reversal"
    /// To the merchant's account at the bank.
    case payout
    /// The bank turned one away.
    case payoutReturned = "payout_reversal"
    /// Held, released, exchanged or a fee by itself: it is compared with nothing.
    case aside = "adjustment"
  }

  let kind: Kind
  /// Of the balance's own row.
  let id: String
  /// What the row is known by: the number of what moved the money, or one of its own.
  let object: String
  /// The dispute or the payment that moved it, by the gateway's number.
  var about: String
  /// Ours, of the payment or the refund, or the charge that is disputed; empty where none was
  /// given.
  let reference: String
  let at: Int64
  /// What moved, with its sign.
  var minor: Int64
  var fee: Int64
  /// The gateway's own word for it, where its kind does not say it.
  var word = ""
  var currency = "CNY"
  /// What it was exchanged from; nil for money of the balance's own currency.
  var exchange: CardExchange?
  /// It is listed without our number.
  var isUnnamed = false

  var net: Int64 { minor - fee }
  /// What it is compared by.
  var told: (minor: Int64, currency: String) {
    exchange.map { ($0.minor, $0.currency) } ?? (minor, currency)
  }
  mutating func change(by more: Int64) {
    guard var charged = exchange else {
      minor += more
      return
    }
    charged.minor += more
    (exchange, minor) = (charged, charged.credited)
  }

  var isCompared: Bool { kind != .aside && !isOfPayout }
  var isOfPayout: Bool { kind == .payout || kind == .payoutReturned }
  var isOfDispute: Bool { kind == .dispute || kind == .disputeReversal }
}

/// What may be wrong with a row of a list, or with its rows together.
enum RowLie {
  case missing, doubled, unknown, otherAmount, otherFee, unnamed, offRate
  /// The list ends before its last rows, and says how many it has.
  case cut
  /// A row of an earlier day stands among those of the day on which it was touched.
  case touched
}

/// What a gateway lists of one day, as it lists it.
struct CardPaper {
  /// Something in it that is not so.
  struct Flaw {
    let behaviour: Behaviour
    let lie: RowLie
    /// As it should be; nil where it is about the list.
    let movement: CardMovement?
  }

  /// In the order of the list.
  let rows: [CardMovement]
  let flaws: [Flaw]
  /// Rows of other days that stand in front, and are left out rightly.
  let foreign: [CardMovement]
  /// How many rows it says that it has.
  let statedCount: Int
}

/// A gateway's balance and what was ever listed of it.
struct CardLedger {
  /// What may be wrong with its lists, and who says when.
  struct Liar {
    let lies: [Behaviour: RowLie]
    let strike: () -> Behaviour?
    /// Likewise, for the list as a whole.
    let strikeList: () -> Behaviour?
    let note: (Behaviour) -> Void
    /// Likewise, for rows that pay out.
    var strikePayout: () -> Behaviour? = { nil }
    /// What a charge of somebody else is known by.
    let stranger: String
  }

  static let dayMilliseconds: Int64 = 86_400_000

  let gateway: String
  /// Minutes east of UTC of the days that it is listed by.
  var offsetMinutes: Int64 = 0
  /// For each dispute that takes money.
  var disputeFee: Int64 = 0
  /// For each refund.
  var refundFee: Int64 = 0
  var isNewestFirst = false
  private(set) var movements: [CardMovement] = []
  /// In the order in which they were made.
  var payouts: [Payout] = []
  /// By the number of the day.
  private(set) var papers: [Int64: CardPaper] = [:]

  init(gateway: String) { self.gateway = gateway }

  /// What a gateway keeps of a charge.
  static func fee(of minor: Int64) -> Int64 { minor * 34 / 1000 + 200 }

  func day(of at: Int64) -> Int64 {
    (at + offsetMinutes * 60_000) / Self.dayMilliseconds
  }

  func start(of day: Int64) -> Int64 { day * Self.dayMilliseconds - offsetMinutes * 60_000 }

  /// - Parameter about: where it is not the object.
  mutating func move(
    _ kind: CardMovement.Kind, _ object: String, _ reference: String, _ minor: Int64,
    about: String? = nil, word: String = "", currency: String = "CNY",
    exchange: CardExchange? = nil, at now: Int64
  ) {
    let fee =
      switch kind {
      case .charge: Self.fee(of: minor)
      case .dispute: disputeFee
      case .refund: refundFee
      case .disputeReversal, .payout, .payoutReturned, .aside: Int64(0)
      }
    movements.append(
      CardMovement(
        kind: kind, id: "txn_\(movements.count + 1)", object: object, about: about ?? object,
        reference: reference, at: now / 1000 * 1000, minor: minor, fee: fee, word: word,
        currency: currency, exchange: exchange))
  }

  /// In the order in which it is listed.
  func truth(of day: Int64) -> [CardMovement] {
    let own = movements.filter { self.day(of: $0.at) == day }
    return isNewestFirst ? own.reversed() : own
  }

  /// What was listed of a day; nothing is written down of one without movements.
  func listed(of day: Int64) -> CardPaper? {
    if let paper = papers[day] { return paper }
    return truth(of: day).isEmpty
      ? CardPaper(rows: [], flaws: [], foreign: [], statedCount: 0) : nil
  }

  /// What is listed of a day stays as it is.
  mutating func paper(of day: Int64, by liar: Liar) -> CardPaper {
    if let known = papers[day] { return known }
    var rows: [CardMovement] = []
    var flaws: [CardPaper.Flaw] = []
    for movement in truth(of: day) {
      let behaviour =
        switch movement.kind {
        case .payout: liar.strikePayout()
        case .payoutReturned: Behaviour?.none
        default: liar.strike()
        }
      let lie = behaviour.flatMap { liar.lies[$0] }
      let shown = Self.written(movement, lie)
      if shown != [movement], let behaviour, let lie {
        liar.note(behaviour)
        flaws.append(.init(behaviour: behaviour, lie: lie, movement: movement))
      }
      rows += shown
    }
    var (stated, foreign) = (rows.count, [CardMovement]())
    if !rows.isEmpty, let behaviour = liar.strikeList() {
      switch liar.lies[behaviour] {
      case .unknown?:
        liar.note(behaviour)
        let number = "\(liar.stranger)\(day)"
        let stranger = CardMovement(
          kind: .charge, id: "txn_stranger\(day)", object: number, about: number, reference: "",
          at: start(of: day) + 43_200_000, minor: 777, fee: 40)
        rows.append(stranger)
        stated += 1
        flaws.append(.init(behaviour: behaviour, lie: .unknown, movement: stranger))
      case .cut? where rows.count > 1:
        liar.note(behaviour)
        flaws.append(.init(behaviour: behaviour, lie: .cut, movement: nil))
        let gone = rows.removeLast()
        if rows.contains(gone) {
          // Cut off was the copy of a row: nothing stands there twice.
          flaws.removeAll { $0.lie == .doubled && $0.movement == gone }
        } else {
          flaws.append(.init(behaviour: behaviour, lie: .missing, movement: gone))
        }
      case .touched?:
        guard let old = movements.last(where: { self.day(of: $0.at) < day }) else { break }
        liar.note(behaviour)
        foreign = [old]
        stated += 1
      default: break
      }
    }
    let paper = CardPaper(rows: rows, flaws: flaws, foreign: foreign, statedCount: stated)
    papers[day] = paper
    return paper
  }

  private static func written(_ movement: CardMovement, _ lie: RowLie?) -> [CardMovement] {
    var changed = movement
    switch lie {
    case .missing?: return []
    case .doubled?: return [movement, movement]
    case .otherAmount? where movement.isCompared:
      changed.change(by: movement.minor < 0 ? -1 : 100)
    case .offRate? where movement.exchange != nil:
      changed.minor += movement.minor.isMultiple(of: 2) ? 500 : -500
    case .otherFee? where movement.kind == .charge: changed.fee += 10
    case .unnamed?: changed.isUnnamed = true
    default: break
    }
    return [changed]
  }
}
