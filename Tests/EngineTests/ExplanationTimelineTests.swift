import Domain
import Engine
import Testing

@testable import Store

@Suite("the timeline of an order")
struct ExplanationTimelineTests {
  private func receipt(
    _ scene: ExplanationScene, _ id: String?, verdict: Receipt.Verdict, at: Timestamp
  ) throws -> Receipt {
    let made = ReceiptID(at: at, random: UInt64(truncatingIfNeeded: at.milliseconds), 9)
    return Receipt(
      id: try #require(id.map { ReceiptID(text: $0) } ?? made), gateway: "alipay-main",
      receivedAt: at, verdict: verdict, reason: nil, payment: scene.payment,
      order: scene.aggregate.order.id, strength: .signedNotice, digest: "ab")
  }

  private func call(
    _ scene: ExplanationScene, _ operation: String, _ state: CallRow.State, at: Timestamp,
    number: UInt64
  ) -> CallRow {
    var call = CallRow(
      id: CallID(at: at, random: number, number), orderKey: 1, payment: scene.payment, refund: nil,
      gateway: "alipay-main", operation: operation, startedAt: at)
    call.state = state
    call.endedAt = at.adding(milliseconds: 90)
    return call
  }

  @Test("every event is a step with its proof and the gateway's time beside ours")
  func complete() throws {
    let scene = try ExplanationScene()
    try scene.offer()
    scene.pay()
    let steps = Explanation.timeline(
      events: scene.events, receipts: [], calls: [], scene.aggregate)
    #expect(steps.map(\.type) == scene.events.map(\.event.body.type))
    let paid = try #require(steps.first { $0.type == "payment.succeeded" })
    #expect(paid.evidence?.id == scene.aggregate.payments[0].evidence.last?.id)
    #expect(paid.evidence?.strength == .signedNotice)
    #expect(paid.gatewayAt == scene.aggregate.payments[0].paidAt)
    #expect(paid.payment == scene.payment)
    #expect(steps.first?.type == "order.created")
  }

  @Test("a notice that made an event is its evidence and no step of its own")
  func appliedNotice() throws {
    let scene = try ExplanationScene()
    try scene.offer()
    scene.pay()
    let proof = try #require(scene.aggregate.payments[0].evidence.last)
    let applied = try receipt(scene, proof.id, verdict: .applied, at: scene.now)
    let steps = Explanation.timeline(
      events: scene.events, receipts: [applied], calls: [], scene.aggregate)
    #expect(steps.count == scene.events.count)
  }

  @Test("a notice is told of without a guess at what it needs, and a call after what it was for")
  func noticeAndCall() throws {
    let scene = try ExplanationScene()
    try scene.offer()
    let begun = try #require(scene.events.first { $0.event.body.type == "payment.created" })
    let order = scene.aggregate.order.id
    let arrived = Event(
      id: EventID(at: scene.now, random: 1, 1), at: scene.now,
      actor: .notice(gateway: "alipay-main"), trace: nil, order: order, version: 9,
      body: .notification(
        .received(
          ReceiptID(at: scene.now, random: 1, 1), gateway: "alipay-main", payment: scene.payment)))
    let last = Int64(scene.events.count + 1)
    let steps = Explanation.timeline(
      events: scene.events + [LoggedEvent(sequence: last, transaction: last, event: arrived)],
      receipts: [], calls: [call(scene, "create", .answered, at: begun.event.at, number: 1)],
      scene.aggregate)
    let notice = try #require(steps.first { $0.type == "notification.received" })
    #expect(notice.text.en.hasSuffix(" of alipay-main came.") && !notice.text.zh.contains("查询"))
    let places = ["payment.created", "call"].map { type in steps.firstIndex { $0.type == type } }
    #expect(try #require(places[0]) < #require(places[1]))
  }

  @Test("notices that changed nothing are folded into one step with their count")
  func foldedNotices() throws {
    let scene = try ExplanationScene()
    try scene.offer()
    scene.pay()
    var receipts: [Receipt] = []
    for minute in 1...3 {
      let at = scene.now.adding(milliseconds: Int64(minute) * 60_000)
      receipts.append(try receipt(scene, nil, verdict: .noop, at: at))
    }
    let steps = Explanation.timeline(
      events: scene.events, receipts: receipts.reversed(), calls: [], scene.aggregate)
    #expect(steps.count == scene.events.count + 1)
    let last = try #require(steps.last)
    #expect(last.type == "receipt" && last.actor == "notice:alipay-main")
    #expect(last.text.zh.contains("共 3 次") && last.text.en.contains("3 times in all"))
    #expect(last.evidence?.id == receipts[0].id.text)
    #expect(last.at == receipts[0].receivedAt)
  }

  @Test("calls are steps: the create call for itself, equal failures folded, in time order")
  func calls() throws {
    let scene = try ExplanationScene()
    try scene.open()
    let begun = scene.now
    var calls = [call(scene, "create", .answered, at: begun, number: 1)]
    for second in 1...4 {
      let at = begun.adding(milliseconds: Int64(second) * 1000)
      calls.append(call(scene, "query", .failed, at: at, number: UInt64(second) + 1))
    }
    scene.see(.processing(nil), after: 10)
    let steps = Explanation.timeline(
      events: scene.events, receipts: [], calls: calls, scene.aggregate)
    #expect(
      steps.map(\.type) == [
        "order.created", "payment.created", "payment.submitted", "call", "query",
        "payment.processing",
      ])
    #expect(steps[3].evidence?.source == .create)
    #expect(steps[4].text.en.contains("4 times in all"))
    #expect(steps[4].evidence == nil)
  }

  @Test("queries that left no row are counted")
  func countedQueries() throws {
    let scene = try ExplanationScene()
    try scene.offer()
    let view = PaymentView(
      payment: scene.aggregate.payments[0], nextQueryAt: nil, queries: 12)
    let steps = Explanation.timeline(
      events: scene.events, receipts: [], calls: [], payments: [view], scene.aggregate)
    #expect(steps.last?.type == "query")
    #expect(steps.last?.text.en == "Alipay was asked about this payment 12 times in all so far.")
  }

  @Test("what people wrote stands between quotation marks on one line")
  func quoting() throws {
    let scene = try ExplanationScene()
    try scene.act(ExplanationScene.shop) { decision in try decision.cancel(reason: "买错了\nsorry") }
    let steps = Explanation.timeline(
      events: scene.events, receipts: [], calls: [], scene.aggregate)
    let asked = try #require(steps.first { $0.type == "order.cancel_requested" })
    #expect(asked.text.zh == "要求取消订单，理由「买错了 sorry」。")
  }
}
