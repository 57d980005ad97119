import Domain
import Engine
import JSON
import Platform
import Store
import Synchronization
import Wire

extension Session {
  func isInFlight(_ serial: UInt32) -> Bool { flights[serial] != nil }

  // MARK: From the engine

  /// The engine has answered.
  func take(_ answer: Answer, serial: UInt32) {
    guard let flight = flights[serial] else { return }
    switch flight.stage {
    case .writing:
      flights.written(serial, upTo: answer.sequence)
      takeWritten(answer, flight)
    case .lookingUp(let row):
      let outcome = KeyDispatch.found(row, answer.result, flight.call, context)
      finish(serial, outcome, sequence: answer.sequence)
    case .held, .reading, .waiting, .working: break
    }
  }

  private func takeWritten(_ answer: Answer, _ flight: Flight) {
    let serial = flight.serial
    switch answer.result {
    case .success(.notification(let reply)) where flight.call.method == .notificationReplay:
      showReplayed(reply, answer, flight)
    case .success(let reply):
      let outcome = ReplyRendering.object(reply, flight.call, context)
      finish(serial, outcome, sequence: answer.sequence, isReplayed: answer.isReplayed)
    case .failure(let refusal):
      let error = WireError(
        refusal.rejection, outcome: refusal.outcome, ref: refusal.reference)
      if error.code == .versionMismatch, prepareAgain(flight, refusal) { return }
      guard error.code == .alreadyExists else {
        finish(serial, .failure(error), sequence: nil)
        return
      }
      // The order that has the number belongs to the error; it is read for it.
      flights.move(serial, to: .reading)
      let body = OrderDispatch.existing(error)
      read(weight: .light, flight.call, serial) { scope in (try body(scope), scope.last) }
    }
  }

  /// How often a comparison that was overtaken is made anew for its caller.
  private static let comparisonsMax = 3

  /// A run is compared with the books as they are now: the caller has named no state of them.
  ///
  /// - Returns: whether it is.
  private func prepareAgain(_ flight: Flight, _ refusal: Refusal) -> Bool {
    guard flight.call.method == .reconRun, flight.preparedAgain < Self.comparisonsMax - 1 else {
      return false
    }
    flight.call.takenBack = refusal.takenBack
    // try?: it was planned before; a fault now leaves the refusal that is there.
    guard let plan = try? Dispatch.plan(&flight.call, context) else { return false }
    flight.preparedAgain += 1
    look(plan, flight.call, flight.serial)
    return true
  }

  /// The receipt belongs to the reply; it is read for it. The command is done, so the request stays
  /// one that cannot be taken back.
  private func showReplayed(_ reply: NotificationReply, _ answer: Answer, _ flight: Flight) {
    let (serial, sequence, isReplayed) = (flight.serial, answer.sequence, answer.isReplayed)
    lookUp(serial, flight.call) { scope in
      try NotificationDispatch.replayed(scope, reply)
    } then: { [self] outcome in
      switch outcome {
      case .success(let result):
        finish(serial, .success(result), sequence: sequence, isReplayed: isReplayed)
      case .failure(var error):
        error.outcome = .applied
        finish(serial, .failure(error), sequence: nil)
      }
    }
  }

  // MARK: From the store

  /// Reads and makes the whole reply line on a reader thread.
  func read(
    weight: ReaderPool<ReadSource>.Weight, _ call: Call, _ serial: UInt32,
    _ body: @escaping Plan.ReadAt
  ) {
    let (context, mailbox, number, record) = (context, loop.mailbox, number, record)
    submit(weight) { source in
      guard record.hasRoom(context.limits.untakenBytes) else {
        let mail = LoopMail.run { loop in
          loop.session(number)?.putOff(serial) { $0.read(weight: weight, call, serial, body) }
        }
        return ReadSource.post(mail, to: mailbox, from: source)
      }
      let outcome = ReadRun.line(source, call, context, body)
      let finished = FinishedReply(session: number, serial: serial, outcome: outcome)
      let counted = finished.countedBytes
      if counted > 0 { record.madeBytes.add(counted, ordering: .relaxed) }
      ReadSource.post(.finished(finished), to: mailbox, from: source, isLong: counted > 0)
    }
  }

  private func submit(
    _ weight: ReaderPool<ReadSource>.Weight, _ job: @escaping ReaderPool<ReadSource>.Job
  ) {
    switch weight {
    case .light: loop.gather(job, for: context.readers)
    case .heavy: context.readers.submit([job], weight: .heavy)
    }
  }

