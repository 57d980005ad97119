/// What a gateway said about one payment, cut down to what Till can act on.
///
/// An adapter makes it from verified bytes. It never says more than the gateway said: a status that
/// the adapter does not know is `unrecognised`, not a guess.
package enum PaymentSighting: Hashable, Sendable {
  /// It exists and the buyer has not paid; an action when the gateway gave one (create), and the
  /// gateway's own number of the payment where it has one before anything is charged.
  case unpaid(action: PaymentAction?, gatewayPayment: String? = nil)
  /// The buyer has acted; the gateway or a bank is still working.
  case processing(Reason?)
  /// Money was taken.
  case paid(Capture)
  /// It is closed at the gateway and no money was taken.
  case closed(Reason?)
  /// A final failure by the gateway's own table of codes.
  case failed(Reason)
  /// The gateway does not know it. `provesClosed` when by its closing rule it cannot be paid now.
  case absent(provesClosed: Bool)
  /// The gateway took the money back by itself (a cancel that refunded, a revoked barcode payment).
  case reversed(Capture, Reason?)
  /// A signed answer with a status that the adapter's table does not hold.
  case unrecognised(String)
}

/// One charge as the gateway reports it.
package struct Capture: Hashable, Sendable {
  /// What was taken, as the gateway said: not necessarily what was asked.
  package let amount: Money
  /// The gateway's own number of the transaction.
  package let gatewayTransaction: String
  /// The gateway's clock, where it tells.
  package let paidAt: Timestamp?
  package let fee: Money?

  package init(amount: Money, gatewayTransaction: String, paidAt: Timestamp?, fee: Money? = nil) {
    self.amount = amount
    self.gatewayTransaction = gatewayTransaction
    self.paidAt = paidAt
    self.fee = fee
  }

  /// More than nothing, and within what JSON and sums over an order can hold.
  package var isPossible: Bool {
    amount.minor > 0 && amount.minor <= Int64(Limits.integerMax)
      && (fee.map { $0.minor.magnitude <= UInt64(Limits.integerMax) } ?? true)
  }
}

/// What a gateway said about one refund.
package enum RefundSighting: Hashable, Sendable {
  case processing(Reason?, gatewayRefund: String? = nil)
  case succeeded(amount: Money, gatewayRefund: String?, at: Timestamp?)
  /// Final: this refund will not happen. Only by the gateway's own table of codes.
  case failed(Reason)
  /// The gateway does not know the number; no proof that it never will.
  case absent
  /// The buyer's bank takes no money: not over, and nothing moves until a person acts at the
  /// gateway. After a success it says that the money came back.
  case stalled(Reason)
  /// The bank sent the money back to us after a success.
  case returned(Reason?)
  case unrecognised(String)
}

/// A refund that Till did not ask for, as the gateway tells of it.
package struct OutsideRefund: Hashable, Sendable {
  /// The gateway's own number of it.
  package let gatewayRefund: String
  package let amount: Money
  package let sighting: RefundSighting

  package init(gatewayRefund: String, amount: Money, sighting: RefundSighting) {
    self.gatewayRefund = gatewayRefund
    self.amount = amount
    self.sighting = sighting
  }
}

/// What a gateway said about one dispute.
package struct DisputeSighting: Hashable, Sendable {
  /// The gateway's own number of it.
  package let gatewayDispute: String
  /// Nil for a word that the adapter's table does not hold: it counts as open.
  package let status: DisputeStatus?
  /// The gateway's own word.
  package let gatewayStatus: String
  package let amount: Money
  package let reason: Reason?
  /// Until when the gateway takes an answer, its clock.
  package let dueAt: Timestamp?
  /// Where the money is; nil where the gateway does not tell and the status implies it.
  package let funds: DisputeFunds?

  package init(
    gatewayDispute: String, status: DisputeStatus?, gatewayStatus: String, amount: Money,
    reason: Reason?, dueAt: Timestamp?, funds: DisputeFunds? = nil
  ) {
    self.gatewayDispute = gatewayDispute
    self.status = status
    self.gatewayStatus = gatewayStatus
    self.amount = amount
    self.reason = reason
    self.dueAt = dueAt
    self.funds = funds
  }
}

/// What the buyer must do to pay.
package struct PaymentAction: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// `value` is the text of the QR code.
    case qr
    /// `value` is a URL to send the browser to.
    case redirect
    /// `value` is an HTML form that submits itself.
    case form
    /// `value` is a secret for the gateway's own script in the page.
    case clientSecret = "client_secret"
    /// `value` is a text with the account and the reference that a transfer must carry.
    case transfer
  }

  package let kind: Kind
  package let value: String
  package let expiresAt: Timestamp
  /// What the buyer has to pay to the cent, where that differs from the payment's amount.
  package let exactAmount: Money?

  package init(kind: Kind, value: String, expiresAt: Timestamp, exactAmount: Money? = nil) {
    self.kind = kind
    self.value = value
    self.expiresAt = expiresAt
    self.exactAmount = exactAmount
  }
}

/// What is known about an exchange that brought no usable answer.
package enum Fault: Error, Hashable, Sendable {
  /// The request never left: nothing happened at the gateway.
  case notSent(Reason)
  /// It may have left. Nothing may be assumed; ask.
  case outcomeUnknown(Reason)
  /// An answer came and is of no use: wrong signature, another order, not what was asked for.
  case answered(Reason)

  package var reason: Reason {
    switch self {
    case .notSent(let reason), .outcomeUnknown(let reason), .answered(let reason): reason
    }
  }
}
