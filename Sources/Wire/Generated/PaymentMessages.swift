// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `payment.close`: Close a payment at its gateway.
package struct PaymentCloseRequest: WireRequest, Equatable {
  package typealias Result = PaymentCloseResult

  /// The method.
  package static let method = Method.paymentClose
  /// Payment id.
  package var payment: String

  package static func read(_ reader: inout ParamReader) -> PaymentCloseRequest? {
    let payment = reader.text("payment", .paymentID, required: true)
    reader.finish(["payment"])
    guard reader.isClean, let payment else { return nil }
    return PaymentCloseRequest(payment: payment)
  }
}

/// What `payment.close` answers.
package struct PaymentCloseResult: WireObject, Equatable {
  /// The payment.
  package var payment: PaymentObject
  /// It is being closed.
  package var closing: Bool

  package init(payment: PaymentObject, closing: Bool) {
    self.payment = payment
    self.closing = closing
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("payment", payment)
    writer.member("closing", closing)
  }
}

/// `payment.create`: Open a payment of an order at a gateway.
package struct PaymentCreateRequest: WireRequest, Equatable {
  package typealias Result = PaymentCreateResult

  /// The method.
  package static let method = Method.paymentCreate
  /// Order id or order_no.
  package var order: String
  /// Where.
  package var gateway: String
  /// How; default the gateway's first method.
  package var method: String?
  /// Where the buyer comes back to.
  package var returnURL: String?
  /// Address of the buyer.
  package var clientIP: String?
  /// The buyer as the gateway names him, for methods inside its app: WeChat's openid.
  package var payer: String?

  package static func read(_ reader: inout ParamReader) -> PaymentCreateRequest? {
    let order = reader.text("order", .orderRef, required: true)
    let gateway = reader.text("gateway", .gatewayName, required: true)
    let method = reader.text("method", .paymentMethod)
    let returnURL = reader.text("return_url", .url)
    let clientIP = reader.text("client_ip", .ip)
    let payer = reader.text("payer", .payer)
    reader.finish(["order", "gateway", "method", "return_url", "client_ip", "payer"])
    guard reader.isClean, let order, let gateway else { return nil }
    return PaymentCreateRequest(
      order: order, gateway: gateway, method: method, returnURL: returnURL, clientIP: clientIP,
      payer: payer)
  }
}

/// What `payment.create` answers.
package struct PaymentCreateResult: WireObject, Equatable {
  /// The payment.
  package var payment: PaymentObject
  /// An open payment was returned.
  package var reused: Bool

  package init(payment: PaymentObject, reused: Bool) {
    self.payment = payment
    self.reused = reused
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("payment", payment)
    writer.member("reused", reused)
  }
}

/// `payment.get`: One payment.
package struct PaymentGetRequest: WireRequest, Equatable {
  package typealias Result = PaymentGetResult

  /// The method.
  package static let method = Method.paymentGet
  /// Payment id.
  package var payment: String

  package static func read(_ reader: inout ParamReader) -> PaymentGetRequest? {
    let payment = reader.text("payment", .paymentID, required: true)
    reader.finish(["payment"])
    guard reader.isClean, let payment else { return nil }
    return PaymentGetRequest(payment: payment)
  }
}

/// What `payment.get` answers.
package struct PaymentGetResult: WireObject, Equatable {
  /// The payment.
  package var payment: PaymentObject

  package init(payment: PaymentObject) {
    self.payment = payment
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("payment", payment)
  }
}

