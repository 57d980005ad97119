import Crypto
import Domain
import Gateways
import Store

/// Disputes: asking how they stand, telling people of due dates, keeping what supports our side.
extension PaymentEngine {
  func question(
    of dispute: Dispute, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) -> ScheduledQuestion {
    try known(.dispute(dispute.id))
      ?? ScheduledQuestion(
        subject: .dispute(dispute.id), orderKey: order.key,
        gateway: order.aggregate.gateway(of: dispute), rank: Schedule.Rank.young, nextAt: nil,
        step: .query, since: now)
  }

  func rescheduleDispute(
    _ order: LoadedOrder, _ id: DisputeID, at now: Timestamp
  ) throws(StoreError) {
    guard let dispute = order.aggregate.dispute(id),
      let desk = desks[order.aggregate.gateway(of: dispute)]
    else { return }
    var question = try question(of: dispute, order, at: now)
    guard desk.gateway.capabilities.canQueryDisputes else {
      question.nextAt = nil
      keep(question)
      return
    }
    let next = scheduler(desk).next(for: dispute, question, at: now)
    question.nextAt = next.at
    question.rank = next.rank
    question.step = next.step
    keep(question)
  }

  /// What an answer or a notice changed is asked about by the schedule of its new state.
  func scheduleDisputes(
    _ after: LoadedOrder, before: OrderAggregate, at now: Timestamp
  ) throws(StoreError) {
    for dispute in after.aggregate.disputes {
      let old = before.dispute(dispute.id)
      if dispute.nextAlertAt != old?.nextAlertAt { setTimer(dispute.nextAlertAt) }
      guard dispute.evidence != old?.evidence else { continue }
      var question = try question(of: dispute, after, at: now)
      if old?.state != dispute.state {
        question.asked = 0
        question.failed = 0
        question.since = now
      }
      keep(question)
      try rescheduleDispute(after, dispute.id, at: now)
    }
  }

  /// How it stands at the gateway decides, and is asked for now: about the dispute where it is
  /// known, else about its payment.
  func askSoon(
    about sighting: DisputeSighting, of id: PaymentID, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    let known = order.aggregate.disputes.first {
      $0.gatewayDispute.utf8.elementsEqual(sighting.gatewayDispute.utf8)
    }
    guard let known, desks[order.aggregate.gateway(of: known)]?.gateway.capabilities
      .canQueryDisputes == true
    else {
      try askSoon(id, order, for: .lookingForDispute, at: now)
      return
    }
    try askSoon(about: known, order, at: now)
  }

  func askSoon(
    about dispute: Dispute, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    var question = try question(of: dispute, order, at: now)
    question.nextAt = now
    question.rank = Schedule.Rank.closing
    keep(question)
    if askedNow[question.subject] != nil { askAgain.insert(question.subject) }
  }

  /// A gateway's number of a dispute stands on one payment only.
  func isForeign(
    _ sighting: DisputeSighting, _ id: PaymentID, _ order: LoadedOrder
  ) throws(StoreError) -> Bool {
    guard let payment = order.aggregate.payment(id) else { return false }
    let holder = try store.payment(gateway: payment.gateway, dispute: sighting.gatewayDispute)
    return holder != nil && holder != id
  }

  /// The answer to a question about a dispute.
  func takeDispute(
    _ reading: Result<GatewayReading, Fault>, _ result: Result<GatewayAnswer, Fault>,
    _ flight: Flight, _ id: CallID, _ dispute: DisputeID, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    guard let present = order.aggregate.dispute(dispute) else { return }
    var question = try question(of: present, order, at: now)
    question.asked += 1
    question.queries += 1
    question.askedAt = now
    switch reading {
    case .failure(let fault):
      question.failed += 1
      keep(question)
      try endCall(flight, result, fault: fault, at: now)
      try rescheduleDispute(order, dispute, at: now)
      failQuestion(.dispute(dispute), fault, gateway: flight.gateway)
    case .success(.dispute(let sighting)):
      question.failed = 0
      question.unchanged = max(0, question.unchanged)
      let evidence = evidence(flight, id, result, at: now)
      var decision = decide(order, by: .poller, at: now)
      let isNew = decision.observeDispute(of: present.payment, sighting, evidence) == .applied
      if !isNew {
        question.unchanged += 1
        question.unchangedDigest = evidence.digest
      }
      keep(question)
      var after = order
      if isNew {
        try endCall(
          flight, result, fault: nil, id: evidence.id, order: order, payment: present.payment,
          at: now)
        after = try record(decision, over: order, at: now)
      }
      try rescheduleDispute(after, dispute, at: now)
    case .success(.payment), .success(.findings), .success(.refund), .success(.closeAccepted),
      .success(.refused), .success(.check), .success(.next), .success(.happened),
      .success(.notice):
      preconditionFailure("an adapter answered another question")
    }
    try finishQuestion(.dispute(dispute), at: now)
  }

