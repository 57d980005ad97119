import Domain
import Engine
import JSON
import Platform
import Store
import Synchronization
import Wire

extension Session {
  /// Starts a request.
  func begin(_ envelope: RequestEnvelope, at now: Int64) {
    record.lastRequestAt.store(context.services.clock().milliseconds, ordering: .relaxed)
    // Answered without its id: the one in flight will be answered under it.
    if flights.contains(envelope.id) {
      fail(.duplicateID)
      return
    }
    do throws(WireError) {
      let method = try Method.named(envelope.method)
      let call = Call(
        method: method, envelope: envelope, identity: identity, number: nextNumber(),
        arrivedMilliseconds: now / 1_000_000, now: context.core.published)
      do throws(WireError) {
        try admit(method)
        try start(call, at: now)
      } catch {
        refuse(error, of: call)
      }
    } catch {
      refuse(error, id: envelope.id, method: nil, trace: envelope.options.trace)
    }
  }

  /// A refusal before anything was begun. A key that was used before decides over faults of form.
  private func refuse(_ error: WireError, of call: Call) {
    let isOfForm = error.code.errorClass == .invalid && call.method.keyRule != .never
    guard isOfForm, let key = call.envelope.options.idempotencyKey, !context.isDraining else {
      refuse(error, id: call.envelope.id, method: call.method, trace: call.envelope.options.trace)
      return
    }
    let serial = insert(call, at: SystemClock.monotonicNanoseconds(), isCounted: true)
    run(.read(.light, KeyDispatch.check(key, else: error)), call, serial)
  }

  private func admit(_ method: Method) throws(WireError) {
    guard !identity.roles.isDisjoint(with: method.roles) else {
      throw WireError(
        .roleTooLow, "None of your roles has \(method.rawValue).",
        details: JSONObject([
          ("roles", .array(method.roles.names.map { .string($0) }))
        ]))
    }
    guard method.isExempt || flights.countedCount < context.limits.inFlight else {
      throw WireError(
        .tooManyInFlight, "\(flights.countedCount) requests are in flight on this connection.",
        details: JSONObject([("limit", .integer(Int64(context.limits.inFlight)))]))
    }
    guard !context.isDraining || method.isAnsweredWhileDraining else {
      throw WireError(
        .draining, "The daemon is stopping and takes no new work.",
        retryAfterMilliseconds: Int64(context.limits.drainMilliseconds))
    }
  }

  private func start(_ call: Call, at now: Int64) throws(WireError) {
    switch call.method {
    case .sessionHello:
      answer(call, at: now, try hello(call))
    case .sessionCancel:
      answer(call, at: now, cancel(try call.params(SessionCancelRequest.self).target))
    default:
      var call = call
      let plan = try Dispatch.plan(&call, context)
      if case .reply(let object) = plan {
        answer(call, at: now, object)
        return
      }
      if plan.isWait { call = call.withoutParams }
      let serial = insert(call, at: now, isCounted: !call.method.isExempt)
      if plan.isWrite, let flight = flights[serial] { holdKey(of: flight) }
      run(plan, call, serial)
    }
  }

  /// Answers at once, from memory.
  private func answer(_ call: Call, at now: Int64, _ object: any WireObject) {
    let line = ReplyLines.result(id: call.envelope.id) { writer in
      object.writeMembers(to: &writer)
    }
    send(checked(line, call))
    finishRecord(call, startedNanoseconds: now, outcome: nil)
  }

  private func insert(_ call: Call, at now: Int64, isCounted: Bool) -> UInt32 {
    let serial = flights.nextSerial()
    flights.insert(
      Flight(
        id: call.envelope.id, serial: serial, call: call, startedNanoseconds: now,
        isCounted: isCounted, stage: .working))
    updateCounts()
    if let timeout = call.envelope.options.timeoutMilliseconds {
      loop.setDeadline(now / 1_000_000 + timeout, session: number, serial: serial)
    }
    return serial
  }

  /// Carries out a plan, or holds it until the writes before it have answered.
  private func run(_ plan: Plan, _ call: Call, _ serial: UInt32) {
    switch plan {
    case .reply(let object): finish(serial, .success(object), sequence: nil)
    case .write(let command, let version):
      write(command, expecting: version, call, serial)
    case .work(let job): work(job, serial)
    case .read, .readAt, .lookUpKey, .checkedWrite, .preparedWrite, .waitForOrder,
      .waitForEvents, .subscribe:
      if flights.writesCount > 0 || flights.heldCount > 0 {
        flights.move(serial, to: .held(plan))
      } else {
        look(plan, call, serial)
      }
    }
  }

