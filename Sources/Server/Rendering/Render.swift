import Domain
import Engine
import Gateways
import Store
import Wire

/// Values of the domain as objects of the wire.
enum Render {
  static func money(_ money: Money) -> MoneyObject {
    MoneyObject(currency: money.currency.code, minor: money.minor)
  }

  static func reason(_ reason: Reason) -> ReasonObject {
    ReasonObject(code: reason.code, gatewayCode: reason.gatewayCode, text: reason.text)
  }

  static func evidence(_ evidence: Evidence) -> EvidenceObject {
    EvidenceObject(
      id: evidence.id, source: evidence.source.rawValue, strength: evidence.strength.text,
      at: evidence.at.milliseconds, sha256: evidence.digest.isEmpty ? nil : evidence.digest)
  }

  /// - Parameter view: never `hidden`.
  static func order(_ view: OrderView, _ role: RoleView) -> OrderObject {
    let order = view.order
    let currency = order.amount.currency
    let object = OrderObject(
      id: order.id.text, orderNo: order.number, payState: order.payState.rawValue,
      deliveryState: order.deliveryState.rawValue, riskState: order.riskState.rawValue,
      disputeState: order.disputeState.rawValue, amount: money(order.amount),
      captured: money(Money(order.captured, currency)),
      refunded: money(Money(order.refunded, currency)),
      excess: money(Money(order.excess, currency)),
      chargedBack: order.chargedBack > 0 ? money(Money(order.chargedBack, currency)) : nil,
      subject: order.subject,
      lines: order.lines.map { line($0, currency) }, buyer: view.buyer.flatMap(buyer),
      source: order.source, metadata: view.metadata.map { RawJSON(text: $0) },
      flags: order.flags.words, lastFailure: order.lastFailure.map(reason),
      createdAt: order.createdAt.milliseconds,
      firstSeenProcessingAt: order.firstProcessingAt?.milliseconds,
      paidAt: order.paidAt?.milliseconds, expiresAt: order.expiresAt.milliseconds,
      refundedAt: order.refundedAt?.milliseconds, deliveredAt: order.deliveredAt?.milliseconds,
      version: order.version, payments: view.payments.map(\.text))
    return role == .full ? object : object.masked()
  }

  private static func line(_ line: OrderLine, _ currency: Currency) -> LineObject {
    LineObject(
      sku: line.sku, name: line.name, quantity: line.quantity,
      unitPrice: money(Money(line.unitPrice, currency)))
  }

  private static func buyer(_ buyer: Buyer) -> BuyerObject? {
    if buyer.isEmpty { return nil }
    return BuyerObject(
      userID: buyer.userID, email: buyer.email, phone: buyer.phone, ip: buyer.ip,
      country: buyer.country, userAgent: buyer.userAgent, device: buyer.device)
  }

  static func payment(_ view: PaymentView) -> PaymentObject {
    let payment = view.payment
    return PaymentObject(
      id: payment.id.text, order: payment.order.text, gateway: payment.gateway,
      kind: payment.kind, method: payment.method, state: payment.state.rawValue,
      amount: money(payment.amount), captured: payment.captured.map(money),
      fee: payment.fee.map(money), net: net(payment).map(money),
      outTradeNo: payment.outTradeNumber, gatewayTxnID: payment.gatewayTransaction,
      gatewayPaymentID: payment.gatewayPayment, action: payment.action.map(action),
      reason: payment.reason.map(reason),
      nextQueryAt: view.nextQueryAt?.milliseconds, queries: view.queries,
      evidence: payment.evidence.map(evidence), createdAt: payment.createdAt.milliseconds,
      paidAt: payment.paidAt?.milliseconds, closedAt: payment.closedAt?.milliseconds,
      reversedAt: payment.reversedAt?.milliseconds,
      expiresAt: payment.expiresAt.milliseconds, version: payment.version)
  }

  /// Nil where the fee is not known or of another currency.
  private static func net(_ payment: Payment) -> Money? {
    guard let captured = payment.captured, let fee = payment.fee else { return nil }
    do throws(MoneyError) { return try captured.subtracting(fee) } catch { return nil }
  }

  private static func action(_ action: PaymentAction) -> ActionObject {
    ActionObject(
      kind: action.kind.rawValue, value: action.value,
      expiresAt: action.expiresAt.milliseconds, exactAmount: action.exactAmount.map(money))
  }

  static func refund(_ view: RefundView) -> RefundObject {
    let refund = view.refund
    return RefundObject(
      id: refund.id.text, payment: refund.payment.text, order: refund.order.text,
      refundNo: refund.number, amount: money(refund.amount), state: refund.state.rawValue,
      reason: refund.note, requestedBy: refund.requestedBy, approvedBy: refund.approvedBy,
      gatewayRefundID: refund.gatewayRefund, failure: refund.reason.map(reason),
      nextQueryAt: view.nextQueryAt?.milliseconds, createdAt: refund.createdAt.milliseconds,
      approvedAt: refund.approvedAt?.milliseconds,
      submittedAt: refund.submittedAt?.milliseconds, finishedAt: refund.finishedAt?.milliseconds,
      version: refund.version)
  }

  /// - Parameter showsClaim: only to who made it: whoever knows a claim may finish the delivery.
  static func delivery(_ delivery: Delivery, showsClaim: Bool) -> DeliveryObject {
    let isLive = delivery.state == .reserved || delivery.state == .delivering
    return DeliveryObject(
      id: delivery.id.text, order: delivery.order.text, line: delivery.line,
      state: delivery.state.rawValue,
      claim: showsClaim && isLive ? delivery.claim?.text : nil,
      claimedBy: delivery.claimedBy,
      leaseUntil: isLive ? delivery.leaseUntil?.milliseconds : nil,
      reference: delivery.reference, reason: delivery.reason,
      deliveredAt: delivery.deliveredAt?.milliseconds, version: delivery.version)
  }

  static func receipt(_ receipt: Receipt, bytes: Int) -> ReceiptObject {
    ReceiptObject(
      id: receipt.id.text, gateway: receipt.gateway,
      receivedAt: receipt.receivedAt.milliseconds, verdict: receipt.verdict.rawValue,
      payment: receipt.payment?.text, order: receipt.order?.text, sha256: receipt.digest,
      bytes: Int64(bytes),
      strength: receipt.strength == .timer ? nil : receipt.strength.text,
      reason: receipt.reason)
  }

  static func acknowledgement(_ answer: Acknowledgement) -> AckObject {
    AckObject(
      status: Int64(answer.status),
      headers: TextMap(
        answer.headers.map { TextMap.Pair(name: $0.name, value: $0.value) }),
      body: answer.body)
  }
}
