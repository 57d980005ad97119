import Domain
import Gateways
import Store

/// Questions: what is known about each, when it falls due, and asking what is due.
extension PaymentEngine {
  /// The question as the present input has left it.
  func known(
    _ subject: ScheduledQuestion.Subject
  ) throws(StoreError) -> ScheduledQuestion? {
    if let changed = changedQuestions[subject] { return changed }
    return try store.question(subject)
  }

  /// Written once, when the input is done.
  func keep(_ question: ScheduledQuestion) {
    changedQuestions[question.subject] = question
    setTimer(question.nextAt)
  }

  func writeQuestions() throws(StoreError) {
    guard !changedQuestions.isEmpty else { return }
    for question in changedQuestions.values.sorted(by: { $0.subject.text < $1.subject.text }) {
      try store.save(question)
      setTimer(question.nextAt)
    }
    changedQuestions = [:]
  }

  func question(
    of payment: Payment, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) -> ScheduledQuestion {
    try known(.payment(payment.id))
      ?? ScheduledQuestion(
        subject: .payment(payment.id), orderKey: order.key, gateway: payment.gateway,
        rank: Schedule.Rank.young, nextAt: nil, step: .query, since: now)
  }

  func question(
    of refund: Refund, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) -> ScheduledQuestion {
    let gateway = order.aggregate.payment(refund.payment)?.gateway ?? ""
    return try known(.refund(refund.id))
      ?? ScheduledQuestion(
        subject: .refund(refund.id), orderKey: order.key, gateway: gateway,
        rank: Schedule.Rank.young, nextAt: nil, step: .query, since: now)
  }

  /// Sets the next question of everything whose state a decision changed.
  func schedule(
    _ after: LoadedOrder, before: OrderAggregate, at now: Timestamp
  ) throws(StoreError) {
    for payment in after.aggregate.payments {
      let old = before.payment(payment.id)
      guard old?.state != payment.state else { continue }
      if old == nil { try beginBills(of: payment.gateway, at: now) }
      noteBusy(payment.gateway, at: now)
      var question = try question(of: payment, after, at: now)
      // A new state begins its own row of gaps.
      question.asked = 0
      question.failed = 0
      question.since = now
      question.step = payment.state.isOpen ? .query : .guarding
      keep(question)
      try reschedule(after, payment.id, at: now)
    }
    for refund in after.aggregate.refunds
    where before.refund(refund.id)?.state != refund.state {
      guard refund.submittedAt != nil else { continue }
      try rescheduleRefund(after, refund.id, at: now)
    }
    try scheduleDisputes(after, before: before, at: now)
  }

  func reschedule(
    _ order: LoadedOrder, _ id: PaymentID, at now: Timestamp
  ) throws(StoreError) {
    guard let payment = order.aggregate.payment(id), let desk = desks[payment.gateway] else {
      return
    }
    var question = try question(of: payment, order, at: now)
    guard desk.gateway.capabilities.canQuery else {
      // Nobody can be asked; what is left is to notice that it stands still.
      question.nextAt = (staleAt(payment, question) ?? alarmAt(payment, order)).map {
        max($0, now.adding(milliseconds: 1000))
      }
      keep(question)
      return
    }
    let scheduleClass =
      desk.gateway.capabilities.method(named: payment.method)?.schedule ?? .redirect
    let next = scheduler(desk).next(
      for: payment, question, class: scheduleClass, isWatched: isWatched(order, at: now),
      absenceProvesAt: absenceProvesAt(payment),
      canClose: desk.gateway.capabilities.canClose, at: now)
    question.nextAt = Self.earlier(next.at, alarmAt(payment, order))
    question.rank = next.rank
    question.step = next.step
    keep(question)
  }

  /// From when on "does not exist" proves that a payment cannot be paid any more: its gateway's own
  /// margin after the expiry. Nil where it never does.
  func absenceProvesAt(_ payment: Payment) -> Timestamp? {
    desks[payment.gateway]?.gateway.capabilities.absenceProvesClosedAfterMilliseconds
      .map { payment.expiresAt.adding(milliseconds: settings.scaled($0)) }
  }

  func rescheduleRefund(
    _ order: LoadedOrder, _ id: RefundID, at now: Timestamp
  ) throws(StoreError) {
    guard let refund = order.aggregate.refund(id),
      let payment = order.aggregate.payment(refund.payment), let desk = desks[payment.gateway]
    else { return }
    var question = try question(of: refund, order, at: now)
    let next = scheduler(desk).next(
      for: refund, question, delay: desk.gateway.capabilities.refundQueryDelayMilliseconds,
      at: now)
    question.nextAt = Self.earlier(next.at, alarmAt(refund, order))
    question.rank = next.rank
    keep(question)
  }

