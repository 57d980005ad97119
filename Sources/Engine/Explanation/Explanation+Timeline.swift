package import Domain
package import Store

extension Explanation {
  /// Every step in the life of an order, oldest first.
  ///
  /// Events stand each for themselves. Receipts and calls that brought one are its evidence;
  /// of the others, those that changed nothing are folded into counts, so nothing is lost.
  ///
  /// - Parameter events: all events of the order.
  /// - Parameter payments: for the number of queries, since answers that changed nothing leave no
  ///   row of their own.
  package static func timeline(
    events: [LoggedEvent], receipts: [Receipt], calls: [CallRow], payments: [PaymentView] = [],
    _ aggregate: OrderAggregate, zoneOffsetMinutes: Int64 = zoneOffsetDefaultMinutes
  ) -> [TimelineStep] {
    let clock = ShopClock(
      now: aggregate.order.updatedAt, offsetMinutes: zoneOffsetMinutes)
    let words = EventWords(aggregate: aggregate, clock: clock)
    let told = TimelineSources(events)
    var steps: [TimelineDraft] = []
    for logged in events.sorted(by: { $0.sequence < $1.sequence }) {
      steps.append(TimelineDraft(logged, words))
    }
    for receipt in receipts where !told.tells(receipt.id.text) {
      steps.append(TimelineDraft(receipt, words))
    }
    for call in calls where !told.tells(call.id.text) { steps.append(TimelineDraft(call, words)) }
    for view in payments where view.queries > 0 {
      steps.append(TimelineDraft(queriesOf: view, told, words))
    }
    return TimelineDraft.folded(TimelineDraft.ordered(steps)).map { $0.step(words) }
  }
}

/// The receipts and calls that events already name, and when each payment was last heard of.
struct TimelineSources {
  private var identifiers: Set<String> = []
  private var latest: [PaymentID: Timestamp] = [:]

  init(_ events: [LoggedEvent]) {
    for logged in events {
      if let evidence = logged.event.body.evidence { identifiers.insert(evidence.id) }
      switch logged.event.body {
      case .payment(let id, _): latest[id] = logged.event.at
      case .notification(.received(let id, _, _)), .notification(.rejected(let id, _, _)),
        .notification(.parked(let id, _, _)):
        identifiers.insert(id.text)
      case .order, .refund, .delivery, .dispute, .attention, .gateway, .statement, .run,
        .discrepancy, .case, .rule, .server: break
      }
    }
  }

  func tells(_ identifier: String) -> Bool { identifiers.contains(identifier) }

  func lastEvent(of payment: Payment) -> Timestamp { latest[payment.id] ?? payment.createdAt }
}

extension EventBody {
  /// What proves it, for events that carry a proof.
  var evidence: Evidence? {
    switch self {
    case .payment(_, .closed(_, let proof)), .payment(_, .failed(_, let proof)),
      .payment(_, .succeeded(_, let proof, _)), .payment(_, .reversed(_, let proof)),
      .payment(_, .confirmed(let proof)):
      proof
    case .refund(_, .succeeded(_, let proof)), .refund(_, .failed(_, let proof)),
      .refund(_, .returned(_, let proof)):
      proof
    case .dispute(_, .opened(_, _, _, _, _, let proof)), .dispute(_, .moved(_, _, _, let proof)),
      .dispute(_, .updated(_, _, let proof)):
      proof
    case .order, .payment, .refund, .delivery, .dispute, .attention, .notification, .gateway,
      .statement, .run, .discrepancy, .case, .rule, .server:
      nil
    }
  }
}

/// A step before folding.
struct TimelineDraft {
  /// Steps with the same fold that follow each other become one with a count.
  struct Fold: Hashable {
    let type: String
    let gateway: String
    let payment: PaymentID?
    let refund: RefundID?
    let words: Phrase
  }

  var first: TimelineStep
  var count: Int64 = 1
  var lastAt: Timestamp
  let fold: Fold?
  /// At one moment: what came in, then what it made true, then totals.
  let rank: Int64
  let sequence: Int64

