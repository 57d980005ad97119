/// What the gateway's present word comes to, held against our books.
package enum LiveVerdict: Hashable, Sendable {
  /// Both say the same.
  case agrees
  /// Paid there and not here.
  case found
  /// Paid here, and the gateway says that it is not, or not so.
  case differs

  /// Nil where there is nothing to compare: the payment is still open here, or the word is unknown.
  ///
  /// - Parameter reserved: what of the payment we have given back or are giving back, minor units.
  ///   A trade that we gave back in full reads "closed" or "reversed" at gateways.
  package init?(_ payment: Payment, gatewaySays sighting: PaymentSighting, reserved: Int64) {
    if case .unrecognised = sighting { return nil }
    switch payment.state {
    case .initial, .submitted, .awaitingBuyer, .processing, .unknown, .stale, .closing: return nil
    case .closed, .failed: self = Self.tellsOfMoney(sighting) ? .found : .agrees
    case .reversed:
      if case .paid = sighting { self = .differs } else { self = .agrees }
    case .succeeded: self = Self.ofPaid(payment, sighting, reserved)
    }
  }

  private static func ofPaid(
    _ payment: Payment, _ sighting: PaymentSighting, _ reserved: Int64
  ) -> LiveVerdict {
    switch sighting {
    case .paid(let capture):
      let isSameNumber = payment.gatewayTransaction.map {
        $0.utf8.elementsEqual(capture.gatewayTransaction.utf8)
      }
      return capture.amount == payment.captured && isSameNumber != false ? .agrees : .differs
    case .reversed, .closed:
      return payment.captured.map { reserved >= $0.minor } == true ? .agrees : .differs
    case .unpaid, .processing, .failed, .absent, .unrecognised: return .differs
    }
  }

  private static func tellsOfMoney(_ sighting: PaymentSighting) -> Bool {
    switch sighting {
    case .paid, .reversed: true
    case .unpaid, .processing, .closed, .failed, .absent, .unrecognised: false
    }
  }
}
