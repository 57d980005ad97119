import Domain

/// Every situation that has words of its own, by name, in the order in which a person reads them.
enum ExplanationScenes {
  typealias Build = @Sendable (ExplanationScene) throws -> Void

  static func all() throws -> [(name: String, scene: ExplanationScene)] {
    var scenes: [(name: String, scene: ExplanationScene)] = []
    for (name, build) in beforeMoney + unusualEnds + processing + money + goods + refunds + rare {
      let scene = try ExplanationScene()
      try build(scene)
      scenes.append((name, scene))
    }
    for (name, lines, isTest, amount, build) in special {
      let scene = try ExplanationScene(amount: amount, lines: lines, isTest: isTest)
      try build(scene)
      scenes.append((name, scene))
    }
    return scenes
  }

  static let failure = Reason(
    code: "balance_low", gatewayCode: "ACQ.BUYER_BALANCE_NOT_ENOUGH", text: "too little")
  static let timeout = Reason(code: "gateway_timeout", text: "no answer")

  private static let beforeMoney: [(String, Build)] = [
    ("created", { _ in }),
    (
      "created, last payment failed",
      { scene in
        try scene.offer()
        scene.see(.failed(failure))
      }
    ),
    (
      "created, last payment failed with an unlisted code",
      { scene in
        try scene.offer()
        scene.see(.failed(Reason(code: "zz", gatewayCode: "ACQ.NEW_CODE", text: "new")))
      }
    ),
    ("created, past its end", { scene in scene.now = scene.aggregate.order.expiresAt }),
    ("awaiting", { try $0.offer() }),
    (
      "awaiting for 11 minutes",
      { scene in
        try scene.offer()
        scene.now = scene.now.adding(milliseconds: 660_000)
      }
    ),
    (
      "awaiting at a gateway of another kind",
      { scene in
        try scene.open(kind: "epay", gateway: "epay-2")
        scene.see(.unpaid(action: nil), .create)
      }
    ),
    ("expired without a payment", { $0.expire() }),
    (
      "expired, proven by the gateway",
      { scene in
        try scene.offer()
        scene.expire()
        scene.see(.closed(nil))
      }
    ),
    (
      "cancelled without a payment",
      { scene in
        try scene.act(ExplanationScene.shop) { decision in try decision.cancel(reason: "changed") }
      }
    ),
    (
      "cancelled, proven by the gateway",
      { scene in
        try scene.offer()
        try scene.act(ExplanationScene.shop) { decision in try decision.cancel(reason: nil) }
        scene.see(.closed(nil))
      }
    ),
    (
      "reversed by the gateway",
      { scene in
        try scene.offer()
        scene.pay()
        scene.see(.reversed(scene.capture(), nil))
      }
    ),
  ]

  private static let unusualEnds: [(String, Build)] = [
    (
      "expired after the gateway reversed the charge",
      { scene in
        try scene.offer()
        scene.pay()
        scene.see(.reversed(scene.capture(), nil))
        scene.expire()
      }
    )
  ]

