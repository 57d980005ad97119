import Chance
import Domain
import Engine
import Gateways
import Store

/// Orders that are paid at PayPal, and buyers who ask it for the money back.
extension World {
  private typealias WalletStep = (act: FakePayPal.Act, after: Int64)

  func planWalletSales() {
    planSales(
      at: CardShop(
        gateway: FakePayPal.name, method: "checkout", mark: "W",
        pay: { world, number in world.payPal.approve(number, at: world.now) },
        mayDispute: { $0.mayDisputeWallet($1) }))
    planOutsideWalletSales()
    for _ in 0..<3 {
      after(bystander.next(in: 10...70) * World.hourMilliseconds) { $0.mayExchange() }
    }
  }

  private func mayExchange() {
    guard let act = alipay.temper.strike(.exchange) else { return }
    alipay.temper.note(act)
    let minor = bystander.next(in: 1000...40_000)
    payPal.exchange(minor, for: minor * 138 / 1000, at: now)
  }

  private func mayDisputeWallet(_ payment: Payment) {
    guard let way = alipay.temper.strike(.wallet) else { return }
    alipay.temper.note(way)
    let name = payment.outTradeNumber
    let minor = way == .walletDisputedPartly ? payment.amount.minor / 2 : payment.amount.minor
    var begin = bystander.next(in: 1_200_000...World.hourMilliseconds * 30)
    let due = bystander.chance(permille: 500) ? bystander.next(in: 2...90) : nil
    for step in walletSteps(way) {
      after(begin) { world in
        world.payPal.act(
          name, step.act, minor: minor, dueAt: due.map { world.now + $0 * World.hourMilliseconds },
          tellsMoney: way != .walletMoneyUntold, isByBank: way == .walletChargedBack,
          at: world.now)
      }
      // Somebody looks how the payment stands, soon and later.
      for _ in 0..<2 {
        after(begin + bystander.next(in: 60_000...World.hourMilliseconds * 5)) { world in
          world.call("payment.query", .paymentQuery(payment.id), by: People.shop)
        }
      }
      begin += step.after
    }
  }

  /// What the buyer and PayPal do, each with the time until the next.
  private func walletSteps(_ way: Behaviour) -> [WalletStep] {
    let pause = bystander.next(in: 1000...World.hourMilliseconds * 10)
    func step(
      _ status: String, _ outcome: String? = nil, isInquiry: Bool = false, isNew: Bool = false
    ) -> WalletStep {
      (.init(status: status, outcome: outcome, isInquiry: isInquiry, isNew: isNew), pause)
    }
    let last = step(
      "RESOLVED",
      bystander.pick([
        "RESOLVED_BUYER_FAVOUR", "RESOLVED_BUYER_FAVOUR", "RESOLVED_SELLER_FAVOUR", "ACCEPTED",
        "CANCELED_BY_BUYER",
      ]))
    let opened = step("WAITING_FOR_SELLER_RESPONSE")
    switch way {
    case .walletInquiry:
      return [step("OPEN", isInquiry: true), bystander.pick([opened, last])]
    case .walletDisputedTwice:
      return [
        opened, step("RESOLVED", "CANCELED_BY_BUYER"),
        step("WAITING_FOR_SELLER_RESPONSE", isNew: true), last,
      ]
    case .walletDisputeAppealed:
      return [
        opened, step("RESOLVED", "RESOLVED_SELLER_FAVOUR"), step("UNDER_REVIEW"),
        step("RESOLVED", "RESOLVED_BUYER_FAVOUR"),
      ]
    default: return [opened, step("UNDER_REVIEW"), last]
    }
  }

  // MARK: notices

  /// PayPal tells the shop of what happened, honestly or not.
  func announceWallet(_ place: Int) {
    let lie = alipay.temper.strike(.walletNotice)
    if let lie { alipay.temper.note(lie) }
    guard lie != .walletNoticeLost else { return }
    let delay =
      lie == .walletNoticeLate
      ? bystander.next(in: 1...40) * World.hourMilliseconds : bystander.next(in: 1...3000)
    pushWallet(place, isForged: lie == .walletNoticeForged, after: delay, tries: 0)
    guard lie == .walletNoticeDoubled else { return }
    for _ in 0..<2 {
      pushWallet(place, isForged: false, after: bystander.next(in: 1...7_200_000), tries: 0)
    }
  }

  private func pushWallet(_ place: Int, isForged: Bool, after delay: Int64, tries: Int) {
    after(delay) { world in
      let raw = world.payPal.notice(place, isForged: isForged, at: world.now)
      world.call(
        "notification.ingest", .notificationIngest(gateway: FakePayPal.name, raw), by: People.shop
      ) { world, result in
        if case .success(.notification(let reply)) = result, reply.acknowledgement.status == 200 {
          return
        }
        guard tries < 6 else { return }
        world.pushWallet(
          place, isForged: isForged, after: 60_000 << Int64(tries), tries: tries + 1)
      }
    }
  }
}
