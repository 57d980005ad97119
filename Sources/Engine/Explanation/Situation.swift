import Domain
import Store

/// Where an order stands, with every fact that a sentence about it needs.
///
/// The cases follow the pay state. A state whose facts are missing becomes `unproven`, which says
/// that a person has to look: a vague sentence cannot be made.
enum Situation: Hashable {
  case created(DueFacts)
  case awaiting(DueFacts, OpenFacts)
  case processing(DueFacts, OpenFacts)
  case expired(EndedFacts)
  case cancelled(EndedFacts)
  case review(Charges)
  case paid(Charges)
  case partiallyRefunded(Charges, GivenBack)
  case refunded(Charges, GivenBack)
  case chargedBack(Charges)
  case frozen(Charges?)
  case unproven

  init(
    _ aggregate: OrderAggregate, _ checks: [Explanation.PlannedCheck], _ clock: ShopClock,
    _ history: PaymentHistory
  ) {
    let order = aggregate.order
    let charges = Charges(aggregate)
    if order.flags.contains(.frozen) {
      self = .frozen(charges)
      return
    }
    switch order.payState {
    case .created: self = .created(DueFacts(aggregate))
    case .awaiting, .processing:
      guard let open = OpenFacts(aggregate, checks, clock, history) else {
        self = .unproven
        return
      }
      let due = DueFacts(aggregate)
      self = order.payState == .awaiting ? .awaiting(due, open) : .processing(due, open)
    case .expired:
      self = order.expiredAt.map { .expired(EndedFacts(aggregate, at: $0)) } ?? .unproven
    case .cancelled:
      self = order.cancelRequestedAt.map { .cancelled(EndedFacts(aggregate, at: $0)) } ?? .unproven
    case .review: self = charges.map { .review($0) } ?? .unproven
    case .paid: self = charges.map { .paid($0) } ?? .unproven
    case .chargedBack: self = charges.map { .chargedBack($0) } ?? .unproven
    case .partiallyRefunded, .refunded:
      guard let charges, let given = GivenBack(aggregate) else {
        self = .unproven
        return
      }
      self =
        order.payState == .refunded
        ? .refunded(charges, given) : .partiallyRefunded(charges, given)
    }
  }
}

/// An order that can still be paid, or could be until a moment ago.
struct DueFacts: Hashable {
  let expiresAt: Timestamp
  /// Why the last payment failed, where none came after it.
  let lastFailure: FailureCause?

  init(_ aggregate: OrderAggregate) {
    expiresAt = aggregate.order.expiresAt
    let failed = aggregate.payments.last.flatMap { $0.state == .failed ? $0.reason : nil }
    lastFailure = failed.map(FailureCause.of)
  }
}

/// The open payment that decides, and when the gateway is asked about it.
struct OpenFacts: Hashable {
  let payment: Payment
  let channel: Channel
  let asked: AmountText
  let check: CheckFacts
  /// Since when the present wait lasts, our wall clock.
  let since: Timestamp
  let stage: WaitStage
  let waited: WaitText

  /// Nil where nothing is open.
  init?(
    _ aggregate: OrderAggregate, _ checks: [Explanation.PlannedCheck], _ clock: ShopClock,
    _ history: PaymentHistory
  ) {
    let open = aggregate.payments.filter { $0.state.isOpen }
    guard let payment = open.last(where: { $0.state != .closing }) ?? open.last else { return nil }
    self.payment = payment
    channel = Channel(payment)
    asked = AmountText(payment.amount)
    let own = checks.filter { $0.subject == .payment(payment.id) }
    check = CheckFacts(own.first?.at, clock)
    since = history.waitingSince(payment)
    waited = clock.waited(since: since)
    stage = WaitStage(waited)
  }
}

/// How long the buyer has been without a final answer.
enum WaitStage: Hashable {
  case fresh
  /// From a minute on the sentence says how long it takes.
  case slow
  /// From ten minutes on it offers the form for "I paid".
  case long

  private static let slowFromSeconds: Int64 = 60
  private static let longFromSeconds: Int64 = 600

  init(_ waited: WaitText) {
    if waited.seconds >= WaitStage.longFromSeconds {
      self = .long
    } else {
      self = waited.seconds >= WaitStage.slowFromSeconds ? .slow : .fresh
    }
  }
}

