// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `order.accept`: Accept an order whose money differs from what was asked.
package struct OrderAcceptRequest: WireRequest, Equatable {
  package typealias Result = OrderAcceptResult

  /// The method.
  package static let method = Method.orderAccept
  /// Order id or order_no.
  package var order: String
  /// Why.
  package var reason: String
  /// Only if the object still has this version.
  package var version: Int64?

  package static func read(_ reader: inout ParamReader) -> OrderAcceptRequest? {
    let order = reader.text("order", .orderRef, required: true)
    let reason = reader.text("reason", .note, required: true)
    let version = reader.integer("version", in: 1...9007199254740991)
    reader.finish(["order", "reason", "version"])
    guard reader.isClean, let order, let reason else { return nil }
    return OrderAcceptRequest(order: order, reason: reason, version: version)
  }
}

/// What `order.accept` answers.
package struct OrderAcceptResult: WireObject, Equatable {
  /// The order.
  package var order: OrderObject
  /// false: proposed, another operator must confirm.
  package var accepted: Bool
  /// Who proposed.
  package var proposedBy: String?

  package init(order: OrderObject, accepted: Bool, proposedBy: String? = nil) {
    self.order = order
    self.accepted = accepted
    self.proposedBy = proposedBy
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("order", order)
    writer.member("accepted", accepted)
    writer.member("proposed_by", proposedBy)
  }

  package func masked() -> OrderAcceptResult {
    var copy = self
    copy.order = copy.order.masked()
    return copy
  }
}

/// `order.cancel`: Cancel an order.
package struct OrderCancelRequest: WireRequest, Equatable {
  package typealias Result = OrderCancelResult

  /// The method.
  package static let method = Method.orderCancel
  /// Order id or order_no.
  package var order: String
  /// Why.
  package var reason: String?

  package static func read(_ reader: inout ParamReader) -> OrderCancelRequest? {
    let order = reader.text("order", .orderRef, required: true)
    let reason = reader.text("reason", .note)
    reader.finish(["order", "reason"])
    guard reader.isClean, let order else { return nil }
    return OrderCancelRequest(order: order, reason: reason)
  }
}

/// What `order.cancel` answers.
package struct OrderCancelResult: WireObject, Equatable {
  /// The order.
  package var order: OrderObject
  /// Payments are being closed.
  package var closing: Bool

  package init(order: OrderObject, closing: Bool) {
    self.order = order
    self.closing = closing
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("order", order)
    writer.member("closing", closing)
  }

  package func masked() -> OrderCancelResult {
    var copy = self
    copy.order = copy.order.masked()
    return copy
  }
}

/// `order.create`: Create an order.
package struct OrderCreateRequest: WireRequest, Equatable {
  package typealias Result = OrderCreateResult

  /// The method.
  package static let method = Method.orderCreate
  /// The shop's number; default the order's id.
  package var orderNo: String?
  /// What is due.
  package var amount: MoneyObject
  /// What the buyer pays for.
  package var subject: String
  /// Articles; they add up to amount.
  package var lines: [LineObject]?
  /// Who buys.
  package var buyer: BuyerObject?
  /// Where the order came from.
  package var source: String?
  /// Life of the order; default from the configuration, 15 minutes.
  package var expiresInMilliseconds: Int64?
  /// The shop's own members.
  package var metadata: JSONObject?

  package static func read(_ reader: inout ParamReader) -> OrderCreateRequest? {
    let orderNo = reader.text("order_no", .orderNo)
    let amount = reader.money("amount", in: 1...1000000000000, required: true)
    let subject = reader.text("subject", .subject, required: true)
    let lines = reader.list("lines", of: LineObject.self, count: 1...100)
    let buyer = reader.nested("buyer", BuyerObject.self)
    let source = reader.text("source", .source)
    let expiresInMilliseconds = reader.integer("expires_in_ms", in: 60000...2592000000)
    let metadata = reader.jsonObject("metadata", bytesMax: 4096)
    reader.finish([
      "order_no", "amount", "subject", "lines", "buyer", "source", "expires_in_ms", "metadata",
    ])
    guard reader.isClean, let amount, let subject else { return nil }
    return OrderCreateRequest(
      orderNo: orderNo, amount: amount, subject: subject, lines: lines, buyer: buyer,
      source: source, expiresInMilliseconds: expiresInMilliseconds, metadata: metadata)
  }
}