  static func ordered(_ drafts: [TimelineDraft]) -> [TimelineDraft] {
    drafts.enumerated().sorted { one, other in
      if one.element.first.at != other.element.first.at {
        return one.element.first.at < other.element.first.at
      }
      if one.element.rank != other.element.rank { return one.element.rank < other.element.rank }
      if one.element.sequence != other.element.sequence {
        return one.element.sequence < other.element.sequence
      }
      return one.offset < other.offset
    }.map(\.element)
  }

  static func folded(_ drafts: [TimelineDraft]) -> [TimelineDraft] {
    var folded: [TimelineDraft] = []
    for draft in drafts {
      if let fold = draft.fold, let last = folded.last, last.fold == fold {
        folded[folded.count - 1].count += draft.count
        folded[folded.count - 1].lastAt = max(last.lastAt, draft.lastAt)
      } else {
        folded.append(draft)
      }
    }
    return folded
  }

  /// The step; a folded one says how many there were and until when.
  func step(_ words: EventWords) -> TimelineStep {
    guard fold != nil, count > 1 else { return first }
    let until = words.clock.full(lastAt)
    var step = TimelineStep(
      at: first.at, type: first.type,
      text: Phrase(
        zh: "\(first.text.zh)同样的共 \(count) 次，最后一次 \(until)。",
        en: "\(first.text.en) The same \(count) times in all, the last at \(until)."),
      actor: first.actor)
    step.payment = first.payment
    step.refund = first.refund
    step.evidence = first.evidence
    return step
  }
}

// MARK: Sources of steps

extension TimelineDraft {
  init(_ logged: LoggedEvent, _ words: EventWords) {
    let event = logged.event
    var step = TimelineStep(
      at: event.at, type: event.body.type, text: words.words(event.body), actor: event.actor.text)
    step.event = event.id
    step.evidence = event.body.evidence.map { EvidenceNote($0) }
    switch event.body {
    case .payment(let id, .succeeded(let capture, _, _)):
      step.payment = id
      step.gatewayAt = capture.paidAt
    case .payment(let id, _): step.payment = id
    case .refund(let id, _):
      step.refund = id
      step.payment = words.aggregate.refund(id)?.payment
    case .dispute(let id, _): step.payment = words.aggregate.dispute(id)?.payment
    case .notification(.received(_, _, let id)): step.payment = id
    case .order, .delivery, .attention, .notification, .gateway, .statement, .run, .discrepancy,
      .case, .rule, .server: break
    }
    self.init(
      first: step, lastAt: event.at, fold: nil, rank: 1, sequence: logged.sequence)
  }

  init(_ receipt: Receipt, _ words: EventWords) {
    let gateway = FailureCause.shownCode(receipt.gateway)
    let because = receipt.reason.map { FailureCause.shownCode($0) }
    let text: Phrase
    switch receipt.verdict {
    case .noop, .applied:
      text = Phrase(
        zh: "\(gateway) 的通知没有带来变化。", en: "A notice of \(gateway) changed nothing.")
    case .received:
      text = Phrase(
        zh: "正在向 \(gateway) 核实一条通知。", en: "\(gateway) is asked whether a notice is its own.")
    case .parked:
      text = Phrase(zh: "\(gateway) 的通知已留存待用。", en: "A notice of \(gateway) is kept.")
    case .rejected:
      text = Phrase(
        zh: "拒收 \(gateway) 的通知\(because.map { "（\($0)）" } ?? "")。",
        en: "A notice of \(gateway) was refused\(because.map { " (\($0))" } ?? "").")
    }
    var step = TimelineStep(
      at: receipt.receivedAt, type: "receipt", text: text, actor: "notice:\(receipt.gateway)")
    step.payment = receipt.payment
    step.evidence = EvidenceNote(
      Evidence(
        id: receipt.id.text, source: .notice, strength: receipt.strength, at: receipt.receivedAt,
        digest: receipt.digest))
    let fold = Fold(
      type: step.type, gateway: receipt.gateway, payment: receipt.payment, refund: nil, words: text)
    self.init(first: step, lastAt: receipt.receivedAt, fold: fold, rank: 0, sequence: 0)
  }

