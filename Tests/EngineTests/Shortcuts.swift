import Domain
import Engine
import SQLite
import Store
import Testing

let yuan: Currency = {
  guard let currency = Currency(code: "CNY") else { preconditionFailure("CNY is a currency") }
  return currency
}()

func refusal(_ result: Result<Reply, Refusal>) -> ErrorCode? {
  if case .failure(let refusal) = result { return refusal.rejection.code }
  return nil
}

/// Ways through the engine that most scenarios share.
extension World {
  /// The books as the whole log makes them.
  func ledger() throws -> Ledger {
    var projection = LedgerProjection()
    for (_, event) in try reader().recorded(after: 0, limit: .max) { try projection.apply(event) }
    #expect(projection.ledger.isBalanced)
    return projection.ledger
  }

  func wish(_ minor: Int64 = 5800, number: String? = nil, lines: [OrderLine] = []) -> OrderOrder {
    OrderOrder(
      number: number, amount: Money(minor, yuan), subject: "tea", lines: lines, source: nil,
      expiresInMilliseconds: nil, buyer: Buyer(email: "a@example.com"), metadata: "{\"a\":1}")
  }

  func makeOrder(
    _ minor: Int64 = 5800, number: String? = nil, lines: [OrderLine] = []
  ) throws -> OrderID {
    let result = try ask("order.create", .orderCreate(wish(minor, number: number, lines: lines)))
    guard case .success(.order(let view)) = result else {
      throw ShortcutFault.unexpected("\(result)")
    }
    return view.order.id
  }

  func paymentWish(_ order: OrderID, _ gateway: String = "bank") -> Command {
    .paymentCreate(
      PaymentOrder(order: .id(order), gateway: gateway, method: nil, returnURL: nil, clientIP: nil))
  }

  func openPayment(_ order: OrderID, _ gateway: String = "bank", key: String? = nil) throws
    -> Payment
  {
    let result = try ask("payment.create", paymentWish(order, gateway), key: key)
    guard case .success(.payment(let view, _)) = result else {
      throw ShortcutFault.unexpected("\(result)")
    }
    return view.payment
  }

  /// An order that was paid and learnt of by query.
  func paidOrder(_ minor: Int64 = 5800, lines: [OrderLine] = []) throws -> (OrderID, Payment) {
    let order = try makeOrder(minor, lines: lines)
    let payment = try openPayment(order)
    bank.pay(payment.outTradeNumber, at: now)
    try advance(by: 10_000)
    let aggregate = try state(order)
    guard aggregate.order.payState == .paid else {
      throw ShortcutFault.unexpected("\(aggregate.order.payState)")
    }
    return (order, try #require(aggregate.payment(payment.id)))
  }

  /// The buyer pays, and the gateway tells of it.
  ///
  /// - Parameter time: of the payment; the present where nil.
  func payWithNotice(_ payment: Payment, at time: Timestamp? = nil, transaction: String? = nil)
    throws
  {
    bank.pay(payment.outTradeNumber, at: time ?? now)
    if let transaction { bank.setTransaction(payment.outTradeNumber, transaction) }
    let notice = bank.notice(payment.outTradeNumber)
    _ = try ask("notification.ingest", .notificationIngest(gateway: "bank", notice))
  }

  /// Writes into the database behind the engine's back.
  func poison(_ sql: String) throws {
    let connection = try Connection(path: path, role: .writer)
    try connection.execute(sql)
    try connection.close()
  }

  func claim(_ order: OrderID) throws -> ClaimID {
    let result = try ask(
      "delivery.claim", .deliveryClaim(.id(order), line: nil, leaseMilliseconds: nil))
    guard case .success(.deliveries(let reply)) = result else {
      throw ShortcutFault.unexpected("\(result)")
    }
    return try #require(reply.claim)
  }

  func refund(
    _ payment: PaymentID, _ minor: Int64, by caller: Caller = World.lead, key: String? = nil
  ) throws -> Result<Reply, Refusal> {
    try ask(
      "refund.create", .refundCreate(payment, amount: Money(minor, yuan), reason: "asked"),
      by: caller, key: key, params: "\(payment) \(minor)")
  }
}

enum ShortcutFault: Error {
  case unexpected(String)
}
