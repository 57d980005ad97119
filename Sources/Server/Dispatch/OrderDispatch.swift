import Domain
import Engine
import JSON
import Store
import Wire

enum OrderDispatch {
  static func create(_ call: Call) throws(WireError) -> Plan {
    .write(.orderCreate(try draft(try call.params(OrderCreateRequest.self))))
  }

  private static func draft(_ request: OrderCreateRequest) throws(WireError) -> OrderOrder {
    let amount = try Parsed.money(request.amount)
    var lines: [OrderLine] = []
    for (index, line) in (request.lines ?? []).enumerated() {
      guard line.unitPrice.currency.utf8.elementsEqual(amount.currency.code.utf8) else {
        throw WireError(
          .currencyMismatch, "The line's price is not in \(amount.currency).",
          path: "/params/lines/\(index)/unit_price/currency",
          details: JSONObject([("expected", .string(amount.currency.code))]))
      }
      lines.append(
        OrderLine(
          sku: line.sku, name: line.name, quantity: line.quantity,
          unitPrice: line.unitPrice.minor))
    }
    return OrderOrder(
      number: request.orderNo, amount: amount, subject: request.subject, lines: lines,
      source: request.source, expiresInMilliseconds: request.expiresInMilliseconds,
      buyer: request.buyer.map(buyer), metadata: request.metadata.map(text))
  }

  private static func buyer(_ buyer: BuyerObject) -> Buyer {
    Buyer(
      userID: buyer.userID, email: buyer.email, phone: buyer.phone, ip: buyer.ip,
      country: buyer.country, userAgent: buyer.userAgent, device: buyer.device)
  }

