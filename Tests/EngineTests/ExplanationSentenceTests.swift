import Domain
import Engine
import Foundation
import Store
import Testing

@Suite("what is told about an order")
struct ExplanationSentenceTests {
  @Test("every situation has words in both languages that hold the facts")
  func everySituation() throws {
    for (name, scene) in try ExplanationScenes.all() {
      SentenceRules.check(scene, name)
    }
  }

  @Test("the sentences that a person has read are the sentences that are told")
  func snapshot() throws {
    var text = ""
    for (name, scene) in try ExplanationScenes.all() {
      let (zh, en) = (scene.tell(.zh), scene.tell(.en))
      text += "## \(name)\n"
      text += "\(en.state), can pay \(zh.canPay), ask again after"
      text += " \(zh.retryAfterMilliseconds.map { "\($0) ms" } ?? "never")\n"
      text += "buyer    \(zh.buyer)\n         \(en.buyer)\n"
      text += "support  \(zh.support)\n         \(en.support)\n"
      let steps = zip(zh.steps, en.steps).map { one, other in
        "\(one.key.rawValue)=\(one.state.rawValue) \(one.text)/\(other.text)"
      }
      text += "page     \(steps.joined(separator: " | "))\n"
      let why = scene.why
      text += "why      \(why.text.zh)\n         \(why.text.en)\n"
      for fact in why.because {
        text += "  - \(fact.fact): \(fact.text.zh) \(fact.text.en)\n"
      }
      for step in why.next { text += "  > \(step.what): \(step.text.zh) \(step.text.en)\n" }
      for phrase in why.missing { text += "  ? \(phrase.zh) \(phrase.en)\n" }
      for step in why.people { text += "  ! \(step.what): \(step.text.zh) \(step.text.en)\n" }
      text += "\n"
    }
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Explanation/sentences.txt")
    if ProcessInfo.processInfo.environment["TILL_RECORD"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    let (told, read) = (text.components(separatedBy: "\n"), kept.components(separatedBy: "\n"))
    for (line, pair) in zip(told, read).enumerated() where pair.0 != pair.1 {
      Issue.record("line \(line + 1): told \(pair.0)\nkept \(pair.1)")
      break
    }
    #expect(told.count == read.count)
  }

  @Test("processing says the reason, that the gateway is asked, and when")
  func processingSaysWhen() throws {
    let scene = try ExplanationScene()
    try scene.offer()
    scene.see(.processing(nil))
    let told = scene.tell(.zh)
    #expect(told.buyer.contains("支付宝正在处理这笔付款"))
    #expect(told.buyer.contains("下次核对 14:00:08"))
    #expect(scene.tell(.en).buyer.contains("the next check is at 14:00:08"))
    #expect(told.nextCheckAt == scene.now.adding(milliseconds: 5000))
    #expect(told.retryAfterMilliseconds == 5500)
    #expect(!told.canPay)
  }

  @Test("the shop's zone decides what the clock shows")
  func zones() throws {
    let scene = try ExplanationScene()
    try scene.offer()
    for (offset, shown) in [(Int64(0), "06:00:07"), (-330, "00:30:07"), (540, "15:00:07")] {
      let told = Explanation.tell(
        scene.aggregate, checks: scene.checks, now: scene.now, language: .en,
        zoneOffsetMinutes: offset)
      #expect(told.buyer.contains(shown))
    }
    let told = Explanation.tell(
      scene.aggregate, checks: [], now: scene.now, language: .en, zoneOffsetMinutes: -330)
    #expect(told.support.contains("UTC-05:30"))
  }

  @Test("the sentence changes after a minute and offers the form after ten")
  func stages() throws {
    let scene = try ExplanationScene()
    try scene.offer()
    // Ten minutes of looking at the code are no wait for an answer.
    scene.see(.processing(nil), after: 600)
    let fresh = scene.tell(.zh).buyer
    scene.now = scene.now.adding(milliseconds: 59_000)
    #expect(!scene.tell(.zh).buyer.contains("已等待"))
    scene.now = scene.now.adding(milliseconds: 1000)
    let slow = scene.tell(.zh).buyer
    #expect(slow.contains("已等待 1 分 0 秒"))
    #expect(!slow.contains("我已付款"))
    scene.now = scene.now.adding(milliseconds: 540_000)
    let long = scene.tell(.zh).buyer
    #expect(long.contains("我已付款"))
    #expect(scene.tell(.en).buyer.contains("\"I paid\" form"))
    #expect(fresh != slow && slow != long)
  }

  @Test("the pay button is grey unless a press would do something")
  func payButton() throws {
    for (name, scene) in try ExplanationScenes.all() {
      let told = scene.tell(.en)
      let isOpen = told.state == "created" || told.state == "awaiting"
      let isInTime = scene.now < scene.aggregate.order.expiresAt
      #expect(told.canPay == (isOpen && isInTime), "\(name)")
    }
  }

  @Test("a buyer never sees a whole gateway number, and support only where it may")
  func masking() throws {
    let scene = try ExplanationScene()
    try scene.offer()
    scene.pay()
    let number = try #require(scene.aggregate.payments[0].gatewayTransaction)
    #expect(!scene.tell(.zh).buyer.contains(number))
    #expect(scene.tell(.zh).buyer.contains(String(number.suffix(4))))
    #expect(scene.tell(.zh).support.contains(number))
    #expect(!scene.tell(.zh, isMasked: true).support.contains(number))
  }

  @Test("a state whose facts are missing says so instead of being vague")
  func unproven() throws {
    for state in PayState.allCases where state != .created {
      let scene = try ExplanationScene()
      scene.force { $0.payState = state }
      let told = scene.tell(.en)
      #expect(told.buyer.contains("not complete"), "\(state)")
      #expect(scene.tell(.zh).buyer.contains("需要工作人员核对"), "\(state)")
      #expect(!scene.why.because.isEmpty)
    }
  }

  @Test("amounts stand as ¥ for yuan and with their code otherwise")
  func amounts() throws {
    let yuan = try ExplanationScene(amount: Money(9990, ExplanationScene.cny))
    #expect(yuan.tell(.zh).buyer.contains("¥99.90"))
    #expect(yuan.tell(.en).buyer.contains("¥99.90"))
    let dollars = try ExplanationScene(amount: Money(9990, ExplanationScene.usd))
    #expect(dollars.tell(.zh).buyer.contains("99.90 USD"))
    #expect(dollars.tell(.en).buyer.contains("99.90 USD"))
  }

  @Test("every cause of the table has words, once, and an unknown code names itself")
  func causes() {
    var codes: [String] = []
    for row in FailureCause.rows {
      #expect(!codes.contains(row.code), "\(row.code) stands twice")
      codes.append(row.code)
      #expect(!row.words.zh.isEmpty && !row.words.en.isEmpty)
      #expect(SentenceRules.cjk(row.words.en) == nil)
      #expect(FailureCause.of(Reason(code: row.code, text: "")).words == row.words)
    }
    let unknown = FailureCause.of(Reason(code: "x", gatewayCode: "ACQ.NEW", text: ""))
    #expect(unknown.words.zh.contains("ACQ.NEW") && unknown.words.en.contains("ACQ.NEW"))
    #expect(unknown.mover == .support)
    let odd = FailureCause.of(Reason(code: "x", gatewayCode: "余额\n", text: ""))
    #expect(odd.words.en.contains("???"))
  }
}
