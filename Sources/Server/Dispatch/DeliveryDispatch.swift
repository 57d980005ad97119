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
      var rows = try scope.store.deliveries(
        state: state, owner: owner, after: after, limit: limit + 1)
      let isMore = rows.count > limit
      if isMore { rows.removeLast() }
      return DeliveryListResult(
        deliveries: rows.map { Render.delivery($0.delivery, showsClaim: false) },
        next: isMore ? rows.last.map { PageToken.text("d", $0.key) } : nil)
    }
  }
}
