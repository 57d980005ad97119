import Domain
import Gateways
import JSON
import Store

extension PaymentEngine {
  func createPayment(
    _ wish: PaymentOrder, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let desk = try desk(wish.gateway)
    let before = try order(wish.order, for: request.caller)
    guard !desk.isPaused else {
      throw .refused(
        Rejection(
          .gatewayPaused, "The gateway \(wish.gateway) takes no new payments at the moment.",
          hint: "Offer another gateway, or use gateway.resume.", path: "/params/gateway",
          details: [.init("gateway", .text(wish.gateway))]))
    }
    let draft = try draft(wish, before.aggregate.order, desk.gateway, at: now)
    var decision = decide(before, request, at: now)
    switch try ruled({ () throws(Rejection) in try decision.openPayment(draft) }) {
    case .reused(let id): return try reuse(id, decision, over: before, request, at: now)
    case .blocked(let rejection):
      _ = try commit(decision, over: before, at: now)
      return .refused(Refusal(rejection))
    case .opened(let id):
      return try open(id, decision, over: before, wish, request, at: now)
    }
  }

  /// What the gateway is asked for, checked against what it can do.
  private func draft(
    _ wish: PaymentOrder, _ order: Order, _ gateway: any Gateway, at now: Timestamp
  ) throws(CommandStop) -> PaymentDraft {
    let capabilities = gateway.capabilities
    let wanted = wish.method ?? capabilities.methods[0].name
    guard let method = capabilities.method(named: wanted) else {
      throw .refused(
        Rejection(
          .gatewayNotSupported, "\(gateway.name) has no method “\(wanted)”.",
          path: "/params/method",
          details: [
            .init("gateway", .text(gateway.name)),
            .init("supported", .list(capabilities.methods.map(\.name))),
          ]))
    }
    let currency = order.amount.currency.code
    guard capabilities.currencies.isEmpty
      || capabilities.currencies.contains(where: { $0.utf8.elementsEqual(currency.utf8) })
    else {
      throw .refused(
        Rejection(
          .gatewayNotSupported, "\(gateway.name) does not take \(currency).",
          path: "/params/gateway",
          details: [
            .init("gateway", .text(gateway.name)),
            .init("supported", .list(capabilities.currencies)),
          ]))
    }
    let rule = capabilities.amountRule(for: order.amount.currency)
    guard rule.allows(order.amount.minor) else {
      throw .refused(
        Rejection(
          .gatewayNotSupported, "\(gateway.name) does not take \(order.amount).",
          path: "/params/gateway",
          details: [
            .init("gateway", .text(gateway.name)),
            .init("supported", .list([rule.text])),
          ]))
    }
    return PaymentDraft(
      gateway: gateway.name, kind: gateway.kind, method: method.name, amount: order.amount,
      outTradeNumber: identifiers.next(PaymentKind.self, at: now).letters,
      expiresAt: order.expiresAt, isTest: !capabilities.isReal)
  }

  /// A second click: the payment that is open is handed back, without a call.
  private func reuse(
    _ id: PaymentID, _ decision: OrderDecision, over before: LoadedOrder, _ request: Request,
    at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    guard let payment = decision.aggregate.payment(id) else {
      preconditionFailure("a reused payment exists")
    }
    let isMended = mayBeRepeated(payment)
    if payment.state == .submitted || isMended, !isTrial {
      try stored { () throws(StoreError) in
        if isMended { try hurryMending(payment, before, at: now) }
        try wait(request, .outcome(.payment(id)), isReused: true, at: now)
      }
      return .waits
    }
    return try stored { () throws(StoreError) in
      .done(.payment(try view(payment), isReused: true))
    }
  }

  private func open(
    _ id: PaymentID, _ decision: OrderDecision, over before: LoadedOrder, _ wish: PaymentOrder,
    _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    var decision = decision
    guard let payment = decision.aggregate.payment(id), let desk = desks[payment.gateway] else {
      preconditionFailure("an opened payment has a gateway")
    }
    let facts = Self.facts(
      payment, decision.order, returnURL: wish.returnURL, clientIP: wish.clientIP,
      payer: wish.payer)
    let plan: GatewayPlan
    do throws(Fault) {
      plan = try desk.gateway.plan(.create(facts), at: now)
    } catch { throw .refused(Self.rejection(error, gateway: payment.gateway)) }
    switch plan {
    case .settled(let reading):
      if case .payment(let sighting) = reading {
        let own = Evidence(
          id: id.text, source: .create, strength: .answer, at: now, digest: "")
        _ = decision.observe(id, sighting, own)
      }
      let after = try commit(decision, over: before, at: now)
      return try stored { () throws(StoreError) in
        guard let payment = after.aggregate.payment(id) else {
          preconditionFailure("a recorded payment exists")
        }
        return .done(.payment(try view(payment), isReused: false))
      }
    case .exchange(let bytes):
      let after = try commit(decision, over: before, at: now)
      return try stored { () throws(StoreError) in
        if isTrial { return .done(.payment(try view(payment), isReused: false)) }
        try launch(
          .create(facts), bytes, after, payment: id, refund: nil, gateway: payment.gateway,
          privateFacts: PaymentWish(wish).text, at: now)
        try wait(request, .outcome(.payment(id)), isReused: false, at: now)
        // A notice that came before its payment was known may tell the outcome at once.
        try replayParked(payment, at: now)
        return .waits
      }
    }
  }

  /// Where the gateway tells its own number of a payment, or the charge's, notices that named the
  /// payment by it and came too early are taken again.
  func replayParkedByGateway(
    _ payment: Payment, before: Payment?, at now: Timestamp
  ) throws(StoreError) {
    for (number, old) in [
      (payment.gatewayPayment, before?.gatewayPayment),
      (payment.gatewayTransaction, before?.gatewayTransaction),
    ] {
      if let number, number != old { try replayParked(payment, named: number, at: now) }
    }
  }

