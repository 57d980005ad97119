import Domain

/// When the daemon ran, as the world started it and let it die.
struct Uptime {
  private var lives: [Range<Int64>] = []
  private var startedAt: Int64?

  mutating func start(at now: Int64) { startedAt = now }

  mutating func end(at now: Int64) {
    guard let begun = startedAt else { return }
    startedAt = nil
    if begun < now { lives.append(begun..<now) }
  }

  /// For how long it ran between two moments, in all its lives together.
  func milliseconds(from: Int64, to: Int64) -> Int64 {
    guard from < to else { return 0 }
    let present = startedAt.map { [$0..<max($0, to)] } ?? []
    return (lives + present).reduce(0) { $0 + Int64($1.clamped(to: from..<to).count) }
  }
}

extension Auditor {
  /// A day's open payments are asked about this often: who ran longer had its turn.
  private static let askedWithin = Int64(Limits.pollGapMaxMilliseconds)

  /// A bill tells of a payment before anybody could: the daemon ran for too short a time since it
  /// was paid. Then nothing is left to decide in the end.
  func isUnheard(_ one: DifferenceBook.Difference) -> Bool {
    guard isEndedByWord(one), let paidAt = paidAt(of: one) else { return false }
    return uptime.milliseconds(from: paidAt, to: one.openedAt) < Self.askedWithin
  }

  /// The bill pays the order. Airwallex' list names nothing of ours: where the answer with its number
  /// was lost, its row is known again once the gateway has told of the payment.
  private func isEndedByWord(_ one: DifferenceBook.Difference) -> Bool {
    switch one.kind {
    case "gateway_success_only": one.resolution == "filled_back"
    case "unknown_money": one.gateway == FakeAirwallex.name && one.resolution == "agrees"
    default: false
    }
  }

  /// By the books of the gateway.
  private func paidAt(of one: DifferenceBook.Difference) -> Int64? {
    guard let ledger = ledger(of: one.gateway) else { return alipay.trade(one.reference)?.paidAt }
    return ledger.movements.first { $0.kind == .charge && $0.object == one.transaction }?.at
  }
}
