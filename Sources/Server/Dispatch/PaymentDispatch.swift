import Domain
import Engine
import Store
import Wire

enum PaymentDispatch {
  static func create(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(PaymentCreateRequest.self)
    return .write(
      .paymentCreate(
        PaymentOrder(
          order: OrderReference(request.order), gateway: request.gateway,
          method: request.method, returnURL: request.returnURL, clientIP: request.clientIP,
          payer: request.payer)))
  }

  static func get(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(PaymentGetRequest.self)
    let id = try Parsed.payment(request.payment)
    return .read { scope in
      guard let (view, owner) = try scope.store.payment(id),
        scope.call.view(owner: owner) != .hidden
      else {
        throw WireError(
          .paymentNotFound, "There is no payment \(id).", path: "/params/payment")
      }
      var payment = Render.payment(view)
      payment.witnesses = try Witness.all(of: view.payment, from: scope.store)
        .map(Render.witness)
      return PaymentGetResult(payment: payment)
    }
  }

  static func query(_ call: Call) throws(WireError) -> Plan {
    .write(.paymentQuery(try Parsed.payment(try call.params(PaymentQueryRequest.self).payment)))
  }

  static func close(_ call: Call) throws(WireError) -> Plan {
    .write(.paymentClose(try Parsed.payment(try call.params(PaymentCloseRequest.self).payment)))
  }

  static func resolve(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(PaymentResolveRequest.self)
    var amount: Money?
    if let given = request.amount { amount = try Parsed.money(given) }
    if request.unpaid == true {
      guard amount == nil else {
        throw WireError(
          .outOfRange, "What was not paid has no amount.", path: "/params/amount")
      }
      return .write(
        .paymentResolveUnpaid(
          try Parsed.payment(request.payment), proof: request.evidence, reason: request.reason))
    }
    return .write(
      .paymentResolve(
        try Parsed.payment(request.payment), amount: amount, proof: request.evidence,
        reason: request.reason))
  }

  static func list(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(PaymentListRequest.self)
    let after = try PageToken.key("p", request.page)
    let state = request.state.flatMap { PaymentState(rawValue: $0.rawValue) }
    let owner = call.ownerOnly
    return .read(.heavy) { scope in
      if let order = request.order { _ = try scope.visibleOrder(order) }
      let page = try ScannedPage.make(
        after: after, limit: Int(request.limit),
        fetch: { after, limit in
          try scope.store.payments(
            of: request.order.map { OrderReference($0) }, state: state,
            gateway: request.gateway, owner: owner, after: after, limit: limit
          ).map { ($0.key, $0.view) }
        },
        wants: { wants($0.payment, request) })
      return PaymentListResult(
        payments: page.rows.map(Render.payment),
        next: page.next.map { PageToken.text("p", $0) })
    }
  }

  private static func wants(_ payment: Payment, _ request: PaymentListRequest) -> Bool {
    if let method = request.method, !payment.method.utf8.elementsEqual(method.utf8) {
      return false
    }
    return TimeSpan(request.createdFrom, request.createdTo).holds(payment.createdAt)
      && TimeSpan(request.paidFrom, request.paidTo).holds(payment.paidAt)
  }
}

/// From inclusive, to exclusive; open where nil.
struct TimeSpan {
  private let from: Int64?
  private let to: Int64?

  init(_ from: Int64?, _ to: Int64?) {
    self.from = from
    self.to = to
  }

  /// A time that is not known is in no span but the whole.
  func holds(_ time: Timestamp?) -> Bool {
    if from == nil, to == nil { return true }
    guard let time else { return false }
    if let from, time.milliseconds < from { return false }
    if let to, time.milliseconds >= to { return false }
    return true
  }
}

/// A page of rows of which some are left out after they were read. It may be short: `next` says
/// whether there is more.
enum ScannedPage<Row> {
  /// Rows looked at for one page, at most.
  private static var scanMax: Int { 2_000 }

  static func make(
    after: Int64?, limit: Int, fetch: (Int64?, Int) throws -> [(Int64, Row)],
    wants: (Row) -> Bool
  ) throws -> (rows: [Row], next: Int64?) {
    var (rows, place, scanned): ([Row], Int64?, Int) = ([], after, 0)
    while scanned < scanMax {
      let found = try fetch(place, Limits.listMax + 1)
      for (index, row) in found.enumerated() {
        if rows.count == limit { return (rows, place) }
        if index == Limits.listMax { break }
        place = row.0
        scanned += 1
        if wants(row.1) { rows.append(row.1) }
      }
      if found.count <= Limits.listMax { return (rows, nil) }
    }
    return (rows, place)
  }
}