  func scheduler(_ desk: GatewayDesk) -> Schedule {
    Schedule(
      timeScale: settings.timeScale,
      zoneOffsetMinutes: desk.gateway.capabilities.zoneOffsetMinutes)
  }

  func isWatched(_ order: LoadedOrder, at now: Timestamp) -> Bool {
    guard let watch = watched[order.aggregate.order.id] else { return false }
    return watch.count > 0 || (watch.until.map { now < $0 } ?? false)
  }

  /// Somebody waits for this order now: ask more often.
  func watch(_ id: OrderID, _ isWatched: Bool, at now: Timestamp) throws(StoreError) {
    var watch = watched[id] ?? WatchedOrder(count: 0, until: nil)
    watch.count = max(0, watch.count + (isWatched ? 1 : -1))
    watch.until = now.adding(milliseconds: Int64(Limits.watchedAfterMilliseconds))
    watched[id] = watch
    if watch.count == 0 { setTimer(watch.until) }
    guard isWatched, watch.count == 1, let order = try store.load(.id(id)) else { return }
    for payment in order.aggregate.payments
    where payment.state.isOpen && payment.state != .submitted {
      try reschedule(order, payment.id, at: now)
    }
  }

  private func endWatching(at now: Timestamp) {
    for (id, watch) in watched where watch.count == 0 {
      if let until = watch.until, until <= now { watched[id] = nil }
    }
  }
}

extension PaymentEngine {
  /// Everything whose time has come, a bounded share of it; the rest follows at once.
  func tick(at now: Timestamp) throws(StoreError) {
    wakeAt = nil
    try expireOrders(at: now)
    try endLeases(at: now)
    try alertDisputes(at: now)
    try endPatience(at: now)
    endWatching(at: now)
    try askWhatIsDue(at: now)
    try catchUp(at: now)
    try proveNotices(at: now)
    try sendHooks(at: now)
    try remindOfDiscrepancies(at: now)
    try remindOfCases(at: now)
    try tendBills(at: now)
    try keepPiece(at: now)
    try writePiece(at: now)
    try writeQuestions()
    try index(at: now)
    try sweep(at: now)
    if state == .recovering, try !store.isCatchingUp(gateways: askableGateways) {
      state = .ready
      effects.append(
        .alarm("Whatever was open before the restore and can be asked about has been."))
    }
    try setNextTimer(at: now)
  }

  /// The search index follows the orders in small steps, never in the commit that makes one.
  private func index(at now: Timestamp) throws(StoreError) {
    guard hasUnindexed else { return }
    hasUnindexed = try store.indexOrders(limit: PaymentEngine.indexShare)
    if hasUnindexed { setTimer(now.adding(milliseconds: PaymentEngine.indexGap)) }
  }

  private static let indexShare = 64
  /// A pause between two steps, so that indexing never crowds out callers. Milliseconds.
  static let indexGap: Int64 = 20
  /// How long new orders wait for the index; meanwhile a search reads them directly.
  static let indexDelay: Int64 = 1000

  /// Rows of one kind that a tick takes.
  static let tickShare = 256

  private func expireOrders(at now: Timestamp) throws(StoreError) {
    let keys = try store.expiredOrders(at: now, limit: PaymentEngine.tickShare)
    if keys.count == PaymentEngine.tickShare { setTimer(now) }
    for key in keys {
      guard let order = try store.load(key: key) else { continue }
      var decision = decide(order, by: .timer, at: now)
      decision.expire()
      try record(decision, over: order, at: now)
    }
  }

  private func endLeases(at now: Timestamp) throws(StoreError) {
    let keys = try store.endedLeases(at: now, limit: PaymentEngine.tickShare)
    if keys.count == PaymentEngine.tickShare { setTimer(now) }
    for key in keys {
      guard let order = try store.load(key: key) else { continue }
      var decision = decide(order, by: .timer, at: now)
      decision.endLeases()
      try record(decision, over: order, at: now)
    }
  }

  private func askWhatIsDue(at now: Timestamp) throws(StoreError) {
    for name in gatewayNames {
      for rank in Schedule.Rank.all {
        let isSpare = rank == Schedule.Rank.comparing
        // However many are due, no more are read than may be asked; those under way stand first.
        let turns = desks[name]?.turns(at: now, isSpare: isSpare) ?? 0
        guard turns > 0 else { continue }
        let due = try store.dueQuestions(
          gateway: name, rank: rank, at: now,
          limit: askedNow.count + min(turns, PaymentEngine.tickShare))
        for question in due where askedNow[question.subject] == nil {
          guard desks[name]?.takeTurn(at: now, isSpare: isSpare) == true else { break }
          try askDue(question, at: now)
        }
      }
    }
  }

