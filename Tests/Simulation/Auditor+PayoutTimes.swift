import Domain

/// When a payout may be missed: nobody is told before the business days are over that banks have.
extension Auditor {
  private static let bankDays: Int64 = 3

  /// The last moment at which it is in time.
  private func due(_ payout: Payout) -> Int64 {
    house.restDays.moment(Self.bankDays, businessDaysAfter: payout.at)
  }

  /// Before that the bank's rows may be payouts that nobody here knows.
  ///
  /// - Parameter first: from when on every payout of a list was known.
  func knownSince(_ first: Int64) -> Int64 {
    house.restDays.moment(Self.bankDays, businessDaysAfter: first - 1) + 1
  }

  /// - Parameter id: of a difference that was told of just now.
  func auditMissed(_ id: String, at now: Int64) throws {
    guard let one = differences.all[id], one.kind == "payout_not_arrived", one.version == 1,
      one.gateway == payer.ledger.gateway, let payout = payer.ledger.payout(one.transaction)
    else { return }
    // What may be another one's money is shown as soon as it is there.
    let isMissed = one.actual == 0 && one.suggestions.isEmpty
    guard !isMissed || now > due(payout) else {
      throw Violation(
        rule: "payouts", text: "\(payout.id) is missed at \(now), and due at \(due(payout))")
    }
  }
}
