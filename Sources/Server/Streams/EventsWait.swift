import Domain
import Store
import Wire

/// `events.wait`: reads on after a place, and waits for the first event where there is none.
final class EventsWait: Waiter {
  private let session: Session
  private let serial: UInt32
  private let call: Call
  private let request: EventsWaitRequest
  private var filter = EventFilter()
  private var position: Int64 = 0
  private var hasBegun = false
  private var holdsConsumer = false
  private var isReading = false
  private var isReleased = false
  /// The caller's time was up while the store was read for it.
  private var isTimeUp = false
  private var watched: OrderID?

  var order: OrderID? { filter.order }

  init(_ session: Session, _ serial: UInt32, _ call: Call, _ request: EventsWaitRequest) {
    self.session = session
    self.serial = serial
    self.call = call
    self.request = request
  }

  func start() {
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
    if start.isNewConsumer, let consumer = request.consumer {
      session.createConsumer(consumer, at: position, for: call)
    }
    hasBegun = true
    session.loop.listen(self)
    if let order {
      watched = order
      session.context.watches.enter(order)
    }
    session.loop.setDeadline(
      call.arrivedMilliseconds + request.waitMilliseconds, session: session.number, serial: serial)
    read()
  }

  private func read() {
    guard !isReading, !isReleased else { return }
    isReading = true
    let (position, filter, limit) = (position, filter, Int(request.limit))
    session.lookUp(serial, call) { scope in
      try EventsQuestion.page(
        scope, after: position, filter, limit: limit, bytesMax: EventsDispatch.pageBytesMax,
        scanMax: EventsDispatch.scanMax, keepsTransactions: false)
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
    position = page.scannedTo
    if !page.items.isEmpty {
      answer(page.items.map(\.line), isMore: !page.isAtEnd, isTimedOut: false)
    } else if !page.isAtEnd || session.loop.heardTo > position, !isTimeUp {
      read()
    } else if request.waitMilliseconds == 0 || isTimeUp {
      answer([], isMore: !page.isAtEnd, isTimedOut: true)
    }
  }

  private func answer(_ lines: [[UInt8]], isMore: Bool, isTimedOut: Bool) {
    let result = EventLines(lines: lines, isMore: isMore, isTimedOut: isTimedOut)
    session.finish(serial, .success(result), sequence: position)
  }

  func heard(_ page: TailPage) {
    guard page.last > position, !isReading else { return }
    // What is not wanted moves the place on without a look at the store.
    let isGapless = page.after <= position && filter.owner == nil
    if isGapless, !page.items.contains(where: { $0.sequence > position && filter.wants($0) }) {
      position = page.last
    } else {
      read()
    }
  }

  func resume() {}

  func tick(at monotonicMilliseconds: Int64) {}

  func timeUp() {
    if isReading {
      isTimeUp = true
    } else if hasBegun {
      answer([], isMore: false, isTimedOut: true)
    } else {
      let error = WireError(
        .deadlineExceeded, "The log was not read in time.", retry: .same)
      session.finish(serial, .failure(error), sequence: nil)
    }
  }

  func end(_ reason: WaiterEnd) {
    session.finish(serial, .failure(reason.error), sequence: nil)
  }

  func release() {
    guard !isReleased else { return }
    isReleased = true
    session.context.tail.leave()
    if hasBegun { session.loop.unlisten(self) }
    if let watched { session.context.watches.leave(watched) }
    if holdsConsumer, let consumer = request.consumer {
      session.context.consumers.release(consumer, of: call.identity.principal)
    }
  }
}