/// What `order.create` answers.
package struct OrderCreateResult: WireObject, Equatable {
  /// The order.
  package var order: OrderObject

  package init(order: OrderObject) {
    self.order = order
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("order", order)
  }

  package func masked() -> OrderCreateResult {
    var copy = self
    copy.order = copy.order.masked()
    return copy
  }
}

/// `order.erase_personal`: Blank the personal data of an order.
package struct OrderErasePersonalRequest: WireRequest, Equatable {
  package typealias Result = OrderErasePersonalResult

  /// The method.
  package static let method = Method.orderErasePersonal
  /// Order id or order_no.
  package var order: String

  package static func read(_ reader: inout ParamReader) -> OrderErasePersonalRequest? {
    let order = reader.text("order", .orderRef, required: true)
    reader.finish(["order"])
    guard reader.isClean, let order else { return nil }
    return OrderErasePersonalRequest(order: order)
  }
}

/// What `order.erase_personal` answers.
package struct OrderErasePersonalResult: WireObject, Equatable {
  /// The order.
  package var order: OrderObject

  package init(order: OrderObject) {
    self.order = order
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("order", order)
  }

  package func masked() -> OrderErasePersonalResult {
    var copy = self
    copy.order = copy.order.masked()
    return copy
  }
}

/// `order.find`: Find an order by any number a person may hold.
package struct OrderFindRequest: WireRequest, Equatable {
  package typealias Result = OrderFindResult

  /// The method.
  package static let method = Method.orderFind
  /// The number.
  package var number: String

  package static func read(_ reader: inout ParamReader) -> OrderFindRequest? {
    let number = reader.text("number", .number, required: true)
    reader.finish(["number"])
    guard reader.isClean, let number else { return nil }
    return OrderFindRequest(number: number)
  }
}

/// What `order.find` answers.
package struct OrderFindResult: WireObject, Equatable {
  /// Matches, best first.
  package var matches: [FoundObject]

  package init(matches: [FoundObject]) {
    self.matches = matches
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("matches", matches)
  }

  package func masked() -> OrderFindResult {
    var copy = self
    copy.matches = copy.matches.map { $0.masked() }
    return copy
  }
}

/// `order.get`: One order.
package struct OrderGetRequest: WireRequest, Equatable {
  package typealias Result = OrderGetResult

  /// The method.
  package static let method = Method.orderGet
  /// Order id or order_no.
  package var order: String

  package static func read(_ reader: inout ParamReader) -> OrderGetRequest? {
    let order = reader.text("order", .orderRef, required: true)
    reader.finish(["order"])
    guard reader.isClean, let order else { return nil }
    return OrderGetRequest(order: order)
  }
}

/// What `order.get` answers.
package struct OrderGetResult: WireObject, Equatable {
  /// The order.
  package var order: OrderObject

  package init(order: OrderObject) {
    self.order = order
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("order", order)
  }

  package func masked() -> OrderGetResult {
    var copy = self
    copy.order = copy.order.masked()
    return copy
  }
}