  private func askDue(
    _ question: ScheduledQuestion, at now: Timestamp
  ) throws(StoreError) {
    guard var order = try store.load(key: question.orderKey) else {
      desks[question.gateway]?.giveBack()
      var orphan = question
      orphan.nextAt = nil
      keep(orphan)
      return
    }
    // What this tick has changed before is not on the disk yet: an order that has just expired
    // begins its closing now.
    let standing = try known(question.subject) ?? question
    order = try callForPeople(order, standing, at: now)
    // Aging may have set the question anew.
    let present = try known(question.subject) ?? question
    if case .payment(let id) = question.subject,
      desks[question.gateway]?.gateway.capabilities.canQuery == false
    {
      desks[question.gateway]?.giveBack()
      try reschedule(order, id, at: now)
      return
    }
    try ask(present, order, hasTurn: true, at: now)
  }

  /// When a payment is called stale if nothing changes; nil for a state that may stand.
  ///
  /// A closing at a gateway that cannot close is no standstill before the gateway can prove
  /// anything: it is what was to be expected.
  func staleAt(_ payment: Payment, _ question: ScheduledQuestion) -> Timestamp? {
    let limit: Int64
    switch payment.state {
    case .submitted, .processing, .unknown: limit = Schedule.staleAfter
    case .closing: limit = Schedule.closingStaleAfter
    case .initial, .awaitingBuyer, .stale, .closed, .failed, .succeeded, .reversed: return nil
    }
    let patience = settings.scaled(limit) + 1
    let plain = question.since.adding(milliseconds: patience)
    guard payment.state == .closing, let proof = absenceProvesAt(payment),
      desks[payment.gateway]?.gateway.capabilities.canClose == false
    else { return plain }
    return max(plain, proof.adding(milliseconds: patience))
  }

  /// When the clock must be fed next.
  private func setNextTimer(at now: Timestamp) throws(StoreError) {
    // What is due now and was left undone waits for something else than time.
    setTimer(try store.nextOrderTimer(after: now))
    setTimer(try store.nextDisputeAlert(after: now))
    setTimer(try store.nextOutbox())
    for list in waiters.values { for waiter in list { setTimer(waiter.until) } }
    for watch in watched.values where watch.count == 0 { setTimer(watch.until) }
    for name in gatewayNames {
      guard let desk = desks[name] else { continue }
      for due in [desk.catchUpAt, desk.proofs.nextAt].compactMap(\.self) {
        // Where all exchanges are under way, the end of one wakes.
        setTimer(due > now ? due : desk.nextTurn(at: now))
      }
      for rank in Schedule.Rank.all {
        setTimer(try store.nextQuestion(gateway: name, rank: rank, after: now))
        // When the budget is what stands in the way, wake when it has grown; when all exchanges
        // are under way, the end of one wakes.
        let due = try store.dueQuestions(
          gateway: name, rank: rank, at: now, limit: askedNow.count + 1)
        if due.contains(where: { askedNow[$0.subject] == nil }) {
          setTimer(desk.nextTurn(at: now, isSpare: rank == Schedule.Rank.comparing))
        }
      }
    }
  }

  /// Makes the questions of an order, or of everything that is open, due now.
  func runPolls(
    _ reference: OrderReference?, _ caller: Caller, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    guard let reference else {
      let count = try stored { () throws(StoreError) in try store.makeAllDue(at: now) }
      setTimer(now)
      return .done(.polled(count: count))
    }
    let loaded = try order(reference, for: caller)
    return try stored { () throws(StoreError) in
      var count: Int64 = 0
      for payment in loaded.aggregate.payments where payment.state != .submitted {
        guard desks[payment.gateway]?.gateway.capabilities.canQuery == true else { continue }
        var question = try question(of: payment, loaded, at: now)
        question.nextAt = now
        question.rank = Schedule.Rank.watched
        keep(question)
        count += 1
      }
      for refund in loaded.aggregate.refunds where refund.state.isInFlight {
        var question = try question(of: refund, loaded, at: now)
        question.nextAt = now
        question.rank = Schedule.Rank.watched
        keep(question)
        count += 1
      }
      for dispute in loaded.aggregate.disputes where dispute.state.isOpen {
        let name = loaded.aggregate.gateway(of: dispute)
        guard desks[name]?.gateway.capabilities.canQueryDisputes == true else { continue }
        var question = try question(of: dispute, loaded, at: now)
        question.nextAt = now
        question.rank = Schedule.Rank.watched
        keep(question)
        count += 1
      }
      return .done(.polled(count: count))
    }
  }
}
