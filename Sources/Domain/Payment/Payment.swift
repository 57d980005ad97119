/// One try to get an order paid at one gateway.
package struct Payment: Hashable, Sendable {
  package let id: PaymentID
  package let order: OrderID
  /// The configured name of the gateway.
  package let gateway: String
  /// Its adapter, as `alipay`.
  package let kind: String
  package let method: String
  /// What is asked for.
  package let amount: Money
  /// Our number at the gateway.
  package let outTradeNumber: String
  package let createdAt: Timestamp
  package let expiresAt: Timestamp

  package var state: PaymentState
  /// What the gateway took, as it said.
  package var captured: Money?
  package var fee: Money?
  package var gatewayTransaction: String?
  /// The gateway's own number of the payment, which some have before anything is charged.
  package var gatewayPayment: String?
  package var action: PaymentAction?
  package var reason: Reason?
  /// Why it is being closed, while and after it is.
  package var closingCause: ClosingCause?
  /// The charge differs from `amount`.
  package var isMismatched: Bool
  /// Two people accepted the differing or weakly proven charge.
  package var isAccepted: Bool
  /// Paid after it was closed or had failed.
  package var isLate: Bool
  package var evidence: [Evidence]
  /// The first of two people who would settle it by their word and a proof from outside.
  package var resolveProposedBy: String?
  /// The proof which that one named; the other must name the same.
  package var resolveProposedProof: String?
  /// What that one says was taken.
  package var resolveProposedAmount: Money?
  package var submittedAt: Timestamp?
  package var paidAt: Timestamp?
  package var closedAt: Timestamp?
  /// When the gateway told that it had given back everything by itself; our wall clock.
  package var reversedAt: Timestamp?
  /// Counts this payment's events, from 1.
  package var version: Int64

  package init(_ draft: PaymentDraft, id: PaymentID, order: OrderID, createdAt: Timestamp) {
    self.id = id
    self.order = order
    gateway = draft.gateway
    kind = draft.kind
    method = draft.method
    amount = draft.amount
    outTradeNumber = draft.outTradeNumber
    self.createdAt = createdAt
    expiresAt = draft.expiresAt
    state = .initial
    isMismatched = false
    isAccepted = false
    isLate = false
    evidence = []
    version = 0
  }

  /// Its money is not real.
  package var isAtSandbox: Bool { kind.utf8.elementsEqual("sandbox".utf8) }

  /// Refunds may be taken from it, up to this much. Minor units of `captured`'s currency.
  package var isCharged: Bool { state == .succeeded && captured != nil }

  /// What proves the charge. A payment that is paid late has the proof that it was over first.
  package var chargeEvidence: ArraySlice<Evidence> { evidence.dropFirst(isLate ? 1 : 0) }

  /// Over because two people said so, whom the gateway's own word about money goes before.
  var isClosedByPeople: Bool { state == .closed && evidence.last?.source == .operators }

  /// Charged by a weak word alone, which neither a bill nor two people have confirmed.
  package var isWeak: Bool {
    isCharged && !isAccepted && !chargeEvidence.contains { $0.strength >= .signedNotice }
  }
}

package struct PaymentDraft: Hashable, Sendable {
  package var gateway: String
  package var kind: String
  package var method: String
  package var amount: Money
  package var outTradeNumber: String
  package var expiresAt: Timestamp
  /// Made at a sandbox. Logs of before do not say it.
  package var isTest: Bool

  package init(
    gateway: String, kind: String, method: String, amount: Money, outTradeNumber: String,
    expiresAt: Timestamp, isTest: Bool = false
  ) {
    self.gateway = gateway
    self.kind = kind
    self.method = method
    self.amount = amount
    self.outTradeNumber = outTradeNumber
    self.expiresAt = expiresAt
    self.isTest = isTest
  }
}

package enum ClosingCause: String, Sendable, CaseIterable {
  case expired
  case cancelled
  /// The order is being paid another way.
  case replaced
  /// The order is paid; a second payment must not be.
  case paid
  case requested
}
