import Domain
import Engine
import Store
import Wire

enum RefundDispatch {
  static func create(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(RefundCreateRequest.self)
    return .write(
      .refundCreate(
        try Parsed.payment(request.payment), amount: try Parsed.money(request.amount),
        reason: request.reason))
  }

  static func approve(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(RefundApproveRequest.self)
    return .write(
      .refundApprove(try Parsed.refund(request.refund)), expectedVersion: request.version)
  }

  static func reject(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(RefundRejectRequest.self)
    return .write(.refundReject(try Parsed.refund(request.refund), reason: request.reason))
  }

  static func query(_ call: Call) throws(WireError) -> Plan {
    .write(.refundQuery(try Parsed.refund(try call.params(RefundQueryRequest.self).refund)))
  }

  static func get(_ call: Call) throws(WireError) -> Plan {
    let id = try Parsed.refund(try call.params(RefundGetRequest.self).refund)
    return .read { scope in
      RefundGetResult(refund: Render.refund(try visible(id, scope)))
    }
  }

  private static func visible(_ id: RefundID, _ scope: ReadScope) throws -> RefundView {
    guard let (view, owner) = try scope.store.refund(id), scope.call.view(owner: owner) != .hidden
    else {
      throw WireError(.refundNotFound, "There is no refund \(id).", path: "/params/refund")
    }
    return view
  }

  static func list(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(RefundListRequest.self)
    let after = try PageToken.key("r", request.page)
    let state = request.state.flatMap { RefundState(rawValue: $0.rawValue) }
    var payment: PaymentID?
    if let text = request.payment { payment = try Parsed.payment(text) }
    let (wanted, owner) = (payment, call.ownerOnly)
    return .read(.heavy) { scope in
      if let order = request.order { _ = try scope.visibleOrder(order) }
      let page = try ScannedPage.make(
        after: after, limit: Int(request.limit),
        fetch: { after, limit in
          try scope.store.refunds(
            of: request.order.map { OrderReference($0) }, payment: wanted, state: state,
            owner: owner, after: after, limit: limit
          ).map { ($0.key, $0.view) }
        },
        wants: { view in
          TimeSpan(request.createdFrom, request.createdTo).holds(view.refund.createdAt)
        })
      return RefundListResult(
        refunds: page.rows.map(Render.refund), next: page.next.map { PageToken.text("r", $0) })
    }
  }
}
