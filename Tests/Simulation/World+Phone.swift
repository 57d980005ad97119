import Chance
import Domain
import Engine
import Gateways
import Store

/// Orders that are paid to a private person's code, which a phone watches, and the people who hold
/// what it says against the account.
extension World {
  private static let salesMilliseconds: Int64 = 4_000_000
  private static let dayMilliseconds: Int64 = 86_400_000
  private static let firstFileMilliseconds: Int64 = 64_800_000
  private static let filesCount = 5

  func planPhoneSales() {
    for place in 0..<Int(bystander.next(in: 3...8)) {
      after(bystander.next(below: World.salesMilliseconds)) { $0.sellByPhone("V\(place)") }
    }
    for _ in 0..<6 { after(bystander.next(below: World.salesMilliseconds)) { $0.slander() } }
    for place in 0..<World.filesCount {
      let delay = World.firstFileMilliseconds + Int64(place) * World.dayMilliseconds
      after(delay) { $0.takeInBankFile(of: $0.purse) }
    }
  }

  /// Who has the site's key, or guesses it, says that something was paid.
  private func slander() {
    guard let lie = phoneLie(.siteNotice), lie != .siteNoticeLate, !site.numbers.isEmpty,
      let query = site.forge(bystander.pick(site.numbers), hasKey: lie == .siteKeyStolen)
    else { return }
    alipay.temper.note(lie)
    ingest(FakeVmq.name, Self.notice(query))
  }

  private static func notice(_ query: String) -> RawNotification {
    RawNotification(httpMethod: "GET", query: query, headers: [], body: [])
  }

  /// The site tells the shop, once.
  func announcePhone(_ query: String) {
    let lie = phoneLie(.siteNotice)
    if lie == .siteNoticeLate { alipay.temper.note(.siteNoticeLate) }
    let delay =
      lie == .siteNoticeLate
      ? bystander.next(in: 3_600_000...World.dayMilliseconds) : bystander.next(in: 1...3000)
    after(delay) { $0.ingest(FakeVmq.name, Self.notice(query)) }
  }

  private func phoneLie(_ stage: Behaviour.Stage) -> Behaviour? { alipay.temper.strike(stage) }

  // MARK: the shop

  private func sellByPhone(_ number: String) {
    guard let yuan = Currency(code: "CNY") else { preconditionFailure("CNY exists") }
    // Few prices, so that the site has to tell open orders apart by cents.
    let wish = OrderOrder(
      number: number, amount: Money(bystander.pick([5800, 5800, 990]), yuan),
      subject: "tea \(number)", lines: [], source: nil,
      expiresInMilliseconds: bystander.pick([300_000, 900_000, 14_400_000]),
      buyer: Buyer(email: "v@example.com"), metadata: nil)
    insist(
      "order.create", .orderCreate(wish), by: People.shop, key: "order-\(number)", params: number
    ) { world, result in
      guard case .success(.order(let view)) = result else {
        return world.after(12_000) { $0.sellByPhone(number) }
      }
      world.showCode(view.order.id, number, tries: 0)
      world.planGoods(of: view.order.id, number)
    }
  }

  private func showCode(_ order: OrderID, _ number: String, tries: Int) {
    let wish = PaymentOrder(
      order: .id(order), gateway: FakeVmq.name, method: nil, returnURL: nil, clientIP: nil)
    insist(
      "payment.create", .paymentCreate(wish), by: People.shop, key: "pay-\(number)-\(tries)",
      params: number
    ) { world, result in
      if case .success(.payment(let view, _)) = result, let action = view.payment.action {
        return world.planPayment(of: view.payment, action)
      }
      guard tries < 3 else { return }
      world.after(20_000) { $0.showCode(order, number, tries: tries + 1) }
    }
  }

  /// A worker wants the goods again and again; two people look at the account, or do not.
  private func planGoods(of order: OrderID, _ number: String) {
    for place in 0..<6 {
      after(bystander.next(in: 60_000...(2 * World.dayMilliseconds))) { world in
        world.call(
          "delivery.claim", .deliveryClaim(.id(order), line: nil, leaseMilliseconds: nil),
          by: People.shop, key: "goods-\(number)-\(place)")
      }
    }
    guard bystander.chance(permille: 400) else { return }
    let people = bystander.pick([[People.li, People.li, People.wang], [People.wang, People.wang]])
    after(bystander.next(in: 600_000...(2 * World.dayMilliseconds))) { world in
      for (place, person) in people.enumerated() {
        world.call(
          "order.accept", .orderAccept(.id(order), reason: "seen on the account"), by: person,
          key: "seen-\(number)-\(place)")
      }
    }
  }

  // MARK: the buyer and the phone

  private func planPayment(of payment: Payment, _ action: PaymentAction) {
    guard bystander.chance(permille: 850) else { return }
    let lie = phoneLie(.phone)
    if let lie { alipay.temper.note(lie) }
    var minor = (action.exactAmount ?? payment.amount).minor
    // Whoever overlooks the cents pays the price.
    if lie == .phonePaidPrice { minor = payment.amount.minor }
    let left = max(2, action.expiresAt.milliseconds - now)
    let delay =
      lie == .phonePaidLate
      ? left + bystander.next(in: 1000...7_200_000) : bystander.next(in: 1...left)
    after(delay) { $0.payToPhone(minor, lie) }
  }

  private func payToPhone(_ minor: Int64, _ lie: Behaviour?) {
    purse.take(minor, naming: [], at: now)
    let heard = lie == .phoneMisreads ? minor + bystander.pick([-1, 1]) : minor
    let delay =
      lie == .phoneAsleep
      ? bystander.next(in: 600_000...(World.dayMilliseconds / 2)) : bystander.next(in: 500...5000)
    after(delay) { $0.site.hear(heard, at: $0.now) }
    guard lie == .phoneTellsTwice else { return }
    // By then the sum may be another buyer's.
    after(delay + bystander.next(in: 1000...600_000)) { $0.site.hear(heard, at: $0.now) }
  }
}
