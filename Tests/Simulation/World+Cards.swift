import Chance
import Domain
import Engine
import Gateways
import Store

/// Orders that are paid by card, and buyers who ask their banks for the money back.
extension World {
  private typealias Act = (status: String, after: Int64, keepsLonger: Bool)
  static let hourMilliseconds: Int64 = 3_600_000
  private static let salesMilliseconds: Int64 = 4_000_000

  /// A gateway at which buyers may dispute what they paid, as the shop uses it.
  struct CardShop {
    let gateway: String
    let method: String
    /// What its orders' numbers begin with.
    let mark: String
    /// The buyer does what he has to, for our number of the payment.
    let pay: (World, String) -> Void
    let mayDispute: (World, Payment) -> Void
  }

  static var cardShop: CardShop {
    CardShop(
      gateway: FakeStripe.name, method: "intent", mark: "C",
      pay: { world, number in world.stripe.pay(number, at: world.now) },
      mayDispute: { $0.mayDisputeCard($1) })
  }

  func planCardSales() {
    planSales(at: World.cardShop)
    planOutsideCardSales()
  }

  func planSales(at shop: CardShop) {
    for place in 0..<Int(bystander.next(in: 2...5)) {
      after(bystander.next(below: World.salesMilliseconds)) {
        $0.sell("\(shop.mark)\(place)", at: shop)
      }
    }
  }

  func sell(_ number: String, at shop: CardShop) {
    let currency = currency(at: shop)
    let wish = OrderOrder(
      number: number, amount: Money(bystander.pick([5800, 90_000]), currency),
      subject: "tea \(number)", lines: [], source: nil,
      expiresInMilliseconds: bystander.pick([900_000, 14_400_000]),
      buyer: Buyer(email: "c@example.com"), metadata: nil)
    insist(
      "order.create", .orderCreate(wish), by: People.shop, key: "order-\(number)", params: number
    ) { world, result in
      guard case .success(.order(let view)) = result else {
        return world.after(12_000) { $0.sell(number, at: shop) }
      }
      world.ask(for: view.order.id, number, at: shop)
    }
  }

  /// In which the next order is.
  private func currency(at shop: CardShop) -> Currency {
    var code = "CNY"
    if shop.gateway == FakeStripe.name, let way = alipay.temper.strike(.cardCurrency) {
      alipay.temper.note(way)
      let abroad = stripe.ids.count.isMultiple(of: 2) ? "USD" : "EUR"
      code = way == .cardPaidInYen ? "JPY" : abroad
    }
    guard let currency = Currency(code: code) else { preconditionFailure("\(code) exists") }
    return currency
  }

  private func ask(for order: OrderID, _ number: String, at shop: CardShop) {
    let wish = PaymentOrder(
      order: .id(order), gateway: shop.gateway, method: shop.method,
      returnURL: "https://shop.example/back", clientIP: nil)
    insist(
      "payment.create", .paymentCreate(wish), by: People.shop, key: "pay-\(number)", params: number
    ) { world, result in
      guard case .success(.payment(let view, _)) = result else { return }
      world.planBuyer(of: view.payment, order, number, at: shop)
    }
  }

  private func planBuyer(
    of payment: Payment, _ order: OrderID, _ number: String, at shop: CardShop
  ) {
    guard bystander.chance(permille: 850) else { return }
    let name = payment.outTradeNumber
    after(bystander.next(in: 1000...600_000)) { shop.pay($0, name) }
    if bystander.chance(permille: 400) { planCardRefund(of: payment, number) }
    for place in 0..<3 {
      after(bystander.next(in: 60_000...World.hourMilliseconds * 20)) { world in
        world.call(
          "delivery.claim", .deliveryClaim(.id(order), line: nil, leaseMilliseconds: nil),
          by: People.shop, key: "goods-\(number)-\(place)")
        world.tendDispute(of: order, key: "tend-\(number)-\(place)")
      }
    }
    shop.mayDispute(self, payment)
  }

