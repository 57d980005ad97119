import Domain
import Engine
import Store
import Testing

@Suite("explanations of orders led at random")
struct ExplanationWalkTests {
  private typealias Move = @Sendable (ExplanationScene) throws -> Void

  private static let fault = Reason(code: "gateway_timeout", text: "late")
  private static let refusal = Reason(code: "balance_low", gatewayCode: "ACQ.LOW", text: "low")

  private static let payments: [Move] = [
    { try $0.offer() },
    { try $0.open(kind: "wechat", gateway: "wx") },
    { $0.see(.unpaid(action: nil)) },
    { $0.see(.processing(nil)) },
    { $0.see(.processing(refusal)) },
    { $0.see(.unrecognised("NEW")) },
    { $0.pay() },
    { $0.pay(Money(19_990, ExplanationScene.cny)) },
    { $0.pay(Money(500, ExplanationScene.cny)) },
    { $0.pay(Money(1400, ExplanationScene.usd)) },
    { scene in scene.see(.paid(scene.capture())) },
    { $0.see(.closed(nil)) },
    { $0.see(.failed(refusal)) },
    { $0.see(.absent(provesClosed: false)) },
    { scene in scene.see(.reversed(scene.capture(), nil)) },
    { scene in
      let id = scene.payment
      scene.act { decision in decision.noteUnanswered(id, fault) }
    },
    { scene in
      let id = scene.payment
      scene.act(.timer, after: 1801) { decision in decision.age(id) }
    },
    { scene in
      let id = scene.payment
      try scene.act(ExplanationScene.shop) { decision in try decision.closePayment(id) }
    },
  ]

  private static let orders: [Move] = [
    { scene in try scene.act(ExplanationScene.shop) { try $0.cancel(reason: nil) } },
    { $0.expire() },
    { scene in try scene.act(.staff(name: "li")) { _ = try $0.accept(reason: "ok") } },
    { scene in try scene.act(.staff(name: "wang")) { _ = try $0.accept(reason: "ok") } },
    { scene in try scene.act(.staff(name: "li")) { try $0.hold(reason: "odd") } },
    { scene in try scene.act(.staff(name: "li")) { try $0.unhold() } },
    { scene in
      // Rare, or every walk would end here.
      guard scene.events.count > 25 else { return }
      scene.act(.system) { $0.freeze(reason: "I4") }
    },
    { $0.now = $0.now.adding(milliseconds: 70_000) },
  ]

  private static let refundsAndGoods: [Move] = [
    { try $0.askRefund(300) },
    { try $0.askRefund(9990, limit: .max) },
    { try $0.askRefund(500, limit: .max) },
    { try $0.approveRefund() },
    { $0.submitRefund() },
    { $0.succeedRefund() },
    { $0.seeRefund(.failed(refusal)) },
    { $0.seeRefund(.processing(nil)) },
    { $0.seeRefund(.returned(nil)) },
    { scene in
      let id = scene.refund
      try scene.act(.staff(name: "zhao")) { try $0.rejectRefund(id, reason: "no") }
    },
    { try $0.claimGoods() },
    { try $0.completeGoods() },
    { scene in
      let id = scene.claim
      try scene.act(ExplanationScene.shop) { try $0.fail(id, reason: "empty") }
    },
    { scene in
      let id = scene.claim
      try scene.act(ExplanationScene.shop) { try $0.release(id) }
    },
    { scene in scene.act(.timer, after: 61) { $0.endLeases() } },
    { scene in try scene.act(.staff(name: "li")) { try $0.retryDelivery(reason: "none") } },
    { scene in try scene.act(.staff(name: "li")) { try $0.revoke(reason: "fraud") } },
  ]

  private static func isPossible(_ index: Int, _ scene: ExplanationScene) -> Bool {
    let (first, second) = (payments.count, payments.count + orders.count)
    if index < 2 { return true }
    if index < first { return !scene.aggregate.payments.isEmpty }
    if index < second { return true }
    let place = index - second
    if (3...9).contains(place) { return !scene.aggregate.refunds.isEmpty }
    if (11...13).contains(place) {
      return scene.aggregate.deliveries.contains { $0.claim != nil }
    }
    return true
  }

  @Test("whatever happens to an order, its sentences, proofs and steps are whole", arguments: 1...4)
  func walks(seed: UInt64) throws {
    let moves =
      ExplanationWalkTests.payments + ExplanationWalkTests.orders
      + ExplanationWalkTests.refundsAndGoods
    let dice = IdentifierSource(seed: (seed, 11, 12, 13))
    var seen: Set<String> = []
    for walk in 0..<120 {
      let scene = try ExplanationScene(isTest: walk % 5 == 0, seed: UInt64(walk) + 1)
      for _ in 0..<70 {
        let index = Int(dice.word() % UInt64(moves.count))
        guard ExplanationWalkTests.isPossible(index, scene) else { continue }
        do { try moves[index](scene) } catch is Rejection { continue }
        scene.checkGap = [5000, 0, nil, 90_000_000][Int(dice.word() % 4)]
        let order = scene.aggregate.order
        let place =
          "\(order.payState) \(order.deliveryState) \(order.flags.words)"
          + " \(scene.aggregate.payments.map(\.state)) \(scene.aggregate.refunds.map(\.state))"
        guard seen.insert(place).inserted else { continue }
        SentenceRules.check(scene, place)
      }
    }
    #expect(seen.count > 200)
  }

  @Test("every pay state and every delivery state has been explained")
  func coverage() throws {
    var (pay, delivery): (Set<PayState>, Set<DeliveryState>) = ([], [])
    var rules: Set<Int64> = []
    for (_, scene) in try ExplanationScenes.all() {
      pay.insert(scene.aggregate.order.payState)
      delivery.insert(scene.aggregate.order.deliveryState)
      rules.insert(scene.why.rule)
    }
    #expect(pay == Set(PayState.allCases))
    // No decision brings `delivering` about yet.
    #expect(delivery == Set(DeliveryState.allCases).subtracting([.delivering]))
    #expect(rules == Set(1...9).subtracting([4]))
  }

  @Test("an order charged less than due without a mismatch is explained by rule 4")
  func shortRule() throws {
    let scene = try ExplanationScene()
    try scene.offer()
    scene.pay(Money(990, ExplanationScene.cny))
    var aggregate = scene.aggregate
    aggregate.payments[0].isMismatched = false
    let why = Explanation.why(aggregate, events: scene.events, checks: [], now: scene.now)
    #expect(why.rule == 4)
    #expect(why.because[0].fact == "charge")
  }
}
