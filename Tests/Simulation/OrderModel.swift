import JSON

/// One order as the auditor understands it: made only of the lines of the event log, by rules
/// written down a second time and without the daemon's own types.
struct OrderModel {
  struct Payment {
    var state = "init"
    let gateway: String
    let number: String
    let asked: Int64
    let expiresAt: Int64
    var captured: Int64 = 0
    var currency = ""
    /// What the gateway kept, as far as anybody said.
    var fee: Int64 = 0
    var paidAt: Int64 = 0
    /// Of its last change of state.
    var movedAt: Int64 = 0
    var reversedAt: Int64 = 0
    /// The place of its success in the log.
    var succeededBy: Int64 = 0
    var transaction: String?
    var isAccepted = false
    /// Somebody may have seen the way to pay it.
    var wasShown = false
    /// Two people settled it by a proof from outside; no gateway has to know of it.
    var isByPeople = false
    /// Something better than a weak word says that it was paid.
    var isProven = false
    var isWeak: Bool { isCharged && !isAccepted && !isProven }
    var isMismatched: Bool { state == "succeeded" && (captured != asked || currency != due) }
    /// The currency that was asked for.
    let due: String
    var isCharged: Bool { state == "succeeded" }
    var isOpen: Bool { OrderModel.openStates.contains(state) }
  }

  struct Refund {
    var state = "requested"
    let payment: String
    let number: String
    let minor: Int64
    let requestedBy: String
    let requestedAt: Int64
    var wasApproved = false
    /// What was said with its state last.
    var reason: JSONObject?
    /// When it was over by its event, and the place of that in the log.
    var endedAt: Int64 = 0
    var returnedAt: Int64 = 0
    var isEndedByBill = false
    var endedBy: Int64 = 0
    /// The place in the log since which a gateway that numbers refunds has told its number; 0 for
    /// never.
    var numberedBy: Int64 = 0
    var reserves: Bool {
      ["requested", "approved", "submitted", "processing", "unknown", "succeeded"].contains(state)
    }
    var isInFlight: Bool { ["submitted", "processing", "unknown"].contains(state) }
  }

  struct Delivery {
    var state = "pending"
    let line: Int64
    var claim: String?
    var heldFor: String?
    /// When the goods went out for the first time.
    var outAt: Int64?
  }

  static let openStates: Set<String> = [
    "init", "submitted", "awaiting_buyer", "processing", "unknown", "stale", "closing",
  ]

  let id: String
  let number: String
  let due: Int64
  let currency: String
  let linesCount: Int64
  var version: Int64 = 1
  var payments: [(id: String, value: Payment)] = []
  var refunds: [(id: String, value: Refund)] = []
  var deliveries: [(id: String, value: Delivery)] = []
  var disputes: [(id: String, value: Dispute)] = []
  var attention: Set<String> = []
  /// Also what was dealt with since.
  var everRaised: Set<String> = []
  var isCancelAsked = false
  var isExpired = false
  var isHeld = false
  var proposer: String?

  /// Nil where the line does not begin an order.
  init?(_ line: EventLine) {
    guard line.type == "order.created", let id = line.order,
      let amount = line.data["amount"]?.objectValue
    else { return nil }
    self.id = id
    number = line.data["order_no"]?.stringValue ?? id
    due = amount["minor"]?.integerValue ?? -1
    currency = amount["currency"]?.stringValue ?? ""
    linesCount = Int64(line.data["lines"]?.arrayValue?.count ?? 0)
  }

  func payment(_ id: String) -> Payment? { payments.first { $0.id == id }?.value }
  func refund(_ id: String) -> Refund? { refunds.first { $0.id == id }?.value }

  // MARK: sums and the pay state, by the design's own words

  private func given(_ payment: String) -> Int64 {
    refunds.filter { $0.value.payment == payment && $0.value.state == "succeeded" }
      .reduce(0) { $0 + $1.value.minor }
  }

  func reserved(_ payment: String) -> Int64 {
    refunds.filter { $0.value.payment == payment && $0.value.reserves }
      .reduce(0) { $0 + $1.value.minor }
  }

  /// What the gateway was told to give back, or has given.
  func sent(_ payment: String) -> Int64 {
    refunds.filter {
      $0.value.payment == payment && ($0.value.isInFlight || $0.value.state == "succeeded")
    }.reduce(0) { $0 + $1.value.minor }
  }

  var captured: Int64 {
    payments.filter { $0.value.isCharged && $0.value.currency == currency }
      .reduce(0) { $0 + $1.value.captured }
  }