  private func planCardRefund(of payment: Payment, _ number: String) {
    let whole = payment.amount
    let amount = bystander.chance(permille: 500) ? whole : Money(whole.minor / 2, whole.currency)
    after(bystander.next(in: 700_000...World.hourMilliseconds * 30)) { world in
      world.insist(
        "refund.create", .refundCreate(payment.id, amount: amount, reason: "asked"),
        by: People.wang, key: "back-\(number)", params: number
      ) { _, _ in }
    }
  }

  private func mayDisputeCard(_ payment: Payment) {
    guard let way = alipay.temper.strike(.card) else { return }
    alipay.temper.note(way)
    planCardDispute(of: payment, way)
  }

  // MARK: the buyer's bank

  private func planCardDispute(of payment: Payment, _ way: Behaviour) {
    let name = payment.outTradeNumber
    let minor = way == .cardDisputedPartly ? payment.amount.minor / 2 : payment.amount.minor
    // Late: days after the goods, also after a refund of everything.
    var begin =
      way == .cardDisputedLate
      ? bystander.next(in: 40...100) * World.hourMilliseconds
      : bystander.next(in: 1_200_000...World.hourMilliseconds * 20)
    let due = way == .cardDisputeDue ? bystander.next(in: 2...90) * World.hourMilliseconds : nil
    for (place, act) in cardActs(way).enumerated() {
      let isFirst = place == 0
      after(begin) { world in
        world.stripe.act(
          name, act.status, amount: minor, dueAt: isFirst ? due.map { world.now + $0 } : nil,
          keepsLonger: act.keepsLonger, at: world.now)
      }
      begin += act.after
    }
  }

  /// The bank's decisions, each with the time until the next.
  private func cardActs(_ way: Behaviour) -> [Act] {
    let pause = bystander.next(in: 1000...World.hourMilliseconds * 10)
    let last = bystander.pick(["won", "lost", "lost"])
    switch way {
    case .cardWarned:
      let next = bystander.pick(["warning_closed", "prevented", "needs_response", "lost"])
      return [("warning_needs_response", pause, false), (next, pause, false)]
    // It waits, and nobody answers.
    case .cardDisputeDue: return [("needs_response", pause, false)]
    case .cardFundsLate:
      return [("needs_response", pause, false), ("won", pause, true), ("won", pause, false)]
    case .cardDisputeReopened:
      return [
        ("needs_response", pause, false), ("won", pause, false), ("under_review", pause, false),
        ("lost", pause, false),
      ]
    default:
      return [
        ("needs_response", pause, false), ("under_review", pause, false), (last, pause, false),
      ]
    }
  }

  // MARK: notices

  /// Stripe tells the shop of what happened, honestly or not.
  func announceCard(_ place: Int) {
    let lie = alipay.temper.strike(.cardNotice)
    if let lie { alipay.temper.note(lie) }
    guard lie != .cardNoticeLost else { return }
    let delay =
      lie == .cardNoticeLate
      ? bystander.next(in: 1...40) * World.hourMilliseconds : bystander.next(in: 1...3000)
    pushCard(place, after: delay, tries: 0)
    guard lie == .cardNoticeDoubled else { return }
    for _ in 0..<2 { pushCard(place, after: bystander.next(in: 1...7_200_000), tries: 0) }
  }

  private func pushCard(_ place: Int, after delay: Int64, tries: Int) {
    after(delay) { world in
      world.call(
        "notification.ingest",
        .notificationIngest(
          gateway: FakeStripe.name, world.stripe.notice(place, at: world.now)), by: People.shop
      ) { world, result in
        if case .success(.notification(let reply)) = result, reply.acknowledgement.status == 200 {
          return
        }
        guard tries < 6 else { return }
        world.pushCard(place, after: 60_000 << Int64(tries), tries: tries + 1)
      }
    }
  }
}