  private static let processing: [(String, Build)] = [
    ("processing, just sent", { try $0.open() }),
    (
      "processing, the buyer acted",
      { scene in
        try scene.offer()
        scene.see(.processing(nil))
      }
    ),
    (
      "processing, bank review",
      { scene in
        try scene.offer()
        scene.see(.processing(Reason(code: "bank_review", text: "review")))
      }
    ),
    (
      "processing for 72 seconds",
      { scene in
        try scene.offer()
        scene.see(.processing(nil))
        scene.now = scene.now.adding(milliseconds: 72_000)
      }
    ),
    (
      "processing for 12 minutes",
      { scene in
        try scene.offer()
        scene.see(.processing(nil))
        scene.now = scene.now.adding(milliseconds: 725_000)
      }
    ),
    (
      "processing, the check is due",
      { scene in
        try scene.offer()
        scene.see(.processing(nil))
        scene.checkGap = -1000
      }
    ),
    (
      "processing, no check planned",
      { scene in
        try scene.offer()
        scene.see(.processing(nil))
        scene.checkGap = nil
      }
    ),
    (
      "processing, the next check is tomorrow",
      { scene in
        try scene.offer()
        scene.see(.processing(nil))
        scene.checkGap = 86_400_000
      }
    ),
    (
      "processing, no answer to the create call",
      { scene in
        try scene.open()
        let id = scene.payment
        scene.act { decision in decision.noteUnanswered(id, timeout) }
      }
    ),
    (
      "processing, stale",
      { scene in
        try scene.offer()
        scene.see(.processing(nil))
        let id = scene.payment
        scene.act(.timer, after: 1801) { decision in decision.age(id) }
      }
    ),
    (
      "processing, closing at the end",
      { scene in
        try scene.offer()
        scene.expire()
      }
    ),
    (
      "processing, closing for a cancel",
      { scene in
        try scene.offer()
        try scene.act(ExplanationScene.shop) { decision in try decision.cancel(reason: nil) }
      }
    ),
    (
      "processing, another way to pay was chosen",
      { scene in
        try scene.offer()
        try scene.open(kind: "wechat", gateway: "wx")
      }
    ),
    (
      "processing, closing was asked for",
      { scene in
        try scene.offer()
        let id = scene.payment
        try scene.act(ExplanationScene.shop) { decision in try decision.closePayment(id) }
      }
    ),
  ]

  private static let money: [(String, Build)] = [
    (
      "paid",
      { scene in
        try scene.offer()
        scene.pay()
      }
    ),
    (
      "paid late after expiry",
      { scene in
        try scene.offer()
        scene.expire()
        scene.see(.closed(nil))
        scene.see(.paid(scene.capture()))
      }
    ),
    (
      "paid late after a cancel",
      { scene in
        try scene.offer()
        try scene.act(ExplanationScene.shop) { decision in try decision.cancel(reason: nil) }
        scene.see(.closed(nil))
        scene.see(.paid(scene.capture()))
      }
    ),
    (
      "paid twice",
      { scene in
        try scene.offer()
        let first = scene.payment
        scene.see(.failed(failure))
        try scene.open(kind: "wechat", gateway: "wx")
        scene.pay()
        let (proof, capture) = (scene.proof(), scene.capture())
        scene.act { decision in _ = decision.observe(first, .paid(capture), proof) }
      }
    ),
    (
      "paid too much",
      { scene in
        try scene.offer()
        scene.pay(Money(19_990, ExplanationScene.cny))
      }
    ),
    (
      "review, too little",
      { scene in
        try scene.offer()
        scene.pay(Money(990, ExplanationScene.cny))
      }
    ),
    (
      "review, another currency",
      { scene in
        try scene.offer()
        scene.pay(Money(1400, ExplanationScene.usd))
      }
    ),
    (
      "review, acceptance proposed",
      { scene in
        try scene.offer()
        scene.pay(Money(990, ExplanationScene.cny))
        try scene.act(.staff(name: "li")) { decision in _ = try decision.accept(reason: "ok") }
      }
    ),
    (
      "paid, a differing charge was accepted",
      { scene in
        try scene.offer()
        scene.pay(Money(990, ExplanationScene.cny))
        try scene.act(.staff(name: "li")) { decision in _ = try decision.accept(reason: "ok") }
        try scene.act(.staff(name: "wang")) { decision in _ = try decision.accept(reason: "ok") }
      }
    ),
    (
      "paid by two operators' word",
      { scene in
        try scene.offer()
        let (id, capture) = (scene.payment, scene.capture())
        for name in ["li", "wang"] {
          try scene.act(.staff(name: name)) { decision in
            _ = try decision.resolve(
              id, amount: capture.amount, proof: "BANK-1", reason: "statement")
          }
        }
      }
    ),
  ]
}
