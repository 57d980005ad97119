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
      let rows = try scope.store.schedule(limit: scanMax)
      let gateways = try scope.context.services.gateways().map { facts in
        try gateway(facts, rows.map(\.0), scope, at: now)
      }
      let waiting = rows.first { row in row.0.nextAt.map { $0 > now } ?? false }
      let old = now.adding(milliseconds: -longOpenMilliseconds)
      return PollStatusResult(
        due: counts.overdue,
        oldestDueMilliseconds: counts.overdue > 0
          ? counts.oldest.map { max(0, now.milliseconds(since: $0)) } : nil,
        nextDueAt: (counts.overdue > 0 ? counts.oldest : waiting?.0.nextAt)?.milliseconds,
        inFlight: Int64(scope.context.core.exchangesUnderWay),
        watched: Int64(scope.context.watches.count),
        longOpen: Int64(rows.count { $0.0.since < old }), gateways: gateways)
    }
  }

  private static func gateway(
    _ facts: GatewayFacts, _ rows: [ScheduledQuestion], _ scope: ReadScope, at now: Timestamp
  ) throws -> PollGatewayObject {
    let own = rows.filter { $0.gateway.utf8.elementsEqual(facts.name.utf8) }
    let due = own.filter { $0.nextAt.map { $0 <= now } ?? false }
    let row = try scope.store.gateway(facts.name)
    let oldest = due.compactMap { $0.nextAt }.min()
    return PollGatewayObject(
      gateway: facts.name, due: Int64(due.count),
      oldestDueMilliseconds: oldest.map { now.milliseconds(since: $0) }, inFlight: 0,
      open: Int64(own.count), qps: facts.queriesPerSecond,
      circuit: row?.degraded == nil ? "closed" : "open", paused: row?.isPaused ?? false)
  }

  static func due(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(PollDueRequest.self)
    let after = try place(request.page)
    return .read(.heavy) { scope in
      let all = scope.context.services.gateways()
      if let name = request.gateway,
        !all.contains(where: { $0.name.utf8.elementsEqual(name.utf8) })
      {
        throw GatewayDispatch.notFound(name, all)
      }
      var order: OrderID?
      if let text = request.order { order = try scope.visibleOrder(text).0.order.id }
      var (entries, last): ([PollEntryObject], Place?) = ([], nil)
      for (question, about) in try scope.store.schedule(limit: scanMax) {
        guard let dueAt = question.nextAt, let about else { continue }
        let here = Place(milliseconds: dueAt.milliseconds, subject: question.subject.text)
        if let after, here <= after { continue }
        if let order, about != order { continue }
        if let until = request.until, dueAt.milliseconds > until { break }
        if let name = request.gateway, !question.gateway.utf8.elementsEqual(name.utf8) {
          continue
        }
        if entries.count == Int(request.limit) {
          return PollDueResult(
            entries: entries,
            next: last.map { PageToken.text("q", "\($0.milliseconds).\($0.subject)") })
        }
        entries.append(try entry(question, about, dueAt, scope))
        last = here
      }
      return PollDueResult(entries: entries)
    }
  }

  private static func entry(
    _ question: ScheduledQuestion, _ order: OrderID, _ dueAt: Timestamp, _ scope: ReadScope
  ) throws -> PollEntryObject {
    var (payment, refund, state): (String?, String?, String) = (nil, nil, "")
    switch question.subject {
    case .payment(let id):
      payment = id.text
      state = try scope.store.payment(id)?.0.payment.state.rawValue ?? ""
    case .refund(let id):
      refund = id.text
      state = try scope.store.refund(id)?.0.refund.state.rawValue ?? ""
    }
    return PollEntryObject(
      subject: payment == nil ? "refund" : "payment", payment: payment, refund: refund,
      order: order.text, gateway: question.gateway, state: state,
      dueAt: dueAt.milliseconds, why: why(question), queries: question.asked,
      lastQueryAt: question.askedAt?.milliseconds)
  }

  private static func why(_ question: ScheduledQuestion) -> String {
    if question.failed > 0 { return "backoff" }
    switch question.step {
    case .close, .verify: return "closing"
    case .guarding: return "guard"
    case .query: return question.rank == 0 ? "watched" : "schedule"
    }
  }

  /// A row of the schedule: rows are sorted by time, then by subject.
  private struct Place: Comparable {
    let milliseconds: Int64
    let subject: String

    static func < (one: Place, other: Place) -> Bool {
      if one.milliseconds != other.milliseconds { return one.milliseconds < other.milliseconds }
      return one.subject.utf8.lexicographicallyPrecedes(other.subject.utf8)
    }
  }

  private static func place(_ page: String?) throws(WireError) -> Place? {
    guard let word = try PageToken.word("q", page) else { return nil }
    let parts = word.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, let milliseconds = Int64(parts[0]) else { throw PageToken.wrong }
    return Place(milliseconds: milliseconds, subject: String(parts[1]))
  }

  /// Rows of the schedule looked at by one call.
  private static let scanMax = 10_000
  /// Open so long that a person should know.
  private static let longOpenMilliseconds: Int64 = 86_400_000
}
