import Crypto
import Domain
import SQLite
import Testing

@testable import Store

let yuan: Currency = {
  guard let currency = Currency(code: "CNY") else { preconditionFailure("CNY is a currency") }
  return currency
}()

let start = Timestamp(milliseconds: 1_800_000_000_000)
let expiry = start.adding(milliseconds: 900_000)
let someReason = Reason(
  code: "declined", gatewayCode: "ACQ.X", text: "The bank „said“ no.\n\u{1F4B8}")
let plainReason = Reason(code: "x", text: "")

/// A key that every store of these tests has.
let personalSeal = seal(filledWith: 7)

func seal(filledWith byte: UInt8) -> PersonalSeal {
  let key = SecretBytes([UInt8](repeating: byte, count: PersonalSeal.keyByteCount))
  do { return try PersonalSeal(key) } catch { preconditionFailure("the key has its length") }
}

func proof(_ id: String = "cal_1", _ source: EvidenceSource = .query) -> Evidence {
  Evidence(id: id, source: source, strength: .answer, at: start, digest: "ab12")
}

let someAttachment = DisputeAttachment(
  id: AttachmentID(high: 8, low: 7), kind: .deliveryProof, mediaType: "image/png", bytes: 7,
  digest: "cd34", by: "operator:li", at: start)

/// A store of its own and a hand that writes decisions into it.
final class Books {
  let folder = TemporaryFolder()
  let store: StoreWriter
  let identifiers = IdentifierSource(seed: (1, 2, 3, 4))
  var path: String { folder.file("till.db") }

  init() throws {
    store = try StoreWriter(
      path: folder.file("till.db"), newEpoch: "e1", seal: personalSeal)
  }

  func write<Value>(_ body: () throws -> Value) throws -> Value {
    try store.begin()
    do {
      let value = try body()
      try store.commit()
      return value
    } catch {
      try store.rollBack()
      throw error
    }
  }

  func draft(
    _ number: String?, _ minor: Int64 = 100, owner: String = "shop", subject: String = "green tea",
    lines: [OrderLine] = []
  ) -> OrderDraft {
    OrderDraft(
      number: number, owner: owner, amount: Money(minor, yuan), subject: subject, lines: lines,
      source: nil, expiresAt: expiry, isTest: false)
  }

  @discardableResult
  func order(
    _ number: String?, _ minor: Int64 = 100, owner: String = "shop", subject: String = "green tea",
    buyer: Buyer? = nil, at now: Timestamp = start
  ) throws -> LoadedOrder {
    let decision = try OrderDecision.create(
      draft(number, minor, owner: owner, subject: subject), at: now,
      by: .client(principal: owner), trace: nil, identifiers: identifiers)
    let key = try write {
      try store.insert(decision, buyer: buyer, metadata: buyer == nil ? nil : "{\"a\":1}").key
    }
    return LoadedOrder(key: key, aggregate: decision.aggregate)
  }

  /// Carries out one input on an order and writes it.
  @discardableResult
  func act(
    _ order: LoadedOrder, by actor: Actor = .poller, at now: Timestamp = start,
    _ body: (inout OrderDecision) throws -> Void
  ) throws -> LoadedOrder {
    var decision = OrderDecision(order.aggregate, at: now, by: actor, identifiers: identifiers)
    try body(&decision)
    try write { _ = try store.save(decision, over: order) }
    return LoadedOrder(key: order.key, aggregate: decision.aggregate)
  }

  func opened(_ order: LoadedOrder, _ gateway: String = "bank") throws -> LoadedOrder {
    let number = "N\(order.key)x\(order.aggregate.payments.count)"
    return try act(order) { decision in
      let draft = PaymentDraft(
        gateway: gateway, kind: "test", method: "qr", amount: order.aggregate.order.amount,
        outTradeNumber: number, expiresAt: expiry)
      guard case .opened(let id) = try decision.openPayment(draft) else { return }
      let action = PaymentAction(kind: .qr, value: "qr", expiresAt: expiry)
      _ = decision.observe(id, .unpaid(action: action), proof("cal_c", .create))
    }
  }

  func paid(_ number: String?, _ minor: Int64 = 100, owner: String = "shop") throws -> LoadedOrder {
    let open = try opened(try order(number, minor, owner: owner))
    return try act(open) { decision in
      let capture = Capture(
        amount: Money(minor, yuan), gatewayTransaction: "T\(open.key)", paidAt: start,
        fee: Money(1, yuan))
      _ = decision.observe(open.aggregate.payments[0].id, .paid(capture), proof())
    }
  }

  func refunded(_ order: LoadedOrder, _ minor: Int64) throws -> LoadedOrder {
    let payment = order.aggregate.payments[0].id
    let sent = try act(order, by: .staff(name: "li")) { decision in
      let id = try decision.requestRefund(
        of: payment, Money(minor, yuan), note: "asked", approvalLimit: 1000)
      decision.submitRefund(id)
    }
    return try act(sent) { decision in
      let refund = sent.aggregate.refunds[0]
      _ = decision.observeRefund(
        refund.id, .succeeded(amount: refund.amount, gatewayRefund: "R1", at: nil), proof())
    }
  }

  /// The gateway tells of a dispute of all that the order's payment took, due in 100 hours.
  func disputed(
    _ order: LoadedOrder, _ status: DisputeStatus, number: String = "dp_1",
    due: Timestamp? = start.adding(milliseconds: 360_000_000)
  ) throws -> LoadedOrder {
    let payment = order.aggregate.payments[0]
    return try act(order) { decision in
      let sighting = DisputeSighting(
        gatewayDispute: number, status: status, gatewayStatus: status.rawValue,
        amount: payment.amount, reason: someReason, dueAt: due)
      _ = decision.observeDispute(of: payment.id, sighting, proof())
    }
  }

  /// Writes past the store, as a damaged disk or a curious person would.
  func vandalise(_ sql: String) throws {
    let connection = try Connection(path: path, role: .writer)
    try connection.execute(sql)
    try connection.close()
  }

  func reader() throws -> StoreReader { try StoreReader(path: path, seal: personalSeal) }
}