  /// Starts what looks at the store.
  func look(_ plan: Plan, _ call: Call, _ serial: UInt32) {
    switch plan {
    case .read(let weight, let body):
      flights.move(serial, to: .reading)
      read(weight: weight, call, serial) { scope in (try body(scope), scope.last) }
    case .readAt(let body):
      flights.move(serial, to: .reading)
      read(weight: .light, call, serial, body)
    case .lookUpKey(let key): lookUpKey(key, call, serial)
    case .checkedWrite(let command, let check):
      flights.move(serial, to: .reading)
      lookUp(serial, call, check) { [self] outcome in
        switch outcome {
        case .success: write(command, expecting: nil, call, serial)
        case .failure(let error): finish(serial, .failure(error), sequence: nil)
        }
      }
    case .preparedWrite(let prepare):
      flights.move(serial, to: .reading)
      lookUp(serial, call, weight: .heavy, prepare) { [self] outcome in
        switch outcome {
        case .success(let command): write(command, expecting: nil, call, serial)
        case .failure(let error): finish(serial, .failure(error), sequence: nil)
        }
      }
    case .waitForOrder(let request): wait(OrderWait(self, serial, call, request), serial)
    case .waitForEvents(let request): wait(EventsWait(self, serial, call, request), serial)
    case .subscribe(let request): wait(Subscription(self, serial, call, request), serial)
    case .reply, .write, .work: preconditionFailure("only what looks at the store is held")
    }
  }

  private func wait(_ waiter: some Waiter, _ serial: UInt32) {
    flights.move(serial, to: .waiting(waiter))
    waiter.start()
  }

  private func write(
    _ command: Command, expecting version: Int64?, _ call: Call, _ serial: UInt32
  ) {
    flights.move(serial, to: .writing)
    if let flight = flights[serial] {
      // Prepared anew, it was handed over before, and its key let go.
      if !flight.holdsKey { holdKey(of: flight) }
      flight.holdsKey = false
    }
    let options = call.envelope.options
    let key = options.idempotencyKey.map {
      IdempotencyKey(text: $0, fingerprint: Fingerprint.of(call.envelope))
    }
    let token = SessionToken(loop: loop.index, session: number, serial: serial)
    let request = Request(
      token: token.token, method: call.method.rawValue, caller: call.caller, command: command,
      key: key, isDryRun: options.dryRun, trace: options.trace,
      patienceMilliseconds: Patience.milliseconds(of: options.timeoutMilliseconds),
      expectedVersion: version)
    loop.write(.request(request), isAlone: flights.flights.count == 1, in: context)
  }

  private func work(_ job: @escaping Plan.Job, _ serial: UInt32) {
    let (context, mailbox, number) = (context, loop.mailbox, number)
    let isTaken = context.work.submit {
      let outcome = job(context)
      mailbox.post(
        .run { loop in
          loop.session(number)?.finish(serial, outcome, sequence: nil)
        })
    }
    if !isTaken {
      let error = WireError(.tooManyInFlight, "Too many jobs of the daemon wait.")
      finish(serial, .failure(error), sequence: nil)
    }
  }

  /// Lets go what waited for writes that have answered.
  func releaseHeld() {
    while let serial = flights.releasable, let flight = flights[serial] {
      guard case .held(let plan) = flight.stage else { return }
      look(plan, flight.call, serial)
    }
  }
}

extension Method {
  /// Does not count as in flight.
  var isExempt: Bool {
    switch self {
    case .sessionCancel, .protocolPing, .serverHealth: true
    default: false
    }
  }

  /// Still answered when the daemon stops: it changes nothing and lets a client find its way.
  var isAnsweredWhileDraining: Bool {
    switch self {
    case .sessionCancel, .sessionHello, .protocolPing, .protocolDescribe, .serverHealth,
      .serverStatus, .serverMetrics, .serverDrain, .keyLookup: true
    default: false
    }
  }
}

/// How long the engine may wait for a gateway on behalf of a caller.
enum Patience {
  /// At most 15 s, and a tenth less than the caller's own, so that the state reached by then is
  /// the answer and not the lack of one.
  static func milliseconds(of timeout: Int64?) -> Int64 {
    let longest = Int64(Limits.gatewayAnswerMilliseconds)
    guard let timeout else { return longest }
    return max(1, min(longest, timeout - min(500, timeout / 10)))
  }
}
