import Domain

/// Goods, refunds and what is rare.
extension ExplanationScenes {
  static let goods: [(String, Build)] = [
    (
      "paid, claimed",
      { scene in
        try scene.offer()
        scene.pay()
        try scene.claimGoods()
      }
    ),
    (
      "paid, delivered",
      { scene in
        try scene.offer()
        scene.pay()
        try scene.claimGoods()
        try scene.completeGoods()
      }
    ),
    (
      "paid, held for risk",
      { scene in
        try scene.offer()
        scene.pay()
        try scene.act(.staff(name: "li")) { decision in try decision.hold(reason: "odd") }
      }
    ),
    (
      "paid, the hold was ended",
      { scene in
        try scene.offer()
        scene.pay()
        try scene.act(.staff(name: "li")) { decision in try decision.hold(reason: "odd") }
        try scene.act(.staff(name: "li")) { decision in try decision.unhold() }
      }
    ),
    (
      "paid, delivery failed",
      { scene in
        try scene.offer()
        scene.pay()
        try scene.claimGoods()
        let id = scene.claim
        try scene.act(ExplanationScene.shop) { decision in try decision.fail(id, reason: "empty") }
      }
    ),
    (
      "paid, the lease ended",
      { scene in
        try scene.offer()
        scene.pay()
        try scene.claimGoods()
        scene.act(.timer, after: 61) { decision in decision.endLeases() }
      }
    ),
    (
      "paid, delivery revoked",
      { scene in
        try scene.offer()
        scene.pay()
        try scene.claimGoods()
        try scene.completeGoods()
        try scene.act(.staff(name: "li")) { decision in try decision.revoke(reason: "fraud") }
      }
    ),
    (
      "reversed after delivery",
      { scene in
        try scene.offer()
        scene.pay()
        try scene.claimGoods()
        try scene.completeGoods()
        scene.see(.reversed(scene.capture(), nil))
      }
    ),
  ]

  static let refunds: [(String, Build)] = [
    ("refund asked for", { scene in try paidWithRefund(scene, 9990) }),
    (
      "refund approved",
      { scene in
        try paidWithRefund(scene, 3000)
        try scene.approveRefund()
      }
    ),
    (
      "refund under way",
      { scene in
        try paidWithRefund(scene, 3000)
        try scene.approveRefund()
        scene.submitRefund()
      }
    ),
    (
      "refund without an answer",
      { scene in
        try paidWithRefund(scene, 3000)
        try scene.approveRefund()
        scene.submitRefund()
        let id = scene.refund
        scene.act { decision in decision.noteRefundUnanswered(id, timeout) }
      }
    ),
    (
      "partially refunded",
      { scene in
        try paidWithRefund(scene, 3000)
        try scene.approveRefund()
        scene.submitRefund()
        scene.succeedRefund()
      }
    ),
    (
      "partially refunded, delivered, another refund under way",
      { scene in
        try scene.offer()
        scene.pay()
        try scene.claimGoods()
        try scene.completeGoods()
        try scene.refundWhole(1000)
        try scene.askRefund(2000, limit: .max)
        scene.submitRefund()
      }
    ),
    (
      "refunded",
      { scene in
        try paidWithRefund(scene, 9990)
        try scene.approveRefund()
        scene.submitRefund()
        scene.succeedRefund()
      }
    ),
    (
      "refunded after delivery",
      { scene in
        try scene.offer()
        scene.pay()
        try scene.claimGoods()
        try scene.completeGoods()
        try scene.refundWhole(9990)
      }
    ),
    (
      "refunded out of review",
      { scene in
        try scene.offer()
        scene.pay(Money(990, ExplanationScene.cny))
        try scene.refundWhole(990)
      }
    ),
    (
      "refunded by the gateway itself",
      { scene in
        try scene.offer()
        scene.see(.reversed(scene.capture(), Reason(code: "refunded_at_gateway", text: "back")))
      }
    ),
    (
      "excess given back",
      { scene in
        try scene.offer()
        scene.pay(Money(19_990, ExplanationScene.cny))
        for name in ["li", "wang"] {
          try scene.act(.staff(name: name)) { decision in _ = try decision.accept(reason: "ok") }
        }
        try scene.refundWhole(10_000)
      }
    ),
    (
      "refund failed",
      { scene in
        try paidWithRefund(scene, 3000)
        try scene.approveRefund()
        scene.submitRefund()
        scene.seeRefund(.failed(Reason(code: "balance_low", gatewayCode: "ACQ.X", text: "low")))
      }
    ),
    (
      "refund returned by the bank",
      { scene in
        try paidWithRefund(scene, 9990)
        try scene.approveRefund()
        scene.submitRefund()
        scene.succeedRefund()
        scene.seeRefund(.returned(nil))
      }
    ),
    (
      "refund not approved",
      { scene in
        try paidWithRefund(scene, 3000)
        let id = scene.refund
        try scene.act(.staff(name: "wang")) { decision in
          try decision.rejectRefund(id, reason: "used")
        }
      }
    ),
    (
      "refund withdrawn",
      { scene in
        try paidWithRefund(scene, 3000)
        let id = scene.refund
        try scene.act(.staff(name: "li")) { decision in try decision.withdrawRefund(id) }
      }
    ),
  ]