/// `payment.list`: Payments by order, gateway, state or time.
package struct PaymentListRequest: WireRequest, Equatable {
  package typealias Result = PaymentListResult

  /// The method.
  package static let method = Method.paymentList
  /// Of this order.
  package var order: String?
  /// Where.
  package var gateway: String?
  /// How.
  package var method: String?
  /// State.
  package var state: PaymentStateParam?
  /// Created at or after.
  package var createdFrom: Int64?
  /// Created before.
  package var createdTo: Int64?
  /// Paid at or after.
  package var paidFrom: Int64?
  /// Paid before.
  package var paidTo: Int64?
  /// Rows at most.
  package var limit: Int64
  /// next of the page before.
  package var page: String?

  package static func read(_ reader: inout ParamReader) -> PaymentListRequest? {
    let order = reader.text("order", .orderRef)
    let gateway = reader.text("gateway", .gatewayName)
    let method = reader.text("method", .paymentMethod)
    let state = reader.choice("state", PaymentStateParam.self)
    let createdFrom = reader.integer("created_from", in: 0...253402300799999)
    let createdTo = reader.integer("created_to", in: 0...253402300799999)
    let paidFrom = reader.integer("paid_from", in: 0...253402300799999)
    let paidTo = reader.integer("paid_to", in: 0...253402300799999)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    let page = reader.text("page", .page)
    reader.finish([
      "order", "gateway", "method", "state", "created_from", "created_to", "paid_from", "paid_to",
      "limit", "page",
    ])
    guard reader.isClean else { return nil }
    return PaymentListRequest(
      order: order, gateway: gateway, method: method, state: state, createdFrom: createdFrom,
      createdTo: createdTo, paidFrom: paidFrom, paidTo: paidTo, limit: limit, page: page)
  }
}

/// What `payment.list` answers.
package struct PaymentListResult: WireObject, Equatable {
  /// Rows.
  package var payments: [PaymentObject]
  /// Where the next page begins; absent on the last.
  package var next: String?

  package init(payments: [PaymentObject], next: String? = nil) {
    self.payments = payments
    self.next = next
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("payments", payments)
    writer.member("next", next)
  }
}

/// `payment.query`: Ask the gateway about a payment now.
package struct PaymentQueryRequest: WireRequest, Equatable {
  package typealias Result = PaymentQueryResult

  /// The method.
  package static let method = Method.paymentQuery
  /// Payment id.
  package var payment: String

  package static func read(_ reader: inout ParamReader) -> PaymentQueryRequest? {
    let payment = reader.text("payment", .paymentID, required: true)
    reader.finish(["payment"])
    guard reader.isClean, let payment else { return nil }
    return PaymentQueryRequest(payment: payment)
  }
}

/// What `payment.query` answers.
package struct PaymentQueryResult: WireObject, Equatable {
  /// The payment.
  package var payment: PaymentObject
  /// The gateway was asked for this call.
  package var asked: Bool

  package init(payment: PaymentObject, asked: Bool) {
    self.payment = payment
    self.asked = asked
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("payment", payment)
    writer.member("asked", asked)
  }
}

/// `payment.resolve`: Settle a payment by a proof from outside.
package struct PaymentResolveRequest: WireRequest, Equatable {
  package typealias Result = PaymentResolveResult

  /// The method.
  package static let method = Method.paymentResolve
  /// Payment id.
  package var payment: String
  /// What came; default the amount asked.
  package var amount: MoneyObject?
  /// true: nothing came. Only at a gateway that cannot be asked; without an amount.
  package var unpaid: Bool?
  /// What proves it, for example the bank's serial number.
  package var evidence: String
  /// Why.
  package var reason: String

  package static func read(_ reader: inout ParamReader) -> PaymentResolveRequest? {
    let payment = reader.text("payment", .paymentID, required: true)
    let amount = reader.money("amount", in: 1...1000000000000)
    let unpaid = reader.bool("unpaid")
    let evidence = reader.text("evidence", .note, required: true)
    let reason = reader.text("reason", .note, required: true)
    reader.finish(["payment", "amount", "unpaid", "evidence", "reason"])
    guard reader.isClean, let payment, let evidence, let reason else { return nil }
    return PaymentResolveRequest(
      payment: payment, amount: amount, unpaid: unpaid, evidence: evidence, reason: reason)
  }
}

/// What `payment.resolve` answers.
package struct PaymentResolveResult: WireObject, Equatable {
  /// The payment.
  package var payment: PaymentObject
  /// false: proposed, another operator must confirm.
  package var resolved: Bool
  /// Who proposed.
  package var proposedBy: String?

  package init(payment: PaymentObject, resolved: Bool, proposedBy: String? = nil) {
    self.payment = payment
    self.resolved = resolved
    self.proposedBy = proposedBy
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("payment", payment)
    writer.member("resolved", resolved)
    writer.member("proposed_by", proposedBy)
  }
}
