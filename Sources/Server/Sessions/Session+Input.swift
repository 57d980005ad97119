import Dispatch
import Domain
import JSON
import Platform
import Synchronization
import Wire

extension Session {
  /// Bytes came.
  func received(_ bytes: UnsafeRawBufferPointer, from channel: StreamChannel) {
    guard phase == .open else { return }
    framing.append(bytes)
    // Lines already waiting for their turn come first.
    if !isTurnDue { turn() }
  }

  func scheduleTurn() {
    isTurnDue = true
    loop.sockets.later { [self] in
      isTurnDue = false
      turn()
    }
  }

  /// Reads lines until there are none, or until others must have their turn.
  func turn() {
    let began = SystemClock.monotonicNanoseconds()
    let turnNanoseconds = Int64(Limits.turnMilliseconds) * 1_000_000
    var (lines, now, isMore) = (0, began, false)
    while phase == .open || phase == .ended {
      if isOutputFull || lines >= Limits.turnLines || now - began >= turnNanoseconds {
        isMore = true
        break
      }
      guard let action = framing.next() else { break }
      take(action, at: now)
      lines += 1
      now = SystemClock.monotonicNanoseconds()
    }
    if isMore {
      channel?.pauseReading()
      // A full output calls back when it has drained.
      if !isOutputFull { scheduleTurn() }
    } else {
      channel?.resumeReading()
    }
    watchPartialLine(at: now)
    account()
    if !isMore { closeIfDone() }
  }

  private func watchPartialLine(at nanoseconds: Int64) {
    guard framing.isPartial, !isTurnDue else {
      partialSince = nil
      return
    }
    // Counted from the first byte of this line, not from the last that came.
    if partialSince == nil || partialLine != framing.linesEndedCount {
      partialSince = nanoseconds / 1_000_000
      partialLine = framing.linesEndedCount
    }
  }

  private func take(_ action: LineFraming.Action, at now: Int64) {
    switch action {
    case .line(let line): read(line, at: now)
    case .tooLong: refuseLine(WireError.lineTooLong, id: nil)
    case .truncated: fail(.truncatedLine)
    case .notHTTP: fail(.notHTTP)
    case .discardTooLong: close(ReplyLines.bye(WireError.lineTooLong))
    }
  }

  private func read(_ line: [UInt8], at now: Int64) {
    do throws(RefusedLine) {
      let envelope = try RequestEnvelope(line: line)
      malformedInRow = 0
      begin(envelope, at: now)
    } catch {
      refuseLine(error.error, id: error.id)
    }
  }

  /// Answers a line that is no request; many in a row end the connection.
  private func refuseLine(_ error: WireError, id: RequestID?) {
    refuse(error, id: id, method: nil)
    switch error.code.errorClass {
    case .parse, .request: malformedInRow += 1
    default: malformedInRow = 0
    }
    if malformedInRow >= Limits.malformedInRow { fail(.tooManyErrors) }
  }

  /// Sends an error for something that never was in flight.
  func refuse(_ error: WireError, id: RequestID?, method: Method?, trace: String? = nil) {
    let reference = nextNumber().text
    send(ReplyLines.error(error, id: id, ref: reference))
    context.counters.count(error.code)
    guard let log = context.services.logRequest else { return }
    log(
      RequestRecord(
        at: context.services.clock(), connection: record.number, userID: identity.userID,
        principal: identity.principal, person: identity.person, method: method, id: id,
        microseconds: 0, outcome: error.code.rawValue, trace: trace,
        reference: error.ref ?? reference))
  }

  /// The number of the next request, for finding a case in the log of this process.
  func nextNumber() -> RequestNumber {
    let (_, count) = record.requests.add(1, ordering: .relaxed)
    return RequestNumber(
      instance: context.facts.instance, connection: record.number, count: count)
  }
}
