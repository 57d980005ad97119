import Domain
import Store

/// From a request to its answer: key look-up first, then the rules, then the reply.
extension PaymentEngine {
  func perform(_ request: Request, at now: Timestamp) throws(StoreError) {
    if let key = request.key {
      if try answerFromKey(key, request, at: now) { return }
    }
    if request.isDryRun {
      try performDry(request, at: now)
      return
    }
    let outcome = try carriedOut(request, at: now)
    switch outcome {
    case .waits: return
    case .done(let reply):
      try remember(request, reply: .success(reply), at: now)
      answer(request.token, .success(reply))
    case .refused(let refusal):
      try remember(request, reply: .failure(refusal), at: now)
      answer(request.token, .failure(refusal))
    }
  }

  /// What a command came to.
  enum CommandOutcome {
    case done(Reply)
    case refused(Refusal)
    /// A gateway is being asked; the caller was put among the waiters.
    case waits
  }

  private func carriedOut(_ request: Request, at now: Timestamp) throws(StoreError)
    -> CommandOutcome
  {
    do throws(CommandStop) {
      return try carryOut(request, at: now)
    } catch {
      switch error {
      case .refused(let rejection): return .refused(Refusal(rejection))
      case .failed(let fault): throw fault
      }
    }
  }

  /// Tries everything and takes it all back.
  private func performDry(_ request: Request, at now: Timestamp) throws(StoreError) {
    isTrial = true
    defer { isTrial = false }
    let memory = memory
    let outcome = try store.part(
      { () throws(StoreError) in try carriedOut(request, at: now) },
      keeps: { (_: CommandOutcome) in false })
    self.memory = memory
    switch outcome {
    case .done(let reply): answer(request.token, .success(reply))
    case .refused(let refusal): answer(request.token, .failure(refusal))
    case .waits: preconditionFailure("a dry run asks no gateway")
    }
  }

  func answer(
    _ token: ReplyToken, _ result: Result<Reply, Refusal>, isReplayed: Bool = false
  ) {
    effects.append(
      .answer(
        Answer(
          token: token, result: result, isReplayed: isReplayed, sequence: store.lastSequence)))
  }

  /// A caller has gone; what it asked for goes on.
  func forget(_ token: ReplyToken) {
    for (subject, list) in waiters where list.contains(where: { $0.token == token }) {
      let rest = list.filter { $0.token != token }
      waiters[subject] = rest.isEmpty ? nil : rest
    }
  }

  func carryOut(_ request: Request, at now: Timestamp) throws(CommandStop) -> CommandOutcome {
    let caller = request.caller
    switch request.command {
    case .orderCreate(let order): return try createOrder(order, request, at: now)
    case .orderCancel(let order, let reason):
      return try cancelOrder(order, reason, request, at: now)
    case .orderAccept(let order, let reason):
      return try acceptOrder(order, reason, request, at: now)
    case .orderErasePersonal(let order): return try erasePersonal(order, request, at: now)
    case .paymentCreate(let order): return try createPayment(order, request, at: now)
    case .paymentQuery(let id): return try queryPayment(id, request, at: now)
    case .paymentClose(let id): return try closePayment(id, request, at: now)
    case .paymentResolve(let id, let amount, let proof, let reason):
      return try resolvePayment(id, amount, proof, reason, request, at: now)
    case .paymentResolveUnpaid(let id, let proof, let reason):
      return try resolveUnpaid(id, proof, reason, request, at: now)
    case .notificationIngest(let gateway, let notification):
      return try ingest(notification, gateway: gateway, at: now)
    case .notificationReplay(let id): return try replay(id, at: now)
    case .refundCreate(let payment, let amount, let note):
      return try createRefund(payment, amount, note, request, at: now)
    case .refundApprove(let id): return try approveRefund(id, request, at: now)
    case .refundReject(let id, let reason):
      return try rejectRefund(id, reason, request, at: now)
    case .refundQuery(let id): return try queryRefund(id, request, at: now)
    case .disputeQuery(let id): return try queryDispute(id, request, at: now)
    case .disputeAttach(let id, let wish): return try attach(wish, to: id, request, at: now)
    case .deliveryClaim, .deliveryComplete, .deliveryFail, .deliveryRelease, .deliveryHold,
      .deliveryUnhold, .deliveryRetry, .deliveryRevoke:
      return try carryOutDelivery(request, at: now)
    case .gatewayPause(let name): return try pause(name, true)
    case .gatewayResume(let name): return try pause(name, false)
    case .gatewayCheck(let name): return try check(name, request, at: now)
    case .pollRun(let order): return try runPolls(order, caller, at: now)
    case .consumerAcknowledge(let consumer, let epoch, let sequence):
      return try acknowledge(consumer, epoch, sequence, caller, at: now)
    case .hookRetry(let id): return try retryHook(id, at: now)
    case .statementBegin(let name, let byteCount, let digest):
      return try beginStatement(name, byteCount, digest, request, at: now)
    case .statementAppend(let id, let place, let bytes):
      return try append(bytes, to: id, at: place, caller)
    case .statementImport(let draft): return try importStatement(draft, request, at: now)
    case .reconcile(let draft): return try reconcile(draft, request, at: now)
    case .runSign(let id, let seen): return try signRun(id, seen: seen, request, at: now)
    case .discrepancyPropose(let wish): return try propose(wish, request, at: now)
    case .discrepancyConfirm(let id): return try confirm(id, request, at: now)
    case .discrepancyReject(let id, let reason):
      return try rejectProposal(id, reason: reason, request, at: now)
    case .discrepancyUndo(let id, let reason):
      return try undoDecision(id, reason: reason, request, at: now)
    case .cases(let wish): return try carryOut(wish, request, at: now)
    case .ruleActivate(let study, let mode):
      return try activateRule(study, mode, request, at: now)
    case .ruleDeactivate(let id, let reason):
      return try deactivateRule(id, reason: reason, request, at: now)
    case .billFetch(let gateway, let kind, let day):
      return try fetchBills(of: gateway, kind, day, at: now)
    case .batch(let calls): return try carryOutBatch(calls, request, at: now)
    }
  }

