import Domain
import Gateways
import JSON
import Store

/// One stored memo. A shape that was never written is damage.
struct Memo {
  let object: JSONObject
  let row: KeyRow

  init(_ text: String, _ row: KeyRow) throws(StoreError) {
    do throws(JSONError) {
      guard case .object(let object) = try JSONReader.read(Array(text.utf8), profile: .document)
      else { throw JSONError(.notObject, at: 0) }
      self.init(object, row)
    } catch { throw .damaged("key \(row.key): reply") }
  }

  init(_ object: JSONObject, _ row: KeyRow) {
    self.object = object
    self.row = row
  }

  func damaged(_ name: StaticString) -> StoreError { .damaged("key \(row.key): \(name)") }

  func string(_ name: StaticString) throws(StoreError) -> String {
    guard let value = object[name]?.stringValue else { throw damaged(name) }
    return value
  }

  func integer(_ name: StaticString) throws(StoreError) -> Int64 {
    guard let value = object[name]?.integerValue else { throw damaged(name) }
    return value
  }

  func flag() throws(StoreError) -> Bool {
    guard let value = object["flag"]?.boolValue else { throw damaged("flag") }
    return value
  }

  func identifier<Kind>(
    _ name: StaticString, _: Kind.Type
  ) throws(StoreError) -> Identifier<Kind> {
    guard let id = Identifier<Kind>(text: try string(name)) else { throw damaged(name) }
    return id
  }

  var next: Timestamp? { object["next"]?.integerValue.map(Timestamp.init(milliseconds:)) }
}

extension ReplyMemo {
  /// The reply as it was given the first time.
  static func read(
    _ row: KeyRow, _ store: StoreWriter
  ) throws(StoreError) -> Result<Reply, Refusal> {
    guard let text = row.reply else { throw .damaged("key \(row.key): no reply") }
    let memo = try Memo(text, row)
    if try memo.string("kind").utf8.elementsEqual("rejection".utf8) {
      let outcome = memo.object["outcome"]?.stringValue.flatMap(Outcome.init(rawValue:))
      return .failure(Refusal(try rejection(memo), outcome: outcome ?? .none))
    }
    return .success(try reply(memo, store))
  }

  private static func reply(_ memo: Memo, _ store: StoreWriter) throws(StoreError) -> Reply {
    switch try memo.string("kind") {
    case "order": return .order(try order(memo, store))
    case "order_cancelled":
      return .orderCancelled(try order(memo, store), isClosing: try memo.flag())
    case "order_accepted":
      return .orderAccepted(try order(memo, store), isAccepted: try memo.flag())
    case "payment": return .payment(try payment(memo, store), isReused: try memo.flag())
    case "payment_closing":
      return .paymentClosing(try payment(memo, store), isClosing: try memo.flag())
    case "payment_resolved":
      return .paymentResolved(try payment(memo, store), isResolved: try memo.flag())
    case "refund": return .refund(try refund(memo, store))
    case "dispute": return .dispute(try dispute(memo, store), isAsked: try memo.flag())
    case "attached":
      return .attached(
        try dispute(memo, store), try memo.identifier("attachment", AttachmentKind.self),
        isKnown: try memo.flag())
    case "deliveries": return .deliveries(try deliveries(memo, store))
    case "discrepancy": return .discrepancy(try discrepancy(memo, store))
    case "rule": return .rule(try RuleText.record(try memo.string("text")))
    case "case": return .caseKept(try CaseText.record(try memo.string("text")))
    case "run_signed":
      let (run, signOff) = try runSigned(memo, store)
      return .runSigned(run, signOff)
    case "notification": return .notification(try notification(memo))
    case "gateway_paused":
      return .gatewayPaused(name: try memo.string("id"), isPaused: try memo.flag())
    case "gateway_checked":
      return .gatewayChecked(
        name: try memo.string("id"),
        CheckFinding(
          code: try memo.string("code"), text: try memo.string("text"),
          hint: memo.object["hint"]?.stringValue))
    case "polled": return .polled(count: try memo.integer("count"))
    case "acknowledged":
      return .acknowledged(
        consumer: try memo.string("id"), sequence: try memo.integer("count"))
    case "hook_queued": return .hookQueued(try memo.identifier("id", HookDeliveryKind.self))
    case "batch":
      var replies: [Reply] = []
      for value in memo.object["replies"]?.arrayValue ?? [] {
        guard let object = value.objectValue else { throw memo.damaged("replies") }
        replies.append(try reply(Memo(object, memo.row), store))
      }
      return .batch(replies)
    default: throw memo.damaged("kind")
    }
  }

  private static func past(
    _ id: OrderID, _ memo: Memo, _ store: StoreWriter
  ) throws(StoreError) -> OrderAggregate {
    guard let aggregate = try store.history(of: id, upTo: memo.row.sequence) else {
      throw memo.damaged("order")
    }
    return aggregate
  }