/// When the gateway is asked next.
struct CheckFacts: Hashable {
  enum Plan: Hashable {
    case at(MomentText)
    /// The time has come; the question waits for its turn or is under way.
    case due(MomentText)
    case none
  }

  let at: Timestamp?
  let plan: Plan

  init(_ at: Timestamp?, _ clock: ShopClock) {
    self.at = at
    guard let at else {
      plan = .none
      return
    }
    plan = at > clock.now ? .at(clock.moment(at)) : .due(clock.moment(at))
  }

  func words(_ channel: Channel) -> Phrase {
    switch plan {
    case .at(let moment):
      Phrase(
        zh: "系统会自动向\(channel.zh)核对，下次核对 \(moment)",
        en: "we check with \(channel.en) automatically; the next check is at \(moment)")
    case .due(let moment):
      Phrase(
        zh: "系统正在向\(channel.zh)核对（定于 \(moment)）",
        en: "we are checking with \(channel.en) now; the check was due at \(moment)")
    case .none:
      Phrase(
        zh: "目前没有排定自动核对，需要工作人员核实",
        en: "no automatic check is planned, so a person of the shop has to look")
    }
  }
}

/// An order that ended without money.
struct EndedFacts: Hashable {
  let at: Timestamp
  /// Gateways that said the payment is closed or failed, each once, with the latest time.
  let proofs: [Proof]
  /// False where no payment was ever begun.
  let hadPayments: Bool

  struct Proof: Hashable {
    let channel: Channel
    let at: Timestamp
  }

  init(_ aggregate: OrderAggregate, at: Timestamp) {
    self.at = at
    var proofs: [Proof] = []
    for payment in aggregate.payments {
      guard payment.state == .closed || payment.state == .failed, let closed = payment.closedAt
      else { continue }
      let channel = Channel(payment)
      proofs.removeAll { $0.channel == channel }
      proofs.append(Proof(channel: channel, at: closed))
    }
    self.proofs = proofs
    hadPayments = !aggregate.payments.isEmpty
  }
}

/// Refunds that went through: one or more.
struct GivenBack: Hashable {
  let first: Refund
  let others: [Refund]
  let at: Timestamp
  let channel: Channel

  init?(_ aggregate: OrderAggregate) {
    let done = aggregate.refunds.filter { $0.state == .succeeded }
    guard let first = done.first, let last = done.last, let at = last.finishedAt,
      let payment = aggregate.payment(last.payment)
    else { return nil }
    self.first = first
    others = Array(done.dropFirst())
    self.at = at
    channel = Channel(payment)
  }

  var total: Phrase { Sums.shown(first.amount, others.map(\.amount)) }
}

/// Since when each payment's present wait lasts, read from events. Empty where there are none.
struct PaymentHistory {
  private struct Wait {
    let payment: PaymentID
    var since: Timestamp
    /// The buyer's move: another wait begins once they have acted.
    var isForBuyer: Bool
  }

  private var waits: [Wait] = []

  init(_ events: [LoggedEvent]) {
    for logged in events {
      guard case .payment(let id, let body) = logged.event.body else { continue }
      note(body, of: id, at: logged.event.at)
    }
  }

  private mutating func note(_ body: PaymentEvent, of id: PaymentID, at moment: Timestamp) {
    guard let place = waits.firstIndex(where: { $0.payment == id }) else {
      waits.append(Wait(payment: id, since: moment, isForBuyer: false))
      return
    }
    switch body {
    case .awaitingBuyer:
      waits[place].since = moment
      waits[place].isForBuyer = true
    case .processing, .unknown, .stale, .closing:
      if waits[place].isForBuyer { waits[place].since = moment }
      waits[place].isForBuyer = false
    case .created, .submitted, .closed, .failed, .succeeded, .reversed, .confirmed,
      .resolveProposed:
      break
    }
  }

  /// When the present wait of a payment began; its creation where nothing better is known.
  func waitingSince(_ payment: Payment) -> Timestamp {
    waits.first { $0.payment == payment.id }?.since ?? payment.createdAt
  }
}
