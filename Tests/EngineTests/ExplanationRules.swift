import Domain
import Engine
import Store
import Testing

/// What holds for every sentence about every order.
enum SentenceRules {
  static func check(_ scene: ExplanationScene, _ name: String) {
    let (zh, en) = (scene.tell(.zh), scene.tell(.en))
    for text in [zh.buyer, en.buyer, zh.support, en.support] {
      #expect(text.contains(scene.aggregate.order.number), "\(name): no number in \(text)")
      #expect(holdsAmount(text, scene.aggregate), "\(name): no amount in \(text)")
      plain(text, name)
    }
    for text in [zh.buyer, en.buyer] { zones(text, name) }
    english(en.buyer, name)
    english(en.support, name)
    chinese(zh.buyer, scene.aggregate, name)
    chinese(zh.support, scene.aggregate, name)
    if scene.aggregate.order.payState == .processing, !isFrozen(scene) {
      let asks = ["下次核对 ", "正在向", "目前没有排定自动核对"]
      #expect(asks.contains { zh.buyer.contains($0) }, "\(name): no check in \(zh.buyer)")
    }
    #expect(zh.steps.map(\.key) == ProgressStep.Key.allCases)
    #expect(zh.steps.filter { $0.state == .current }.count <= 1)
    for step in zh.steps + en.steps { #expect(!step.text.isEmpty) }
    why(scene, name)
    timeline(scene, name)
  }

  private static func isFrozen(_ scene: ExplanationScene) -> Bool {
    scene.aggregate.order.flags.contains(.frozen)
  }

  private static func holdsAmount(_ text: String, _ aggregate: OrderAggregate) -> Bool {
    let charged = aggregate.payments.filter(\.isCharged).compactMap(\.captured)
    var moneys = [aggregate.order.amount] + charged
    for currency in Set(charged.map(\.currency)) {
      let sum = charged.filter { $0.currency == currency }.reduce(0) { $0 + $1.minor }
      moneys.append(Money(sum, currency))
    }
    return moneys.contains { money in
      let isYuan = money.currency.code == "CNY"
      return text.contains(isYuan ? "¥\(money.decimalText)" : money.description)
    }
  }

  /// Nothing unfilled, nothing doubled.
  private static func plain(_ text: String, _ name: String) {
    let signs = [
      "nil", "Optional", "%@", "{", "}", "<", "TODO", "  ", "。。", "；；", "，，", "，。", "；。", "..",
      "; .", ",.", "()", "（）", " .", " ,", "。；",
    ]
    for sign in signs { #expect(!text.contains(sign), "\(name): \(sign) in \(text)") }
    let last = text.last.map(String.init) ?? ""
    #expect(["。", ".", ")", "）"].contains(last), "\(name): no end in \(text)")
  }

  /// Each time says of which zone it is; those of support's sentences are named once, at the end.
  private static func zones(_ text: String, _ name: String) {
    let bare = text.matches(of: /[0-9]{2}:[0-9]{2}:[0-9]{2}(?! UTC[+-][0-9]{2}:[0-9]{2})/)
    #expect(bare.isEmpty, "\(name): no zone in \(text)")
  }

  static func cjk(_ text: String) -> Unicode.Scalar? {
    text.unicodeScalars.first { scalar in
      (0x2E80...0x9FFF).contains(scalar.value) || (0xFF00...0xFFEF).contains(scalar.value)
        || (0x3000...0x303F).contains(scalar.value)
    }
  }

  private static func english(_ text: String, _ name: String) {
    if let scalar = cjk(text) { Issue.record("\(name): \(scalar) in \(text)") }
  }

  /// Words in Latin letters are names, numbers or codes of this order.
  private static func chinese(_ text: String, _ aggregate: OrderAggregate, _ name: String) {
    #expect(cjk(text) != nil, "\(name): no Chinese in \(text)")
    let allowed = names(aggregate)
    for word in latinWords(text) where !allowed.contains(word) {
      Issue.record("\(name): \(word) in \(text)")
    }
  }

  private static func latinWords(_ text: String) -> [String] {
    var (words, word) = ([String](), "")
    for scalar in text.unicodeScalars {
      let isLetter = scalar.properties.isAlphabetic && scalar.value < 0x80
      let isOther = (0x30...0x39).contains(scalar.value) || "_.-+:".unicodeScalars.contains(scalar)
      if isLetter || isOther {
        word.unicodeScalars.append(scalar)
      } else {
        words.append(word)
        word = ""
      }
    }
    words.append(word)
    return words.filter { word in
      word.unicodeScalars.contains { $0.properties.isAlphabetic }
    }
  }

  private static func names(_ aggregate: OrderAggregate) -> Set<String> {
    var names: Set<String> = [
      "till", "order", "timeline", "UTC+08:00", aggregate.order.number, "Stripe", "PayPal",
      aggregate.order.amount.currency.code, "e1", "e2", "e3", "e4", "e5",
    ]
    for payment in aggregate.payments {
      names.formUnion([payment.gateway, payment.method, payment.outTradeNumber])
      names.formUnion(payment.evidence.map(\.id))
      if let captured = payment.captured { names.insert(captured.currency.code) }
      if let number = payment.gatewayTransaction { names.insert(number) }
      if let reason = payment.reason { names.formUnion([reason.code, reason.gatewayCode ?? ""]) }
    }
    for refund in aggregate.refunds {
      names.formUnion([refund.number, refund.gatewayRefund ?? ""])
      names.insert(refund.amount.currency.code)
      if let reason = refund.reason { names.formUnion([reason.code, reason.gatewayCode ?? ""]) }
    }
    for dispute in aggregate.disputes {
      names.formUnion([dispute.id.text, dispute.gatewayDispute])
    }
    for delivery in aggregate.deliveries {
      if let claim = delivery.claim { names.insert(claim.text) }
    }
    return names
  }
}

// MARK: Why and timeline

extension SentenceRules {
  private static func why(_ scene: ExplanationScene, _ name: String) {
    let why = scene.why
    #expect((1...9).contains(why.rule), "\(name)")
    #expect(why.payState == scene.aggregate.order.payState)
    let known = Set(scene.events.map(\.event.id))
    let proofs = Set(
      scene.aggregate.payments.flatMap(\.evidence).map(\.id)
        + scene.aggregate.refunds.flatMap(\.evidence).map(\.id)
        + scene.aggregate.disputes.flatMap(\.evidence).map(\.id))
    let first = why.because.first
    #expect(
      first?.event != nil || first?.evidence.isEmpty == false, "\(name): the state has no proof")
    for fact in why.because {
      if let event = fact.event { #expect(known.contains(event), "\(name): \(fact.fact)") }
      for note in fact.evidence { #expect(proofs.contains(note.id), "\(name): \(fact.fact)") }
      plain(fact.text.zh, name)
      plain(fact.text.en, name)
      english(fact.text.en, name)
      zones(fact.text.zh + fact.text.en, name)
    }
    #expect(!why.next.isEmpty)
    let times = why.next.compactMap { $0.at?.milliseconds }
    #expect(times == times.sorted(), "\(name): steps out of order")
    for step in why.next + why.people {
      plain(step.text.zh, name)
      plain(step.text.en, name)
      english(step.text.en, name)
      zones(step.text.zh + step.text.en, name)
    }
    for phrase in why.missing + [why.text] {
      plain(phrase.zh, name)
      plain(phrase.en, name)
      english(phrase.en, name)
    }
  }

  private static func timeline(_ scene: ExplanationScene, _ name: String) {
    let steps = Explanation.timeline(
      events: scene.events, receipts: [], calls: [], scene.aggregate)
    #expect(steps.compactMap(\.event) == scene.events.map(\.event.id), "\(name): a step is missing")
    let times = steps.map(\.at.milliseconds)
    #expect(times == times.sorted(), "\(name)")
    for step in steps {
      plain(step.text.zh, name)
      plain(step.text.en, name)
      english(step.text.en, name)
      zones(step.text.zh + step.text.en, name)
    }
  }
}