  private static func order(_ memo: Memo, _ store: StoreWriter) throws(StoreError) -> OrderView {
    let id = try memo.identifier("id", OrderKind.self)
    let aggregate = try past(id, memo, store)
    var facts: (buyer: Buyer?, metadata: String?) = (nil, nil)
    if let key = try store.load(.id(id))?.key { facts = try store.privateFacts(of: key) }
    return OrderView(
      order: aggregate.order, buyer: facts.buyer, metadata: facts.metadata,
      payments: aggregate.payments.map(\.id))
  }

  private static func payment(
    _ memo: Memo, _ store: StoreWriter
  ) throws(StoreError) -> PaymentView {
    let order = try memo.identifier("order", OrderKind.self)
    let id = try memo.identifier("id", PaymentKind.self)
    guard let payment = try past(order, memo, store).payment(id) else { throw memo.damaged("id") }
    return PaymentView(
      payment: payment, nextQueryAt: memo.next, queries: try memo.integer("count"))
  }

  private static func refund(_ memo: Memo, _ store: StoreWriter) throws(StoreError) -> RefundView {
    let id = try memo.identifier("id", RefundKind.self)
    guard let order = try store.load(refund: id)?.aggregate.order.id,
      let refund = try past(order, memo, store).refund(id)
    else { throw memo.damaged("id") }
    return RefundView(refund: refund, nextQueryAt: memo.next)
  }

  private static func dispute(
    _ memo: Memo, _ store: StoreWriter
  ) throws(StoreError) -> DisputeView {
    let aggregate = try past(try memo.identifier("order", OrderKind.self), memo, store)
    guard let dispute = aggregate.dispute(try memo.identifier("id", DisputeKind.self)) else {
      throw memo.damaged("id")
    }
    return DisputeView(
      dispute: dispute, gateway: aggregate.gateway(of: dispute), nextQueryAt: memo.next)
  }

  private static func deliveries(
    _ memo: Memo, _ store: StoreWriter
  ) throws(StoreError) -> DeliveryReply {
    let aggregate = try past(try memo.identifier("id", OrderKind.self), memo, store)
    let claim = memo.object["claim"] == nil
      ? nil : try memo.identifier("claim", ClaimKind.self)
    let released = memo.object["released"] == nil
      ? nil : try memo.identifier("released", DeliveryKind.self)
    return PaymentEngine.reply(aggregate, claim, released)
  }

  private static func notification(_ memo: Memo) throws(StoreError) -> NotificationReply {
    guard let verdict = Receipt.Verdict(rawValue: try memo.string("verdict")) else {
      throw memo.damaged("verdict")
    }
    var headers: [Header] = []
    for pair in memo.object["headers"]?.arrayValue ?? [] {
      guard let parts = pair.arrayValue, parts.count == 2, let name = parts[0].stringValue,
        let value = parts[1].stringValue
      else { throw memo.damaged("headers") }
      headers.append(Header(name, value))
    }
    return NotificationReply(
      receipt: memo.object["id"] == nil ? nil : try memo.identifier("id", ReceiptKind.self),
      verdict: verdict, reason: memo.object["reason"]?.stringValue,
      payment: memo.object["payment"] == nil
        ? nil : try memo.identifier("payment", PaymentKind.self),
      acknowledgement: Acknowledgement(
        status: Int(try memo.integer("status")), headers: headers,
        body: try memo.string("body")))
  }

  private static func rejection(_ memo: Memo) throws(StoreError) -> Rejection {
    guard let code = ErrorCode(rawValue: try memo.string("code")) else {
      throw memo.damaged("code")
    }
    var details: [Rejection.Detail] = []
    for value in memo.object["details"]?.arrayValue ?? [] {
      guard let object = value.objectValue else { throw memo.damaged("details") }
      details.append(try detail(Memo(object, memo.row)))
    }
    return Rejection(
      code, try memo.string("text"), hint: memo.object["hint"]?.stringValue,
      path: memo.object["path"]?.stringValue, details: details)
  }

  private static func detail(_ memo: Memo) throws(StoreError) -> Rejection.Detail {
    let name = try memo.string("name")
    if let text = memo.object["text"]?.stringValue { return .init(name, .text(text)) }
    if let number = memo.object["integer"]?.integerValue { return .init(name, .integer(number)) }
    if let list = memo.object["list"]?.arrayValue {
      return .init(name, .list(list.compactMap(\.stringValue)))
    }
    guard let currency = Currency(code: try memo.string("currency")) else {
      throw memo.damaged("details")
    }
    return .init(name, .money(Money(try memo.integer("minor"), currency)))
  }
}
