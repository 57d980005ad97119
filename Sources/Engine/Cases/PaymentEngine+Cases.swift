import Crypto
import Domain
import Store

/// Work for people: opened by them or by what cannot be left to the machine, with a clock on it.
extension PaymentEngine {
  func carryOut(
    _ wish: CaseWish, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    switch wish {
    case .open(let kind, let severity, let links, let note, let owner):
      return try openCase(kind, severity, links, note, owner, request, at: now)
    case .assign(let id, let owner, let due):
      return try change(id, request, at: now) { decision throws(CommandStop) in
        try ruled { () throws(Rejection) in try decision.assign(try owner.known(), due: due) }
      }
    case .link(let id, let links): return try link(links, to: id, request, at: now)
    case .note(let id, let note):
      return try change(id, request, at: now) { decision throws(CommandStop) in
        try add(note, to: &decision, request, at: now)
      }
    case .resolve(let id, let cause, let note):
      return try change(id, request, at: now) { decision throws(CommandStop) in
        try ruled { () throws(Rejection) in try decision.resolve(cause) }
        if let note { try add(Self.text(note), to: &decision, request, at: now) }
      }
    case .confirm(let id):
      return try change(id, request, at: now) { decision throws(CommandStop) in
        try ruled { () throws(Rejection) in try decision.confirm() }
      }
    case .close(let id): return try close(id, request, at: now)
    case .reopen(let id, let note):
      return try change(id, request, at: now) { decision throws(CommandStop) in
        try ruled { () throws(Rejection) in try decision.reopen() }
        try add(Self.text(note), to: &decision, request, at: now)
      }
    }
  }

  private static func text(_ content: AttachmentContent) -> CaseNote {
    CaseNote(mediaType: "text/plain", content: content)
  }

  private func openCase(
    _ kind: CaseKind, _ severity: CaseSeverity, _ links: [CaseLink], _ note: AttachmentContent?,
    _ owner: CaseOwner?, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let name = try ruled { () throws(Rejection) in try owner?.known() }
    let links = try known(links)
    let actor = request.caller.actor
    let record = try stored { () throws(StoreError) in
      try open(kind, severity, links, by: actor, at: now)
    }
    var decision = CaseDecision(record, at: now, by: actor)
    if let note { try add(Self.text(note), to: &decision, request, at: now) }
    if let name {
      try ruled { () throws(Rejection) in try decision.assign(name, due: nil) }
    }
    return try finish(decision, by: actor, at: now)
  }

  private func link(
    _ links: [CaseLink], to id: CaseID, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let links = try known(links)
    return try change(id, request, at: now) { decision throws(CommandStop) in
      try ruled { () throws(Rejection) in try decision.link(links) }
    }
  }

  private func close(
    _ id: CaseID, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let outcome = try change(id, request, at: now) { decision throws(CommandStop) in
      var undecided: [DiscrepancyID] = []
      for link in decision.record.discrepancies {
        let found = try stored { () throws(StoreError) in try store.discrepancy(link) }
        if let found, found.state == .open || found.state == .proposed { undecided.append(link) }
      }
      let left = undecided
      try ruled { () throws(Rejection) in try decision.close(undecided: left) }
    }
    if case .done(.caseKept(let record)) = outcome {
      try stored { () throws(StoreError) in
        try clearMarks(settledBy: record, request, at: now)
      }
    }
    return outcome
  }

  /// People have looked: what calls for them alone ends, unless a case like it is still open.
  private func clearMarks(
    settledBy closed: CaseRecord, _ request: Request, at now: Timestamp
  ) throws(StoreError) {
    for id in closed.orders {
      guard let order = try store.load(.id(id)), !order.aggregate.order.flags.contains(.frozen),
        try !store.liveCases(about: .order(id)).contains(where: { $0.kind == closed.kind })
      else { continue }
      var decision = decide(order, request, at: now)
      for code in closed.kind.settledMarks { decision.clear(code) }
      try record(decision, over: order, at: now)
    }
  }

