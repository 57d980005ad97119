// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `delivery.claim`: Take an order line to hand it out.
package struct DeliveryClaimRequest: WireRequest, Equatable {
  package typealias Result = DeliveryClaimResult

  /// The method.
  package static let method = Method.deliveryClaim
  /// Order id or order_no.
  package var order: String
  /// Number of the line, from 1; default the first that is pending.
  package var line: Int64?
  /// Time to finish.
  package var leaseMilliseconds: Int64

  package static func read(_ reader: inout ParamReader) -> DeliveryClaimRequest? {
    let order = reader.text("order", .orderRef, required: true)
    let line = reader.integer("line", in: 0...100)
    let leaseMilliseconds = reader.integer("lease_ms", in: 1000...3600000) ?? 60000
    reader.finish(["order", "line", "lease_ms"])
    guard reader.isClean, let order else { return nil }
    return DeliveryClaimRequest(order: order, line: line, leaseMilliseconds: leaseMilliseconds)
  }
}

/// What `delivery.claim` answers.
package struct DeliveryClaimResult: WireObject, Equatable {
  /// The delivery.
  package var delivery: DeliveryObject
  /// Finish with this.
  package var claim: String

  package init(delivery: DeliveryObject, claim: String) {
    self.delivery = delivery
    self.claim = claim
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("delivery", delivery)
    writer.member("claim", claim)
  }
}

/// `delivery.complete`: Say that a claimed line was handed out.
package struct DeliveryCompleteRequest: WireRequest, Equatable {
  package typealias Result = DeliveryCompleteResult

  /// The method.
  package static let method = Method.deliveryComplete
  /// The claim.
  package var claim: String
  /// What was handed out; no card secrets.
  package var reference: String?

  package static func read(_ reader: inout ParamReader) -> DeliveryCompleteRequest? {
    let claim = reader.text("claim", .claim, required: true)
    let reference = reader.text("reference", .shortText)
    reader.finish(["claim", "reference"])
    guard reader.isClean, let claim else { return nil }
    return DeliveryCompleteRequest(claim: claim, reference: reference)
  }
}

/// What `delivery.complete` answers.
package struct DeliveryCompleteResult: WireObject, Equatable {
  /// The delivery.
  package var delivery: DeliveryObject

  package init(delivery: DeliveryObject) {
    self.delivery = delivery
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("delivery", delivery)
  }
}

/// `delivery.fail`: Say that a claimed line could not be handed out.
package struct DeliveryFailRequest: WireRequest, Equatable {
  package typealias Result = DeliveryFailResult

  /// The method.
  package static let method = Method.deliveryFail
  /// The claim.
  package var claim: String
  /// Why.
  package var reason: String

  package static func read(_ reader: inout ParamReader) -> DeliveryFailRequest? {
    let claim = reader.text("claim", .claim, required: true)
    let reason = reader.text("reason", .note, required: true)
    reader.finish(["claim", "reason"])
    guard reader.isClean, let claim, let reason else { return nil }
    return DeliveryFailRequest(claim: claim, reason: reason)
  }
}

/// What `delivery.fail` answers.
package struct DeliveryFailResult: WireObject, Equatable {
  /// The delivery.
  package var delivery: DeliveryObject

  package init(delivery: DeliveryObject) {
    self.delivery = delivery
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("delivery", delivery)
  }
}

/// `delivery.hold`: Hold the delivery of an order.
package struct DeliveryHoldRequest: WireRequest, Equatable {
  package typealias Result = DeliveryHoldResult

  /// The method.
  package static let method = Method.deliveryHold
  /// Order id or order_no.
  package var order: String
  /// Why.
  package var reason: String

  package static func read(_ reader: inout ParamReader) -> DeliveryHoldRequest? {
    let order = reader.text("order", .orderRef, required: true)
    let reason = reader.text("reason", .note, required: true)
    reader.finish(["order", "reason"])
    guard reader.isClean, let order, let reason else { return nil }
    return DeliveryHoldRequest(order: order, reason: reason)
  }
}

/// What `delivery.hold` answers.
package struct DeliveryHoldResult: WireObject, Equatable {
  /// Deliveries of the order.
  package var deliveries: [DeliveryObject]

  package init(deliveries: [DeliveryObject]) {
    self.deliveries = deliveries
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("deliveries", deliveries)
  }
}

