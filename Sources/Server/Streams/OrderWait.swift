import Domain
import Platform
import Store
import Wire

/// `order.wait`: looks, then looks again whenever the order changes.
final class OrderWait: Waiter {
  private let session: Session
  private let serial: UInt32
  private let call: Call
  private let request: OrderWaitRequest
  private(set) var order: OrderID?
  private var isLooking = false
  private var isStale = false
  private var isReleased = false
  /// The state of the log of the last look.
  private var seenTo: Int64 = 0
  private var seen: Seen?

  private struct Seen: Sendable {
    let view: OrderView
    let role: RoleView
    let last: Int64
  }

  init(_ session: Session, _ serial: UInt32, _ call: Call, _ request: OrderWaitRequest) {
    self.session = session
    self.serial = serial
    self.call = call
    self.request = request
  }

  func start() {
    session.context.tail.enter(published: session.context.core.published)
    look()
  }

  private func look() {
    guard !isReleased else { return }
    guard !isLooking else {
      isStale = true
      return
    }
    isLooking = true
    isStale = false
    let name = order?.text ?? request.order
    session.lookUp(serial, call) { scope -> Seen in
      let (view, role) = try scope.visibleOrder(name)
      return Seen(view: view, role: role, last: scope.last)
    } then: { [self] outcome in
      guard !isReleased else { return }
      isLooking = false
      switch outcome {
      case .success(let seen): saw(seen)
      case .failure(let error): session.finish(serial, .failure(error), sequence: nil)
      }
    }
  }

  private func saw(_ seen: Seen) {
    self.seen = seen
    seenTo = seen.last
    let states = [seen.view.order.payState.rawValue, seen.view.order.deliveryState.rawValue]
    for state in states {
      guard let reached = request.until.first(where: { $0.rawValue.utf8.elementsEqual(state.utf8) })
      else { continue }
      answer(reached: reached.rawValue)
      return
    }
    if request.waitMilliseconds == 0 {
      answer(reached: nil)
      return
    }
    if order == nil {
      order = seen.view.order.id
      session.loop.listen(self)
      session.context.watches.enter(seen.view.order.id)
      session.loop.setDeadline(
        call.arrivedMilliseconds + request.waitMilliseconds, session: session.number,
        serial: serial)
    }
    // Pages that came here while the store was read were not for us yet.
    if isStale || session.loop.heardTo > seenTo { look() }
  }

  private func answer(reached: String?) {
    guard let seen else { return }
    let result = OrderWaitResult(
      order: Render.order(seen.view, seen.role), timedOut: reached == nil, reached: reached)
    session.finish(serial, .success(result), sequence: seen.last)
  }

  func heard(_ page: TailPage) {
    if page.last > seenTo { look() }
  }

  func resume() {}

  func tick(at monotonicMilliseconds: Int64) {}

  func timeUp() {
    if seen != nil {
      answer(reached: nil)
    } else {
      let error = WireError(
        .deadlineExceeded, "The order was not read in time.", retry: .same)
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
    guard let order else { return }
    session.loop.unlisten(self)
    session.context.watches.leave(order)
  }
}

extension WaiterEnd {
  /// What a wait answers that was ended before its time.
  var error: WireError {
    switch self {
    case .cancelled: WireError(.cancelled, "The wait was cancelled.", retry: .same)
    case .draining: WireError(.draining, "The daemon is stopping.")
    }
  }
}