  private func change(
    _ id: CaseID, _ request: Request, at now: Timestamp,
    _ body: (inout CaseDecision) throws(CommandStop) -> Void
  ) throws(CommandStop) -> CommandOutcome {
    guard let record = try stored({ () throws(StoreError) in try store.caseRecord(id) }) else {
      throw .refused(Rejection(.caseNotFound, "There is no case \(id).", path: "/params/case"))
    }
    var decision = CaseDecision(record, at: now, by: request.caller.actor)
    try body(&decision)
    return try finish(decision, by: request.caller.actor, at: now)
  }

  /// Seals a note and writes it into a case that is being changed.
  private func add(
    _ note: CaseNote, to decision: inout CaseDecision, _ request: Request, at now: Timestamp
  ) throws(CommandStop) {
    let paper = CasePaper(
      id: identifiers.next(AttachmentKind.self, at: now), mediaType: note.mediaType,
      bytes: Int64(note.content.bytes.count), digest: SHA256.hash(note.content.bytes).hex,
      by: request.caller.actor.text, at: now)
    var changed = decision
    try ruled { () throws(Rejection) in
      try changed.add(paper, waitingFor: note.waitingFor, due: note.due)
    }
    decision = changed
    try stored { () throws(StoreError) in
      try store.save(note.content, of: paper.id, case: changed.record.id)
    }
  }

  private func finish(
    _ decision: CaseDecision, by actor: Actor, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    try stored { () throws(StoreError) in
      try keep(decision, by: actor, at: now)
      return .done(.caseKept(decision.record))
    }
  }

  private func keep(
    _ decision: CaseDecision, by actor: Actor, at now: Timestamp
  ) throws(StoreError) {
    for event in decision.events { try note(decision.record, event, by: actor, at: now) }
    guard !decision.events.isEmpty else { return }
    try store.save(decision.record)
    if !decision.record.papers.isEmpty {
      // Erasing what is known of a buyer finds papers by the orders that they concern.
      for id in decision.record.orders {
        if let key = try store.load(.id(id))?.key { try store.markPersonal(key) }
      }
    }
    setTimer(try store.nextCaseDue())
  }

  private func note(
    _ record: CaseRecord, _ event: CaseEvent, by actor: Actor, at now: Timestamp
  ) throws(StoreError) {
    let order = try record.orders.first.flatMap { id throws(StoreError) in
      try store.load(.id(id))
    }
    try note(.case(record.id, event), on: order, by: actor, at: now)
  }

  // MARK: what it is about

  /// Each link with the order that it belongs to before it, so that the case is found by it.
  ///
  /// - Throws: `…_not_found` for what there is not, `too_many_links`.
  private func known(_ links: [CaseLink]) throws(CommandStop) -> [CaseLink] {
    try requireFew(links)
    var all: [CaseLink] = []
    for (index, link) in links.enumerated() {
      let order = try stored { () throws(StoreError) in try self.order(of: link) }
      switch order {
      case .missing(let code):
        throw .refused(
          Rejection(code, "There is no \(link.text).", path: "/params/links/\(index)"))
      case .noOrder: break
      case .of(let id): if !all.contains(.order(id)) { all.append(.order(id)) }
      }
      if !all.contains(link) { all.append(link) }
    }
    try requireFew(all)
    return all
  }

  private func requireFew(_ links: [CaseLink]) throws(CommandStop) {
    guard links.count > Limits.linksPerCase else { return }
    throw .refused(
      Rejection(
        .tooManyLinks, "A case cannot be about \(links.count) things.", path: "/params/links",
        details: [.init("limit", .integer(Int64(Limits.linksPerCase)))]))
  }

  private enum LinkedOrder {
    case of(OrderID)
    case noOrder
    case missing(ErrorCode)

    init(_ order: LoadedOrder?, orElse code: ErrorCode) {
      self = order.map { .of($0.aggregate.order.id) } ?? .missing(code)
    }
  }