  /// Reads for something that goes on after it: `then` runs on the loop, unless the request is
  /// answered by then. One at a time for a request.
  ///
  /// - Parameter bytes: how much what was read takes, where that may be much.
  func lookUp<Value: Sendable>(
    _ serial: UInt32, _ call: Call, weight: ReaderPool<ReadSource>.Weight = .light,
    _ body: @escaping @Sendable (ReadScope) throws -> Value,
    bytes: (@Sendable (Value) -> Int)? = nil,
    then: @escaping (Result<Value, WireError>) -> Void
  ) {
    guard let flight = flights[serial] else { return }
    flight.goesOn = Going(then)
    startLookUp(serial, call, weight, body, bytes)
  }

  private func startLookUp<Value: Sendable>(
    _ serial: UInt32, _ call: Call, _ weight: ReaderPool<ReadSource>.Weight,
    _ body: @escaping @Sendable (ReadScope) throws -> Value,
    _ bytes: (@Sendable (Value) -> Int)?
  ) {
    let (context, mailbox, number, record) = (context, loop.mailbox, number, record)
    submit(weight) { source in
      guard record.hasRoom(context.limits.untakenBytes) else {
        let mail = LoopMail.run { loop in
          loop.session(number)?.putOff(serial) {
            $0.startLookUp(serial, call, weight, body, bytes)
          }
        }
        return ReadSource.post(mail, to: mailbox, from: source)
      }
      let outcome = ReadRun.value(source, call, context, body)
      var counted = 0
      if let bytes, case .success(let value) = outcome {
        counted = LongReplies.counted(bytes(value))
      }
      if counted > 0 { record.madeBytes.add(counted, ordering: .relaxed) }
      let mail = LoopMail.run { [counted] loop in
        guard let session = loop.session(number) else { return }
        session.arrived(counted)
        session.flights[serial]?.goOn(with: outcome)
        session.readPutOff()
      }
      ReadSource.post(mail, to: mailbox, from: source, isLong: counted > 0)
    }
  }

  /// A reply line was made on another thread.
  func take(_ finished: FinishedReply) {
    arrived(finished.countedBytes)
    defer { readPutOff() }
    guard let flight = flights[finished.serial], case .reading = flight.stage else { return }
    switch finished.outcome {
    case .success(let line): finish(finished.serial, line: line)
    case .failure(let error): finish(finished.serial, .failure(error), sequence: nil)
    }
  }

  // MARK: The end of a request

  /// Answers a request.
  ///
  /// - Parameter sequence: place of the log for the cursor; nil where the store has no part in it.
  func finish(
    _ serial: UInt32, _ outcome: Result<any WireObject, WireError>, sequence: Int64?,
    isReplayed: Bool = false
  ) {
    guard let flight = flights[serial] else { return }
    switch outcome {
    case .success(let object):
      let reserved = ReservedMembers(
        cursor: sequence.map(context.cursor), isReplayed: isReplayed,
        isDryRun: flight.call.envelope.options.dryRun)
      let line = ReplyLines.result(id: flight.id, reserved: reserved) { writer in
        object.writeMembers(to: &writer)
      }
      finish(serial, line: line)
    case .failure(let error):
      let line = ReplyLines.error(error, id: flight.id, ref: flight.call.reference)
      end(serial, line, outcome: error.code, reference: error.ref)
    }
  }

  private func finish(_ serial: UInt32, line: [UInt8]) {
    guard let flight = flights[serial] else { return }
    guard ReplyLines.fits(line) else {
      let error = WireError.responseTooLarge
      let short = ReplyLines.error(error, id: flight.id, ref: flight.call.reference)
      end(serial, short, outcome: error.code, reference: nil)
      return
    }
    end(serial, line, outcome: nil, reference: nil)
  }

  private func end(_ serial: UInt32, _ line: [UInt8], outcome: ErrorCode?, reference: String?) {
    guard let flight = flights.remove(serial) else { return }
    letKeyGo(of: flight)
    if case .waiting(let waiter) = flight.stage { waiter.release() }
    updateCounts()
    send(line)
    finishRecord(
      flight.call, startedNanoseconds: flight.startedNanoseconds, outcome: outcome,
      reference: reference)
    releaseHeld()
    closeIfDone()
  }

