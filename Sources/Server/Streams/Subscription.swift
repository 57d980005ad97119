import Domain
import Platform
import Store
import Synchronization
import Wire

/// `events.subscribe`: a place in the log that moves on as the peer reads.
///
/// It holds no events. At the end of the log it gets pages from the tail; behind it, it reads the
/// store itself, a stretch at a time and only when the peer has room.
final class Subscription: Waiter {
  private let session: Session
  private let serial: UInt32
  private let call: Call
  private let request: EventsSubscribeRequest
  private var filter = EventFilter()
  private var position: Int64 = 0
  private var count: Int64 = 0
  private var hasBegun = false
  private var holdsConsumer = false
  private var isReading = false
  private var isAtEnd = false
  private var isReleased = false
  private var markedAt: Int64 = 0
  private var markedTo: Int64 = 0
  private var isCaughtUpSaid = false

  /// Nil before the start, so that a page that comes early wakes nobody.
  var order: OrderID? { filter.order }

  init(_ session: Session, _ serial: UInt32, _ call: Call, _ request: EventsSubscribeRequest) {
    self.session = session
    self.serial = serial
    self.call = call
    self.request = request
  }

  func start() {
    session.record.subscriptions.add(1, ordering: .relaxed)
    session.context.tail.enter(published: session.context.core.published)
    if let consumer = request.consumer {
      guard session.context.consumers.take(consumer, of: call.identity.principal) else {
        session.finish(serial, .failure(EventsQuestion.busy(consumer)), sequence: nil)
        return
      }
      holdsConsumer = true
    }
    let request = request
    session.lookUp(serial, call) { scope in
      try EventsQuestion.start(
        scope, after: request.after, consumer: request.consumer, types: request.types,
        order: request.order)
    } then: { [self] outcome in
      guard !isReleased else { return }
      switch outcome {
      case .success(let start): begin(start)
      case .failure(let error): session.finish(serial, .failure(error), sequence: nil)
      }
    }
  }

  private func begin(_ start: EventsStart) {
    filter = start.filter
    position = start.position
    markedTo = position
    markedAt = SystemClock.monotonicMilliseconds()
    if start.isNewConsumer, let consumer = request.consumer {
      session.createConsumer(consumer, at: position, for: call)
    }
    hasBegun = true
    session.loop.listen(self)
    if let order { session.context.watches.enter(order) }
    goOn()
  }

  /// Reads the next stretch if there is one and the peer has room.
  private func goOn() {
    guard hasBegun, !isReading, !isReleased, !isAtEnd, session.hasOutputRoom else { return }
    isReading = true
    let left = request.limit.map { Int(clamping: $0 - count) } ?? .max
    let (position, filter) = (position, filter)
    session.lookUp(serial, call) { scope in
      try EventsQuestion.page(
        scope, after: position, filter, limit: min(left, Limits.eventMarkSkipped),
        bytesMax: Limits.eventChunkBytes, scanMax: Limits.eventMarkSkipped,
        keepsTransactions: true)
    } bytes: {
      $0.bytesCount
    } then: { [self] outcome in
      guard !isReleased else { return }
      isReading = false
      switch outcome {
      case .success(let page): saw(page)
      case .failure(let error): session.finish(serial, .failure(error), sequence: nil)
      }
    }
  }

  private func saw(_ page: EventPage) {
    for item in page.items {
      send(item.sequence, item.line)
      if isReleased { return }
    }
    position = page.scannedTo
    if page.isAtEnd, session.loop.heardTo <= position {
      isAtEnd = true
      if !isCaughtUpSaid { mark(isCaughtUp: true) }
      isCaughtUpSaid = true
    } else {
      if page.items.isEmpty, position > markedTo { mark(isCaughtUp: false) }
      goOn()
    }
  }

  private func send(_ sequence: Int64, _ event: [UInt8]) {
    session.send(
      ReplyLines.eventItem(
        id: call.envelope.id, cursor: session.context.cursor(sequence), event: event))
    position = sequence
    count += 1
    if let limit = request.limit, count >= limit { finish("limit") }
  }

  private func mark(isCaughtUp: Bool) {
    markedAt = SystemClock.monotonicMilliseconds()
    markedTo = position
    session.send(
      ReplyLines.eventsMark(
        id: call.envelope.id, cursor: session.context.cursor(position), isCaughtUp: isCaughtUp))
  }

  func heard(_ page: TailPage) {
    guard isAtEnd, page.last > position else { return }
    guard page.after <= position, filter.owner == nil, session.hasOutputRoom else {
      isAtEnd = false
      if !session.hasOutputRoom { isCaughtUpSaid = false }
      goOn()
      return
    }
    for item in page.items where item.sequence > position && filter.wants(item) {
      send(item.sequence, item.line)
      if isReleased { return }
    }
    position = page.last
  }

  func resume() { goOn() }

  func tick(at now: Int64) {
    guard isAtEnd else { return }
    // Pages without this order were not shown to us, and hold nothing for us.
    if order != nil { position = max(position, session.loop.heardTo) }
    let isLate = now - markedAt >= session.context.limits.eventMarkMilliseconds
    if isLate || position - markedTo >= Int64(Limits.eventMarkSkipped), session.hasOutputRoom {
      mark(isCaughtUp: true)
    }
  }

  /// A stream's time is the caller's `timeout_ms`.
  func timeUp() {
    if hasBegun {
      finish("complete")
    } else {
      let error = WireError(
        .deadlineExceeded, "The log was not read in time.", retry: .same)
      session.finish(serial, .failure(error), sequence: nil)
    }
  }

  func end(_ reason: WaiterEnd) {
    switch reason {
    case .cancelled: finish("cancelled")
    case .draining: finish("draining")
    }
  }

  private func finish(_ reason: String) {
    let result = EventsSubscribeResult(reason: reason, count: count)
    session.finish(serial, .success(result), sequence: hasBegun ? position : nil)
  }

  func release() {
    guard !isReleased else { return }
    isReleased = true
    session.record.subscriptions.subtract(1, ordering: .relaxed)
    session.context.tail.leave()
    if hasBegun {
      session.loop.unlisten(self)
      if let order { session.context.watches.leave(order) }
    }
    if holdsConsumer, let consumer = request.consumer {
      session.context.consumers.release(consumer, of: call.identity.principal)
    }
  }
}