  static func facts(
    _ payment: Payment, _ order: Order, returnURL: String? = nil, clientIP: String? = nil,
    payer: String? = nil, isWanted: Bool = true, takenAt: Timestamp? = nil
  ) -> PaymentFacts {
    PaymentFacts(
      outTradeNumber: payment.outTradeNumber, amount: payment.amount, subject: order.subject,
      method: payment.method, returnURL: returnURL, clientIP: clientIP, payer: payer,
      createdAt: payment.createdAt, expiresAt: payment.expiresAt,
      gatewayTransaction: payment.gatewayTransaction, gatewayPayment: payment.gatewayPayment,
      isWanted: isWanted, takenAt: takenAt)
  }

  /// An error reply for a call that could not be made.
  static func rejection(_ fault: Fault, gateway: String) -> Rejection {
    let code: ErrorCode =
      switch fault.reason.code {
      case FaultCode.unreachable: .gatewayUnreachable
      case FaultCode.timeout: .gatewayTimeout
      case FaultCode.limited: .gatewayRateLimited
      case FaultCode.authentication: .gatewayAuth
      case FaultCode.rejected: .gatewayRejected
      default: .gatewayBadReply
      }
    let own = fault.reason.gatewayCode.map { [Rejection.Detail("gateway_code", .text($0))] } ?? []
    return Rejection(
      code, "\(gateway): \(fault.reason.text)",
      details: [.init("gateway", .text(gateway))] + own)
  }

  func closePayment(
    _ id: PaymentID, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let before = try order(ofPayment: id, for: request.caller)
    try requireHeard(before)
    var decision = decide(before, request, at: now)
    try ruled { () throws(Rejection) in try decision.closePayment(id) }
    let after = try commit(decision, over: before, at: now)
    return try stored { () throws(StoreError) in
      guard let payment = after.aggregate.payment(id) else {
        preconditionFailure("a payment does not vanish")
      }
      return .done(
        .paymentClosing(try view(payment), isClosing: payment.state == .closing))
    }
  }

  func resolvePayment(
    _ id: PaymentID, _ amount: Money?, _ proof: String, _ reason: String, _ request: Request,
    at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let before = try order(ofPayment: id, for: request.caller)
    guard let payment = before.aggregate.payment(id) else {
      preconditionFailure("the order of a payment holds it")
    }
    let holder = try stored { () throws(StoreError) in
      try store.payment(gateway: payment.gateway, transaction: proof)
    }
    guard holder == nil || holder == id else {
      throw .refused(
        Rejection(
          .alreadyExists, "The proof \(proof) stands on another payment already.",
          path: "/params/evidence"))
    }
    var decision = decide(before, request, at: now)
    let isResolved = try ruled { () throws(Rejection) in
      try decision.resolve(id, amount: amount, proof: proof, reason: reason)
    }
    return try resolved(id, isResolved, decision, over: before, at: now)
  }

  /// People end only what no gateway can: where it can be asked, its own word closes a payment.
  func resolveUnpaid(
    _ id: PaymentID, _ proof: String, _ reason: String, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let before = try order(ofPayment: id, for: request.caller)
    let gateway = before.aggregate.payment(id)?.gateway ?? ""
    guard desks[gateway]?.gateway.capabilities.canQuery != true else {
      throw .refused(
        Rejection(
          .illegalTransition, "\(gateway) can be asked, and says itself when nothing was paid.",
          hint: "Use payment.close.", path: "/params/unpaid"))
    }
    var decision = decide(before, request, at: now)
    let isResolved = try ruled { () throws(Rejection) in
      try decision.resolveUnpaid(id, proof: proof, reason: reason)
    }
    return try resolved(id, isResolved, decision, over: before, at: now)
  }

  private func resolved(
    _ id: PaymentID, _ isResolved: Bool, _ decision: OrderDecision, over before: LoadedOrder,
    at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let after = try commit(decision, over: before, at: now)
    return try stored { () throws(StoreError) in
      guard let payment = after.aggregate.payment(id) else {
        preconditionFailure("a payment does not vanish")
      }
      return .done(.paymentResolved(try view(payment), isResolved: isResolved))
    }
  }

  /// Asks the gateway now, or joins the question that is being asked.
  func queryPayment(
    _ id: PaymentID, _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let loaded = try order(ofPayment: id, for: request.caller)
    guard let payment = loaded.aggregate.payment(id) else {
      preconditionFailure("the order of a payment holds it")
    }
    _ = try desk(payment.gateway)
    let subject = ScheduledQuestion.Subject.payment(id)
    return try stored { () throws(StoreError) in
      // Reused: an answer that was there already.
      var present = CommandOutcome.done(.payment(try view(payment), isReused: true))
      if isTrial { return present }
      if askedNow[subject] == nil {
        guard desks[payment.gateway]?.gateway.capabilities.canQuery == true else { return present }
        var question = try question(of: payment, loaded, at: now)
        if let last = question.askedAt,
          now.milliseconds(since: last) < Int64(Limits.queryIntervalMilliseconds)
        {
          return present
        }
        question.rank = Schedule.Rank.watched
        try ask(question, loaded, hasTurn: false, at: now)
        // Answered without a call.
        if askedNow[subject] == nil,
          let after = try store.load(key: loaded.key)?.aggregate.payment(id)
        {
          present = .done(.payment(try view(after), isReused: false))
        }
      }
      guard askedNow[subject] != nil else { return present }
      try wait(request, .question(subject), isReused: false, at: now)
      return .waits
    }
  }
}
