import Domain
import Gateways
import JSON
import Store

/// Sending a create again that never reached its gateway.
///
/// A create without a usable answer leaves its payment unknown, and nobody can pay it: the code or
/// the address to pay by stood in that answer alone. So that the buyer is not locked out until the
/// expiry, the same create is sent again, where the adapter says that it may be
/// (`createIsRepeatable`):
///
/// 1. Some seconds after the create had left, the gateway is asked. Only its signed "does not
///    exist" leads on; an error, a silence or any other state leads to the next query.
/// 2. The same number with the same content leaves as a call of its own, whose row is committed
///    before. From then on the way to the next try leads through a new query again.
/// 3. `Limits.createCalls` in all. When the last one was in vain too, or the gateway says that it
///    gave the way to pay out before, the payment is closed and the next click opens a new one.
///
/// Why none of it makes a buyer pay twice: the gateway makes at most one trade of one number, so a
/// first copy that was merely slow adds nothing when it arrives after the second. "Does not exist"
/// alone would not do: Alipay says so of every code that nobody has scanned. A payment that is
/// closed here was never shown to anybody, and its guards ask on as after every closing. A crash
/// leaves either the wish to send (no copy has left since the gateway said "does not exist") or a
/// running call (which is asked about first).
extension PaymentEngine {
  /// The gateway is believed about a create that left at least this long before the question.
  /// Milliseconds of the schedule.
  static let absenceBelievedAfter: Int64 = 3000
  /// A buyer needs at least this long to pay; later nothing is sent again. Milliseconds.
  private static let repeatBeforeExpiry: Int64 = 2000

  /// What a signed "does not exist" about a payment means for its create.
  enum AfterAbsence {
    /// Nothing: it is asked about as before.
    case nothing
    case sendAgain
    /// It was sent as often as it may be.
    case giveUp
    /// The gateway turned it away for good: the end of the payment.
    case refused(PaymentSighting)
  }

  func afterAbsence(
    of payment: Payment, _ order: LoadedOrder, _ flight: Flight, at now: Timestamp
  ) throws(StoreError) -> AfterAbsence {
    guard case .query = flight.question, let desk = desks[payment.gateway] else { return .nothing }
    let calls = try store.creates(of: payment.id, orderKey: order.key)
    let isRepeatable = mayBeRepeated(payment)
    if let end = Self.refusedEnd(of: payment, calls, flight, isRepeatable: isRepeatable) {
      return .refused(end)
    }
    guard isRepeatable, let last = calls.last, last.state != .running,
      isOldEnough(last, for: flight)
    else { return .nothing }
    if calls.count >= Limits.createCalls { return .giveUp }
    let isTooLate =
      now.adding(milliseconds: PaymentEngine.repeatBeforeExpiry) >= payment.expiresAt
    return isTooLate || desk.isPaused ? .nothing : .sendAgain
  }

  /// Whether the question left late enough to tell what became of a create: at once where the
  /// create was answered, otherwise after what may be on its way has had time to arrive.
  private func isOldEnough(_ create: CallRow, for flight: Flight) -> Bool {
    if create.state == .refused { return flight.startedAt >= create.endedAt ?? create.startedAt }
    let age = settings.scaled(PaymentEngine.absenceBelievedAfter)
    return flight.startedAt.milliseconds(since: create.startedAt) >= age
  }

  /// Its create brought nothing, nobody has a way to pay it, and the gateway takes a second one.
  func mayBeRepeated(_ payment: Payment) -> Bool {
    payment.state == .unknown && payment.action == nil
      && desks[payment.gateway]?.gateway.capabilities.createIsRepeatable == true
  }

  /// The first create's own content, with what the event log does not hold.
  func repeatedCreate(
    _ payment: Payment, _ order: LoadedOrder
  ) throws(StoreError) -> Question {
    let wish = try wish(of: payment, order)
    return .create(
      Self.facts(
        payment, order.aggregate.order, returnURL: wish.returnURL, clientIP: wish.clientIP,
        payer: wish.payer))
  }

  /// The end of a payment that nobody was ever shown.
  static func neverShown(_ reason: Reason?) -> PaymentSighting {
    let why = reason.map { " (\($0.text))" } ?? ""
    return .closed(
      Reason(
        code: "never_shown", gatewayCode: reason?.gatewayCode,
        text:
          "The way to pay got lost on its way from the gateway, so nobody can pay by it\(why)."))
  }

  /// A second click on a payment whose create got lost: the mending does not wait for its gap.
  func hurryMending(
    _ payment: Payment, _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) {
    var question = try question(of: payment, order, at: now)
    let last = question.askedAt ?? question.since
    guard askedNow[question.subject] == nil,
      now.milliseconds(since: last) >= Int64(Limits.queryIntervalMilliseconds)
    else { return }
    question.nextAt = now
    question.rank = Schedule.Rank.watched
    keep(question)
  }
}