  private static func paidWithRefund(_ scene: ExplanationScene, _ minor: Int64) throws {
    try scene.offer()
    scene.pay()
    try scene.askRefund(minor)
  }

  static let rare: [(String, Build)] = [
    (
      "frozen before any money",
      { scene in
        try scene.offer()
        scene.act(.system) { decision in decision.freeze(reason: "I4: sums") }
      }
    ),
    (
      "frozen after the money",
      { scene in
        try scene.offer()
        scene.pay()
        scene.act(.system) { decision in decision.freeze(reason: "I4: sums") }
      }
    ),
    (
      "dispute open",
      { scene in
        try scene.offer()
        scene.pay()
        scene.dispute(.needsResponse, from: .notice)
      }
    ),
    (
      "inquiry",
      { scene in
        try scene.offer()
        scene.pay()
        scene.dispute(.warning, minor: 3000, dueInHours: nil)
      }
    ),
    (
      "dispute due and supported",
      { scene in
        try scene.offer()
        scene.pay()
        scene.dispute(.needsResponse)
        scene.attach()
        scene.act(.timer, after: 97 * 3600) { decision in _ = decision.alertDisputes() }
      }
    ),
    (
      "dispute under review, asked again later",
      { scene in
        try scene.offer()
        scene.pay()
        scene.dispute(.underReview)
        scene.checkGap = 3_600_000
      }
    ),
    (
      "dispute won",
      { scene in
        try scene.offer()
        scene.pay()
        scene.dispute(.needsResponse)
        scene.dispute(.won)
      }
    ),
    (
      "charged back",
      { scene in
        try scene.offer()
        scene.pay()
        scene.dispute(.needsResponse)
        scene.dispute(.lost)
      }
    ),
    (
      "charged back in part",
      { scene in
        try scene.offer()
        scene.pay()
        scene.dispute(.lost, minor: 3000)
      }
    ),
    (
      "refunded and charged back",
      { scene in
        try paidWithRefund(scene, 9990)
        try scene.approveRefund()
        scene.submitRefund()
        scene.dispute(.lost)
      }
    ),
    (
      "risk refused",
      { scene in
        try scene.offer()
        scene.pay()
        try scene.act(.staff(name: "li")) { decision in try decision.hold(reason: "odd") }
        scene.force { $0.riskState = .refused }
      }
    ),
    (
      "second charge under one number",
      { scene in
        try scene.offer()
        scene.pay()
        scene.see(.paid(scene.capture()))
      }
    ),
  ]

  typealias Special = (String, [OrderLine], Bool, Money, Build)

  private static let twoLines = [
    OrderLine(sku: "K1", name: "card", quantity: 1, unitPrice: 5000),
    OrderLine(sku: "K2", name: "key", quantity: 1, unitPrice: 4990),
  ]

  static let special: [Special] = [
    (
      "test order, paid", [], true, Money(9990, ExplanationScene.cny),
      { scene in
        try scene.offer()
        scene.pay()
      }
    ),
    (
      "one of two lines delivered", twoLines, false, Money(9990, ExplanationScene.cny),
      { scene in
        try scene.offer()
        scene.pay()
        try scene.claimGoods(line: 1)
        try scene.completeGoods()
      }
    ),
    ("dollars, awaiting", [], false, Money(9990, ExplanationScene.usd), { try $0.offer() }),
    (
      "yen, paid", [], false, Money(1200, ExplanationScene.currency("JPY")),
      { scene in
        try scene.open(kind: "stripe", gateway: "stripe", method: "card")
        scene.pay()
      }
    ),
  ]
}
