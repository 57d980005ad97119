import Chance
import Domain
import Engine
import Gateways
import Store

/// Orders that are paid at Airwallex, and buyers whose banks ask for the money back.
extension World {
  private typealias Act = (stage: String, status: String)

  static var airwallexShop: CardShop {
    CardShop(
      gateway: FakeAirwallex.name, method: "intent", mark: "X",
      pay: { world, number in world.airwallex.pay(number, at: world.now) },
      mayDispute: { $0.mayDisputeAtAirwallex($1) })
  }

  func planAirwallexSales() {
    planSales(at: World.airwallexShop)
    planOutsideAirwallexSales()
  }

  private func mayDisputeAtAirwallex(_ payment: Payment) {
    guard let way = alipay.temper.strike(.air) else { return }
    alipay.temper.note(way)
    let name = payment.outTradeNumber
    let minor = way == .airDisputedPartly ? payment.amount.minor / 2 : payment.amount.minor
    let usual = bystander.next(in: 1000...World.hourMilliseconds * 10)
    let pause = way == .airDisputeHasty ? 0 : usual
    var begin = bystander.next(in: 1_200_000...World.hourMilliseconds * 30)
    let due = way == .airDisputeDue ? bystander.next(in: 2...90) * World.hourMilliseconds : nil
    for (place, act) in acts(way).enumerated() {
      let isFirst = place == 0
      after(begin) { world in
        world.airwallex.act(
          name, act.stage, act.status, minor: minor,
          dueAt: isFirst ? due.map { world.now + $0 } : nil, at: world.now)
      }
      begin += pause
    }
  }

  private func acts(_ way: Behaviour) -> [Act] {
    let last = bystander.pick(["WON", "LOST", "ACCEPTED", "REVERSED", "EXPIRED"])
    let opened: Act = ("CHARGEBACK", "REQUIRES_RESPONSE")
    switch way {
    case .airInquiry:
      let next = bystander.pick([("RFI", "EXPIRED"), ("RFI", "WON"), opened])
      return [("RFI", "REQUIRES_RESPONSE"), next]
    // It waits, and nobody answers.
    case .airDisputeDue: return [opened]
    case .airDisputeLostAtOnce: return [("CHARGEBACK", "LOST")]
    case .airDisputeHasty:
      return [opened, ("CHARGEBACK", "WON"), ("PRE_ARBITRATION", "LOST")]
    case .airDisputeReopened:
      return [
        opened, ("CHARGEBACK", "WON"), ("PRE_ARBITRATION", "CHALLENGED"),
        ("PRE_ARBITRATION", "LOST"),
      ]
    default: return [opened, ("CHARGEBACK", "CHALLENGED"), ("CHARGEBACK", last)]
    }
  }

  // MARK: notices

  /// Airwallex tells the shop of what happened, honestly or not.
  func announceAirwallex(_ place: Int) {
    let lie = alipay.temper.strike(.airNotice)
    if let lie { alipay.temper.note(lie) }
    guard lie != .airNoticeLost else { return }
    let delay =
      lie == .airNoticeLate
      ? bystander.next(in: 1...40) * World.hourMilliseconds : bystander.next(in: 1...3000)
    pushAirwallex(place, isForged: lie == .airNoticeForged, after: delay, tries: 0)
    guard lie == .airNoticeDoubled else { return }
    for _ in 0..<2 {
      pushAirwallex(place, isForged: false, after: bystander.next(in: 1...7_200_000), tries: 0)
    }
  }

  private func pushAirwallex(_ place: Int, isForged: Bool, after delay: Int64, tries: Int) {
    after(delay) { world in
      let raw = world.airwallex.notice(place, isForged: isForged, at: world.now)
      world.call(
        "notification.ingest", .notificationIngest(gateway: FakeAirwallex.name, raw),
        by: People.shop
      ) { world, result in
        if case .success(.notification(let reply)) = result, reply.acknowledgement.status == 200 {
          return
        }
        guard tries < 6 else { return }
        world.pushAirwallex(
          place, isForged: isForged, after: 60_000 << Int64(tries), tries: tries + 1)
      }
    }
  }
}