  var refunded: Int64 {
    payments.filter { $0.value.isCharged && $0.value.currency == currency }
      .reduce(0) { $0 + given($1.id) }
  }

  /// What a charge counts for towards the due amount.
  private func worth(_ payment: Payment) -> Int64 {
    guard payment.isAccepted else {
      return payment.currency == currency ? payment.captured : 0
    }
    return payment.currency == currency ? max(payment.captured, payment.asked) : payment.asked
  }

  /// What charges that stand on more than a weak word count for.
  var proven: Int64 {
    payments.filter { $0.value.isCharged && !$0.value.isWeak }.reduce(0) { $0 + worth($1.value) }
  }

  /// What counts towards the due amount and was not lost by a dispute.
  private var remaining: Int64 {
    var sum: Int64 = 0
    for (id, payment) in payments where payment.isCharged {
      sum += worth(payment) - share(lost(id), of: payment)
    }
    return sum
  }

  /// What came above the due amount, given back or not.
  private var excessTaken: Int64 { max(0, remaining - due) }

  /// Of that, what is still here: refunds give it back first.
  var excess: Int64 { max(0, excessTaken - givenOfWorth) }

  /// What was given back, in the measure in which charges count.
  private var givenOfWorth: Int64 {
    var back: Int64 = 0
    for (id, payment) in payments where payment.isCharged { back += share(given(id), of: payment) }
    return back
  }

  /// A part of a charge in the measure in which the charge counts.
  private func share(_ part: Int64, of payment: Payment) -> Int64 {
    let worth = worth(payment)
    return worth == payment.captured || payment.captured == 0
      ? part : Int64(Int128(part) * Int128(worth) / Int128(payment.captured))
  }

  var payState: String {
    let charged = payments.filter { $0.value.isCharged }
    let isAllGiven = charged.allSatisfy { given($0.id) >= $0.value.captured }
    let hasLoss = payments.contains { lost($0.id) > 0 }
    if hasLoss, remaining < due { return "charged_back" }
    if charged.contains(where: { $0.value.isMismatched && !$0.value.isAccepted }) {
      return isAllGiven ? "refunded" : "review"
    }
    if !charged.isEmpty, remaining >= due {
      let kept = max(0, givenOfWorth - excessTaken)
      return kept == 0 ? "paid" : kept < due ? "partially_refunded" : "refunded"
    }
    if !charged.isEmpty { return isAllGiven ? "refunded" : "review" }
    let states = payments.map(\.value.state)
    if states.contains(where: {
      ["submitted", "processing", "unknown", "stale", "closing"].contains($0)
    }) {
      return "processing"
    }
    if states.contains(where: { $0 == "init" || $0 == "awaiting_buyer" }) { return "awaiting" }
    return isCancelAsked ? "cancelled" : isExpired ? "expired" : "created"
  }

  var isAllGoingBack: Bool {
    let charged = payments.filter { $0.value.isCharged }
    return !charged.isEmpty && charged.allSatisfy { reserved($0.id) >= $0.value.captured }
  }
}

/// One line of the event log, taken apart.
struct EventLine {
  let sequence: Int64
  let transaction: Int64
  let type: String
  let at: Int64
  let order: String?
  let payment: String?
  let refund: String?
  let dispute: String?
  let actor: String
  let version: Int64
  let data: JSONObject

  init?(_ bytes: [UInt8]) {
    // try?: a line that is no JSON is no event, which the caller reports.
    guard let object = (try? JSONReader.read(bytes, profile: .document))?.objectValue,
      let sequence = object["seq"]?.integerValue, let transaction = object["tx"]?.integerValue,
      let type = object["type"]?.stringValue,
      let at = object["at"]?.integerValue, let actor = object["actor"]?.stringValue,
      let version = object["version"]?.integerValue, let data = object["data"]?.objectValue
    else { return nil }
    self.sequence = sequence
    self.transaction = transaction
    self.type = type
    self.at = at
    self.actor = actor
    self.version = version
    self.data = data
    order = object["order"]?.stringValue
    payment = object["payment"]?.stringValue
    refund = object["refund"]?.stringValue
    dispute = object["dispute"]?.stringValue
  }

  func text(_ key: String) -> String { data[key]?.stringValue ?? "" }

  var evidence: (id: String, source: String, strength: String)? {
    guard let proof = data["evidence"]?.objectValue else { return nil }
    return (
      proof["id"]?.stringValue ?? "", proof["source"]?.stringValue ?? "",
      proof["strength"]?.stringValue ?? ""
    )
  }
}