  /// Tells people that an answer is still waited for (AL19), each time once, also after a restart.
  func alertDisputes(at now: Timestamp) throws(StoreError) {
    let keys = try store.disputeAlerts(at: now, limit: PaymentEngine.tickShare)
    if keys.count == PaymentEngine.tickShare { setTimer(now) }
    for key in keys {
      guard let order = try store.load(key: key) else { continue }
      var decision = decide(order, by: .timer, at: now)
      for (dispute, hours) in decision.alertDisputes() {
        let gateway = order.aggregate.gateway(of: dispute)
        let left = hours == 0
          ? "the time to answer has passed" : "an answer is due within \(hours) hours"
        effects.append(
          .alarm(
            "AL19 \(gateway): dispute \(dispute.id) (\(dispute.gatewayDispute)) over "
              + "\(dispute.terms.amount): \(left)."))
      }
      try record(decision, over: order, at: now)
    }
  }

  func queryDispute(
    _ id: DisputeID, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let loaded = try order(ofDispute: id, for: request.caller)
    guard let dispute = loaded.aggregate.dispute(id) else {
      preconditionFailure("the order of a dispute holds it")
    }
    let name = loaded.aggregate.gateway(of: dispute)
    guard try desk(name).gateway.capabilities.canQueryDisputes else {
      throw .refused(
        Rejection(
          .gatewayNotSupported, "\(name) cannot be asked about disputes.",
          hint: "Look at the gateway's own desk.", details: [.init("gateway", .text(name))]))
    }
    let subject = ScheduledQuestion.Subject.dispute(id)
    return try stored { () throws(StoreError) in
      let present = CommandOutcome.done(
        .dispute(try view(dispute, loaded.aggregate), isAsked: false))
      let question = try question(of: dispute, loaded, at: now)
      guard !isTrial, try askNow(question, loaded, at: now) else { return present }
      try wait(request, .question(subject), isReused: false, at: now)
      return .waits
    }
  }

  func attach(
    _ wish: AttachmentWish, to id: DisputeID, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let before = try order(ofDispute: id, for: request.caller)
    guard let dispute = before.aggregate.dispute(id) else {
      preconditionFailure("the order of a dispute holds it")
    }
    let digest = SHA256.hash(wish.content.bytes).hex
    let same = dispute.attachments.first {
      $0.kind == wish.kind && $0.digest.utf8.elementsEqual(digest.utf8)
    }
    if let same {
      return try stored { () throws(StoreError) in
        .done(.attached(try view(dispute, before.aggregate), same.id, isKnown: true))
      }
    }
    let attachment = DisputeAttachment(
      id: identifiers.next(AttachmentKind.self, at: now), kind: wish.kind,
      mediaType: wish.mediaType, bytes: Int64(wish.content.bytes.count), digest: digest,
      by: request.caller.actor.text, at: now)
    var decision = decide(before, request, at: now)
    try ruled { () throws(Rejection) in try decision.attach(attachment, to: id) }
    let after = try commit(decision, over: before, at: now)
    return try stored { () throws(StoreError) in
      try store.save(wish.content, of: attachment.id, orderKey: before.key)
      return .done(
        .attached(
          try view(after.aggregate.dispute(id) ?? dispute, after.aggregate), attachment.id,
          isKnown: false))
    }
  }

  func order(ofDispute id: DisputeID, for caller: Caller) throws(CommandStop) -> LoadedOrder {
    let found = try stored { () throws(StoreError) in try store.load(dispute: id) }
    guard let found, mayKnow(found, caller) else {
      throw .refused(
        Rejection(.disputeNotFound, "There is no dispute \(id).", path: "/params/dispute"))
    }
    return found
  }

  func view(
    _ dispute: Dispute, _ aggregate: OrderAggregate
  ) throws(StoreError) -> DisputeView {
    DisputeView(
      dispute: dispute, gateway: aggregate.gateway(of: dispute),
      nextQueryAt: try known(.dispute(dispute.id))?.nextAt)
  }
}