  private static func text(_ object: JSONObject) -> String {
    var writer = JSONWriter()
    writer.object(object)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  static func get(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(OrderGetRequest.self)
    return .read { scope in
      let (view, role) = try scope.visibleOrder(request.order)
      return OrderGetResult(order: Render.order(view, role))
    }
  }

  /// The refusal of an order whose number is taken, with the order that has it.
  static func existing(_ error: WireError) -> Plan.Read {
    { scope in
      var error = error
      let taken = error.details?["order"]?.stringValue
      error.details = nil
      if let taken {
        let (view, role) = try scope.visibleOrder(taken)
        error.details = JSONObject([("order", JSONValue(Render.order(view, role)))])
      }
      throw error
    }
  }

  static func list(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(OrderListRequest.self)
    try requireUnmasked(request, call)
    let filter = try filter(request, owner: call.ownerOnly)
    let after = try OrderPage.place(request.page, filter.sorting)
    let limit = Int(request.limit)
    return .read(.heavy) { scope in
      var rows = try scope.store.orders(filter, after: after, limit: limit + 1)
      let isMore = rows.count > limit
      if isMore { rows.removeLast() }
      return OrderListResult(
        orders: rows.map { row in
          Render.order(row.view, scope.call.view(owner: row.view.order.owner))
        },
        next: isMore ? rows.last.map { OrderPage.text($0.place, filter.sorting) } : nil)
    }
  }

  /// Whoever sees the buyer masked must not find out by asking for parts of what is hidden.
  private static func requireUnmasked(_ request: OrderListRequest, _ call: Call) throws(WireError) {
    guard call.seesSomeMasked else { return }
    let named = [("email", request.email), ("user_id", request.userID), ("ip", request.ip)]
    guard let (name, _) = named.first(where: { $0.1 != nil }) else { return }
    throw WireError(
      .roleTooLow, "Your roles see \(name) masked and cannot look for it.",
      path: "/params/\(name)")
  }

  private static func filter(
    _ request: OrderListRequest, owner: String?
  ) throws(WireError) -> OrderFilter {
    var filter = OrderFilter()
    filter.payState = request.payState.flatMap { PayState(rawValue: $0.rawValue) }
    filter.deliveryState = request.deliveryState.flatMap { DeliveryState(rawValue: $0.rawValue) }
    filter.riskState = request.riskState.flatMap { RiskState(rawValue: $0.rawValue) }
    filter.flag = request.flag.flatMap { OrderFlags(word: $0.rawValue) }
    filter.gateway = request.gateway
    filter.method = request.method
    filter.amountMin = request.amountMin
    filter.amountMax = request.amountMax
    filter.currency = request.currency
    filter.createdFrom = request.createdFrom.map(Timestamp.init(milliseconds:))
    filter.createdTo = request.createdTo.map(Timestamp.init(milliseconds:))
    filter.paidFrom = request.paidFrom.map(Timestamp.init(milliseconds:))
    filter.paidTo = request.paidTo.map(Timestamp.init(milliseconds:))
    filter.email = request.email
    filter.userID = request.userID
    filter.ip = request.ip
    filter.text = request.text
    filter.owner = owner
    filter.sorting =
      switch request.orderBy {
      case .newest: .newest
      case .oldest: .oldest
      case .amountDesc: .largest
      case .amountAsc: .smallest
      case .paidDesc: .paidLast
      }
    return filter
  }

  static func find(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(OrderFindRequest.self)
    return .read { scope in
      var matches: [FoundObject] = []
      for view in try scope.store.find(request.number) {
        let role = scope.call.view(owner: view.order.owner)
        if role == .hidden { continue }
        guard let loaded = try scope.store.aggregate(.id(view.order.id)) else { continue }
        matches.append(found(request.number, view, loaded.aggregate, role))
      }
      guard !matches.isEmpty else {
        throw WireError(
          .orderNotFound, "No order has to do with \(request.number).", path: "/params/number",
          hint: "Give a whole number of an order, payment or refund, ours or the gateway's; parts "
            + "of texts are found by order.list.")
      }
      return OrderFindResult(matches: matches)
    }
  }

  /// Which of an order's numbers it was.
  private static func found(
    _ number: String, _ view: OrderView, _ aggregate: OrderAggregate, _ role: RoleView
  ) -> FoundObject {
    func isIt(_ text: String?) -> Bool { text?.utf8.elementsEqual(number.utf8) ?? false }
    let order = Render.order(view, role)
    for payment in aggregate.payments {
      let by: String? =
        isIt(payment.id.text)
        ? "payment_id"
        : isIt(payment.outTradeNumber)
          ? "out_trade_no"
          : isIt(payment.gatewayTransaction)
            ? "gateway_txn_id" : isIt(payment.gatewayPayment) ? "gateway_payment_id" : nil
      if let by { return FoundObject(foundBy: by, order: order, payment: payment.id.text) }
    }
    for refund in aggregate.refunds {
      let by: String? =
        isIt(refund.id.text)
        ? "refund_id"
        : isIt(refund.number)
          ? "refund_no" : isIt(refund.gatewayRefund) ? "gateway_refund_id" : nil
      if let by {
        return FoundObject(
          foundBy: by, order: order, payment: refund.payment.text, refund: refund.id.text)
      }
    }
    return FoundObject(foundBy: isIt(view.order.id.text) ? "order_id" : "order_no", order: order)
  }

  static func cancel(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(OrderCancelRequest.self)
    return .write(.orderCancel(OrderReference(request.order), reason: request.reason))
  }

  static func accept(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(OrderAcceptRequest.self)
    return .write(
      .orderAccept(OrderReference(request.order), reason: request.reason),
      expectedVersion: request.version)
  }

  static func erasePersonal(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(OrderErasePersonalRequest.self)
    return .write(.orderErasePersonal(OrderReference(request.order)))
  }
}

/// Where a page of orders ended, as text: the sorting, what it sorts by, the key.
private enum OrderPage {
  private static let none = "-"

  static func text(_ place: OrderPlace, _ sorting: OrderFilter.Sorting) -> String {
    "o.\(sorting.rawValue).\(place.value.map { String($0) } ?? none).\(place.key)"
  }

  static func place(
    _ token: String?, _ sorting: OrderFilter.Sorting
  ) throws(WireError) -> OrderPlace? {
    guard let token else { return nil }
    let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4, let key = Int64(parts[3]) else { throw PageToken.wrong }
    let isPlain = parts[2].utf8.elementsEqual(none.utf8)
    let place = OrderPlace(value: isPlain ? nil : Int64(parts[2]), key: key)
    guard text(place, sorting).utf8.elementsEqual(token.utf8) else { throw PageToken.wrong }
    return place
  }
}

extension JSONValue {
  /// A rendered object as a value.
  init(_ object: any WireObject) {
    do throws(JSONError) {
      self = try JSONReader.read(RawJSON(object).bytes, profile: .document)
    } catch {
      preconditionFailure("what was just written is JSON: \(error)")
    }
  }
}

extension OrderFlags {
  /// The flag of a word of the wire.
  init?(word: String) {
    for bit in 0..<Int64.bitWidth - 1 {
      let flag = OrderFlags(rawValue: 1 << Int64(bit))
      if flag.words.contains(where: { $0.utf8.elementsEqual(word.utf8) }) {
        self = flag
        return
      }
    }
    return nil
  }
}