  /// All calls or none. Each one sees what the ones before it did.
  private func carryOutBatch(
    _ calls: [BatchedCommand], _ request: Request, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    if let index = calls.firstIndex(where: { $0.command.needsGateway }) {
      throw .refused(
        Rejection(
          .notBatchable, "\(calls[index].method) waits for others and cannot be in a batch.",
          path: "/params/calls/\(index)/method"))
    }
    var replies: [Reply] = []
    let memory = memory
    let wasTrial = isTrial
    isTrial = true
    defer { isTrial = wasTrial }
    let stop = try stored { () throws(StoreError) -> Rejection? in
      try store.part(
        { () throws(StoreError) -> Rejection? in
          for (index, call) in calls.enumerated() {
            let single = Request(
              token: request.token, method: call.method, caller: request.caller,
              command: call.command, key: nil, isDryRun: false, trace: request.trace,
              patienceMilliseconds: 0)
            switch try carriedOut(single, at: now) {
            case .done(let reply): replies.append(reply)
            case .refused(let refusal): return Self.batchFailed(index, call, refusal.rejection)
            case .waits: preconditionFailure("a batch asks no gateway")
            }
          }
          return nil
        }, keeps: { $0 == nil })
    }
    if let stop {
      self.memory = memory
      throw .refused(stop)
    }
    // What was kept may have set timers, which the trial left alone.
    wakeAt = now
    return .done(.batch(replies))
  }

  private static func batchFailed(
    _ index: Int, _ call: BatchedCommand, _ cause: Rejection
  ) -> Rejection {
    Rejection(
      .batchFailed, "Call \(index) (\(call.method)) was refused: \(cause.message)",
      hint: cause.hint, path: "/params/calls/\(index)\(cause.path ?? "")",
      details: [
        .init("index", .integer(Int64(index))), .init("code", .text(cause.code.rawValue)),
        .init("message", .text(cause.message)),
      ] + cause.details)
  }
}

/// Why a command stopped: a rule said no, or the database failed.
enum CommandStop: Error {
  case refused(Rejection)
  case failed(StoreError)
}

extension PaymentEngine {
  /// Runs database work inside a command.
  func stored<Value>(_ body: () throws(StoreError) -> Value) throws(CommandStop) -> Value {
    do throws(StoreError) { return try body() } catch { throw .failed(error) }
  }

  /// Runs a rule inside a command.
  func ruled<Value>(_ body: () throws(Rejection) -> Value) throws(CommandStop) -> Value {
    do throws(Rejection) { return try body() } catch { throw .refused(error) }
  }

  /// The order a caller means, if it may know of it.
  func order(
    _ reference: OrderReference, for caller: Caller
  ) throws(CommandStop) -> LoadedOrder {
    let found = try stored { () throws(StoreError) in try store.load(reference) }
    guard let found, mayKnow(found, caller) else {
      let name =
        switch reference {
        case .id(let id): id.text
        case .number(let number): number
        }
      throw .refused(
        Rejection(
          .orderNotFound, "There is no order \(name).", path: "/params/order"))
    }
    return found
  }

  func order(
    ofPayment id: PaymentID, for caller: Caller
  ) throws(CommandStop) -> LoadedOrder {
    let found = try stored { () throws(StoreError) in try store.load(payment: id) }
    guard let found, mayKnow(found, caller) else {
      throw .refused(
        Rejection(
          .paymentNotFound, "There is no payment \(id).", path: "/params/payment"))
    }
    return found
  }

  func order(ofRefund id: RefundID, for caller: Caller) throws(CommandStop) -> LoadedOrder {
    let found = try stored { () throws(StoreError) in try store.load(refund: id) }
    guard let found, mayKnow(found, caller) else {
      throw .refused(
        Rejection(
          .refundNotFound, "There is no refund \(id).", path: "/params/refund"))
    }
    return found
  }

  func order(ofClaim id: ClaimID, for caller: Caller) throws(CommandStop) -> LoadedOrder {
    let found = try stored { () throws(StoreError) in try store.load(claim: id) }
    guard let found, mayKnow(found, caller) else {
      throw .refused(
        Rejection(
          .claimNotFound, "There is no claim \(id).", path: "/params/claim"))
    }
    return found
  }

  func mayKnow(_ order: LoadedOrder, _ caller: Caller) -> Bool {
    caller.seesAll || order.aggregate.order.owner.utf8.elementsEqual(caller.principal.utf8)
  }

  func desk(_ name: String) throws(CommandStop) -> GatewayDesk {
    guard let desk = desks[name] else {
      throw .refused(
        Rejection(
          .gatewayNotFound, "No gateway is configured as “\(name)”.", path: "/params/gateway",
          details: [.init("did_you_mean", .list(Array(gatewayNames.prefix(Limits.suggestions))))]))
    }
    return desk
  }

  /// Refuses where something changed since the caller looked.
  func requireVersion(_ version: Int64, _ request: Request) throws(CommandStop) {
    guard let expected = request.expectedVersion, expected != version else { return }
    throw .refused(
      Rejection(
        .versionMismatch, "It has changed: it is at version \(version), you saw \(expected).",
        hint: "Look again, then decide again.", path: "/params/version",
        details: [.init("version", .integer(version))]))
  }
}