/// `order.list`: Orders by state, time, amount, buyer or text.
package struct OrderListRequest: WireRequest, Equatable {
  package typealias Result = OrderListResult

  /// The method.
  package static let method = Method.orderList
  /// Money.
  package var payState: PayStateParam?
  /// Goods.
  package var deliveryState: DeliveryStateParam?
  /// Risk.
  package var riskState: RiskStateParam?
  /// What is unusual.
  package var flag: OrderFlagParam?
  /// Has a payment there.
  package var gateway: String?
  /// Has a payment of this method.
  package var method: String?
  /// Least amount, in minor units.
  package var amountMin: Int64?
  /// Largest amount, in minor units.
  package var amountMax: Int64?
  /// Currency.
  package var currency: String?
  /// Created at or after.
  package var createdFrom: Int64?
  /// Created before.
  package var createdTo: Int64?
  /// Paid at or after.
  package var paidFrom: Int64?
  /// Paid before.
  package var paidTo: Int64?
  /// Part of the e-mail.
  package var email: String?
  /// Part of the buyer's number.
  package var userID: String?
  /// Address of the buyer.
  package var ip: String?
  /// Part of the subject or of a line's name.
  package var text: String?
  /// Order of the rows.
  package var orderBy: OrderSortParam
  /// Rows at most.
  package var limit: Int64
  /// next of the page before.
  package var page: String?

  package static func read(_ reader: inout ParamReader) -> OrderListRequest? {
    let payState = reader.choice("pay_state", PayStateParam.self)
    let deliveryState = reader.choice("delivery_state", DeliveryStateParam.self)
    let riskState = reader.choice("risk_state", RiskStateParam.self)
    let flag = reader.choice("flag", OrderFlagParam.self)
    let gateway = reader.text("gateway", .gatewayName)
    let method = reader.text("method", .paymentMethod)
    let amountMin = reader.integer("amount_min", in: 0...9007199254740991)
    let amountMax = reader.integer("amount_max", in: 0...9007199254740991)
    let currency = reader.text("currency", .currency)
    let createdFrom = reader.integer("created_from", in: 0...253402300799999)
    let createdTo = reader.integer("created_to", in: 0...253402300799999)
    let paidFrom = reader.integer("paid_from", in: 0...253402300799999)
    let paidTo = reader.integer("paid_to", in: 0...253402300799999)
    let email = reader.text("email", .searchText)
    let userID = reader.text("user_id", .searchText)
    let ip = reader.text("ip", .ip)
    let text = reader.text("text", .searchText)
    let orderBy = reader.choice("order_by", OrderSortParam.self) ?? .newest
    let limit = reader.integer("limit", in: 1...200) ?? 50
    let page = reader.text("page", .page)
    reader.finish([
      "pay_state", "delivery_state", "risk_state", "flag", "gateway", "method", "amount_min",
      "amount_max", "currency", "created_from", "created_to", "paid_from", "paid_to", "email",
      "user_id", "ip", "text", "order_by", "limit", "page",
    ])
    guard reader.isClean else { return nil }
    return OrderListRequest(
      payState: payState, deliveryState: deliveryState, riskState: riskState, flag: flag,
      gateway: gateway, method: method, amountMin: amountMin, amountMax: amountMax,
      currency: currency, createdFrom: createdFrom, createdTo: createdTo, paidFrom: paidFrom,
      paidTo: paidTo, email: email, userID: userID, ip: ip, text: text, orderBy: orderBy,
      limit: limit, page: page)
  }
}

/// What `order.list` answers.
package struct OrderListResult: WireObject, Equatable {
  /// Rows.
  package var orders: [OrderObject]
  /// Where the next page begins; absent on the last.
  package var next: String?

  package init(orders: [OrderObject], next: String? = nil) {
    self.orders = orders
    self.next = next
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("orders", orders)
    writer.member("next", next)
  }

  package func masked() -> OrderListResult {
    var copy = self
    copy.orders = copy.orders.map { $0.masked() }
    return copy
  }
}

/// `order.tell`: The one definite sentence for the buyer, and the one for support.
package struct OrderTellRequest: WireRequest, Equatable {
  package typealias Result = OrderTellResult

  /// The method.
  package static let method = Method.orderTell
  /// Order id or order_no.
  package var order: String
  /// Language of the sentences.
  package var lang: LangParam

  package static func read(_ reader: inout ParamReader) -> OrderTellRequest? {
    let order = reader.text("order", .orderRef, required: true)
    let lang = reader.choice("lang", LangParam.self) ?? .zh
    reader.finish(["order", "lang"])
    guard reader.isClean, let order else { return nil }
    return OrderTellRequest(order: order, lang: lang)
  }
}

