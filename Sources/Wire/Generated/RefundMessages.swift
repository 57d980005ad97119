// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `refund.approve`: Approve a refund.
package struct RefundApproveRequest: WireRequest, Equatable {
  package typealias Result = RefundApproveResult

  /// The method.
  package static let method = Method.refundApprove
  /// Refund id.
  package var refund: String
  /// Only if the object still has this version.
  package var version: Int64?

  package static func read(_ reader: inout ParamReader) -> RefundApproveRequest? {
    let refund = reader.text("refund", .refundID, required: true)
    let version = reader.integer("version", in: 1...9007199254740991)
    reader.finish(["refund", "version"])
    guard reader.isClean, let refund else { return nil }
    return RefundApproveRequest(refund: refund, version: version)
  }
}

/// What `refund.approve` answers.
package struct RefundApproveResult: WireObject, Equatable {
  /// The refund.
  package var refund: RefundObject

  package init(refund: RefundObject) {
    self.refund = refund
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("refund", refund)
  }
}

/// `refund.create`: Ask for a refund.
package struct RefundCreateRequest: WireRequest, Equatable {
  package typealias Result = RefundCreateResult

  /// The method.
  package static let method = Method.refundCreate
  /// Payment id.
  package var payment: String
  /// How much.
  package var amount: MoneyObject
  /// Why; the gateway may show it to the buyer.
  package var reason: String?

  package static func read(_ reader: inout ParamReader) -> RefundCreateRequest? {
    let payment = reader.text("payment", .paymentID, required: true)
    let amount = reader.money("amount", in: 1...1000000000000, required: true)
    let reason = reader.text("reason", .note)
    reader.finish(["payment", "amount", "reason"])
    guard reader.isClean, let payment, let amount else { return nil }
    return RefundCreateRequest(payment: payment, amount: amount, reason: reason)
  }
}

/// What `refund.create` answers.
package struct RefundCreateResult: WireObject, Equatable {
  /// The refund.
  package var refund: RefundObject

  package init(refund: RefundObject) {
    self.refund = refund
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("refund", refund)
  }
}

/// `refund.get`: One refund.
package struct RefundGetRequest: WireRequest, Equatable {
  package typealias Result = RefundGetResult

  /// The method.
  package static let method = Method.refundGet
  /// Refund id.
  package var refund: String

  package static func read(_ reader: inout ParamReader) -> RefundGetRequest? {
    let refund = reader.text("refund", .refundID, required: true)
    reader.finish(["refund"])
    guard reader.isClean, let refund else { return nil }
    return RefundGetRequest(refund: refund)
  }
}

/// What `refund.get` answers.
package struct RefundGetResult: WireObject, Equatable {
  /// The refund.
  package var refund: RefundObject

  package init(refund: RefundObject) {
    self.refund = refund
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("refund", refund)
  }
}

/// `refund.list`: Refunds by order, payment, state or time.
package struct RefundListRequest: WireRequest, Equatable {
  package typealias Result = RefundListResult

  /// The method.
  package static let method = Method.refundList
  /// Of this order.
  package var order: String?
  /// Of this payment.
  package var payment: String?
  /// State.
  package var state: RefundStateParam?
  /// Requested at or after.
  package var createdFrom: Int64?
  /// Requested before.
  package var createdTo: Int64?
  /// Rows at most.
  package var limit: Int64
  /// next of the page before.
  package var page: String?

  package static func read(_ reader: inout ParamReader) -> RefundListRequest? {
    let order = reader.text("order", .orderRef)
    let payment = reader.text("payment", .paymentID)
    let state = reader.choice("state", RefundStateParam.self)
    let createdFrom = reader.integer("created_from", in: 0...253402300799999)
    let createdTo = reader.integer("created_to", in: 0...253402300799999)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    let page = reader.text("page", .page)
    reader.finish(["order", "payment", "state", "created_from", "created_to", "limit", "page"])
    guard reader.isClean else { return nil }
    return RefundListRequest(
      order: order, payment: payment, state: state, createdFrom: createdFrom, createdTo: createdTo,
      limit: limit, page: page)
  }
}

/// What `refund.list` answers.
package struct RefundListResult: WireObject, Equatable {
  /// Rows.
  package var refunds: [RefundObject]
  /// Where the next page begins; absent on the last.
  package var next: String?

  package init(refunds: [RefundObject], next: String? = nil) {
    self.refunds = refunds
    self.next = next
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("refunds", refunds)
    writer.member("next", next)
  }
}

/// `refund.query`: Ask the gateway about a refund now.
package struct RefundQueryRequest: WireRequest, Equatable {
  package typealias Result = RefundQueryResult

  /// The method.
  package static let method = Method.refundQuery
  /// Refund id.
  package var refund: String

  package static func read(_ reader: inout ParamReader) -> RefundQueryRequest? {
    let refund = reader.text("refund", .refundID, required: true)
    reader.finish(["refund"])
    guard reader.isClean, let refund else { return nil }
    return RefundQueryRequest(refund: refund)
  }
}

/// What `refund.query` answers.
package struct RefundQueryResult: WireObject, Equatable {
  /// The refund.
  package var refund: RefundObject
  /// The gateway was asked for this call.
  package var asked: Bool

  package init(refund: RefundObject, asked: Bool) {
    self.refund = refund
    self.asked = asked
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("refund", refund)
    writer.member("asked", asked)
  }
}

/// `refund.reject`: Refuse or withdraw a refund.
package struct RefundRejectRequest: WireRequest, Equatable {
  package typealias Result = RefundRejectResult

  /// The method.
  package static let method = Method.refundReject
  /// Refund id.
  package var refund: String
  /// Why.
  package var reason: String

  package static func read(_ reader: inout ParamReader) -> RefundRejectRequest? {
    let refund = reader.text("refund", .refundID, required: true)
    let reason = reader.text("reason", .note, required: true)
    reader.finish(["refund", "reason"])
    guard reader.isClean, let refund, let reason else { return nil }
    return RefundRejectRequest(refund: refund, reason: reason)
  }
}

/// What `refund.reject` answers.
package struct RefundRejectResult: WireObject, Equatable {
  /// The refund.
  package var refund: RefundObject

  package init(refund: RefundObject) {
    self.refund = refund
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("refund", refund)
  }
}
