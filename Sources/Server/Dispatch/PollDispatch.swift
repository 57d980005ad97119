import Domain
import Engine
import Store
import Wire

enum PollDispatch {
  static func run(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(PollRunRequest.self)
    return .write(.pollRun(request.order.map { OrderReference($0) }))
  }

  static func status(_ call: Call) throws(WireError) -> Plan {
    _ = try call.params(PollStatusRequest.self)
    return .read(.heavy) { scope in
      let now = scope.context.services.clock()
      let counts = try scope.store.scheduleCounts(at: now)
      let rows = try scope.store.schedule(limit: scanMax).map(\.0)
      // What is paid and only compared once more is not open, and nothing waits for it.
      let open = rows.filter { $0.rank < ScheduledQuestion.comparingRank }
      let all = scope.context.services.gateways()
      var gateways = try all.map { try gateway($0, open, scope, at: now) }
      for (name, count) in GatewayDispatch.missing(try scope.store.openQuestions(), all) {
        let due = dueTimes(name, open, at: now)
        gateways.append(
          PollGatewayObject(
            gateway: name, due: Int64(due.count),
            oldestDueMilliseconds: due.min().map { now.milliseconds(since: $0) }, inFlight: 0,
            open: count, qps: "0", circuit: "open", paused: false, missing: true))
      }
      let waiting = rows.first { row in row.nextAt.map { $0 > now } ?? false }
      let old = now.adding(milliseconds: -longOpenMilliseconds)
      return PollStatusResult(
        due: counts.overdue,
        oldestDueMilliseconds: counts.overdue > 0
          ? counts.oldest.map { max(0, now.milliseconds(since: $0)) } : nil,
        nextDueAt: (counts.overdue > 0 ? counts.oldest : waiting?.nextAt)?.milliseconds,
        inFlight: Int64(scope.context.core.exchangesUnderWay),
        watched: Int64(scope.context.watches.count),
        longOpen: Int64(open.count { $0.since < old }), gateways: gateways)
    }
  }

  private static func gateway(
    _ facts: GatewayFacts, _ rows: [ScheduledQuestion], _ scope: ReadScope, at now: Timestamp
  ) throws -> PollGatewayObject {
    let own = rows.filter { $0.gateway.utf8.elementsEqual(facts.name.utf8) }
    let due = dueTimes(facts.name, rows, at: now)
    let row = try scope.store.gateway(facts.name)
    return PollGatewayObject(
      gateway: facts.name, due: Int64(due.count),
      oldestDueMilliseconds: due.min().map { now.milliseconds(since: $0) }, inFlight: 0,
      open: Int64(own.count), qps: facts.queriesPerSecond,
      circuit: row?.degraded == nil ? "closed" : "open", paused: row?.isPaused ?? false)
  }

  private static func dueTimes(
    _ name: String, _ rows: [ScheduledQuestion], at now: Timestamp
  ) -> [Timestamp] {
    rows.compactMap { row in
      guard let at = row.nextAt, at <= now, row.gateway.utf8.elementsEqual(name.utf8) else {
        return nil
      }
      return at
    }
  }

  static func due(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(PollDueRequest.self)
    let after = try place(request.page)
    return .read(.heavy) { scope in
      let all = scope.context.services.gateways()
      if let name = request.gateway,
        !all.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }),
        try !scope.store.openQuestions().contains(where: {
          $0.gateway.utf8.elementsEqual(name.utf8)
        })
      {
        throw GatewayDispatch.notFound(name, all)
      }
      var order: OrderID?
      if let text = request.order { order = try scope.visibleOrder(text).0.order.id }
      let limit = Int(request.limit)
      var rows = try scope.store.schedule(
        gateway: request.gateway, order: order,
        until: request.until.map(Timestamp.init(milliseconds:)), after: after, limit: limit + 1)
      let isMore = rows.count > limit
      if isMore { rows.removeLast() }
      var entries: [PollEntryObject] = []
      for (question, about) in rows {
        guard let dueAt = question.nextAt, let about else { continue }
        let isConfigured = all.contains { $0.name.utf8.elementsEqual(question.gateway.utf8) }
        entries.append(try entry(question, about, dueAt, isConfigured: isConfigured, scope))
      }
      return PollDueResult(entries: entries, next: isMore ? rows.last.flatMap(pageText) : nil)
    }
  }

  private static func entry(
    _ question: ScheduledQuestion, _ order: OrderID, _ dueAt: Timestamp, isConfigured: Bool,
    _ scope: ReadScope
  ) throws -> PollEntryObject {
    var (payment, refund, dispute): (String?, String?, String?) = (nil, nil, nil)
    let (subject, state): (String, String)
    switch question.subject {
    case .payment(let id):
      payment = id.text
      subject = "payment"
      state = try scope.store.payment(id)?.0.payment.state.rawValue ?? ""
    case .refund(let id):
      refund = id.text
      subject = "refund"
      state = try scope.store.refund(id)?.0.refund.state.rawValue ?? ""
    case .dispute(let id):
      dispute = id.text
      subject = "dispute"
      state = try scope.store.dispute(id)?.0.dispute.state.rawValue ?? ""
    }
    return PollEntryObject(
      subject: subject, payment: payment, refund: refund, dispute: dispute,
      order: order.text, gateway: question.gateway, state: state,
      dueAt: dueAt.milliseconds, why: why(question, isConfigured: isConfigured),
      queries: question.queries, lastQueryAt: question.askedAt?.milliseconds)
  }

  private static func why(_ question: ScheduledQuestion, isConfigured: Bool) -> String {
    guard isConfigured else { return "gateway_missing" }
    if question.failed > 0 { return "backoff" }
    switch question.step {
    case .close, .verify: return "closing"
    case .guarding: return "guard"
    case .create: return "repeat"
    case .comparing: return "compare"
    case .looking, .lookingForDispute: return "hint"
    case .query: return question.rank == 0 ? "watched" : "schedule"
    }
  }

  /// Rows of the schedule are sorted by time, then by subject.
  private static func pageText(_ row: (question: ScheduledQuestion, order: OrderID?)) -> String? {
    row.question.nextAt.map { at in
      PageToken.text("q", "\(at.milliseconds).\(row.question.subject.text)")
    }
  }

  private static func place(
    _ page: String?
  ) throws(WireError) -> (at: Timestamp, subject: String)? {
    guard let word = try PageToken.word("q", page) else { return nil }
    let parts = word.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, let milliseconds = Int64(parts[0]) else { throw PageToken.wrong }
    return (Timestamp(milliseconds: milliseconds), String(parts[1]))
  }

  /// Rows of the schedule that poll.status looks at.
  private static let scanMax = 10_000
  /// Open so long that a person should know.
  private static let longOpenMilliseconds: Int64 = 86_400_000
}