/// What `order.tell` answers.
package struct OrderTellResult: WireObject, Equatable {
  /// The order.
  package var order: String
  /// What to say.
  package var tell: TellObject

  package init(order: String, tell: TellObject) {
    self.order = order
    self.tell = tell
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("order", order)
    writer.member("tell", tell)
  }
}

/// `order.timeline`: Every step in the life of an order, with its evidence.
package struct OrderTimelineRequest: WireRequest, Equatable {
  package typealias Result = OrderTimelineResult

  /// The method.
  package static let method = Method.orderTimeline
  /// Order id or order_no.
  package var order: String

  package static func read(_ reader: inout ParamReader) -> OrderTimelineRequest? {
    let order = reader.text("order", .orderRef, required: true)
    reader.finish(["order"])
    guard reader.isClean, let order else { return nil }
    return OrderTimelineRequest(order: order)
  }
}

/// What `order.timeline` answers.
package struct OrderTimelineResult: WireObject, Equatable {
  /// The order.
  package var order: String
  /// Steps, oldest first.
  package var steps: [TimelineStepObject]

  package init(order: String, steps: [TimelineStepObject]) {
    self.order = order
    self.steps = steps
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("order", order)
    writer.member("steps", steps)
  }
}

/// `order.wait`: Wait until an order reaches a state.
package struct OrderWaitRequest: WireRequest, Equatable {
  package typealias Result = OrderWaitResult

  /// The method.
  package static let method = Method.orderWait
  /// Order id or order_no.
  package var order: String
  /// Any of these ends the wait.
  package var until: [WaitStateParam]
  /// How long at most; within timeout_ms.
  package var waitMilliseconds: Int64

  package static func read(_ reader: inout ParamReader) -> OrderWaitRequest? {
    let order = reader.text("order", .orderRef, required: true)
    let until = reader.choices("until", WaitStateParam.self, count: 1...16, required: true)
    let waitMilliseconds = reader.integer("wait_ms", in: 0...60000) ?? 30000
    reader.finish(["order", "until", "wait_ms"])
    guard reader.isClean, let order, let until else { return nil }
    return OrderWaitRequest(order: order, until: until, waitMilliseconds: waitMilliseconds)
  }
}

/// What `order.wait` answers.
package struct OrderWaitResult: WireObject, Equatable {
  /// The order.
  package var order: OrderObject
  /// None of the states was reached in time.
  package var timedOut: Bool
  /// The state that ended the wait.
  package var reached: String?

  package init(order: OrderObject, timedOut: Bool, reached: String? = nil) {
    self.order = order
    self.timedOut = timedOut
    self.reached = reached
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("order", order)
    writer.member("timed_out", timedOut)
    writer.member("reached", reached)
  }

  package func masked() -> OrderWaitResult {
    var copy = self
    copy.order = copy.order.masked()
    return copy
  }
}

/// `order.why`: Why an order is in its state.
package struct OrderWhyRequest: WireRequest, Equatable {
  package typealias Result = OrderWhyResult

  /// The method.
  package static let method = Method.orderWhy
  /// Order id or order_no.
  package var order: String

  package static func read(_ reader: inout ParamReader) -> OrderWhyRequest? {
    let order = reader.text("order", .orderRef, required: true)
    reader.finish(["order"])
    guard reader.isClean, let order else { return nil }
    return OrderWhyRequest(order: order)
  }
}

/// What `order.why` answers.
package struct OrderWhyResult: WireObject, Equatable {
  /// The order.
  package var order: String
  /// The explanation.
  package var why: WhyObject

  package init(order: String, why: WhyObject) {
    self.order = order
    self.why = why
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("order", order)
    writer.member("why", why)
  }
}
