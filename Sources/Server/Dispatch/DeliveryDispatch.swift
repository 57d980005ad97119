import Domain
import Engine
import Store
import Wire

enum DeliveryDispatch {
  static func claim(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DeliveryClaimRequest.self)
    return .write(
      .deliveryClaim(
        OrderReference(request.order), line: request.line,
        leaseMilliseconds: request.leaseMilliseconds))
  }

  static func complete(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DeliveryCompleteRequest.self)
    return .write(
      .deliveryComplete(try Parsed.claim(request.claim), reference: request.reference))
  }

  static func fail(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DeliveryFailRequest.self)
    return .write(.deliveryFail(try Parsed.claim(request.claim), reason: request.reason))
  }

  static func release(_ call: Call) throws(WireError) -> Plan {
    .write(.deliveryRelease(try Parsed.claim(try call.params(DeliveryReleaseRequest.self).claim)))
  }

  static func hold(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DeliveryHoldRequest.self)
    return .write(.deliveryHold(OrderReference(request.order), reason: request.reason))
  }

  static func unhold(_ call: Call) throws(WireError) -> Plan {
    .write(.deliveryUnhold(OrderReference(try call.params(DeliveryUnholdRequest.self).order)))
  }

  static func retry(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DeliveryRetryRequest.self)
    return .write(.deliveryRetry(OrderReference(request.order), reason: request.reason))
  }

  static func revoke(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DeliveryRevokeRequest.self)
    return .write(.deliveryRevoke(OrderReference(request.order), reason: request.reason))
  }

  static func list(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DeliveryListRequest.self)
    let after = try PageToken.key("d", request.page)
    let state = request.state.flatMap { DeliveryState(rawValue: $0.rawValue) }
    if let order = request.order {
      return .read { scope in
        let (view, _) = try scope.visibleOrder(order)
        let all = try scope.store.aggregate(.id(view.order.id))?.aggregate.deliveries ?? []
        let wanted = all.filter { state == nil || $0.state == state }
        return DeliveryListResult(
          deliveries: wanted.map { Render.delivery($0, showsClaim: false) })
      }
    }
    let (owner, limit) = (call.ownerOnly, Int(request.limit))
    return .read(.heavy) { scope in
      try page(scope, state, owner: owner, after: after, limit: limit)
    }
  }

  /// Deliveries of all orders, order by order, the oldest first. A page ends with a whole order.
  private static func page(
    _ scope: ReadScope, _ state: DeliveryState?, owner: String?, after: Int64?, limit: Int
  ) throws -> DeliveryListResult {
    var filter = OrderFilter()
    filter.deliveryState = state
    filter.owner = owner
    filter.sorting = .oldest
    var (objects, place): ([DeliveryObject], Int64?) = ([], after)
    let rows = try scope.store.orders(filter, after: after, limit: Limits.listMax + 1)
    for (index, row) in rows.enumerated() {
      guard objects.count < limit, index < Limits.listMax else {
        return DeliveryListResult(
          deliveries: objects, next: place.map { PageToken.text("d", $0) })
      }
      place = row.key
      guard row.view.order.deliveryState != .none,
        let loaded = try scope.store.aggregate(.id(row.view.order.id))
      else { continue }
      for delivery in loaded.aggregate.deliveries where state == nil || delivery.state == state {
        objects.append(Render.delivery(delivery, showsClaim: false))
      }
    }
    return DeliveryListResult(deliveries: objects)
  }
}