  private func order(of link: CaseLink) throws(StoreError) -> LinkedOrder {
    switch link {
    case .order(let id): return LinkedOrder(try store.load(.id(id)), orElse: .orderNotFound)
    case .payment(let id):
      return LinkedOrder(try store.load(payment: id), orElse: .paymentNotFound)
    case .refund(let id): return LinkedOrder(try store.load(refund: id), orElse: .refundNotFound)
    case .dispute(let id):
      return LinkedOrder(try store.load(dispute: id), orElse: .disputeNotFound)
    case .discrepancy(let id):
      guard let record = try store.discrepancy(id) else { return .missing(.discrepancyNotFound) }
      return record.facts.order.map { .of($0) } ?? .noOrder
    case .run(let id): return try store.run(id) == nil ? .missing(.runNotFound) : .noOrder
    }
  }

  // MARK: opened by the machine

  /// - Returns: the new case, written.
  @discardableResult
  private func open(
    _ kind: CaseKind, _ severity: CaseSeverity, _ links: [CaseLink], by actor: Actor,
    at now: Timestamp
  ) throws(StoreError) -> CaseRecord {
    let due = now.adding(milliseconds: Int64(Limits.caseAnswerMilliseconds))
    let record = CaseRecord(
      id: identifiers.next(CaseIdentity.self, at: now), kind: kind, severity: severity,
      links: links, dueAt: due, openedAt: now, openedBy: actor.text)
    try note(
      record, .opened(kind, severity, links: links, dueAt: due), by: actor, at: now)
    try store.save(record)
    setTimer(due)
    return record
  }

  /// One case for the differences of a kind that a run found and one person may not decide: they
  /// mostly have one cause.
  func openCases(
    for serious: [DiscrepancyKind: [DiscrepancyID]], foundBy run: RunID, at now: Timestamp
  ) throws(StoreError) {
    for kind in DiscrepancyKind.allCases {
      guard let same = serious[kind] else { continue }
      let links = same.map { CaseLink.discrepancy($0) }
      try open(.discrepancy, .high, [.run(run)] + links, by: .system, at: now)
    }
  }

  /// What a decision about an order calls people for, where one look is not enough.
  func openCases(
    for events: [Event], of order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    for event in events {
      switch event.body {
      case .attention(.raised("excess_captured", _)):
        try openOnce(.excess, about: order, at: now)
      // Not by the mark, which may still stand for another refund.
      case .refund(let id, .returned):
        try openOnce(.refundReturned, about: order, [.refund(id)], at: now)
      default: break
      }
    }
  }

  /// A payment that stays without an answer is somebody's work from the second day on.
  func openCase(
    forStale payment: Payment, of order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    let since = payment.createdAt.adding(milliseconds: settings.scaled(Schedule.caseAfter))
    guard payment.state == .stale, now >= since else { return }
    try openOnce(.stalePayment, about: order, [.payment(payment.id)], at: now)
  }

  private func openOnce(
    _ kind: CaseKind, about order: LoadedOrder, _ more: [CaseLink] = [], at now: Timestamp
  ) throws(StoreError) {
    let link = CaseLink.order(order.aggregate.order.id)
    let live = try store.liveCases(about: link)
    guard let known = live.first(where: { $0.kind == kind }) else {
      try open(kind, .normal, [link] + more, by: .system, at: now)
      return
    }
    var decision = CaseDecision(known, at: now, by: .system)
    do throws(Rejection) {
      try decision.link(more)
    } catch {
      // It has more links than anybody reads; the order is among them.
      return
    }
    try keep(decision, by: .system, at: now)
  }

  // MARK: the clock

  /// Escalates cases for which nobody did anything in time.
  func remindOfCases(at now: Timestamp) throws(StoreError) {
    guard let next = try store.nextCaseDue() else { return }
    guard next <= now else { return setTimer(next) }
    for record in try store.dueCases(at: now, limit: Self.remindedAtOnce) {
      var decision = CaseDecision(record, at: now, by: .timer)
      decision.escalate()
      try keep(decision, by: .timer, at: now)
      let owner = record.owner.map { ", owned by \($0)," } ?? ""
      effects.append(
        .alarm("AL8 case \(record.id) (\(record.kind.rawValue))\(owner) is past its time."))
    }
    setTimer(try store.nextCaseDue())
  }

  private static let remindedAtOnce: Int64 = 100
}