/// `delivery.list`: Deliveries by order or state.
package struct DeliveryListRequest: WireRequest, Equatable {
  package typealias Result = DeliveryListResult

  /// The method.
  package static let method = Method.deliveryList
  /// Of this order.
  package var order: String?
  /// State.
  package var state: DeliveryStateParam?
  /// Rows at most.
  package var limit: Int64
  /// next of the page before.
  package var page: String?

  package static func read(_ reader: inout ParamReader) -> DeliveryListRequest? {
    let order = reader.text("order", .orderRef)
    let state = reader.choice("state", DeliveryStateParam.self)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    let page = reader.text("page", .page)
    reader.finish(["order", "state", "limit", "page"])
    guard reader.isClean else { return nil }
    return DeliveryListRequest(order: order, state: state, limit: limit, page: page)
  }
}

/// What `delivery.list` answers.
package struct DeliveryListResult: WireObject, Equatable {
  /// Rows.
  package var deliveries: [DeliveryObject]
  /// Where the next page begins; absent on the last.
  package var next: String?

  package init(deliveries: [DeliveryObject], next: String? = nil) {
    self.deliveries = deliveries
    self.next = next
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("deliveries", deliveries)
    writer.member("next", next)
  }
}

/// `delivery.release`: Give a claim back.
package struct DeliveryReleaseRequest: WireRequest, Equatable {
  package typealias Result = DeliveryReleaseResult

  /// The method.
  package static let method = Method.deliveryRelease
  /// The claim.
  package var claim: String

  package static func read(_ reader: inout ParamReader) -> DeliveryReleaseRequest? {
    let claim = reader.text("claim", .claim, required: true)
    reader.finish(["claim"])
    guard reader.isClean, let claim else { return nil }
    return DeliveryReleaseRequest(claim: claim)
  }
}

/// What `delivery.release` answers.
package struct DeliveryReleaseResult: WireObject, Equatable {
  /// The delivery.
  package var delivery: DeliveryObject

  package init(delivery: DeliveryObject) {
    self.delivery = delivery
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("delivery", delivery)
  }
}

/// `delivery.retry`: Open a failed delivery again.
package struct DeliveryRetryRequest: WireRequest, Equatable {
  package typealias Result = DeliveryRetryResult

  /// The method.
  package static let method = Method.deliveryRetry
  /// Order id or order_no.
  package var order: String
  /// How it is known that nothing was handed out.
  package var reason: String

  package static func read(_ reader: inout ParamReader) -> DeliveryRetryRequest? {
    let order = reader.text("order", .orderRef, required: true)
    let reason = reader.text("reason", .note, required: true)
    reader.finish(["order", "reason"])
    guard reader.isClean, let order, let reason else { return nil }
    return DeliveryRetryRequest(order: order, reason: reason)
  }
}

/// What `delivery.retry` answers.
package struct DeliveryRetryResult: WireObject, Equatable {
  /// Deliveries of the order.
  package var deliveries: [DeliveryObject]

  package init(deliveries: [DeliveryObject]) {
    self.deliveries = deliveries
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("deliveries", deliveries)
  }
}

/// `delivery.revoke`: Take back what was handed out.
package struct DeliveryRevokeRequest: WireRequest, Equatable {
  package typealias Result = DeliveryRevokeResult

  /// The method.
  package static let method = Method.deliveryRevoke
  /// Order id or order_no.
  package var order: String
  /// Why.
  package var reason: String

  package static func read(_ reader: inout ParamReader) -> DeliveryRevokeRequest? {
    let order = reader.text("order", .orderRef, required: true)
    let reason = reader.text("reason", .note, required: true)
    reader.finish(["order", "reason"])
    guard reader.isClean, let order, let reason else { return nil }
    return DeliveryRevokeRequest(order: order, reason: reason)
  }
}

/// What `delivery.revoke` answers.
package struct DeliveryRevokeResult: WireObject, Equatable {
  /// Deliveries of the order.
  package var deliveries: [DeliveryObject]

  package init(deliveries: [DeliveryObject]) {
    self.deliveries = deliveries
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("deliveries", deliveries)
  }
}

/// `delivery.unhold`: Let a held delivery go.
package struct DeliveryUnholdRequest: WireRequest, Equatable {
  package typealias Result = DeliveryUnholdResult

  /// The method.
  package static let method = Method.deliveryUnhold
  /// Order id or order_no.
  package var order: String

  package static func read(_ reader: inout ParamReader) -> DeliveryUnholdRequest? {
    let order = reader.text("order", .orderRef, required: true)
    reader.finish(["order"])
    guard reader.isClean, let order else { return nil }
    return DeliveryUnholdRequest(order: order)
  }
}

/// What `delivery.unhold` answers.
package struct DeliveryUnholdResult: WireObject, Equatable {
  /// Deliveries of the order.
  package var deliveries: [DeliveryObject]

  package init(deliveries: [DeliveryObject]) {
    self.deliveries = deliveries
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("deliveries", deliveries)
  }
}
