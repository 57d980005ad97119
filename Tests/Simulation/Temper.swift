import Chance

/// Which behaviours this run has, and how often each strikes.
///
/// A run has about a quarter of all behaviours, so that rare combinations are met undisturbed by
/// the rest; a behaviour strikes in one of four to one of fifty cases, and more often where a run
/// has few cases.
package struct Temper: Sendable {
  private var random: SeededRandom
  /// For what not every run has: it changes nothing in what else is drawn.
  private var apart: SeededRandom
  /// Likewise, for what came to be known after those.
  private var newer: SeededRandom
  /// And after those.
  private var newest: SeededRandom
  /// And after those.
  private var last: SeededRandom
  /// And after those.
  private var payouts: SeededRandom
  /// And after those.
  private var exchanges: SeededRandom
  private let permille: [Behaviour: Int64]
  /// After the faults have stopped nothing strikes any more, but for what bills say and whether
  /// they come: they follow a day later.
  package var isCalm = false
  /// From now on every bill comes.
  package var areBillsCalm = false
  /// How often each behaviour has struck.
  package private(set) var struck: [Behaviour: Int] = [:]

  /// - Parameter only: exactly these, each in every third case; nil draws them.
  package init(seed: UInt64, only: [Behaviour]? = nil) {
    var random = SeededRandom(seed: seed)
    var apart = SeededRandom(seed: seed ^ 0x7A45_F0E2)
    var newer = SeededRandom(seed: seed ^ 0x9E0B_A1A5)
    var newest = SeededRandom(seed: seed ^ 0x3C6E_F372)
    var last = SeededRandom(seed: seed ^ 0xDAA6_6D2B)
    var payouts = SeededRandom(seed: seed ^ 0x78DD_E6E4)
    var exports = SeededRandom(seed: seed ^ 0x1715_609D)
    var exchanges = SeededRandom(seed: seed ^ 0xFC_5EA7)
    // Where answers get lost with what they tell of, the rest of a run goes otherwise.
    let hasKeeping = newest.chance(permille: 400)
    var permille: [Behaviour: Int64] = [:]
    for behaviour in Behaviour.allCases {
      let (isDrawn, often) =
        Behaviour.exports.contains(behaviour)
        ? Temper.draw(&exports)
        : Temper.exchanges.contains(behaviour)
        ? Temper.draw(&exchanges, isRare: true)
        : Temper.payouts.contains(behaviour)
        ? Temper.draw(&payouts, isRare: true)
        : Temper.lastComers.contains(behaviour)
        ? Temper.draw(&last, isRare: true)
        : Temper.latecomers.contains(behaviour)
        ? Temper.draw(&newest, isRare: Temper.rare.contains(behaviour))
        : Temper.newcomers.contains(behaviour)
        ? Temper.draw(&newer, isRare: Temper.rare.contains(behaviour))
        : Temper.asides.contains(behaviour) ? Temper.draw(&apart) : Temper.draw(&random)
      if let only {
        if only.contains(behaviour) { permille[behaviour] = 333 }
      } else if isDrawn, hasKeeping || !Temper.keeping.contains(behaviour) {
        permille[behaviour] = often
      }
    }
    self.permille = permille
    self.random = random
    self.apart = apart
    self.newer = newer
    self.newest = newest
    self.last = last
    self.payouts = payouts
    self.exchanges = exchanges
  }

  static let transfers = of([.transfer, .transferFile])
  static let phone = of([.phone, .site, .siteNotice])
  private static let cardBills = of([.cardBillRoad, .cardBill])
  static let cards = of([.card, .cardRoad, .cardNotice, .cardOutside]).union(cardBills)
  private static let walletBills = of([.walletBillRoad, .walletBill, .walletList, .exchange])
    .union([.walletChargedBack])
  static let wallets = of([.wallet, .walletRoad, .walletSight, .walletNotice, .walletOutside])
    .union(walletBills)
  static let airwallex = of([.air, .airRoad, .airNotice, .airBillRoad, .airBill, .airList])
    .union(of([.airSettlement, .airRefund, .airOutside]))
  static let payouts = of([.payout, .payoutRow])
  static let exchanges = of([.cardCurrency, .cardRate, .cardRateRow])
  /// What not every run has.
  private static let asides =
    transfers.union(phone).union(cards).union(wallets).union(airwallex)
  private static let newcomers = cardBills.union(wallets)
  private static let keeping = of([.keeping])
  /// What needs a sale, a dispute of it and somebody who asks.
  private static let rare = of([.wallet, .walletSight, .air])
  private static let latecomers = walletBills.union(airwallex).union(keeping)
  private static let lastComers = of([.cardOutside, .walletOutside, .airRefund, .airOutside])

  /// So that one behaviour leaves cases to those behind it.
  private static let oftenest: Int64 = 500

  private static func of(_ stages: [Behaviour.Stage]) -> Set<Behaviour> {
    Set(stages.flatMap { Behaviour.byStage[$0] ?? [] })
  }

  private static func draw(
    _ random: inout SeededRandom, isRare: Bool = false
  ) -> (isDrawn: Bool, often: Int64) {
    let isDrawn = random.chance(permille: isRare ? 500 : 250)
    return (isDrawn, random.pick([20, 50, 100, 250]))
  }

  package static let calm: Temper = {
    var temper = Temper(seed: 0, only: [])
    temper.isCalm = true
    return temper
  }()

  /// The behaviour that strikes at this stage now, if one does.
  mutating func strike(_ stage: Behaviour.Stage) -> Behaviour? {
    guard !isQuiet(stage) else { return nil }
    for behaviour in Behaviour.byStage[stage] ?? [] {
      guard let permille = permille[behaviour] else { continue }
      let often = permille * stage.weight
      let isStruck =
        switch behaviour {
        case _ where Temper.exchanges.contains(behaviour):
          exchanges.chance(permille: min(often, Temper.oftenest))
        case _ where Temper.payouts.contains(behaviour):
          payouts.chance(permille: min(often, Temper.oftenest))
        case _ where Temper.lastComers.contains(behaviour):
          last.chance(permille: min(often, Temper.oftenest))
        case _ where Temper.latecomers.contains(behaviour):
          newest.chance(permille: min(often, Temper.oftenest))
        case _ where Temper.newcomers.contains(behaviour):
          newer.chance(permille: min(often, Temper.oftenest))
        case _ where Temper.asides.contains(behaviour):
          apart.chance(permille: min(often, Temper.oftenest))
        default: random.chance(permille: often)
        }
      if isStruck { return behaviour }
    }
    return nil
  }

  private func isQuiet(_ stage: Behaviour.Stage) -> Bool {
    switch stage {
    case .billRoad, .cardBillRoad, .walletBillRoad, .airBillRoad, .walletSight, .keeping:
      areBillsCalm
    case .bill, .transfer, .transferFile, .cardNotice, .cardBill, .walletNotice, .walletBill,
      .walletList, .airNotice, .airBill, .airList, .airSettlement, .airRefund, .exchange, .payout,
      .payoutRow, .cardCurrency, .cardRate, .cardRateRow:
      false
    default: isCalm
    }
  }

  /// Whether this one strikes now.
  mutating func strikes(_ behaviour: Behaviour) -> Bool {
    guard !isCalm, let permille = permille[behaviour] else { return false }
    return random.chance(permille: permille)
  }

  /// Whether this run has the behaviour at all.
  func has(_ behaviour: Behaviour) -> Bool { permille[behaviour] != nil }

  /// Counts a behaviour that had its effect.
  mutating func note(_ behaviour: Behaviour) { struck[behaviour, default: 0] += 1 }
}

extension Behaviour.Stage {
  /// A run asks for a few bills with a few rows, but makes hundreds of calls.
  fileprivate var weight: Int64 {
    switch self {
    case .dispute, .unheard, .bill, .phone, .card, .cardBill, .wallet, .walletSight, .walletBill,
      .walletList, .exchange, .air, .airBill, .airList, .airSettlement, .airRefund, .cardOutside,
      .walletOutside, .airOutside, .payout, .payoutRow, .cardCurrency, .cardRate, .cardRateRow:
      4
    default: 1
    }
  }
}