  init(_ call: CallRow, _ words: EventWords) {
    let isQuestion =
      call.operation.utf8.elementsEqual("query".utf8)
      || call.operation.utf8.elementsEqual("refund_query".utf8)
      || call.operation.utf8.elementsEqual("dispute_query".utf8)
    let text = TimelineDraft.words(call, isQuestion: isQuestion)
    var step = TimelineStep(
      at: call.startedAt, type: isQuestion ? "query" : "call", text: text,
      actor: isQuestion ? Actor.poller.text : Actor.system.text)
    step.payment = call.payment
    step.refund = call.refund
    if call.state == .answered, let source = TimelineDraft.source(call.operation) {
      step.evidence = EvidenceNote(
        Evidence(
          id: call.id.text, source: source, strength: .answer, at: call.endedAt ?? call.startedAt,
          digest: call.digest ?? ""))
    }
    let fold = Fold(
      type: step.type, gateway: call.gateway, payment: call.payment, refund: call.refund,
      words: text)
    // An answer comes in; any other call follows what it was made for, which was written first.
    self.init(
      first: step, lastAt: call.endedAt ?? call.startedAt, fold: fold, rank: isQuestion ? 0 : 1,
      sequence: isQuestion ? 0 : .max)
  }

  private static func source(_ operation: String) -> EvidenceSource? {
    switch operation {
    case "create": .create
    case "query", "dispute_query": .query
    case "close": .close
    case "refund", "refund_query": .refund
    default: nil
    }
  }

  private static func words(_ call: CallRow, isQuestion: Bool) -> Phrase {
    let (name, gateway) = (StateWords.ofCall(call.operation), FailureCause.shownCode(call.gateway))
    switch call.state {
    case .running:
      return Phrase(
        zh: "向 \(gateway) 的\(name.zh)请求正在进行。",
        en: "A \(name.en) call to \(gateway) is under way.")
    case .failed:
      return Phrase(
        zh: "向 \(gateway) 的\(name.zh)请求没有得到可用的答复。",
        en: "A \(name.en) call to \(gateway) brought no usable answer.")
    case .refused:
      return Phrase(
        zh: "\(gateway) 拒绝了一次\(name.zh)请求，但答复未指明是哪一笔，已向渠道核实。",
        en: "\(gateway) turned a \(name.en) call away without naming it, so it was asked about.")
    case .withdrawn:
      return Phrase(
        zh: "向 \(gateway) 的\(name.zh)请求没有发出：还没轮到它，这笔付款就被放弃了。",
        en: "A \(name.en) call to \(gateway) did not leave: the payment was given up before.")
    case .answered where isQuestion:
      return Phrase(
        zh: "向 \(gateway) \(name.zh)，没有带来变化。",
        en: "A \(name.en) call to \(gateway) changed nothing.")
    case .answered:
      return Phrase(
        zh: "\(gateway) 答复了\(name.zh)请求。", en: "\(gateway) answered the \(name.en) call.")
    }
  }

  /// Queries whose answers left no row: how many were asked in all.
  init(queriesOf view: PaymentView, _ told: TimelineSources, _ words: EventWords) {
    let (payment, channel) = (view.payment, Channel(view.payment))
    let often = view.queries == 1 ? "once so far" : "\(view.queries) times in all so far"
    let text = Phrase(
      zh: "至今共向\(channel.zh)查询这笔支付 \(view.queries) 次。",
      en: "\(channel.en.capitalizedFirst) was asked about this payment \(often).")
    let at = told.lastEvent(of: payment)
    var step = TimelineStep(at: at, type: "query", text: text, actor: Actor.poller.text)
    step.payment = payment.id
    self.init(first: step, lastAt: at, fold: nil, rank: 2, sequence: 0)
  }
}
