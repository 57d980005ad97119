/// What a bill is about.
package enum BillKind: String, Sendable, CaseIterable {
  /// A row for each payment and each refund, and what else the gateway lists with them.
  case trade
  /// A row for each movement of the merchant's balance: fees and withdrawals too.
  case fund
  /// What each payout is made of.
  case settlement
}

/// One bill of a gateway.
package struct BillName: Hashable, Sendable {
  package let kind: BillKind
  /// In the zone of the offer.
  package let day: CivilDay

  package init(kind: BillKind, day: CivilDay) {
    self.kind = kind
    self.day = day
  }
}