  /// Counts and logs a request that was answered.
  func finishRecord(
    _ call: Call, startedNanoseconds: Int64, outcome: ErrorCode?, reference: String? = nil
  ) {
    let spent = SystemClock.monotonicNanoseconds() - startedNanoseconds
    context.counters.count(call.method, outcome, microseconds: spent / 1_000)
    guard let log = context.services.logRequest else { return }
    log(
      RequestRecord(
        at: context.services.clock(), connection: record.number, userID: identity.userID,
        principal: identity.principal, person: identity.person, method: call.method,
        id: call.envelope.id, microseconds: spent / 1_000,
        outcome: outcome?.rawValue ?? "ok", trace: call.envelope.options.trace,
        reference: reference ?? call.reference))
  }

  /// A line that is not over the limit, or the error that says it would be.
  func checked(_ line: [UInt8], _ call: Call) -> [UInt8] {
    if ReplyLines.fits(line) { return line }
    return ReplyLines.error(
      WireError.responseTooLarge, id: call.envelope.id, ref: call.reference)
  }

  // MARK: Deadlines and cancelling

  /// The caller's time is up.
  func deadline(serial: UInt32) {
    guard let flight = flights[serial] else { return }
    if case .waiting(let waiter) = flight.stage {
      waiter.timeUp()
      return
    }
    // Waits set deadlines of their own; a request without one was answered meanwhile.
    guard let timeout = flight.call.envelope.options.timeoutMilliseconds else { return }
    abandon(flight)
    let error = WireError(
      .deadlineExceeded, "There was no reply within \(timeout) milliseconds.",
      retry: flight.isTakenBack ? .same : .lookup,
      outcome: flight.isTakenBack ? .none : .unknown)
    finish(serial, .failure(error), sequence: nil)
  }

  /// `session.cancel`.
  func cancel(_ target: JSONValue) -> any WireObject {
    guard let id = RequestID(target), let flight = flights.flight(id) else {
      return SessionCancelResult(state: "unknown")
    }
    switch flight.stage {
    case .writing, .working: return SessionCancelResult(state: "finishing")
    case .waiting(let waiter): waiter.end(.cancelled)
    case .held, .reading, .lookingUp:
      finish(
        flight.serial,
        .failure(
          WireError(.cancelled, "The request was cancelled before it was done.", retry: .same)),
        sequence: nil)
    }
    return SessionCancelResult(state: "cancelled")
  }

  /// `session.hello`.
  func hello(_ call: Call) throws(WireError) -> any WireObject {
    let request = try call.params(SessionHelloRequest.self)
    for (index, feature) in (request.require ?? []).enumerated()
    where !context.facts.features.contains(where: { $0.utf8.elementsEqual(feature.utf8) }) {
      throw WireError(
        .badFormat, "The daemon does not have the feature \(feature).",
        path: "/params/require/\(index)",
        hint: "It has: \(context.facts.features.joined(separator: ", ")).")
    }
    if let token = request.token {
      identity = try context.authorization.identify(identity, token: token)
    }
    record.rename(identity, client: request.client)
    return SessionHelloResult(
      peer: identity.peerObject, protocol: ProtocolRangeObject(min: 1, max: 1),
      features: context.facts.features)
  }
}

extension WireError {
  static var responseTooLarge: WireError {
    WireError(
      .responseTooLarge, "The reply would be longer than \(Limits.lineOutBytes) bytes.",
      details: JSONObject([("limit", .integer(Int64(Limits.lineOutBytes)))]))
  }
}

/// Runs a read on a reader thread.
enum ReadRun {
  static func value<Value>(
    _ source: ReadSource?, _ call: Call, _ context: ServerContext,
    _ body: (ReadScope) throws -> Value
  ) -> Result<Value, WireError> {
    guard let source else {
      return .failure(WireError(.dbError, "The store could not be read.", retry: .later))
    }
    do {
      let scope = ReadScope(
        store: source.store, call: call, last: source.last, context: context)
      return .success(try body(scope))
    } catch {
      if let fault = error as? StoreError { context.services.note(fault.text) }
      return .failure(.reading(error))
    }
  }

  static func line(
    _ source: ReadSource?, _ call: Call, _ context: ServerContext, _ body: Plan.ReadAt
  ) -> Result<[UInt8], WireError> {
    value(source, call, context) { scope in
      _ = scope.store.takeSkipped()
      let (object, sequence) = try body(scope)
      let skipped = scope.store.takeSkipped()
      for text in skipped { context.services.note("left out of a list: \(text)") }
      let reserved = ReservedMembers(
        cursor: context.cursor(sequence),
        warnings: object.warnings
          + skipped.map { "Something was left out, because it cannot be read: \($0)." })
      return ReplyLines.result(id: call.envelope.id, reserved: reserved) { writer in
        object.writeMembers(to: &writer)
      }
    }
  }
}
