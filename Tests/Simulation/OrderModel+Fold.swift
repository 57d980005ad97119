import JSON

/// What each line of the log may say, and what follows from it.
extension OrderModel {
  /// Takes the next line of this order.
  ///
  /// - Throws: `Violation` where the line breaks a rule.
  mutating func fold(_ line: EventLine, _ word: GatewayJudge) throws {
    // About the order, and no change of it.
    let beside = ["notification.", "discrepancy.", "case."]
    if beside.contains(where: line.type.hasPrefix) { return }
    guard line.version == version + 1 else {
      throw broken("I12", line, "version \(line.version) follows \(version)")
    }
    version = line.version
    let before = (captured, refunded)
    let family = line.type.prefix { $0 != "." }
    switch family {
    case "order": try foldOrder(line)
    case "payment": try foldPayment(line, word)
    case "refund": try foldRefund(line, word)
    case "delivery": try foldDelivery(line)
    case "dispute": try foldDispute(line, word)
    case "attention":
      let code = line.text("code")
      if line.type == "attention.raised" {
        attention.insert(code)
        everRaised.insert(code)
      } else {
        attention.remove(code)
      }
    default: throw broken("log", line, "an unknown type")
    }
    let isUndone = line.type == "payment.reversed" || line.type == "refund.returned"
    guard isUndone || (captured >= before.0 && refunded >= before.1) else {
      throw broken("I5", line, "captured or refunded fell")
    }
  }

  func broken(_ rule: String, _ line: EventLine, _ text: String) -> Violation {
    Violation(rule: rule, text: "event \(line.sequence) \(line.type) of \(id): \(text)")
  }

  private mutating func foldOrder(_ line: EventLine) throws {
    let state = String(line.type.dropFirst("order.".count))
    switch state {
    case "cancel_requested": isCancelAsked = true
    case "accept_proposed": proposer = line.text("by")
    case "accepted":
      guard let first = proposer, first != line.text("by") else {
        throw broken("I17", line, "one person alone accepted")
      }
      for index in payments.indices {
        let payment = payments[index].value
        payments[index].value.isAccepted =
          payment.isAccepted || payment.isMismatched || payment.isWeak
      }
      proposer = nil
    case "held": isHeld = true
    case "unheld": isHeld = false
    case "personal_erased": break
    case "frozen": throw broken("frozen", line, line.text("reason"))
    default:
      if state == "expired" { isExpired = true }
      guard state == payState else {
        throw broken("pay_state", line, "the log says \(state), its events make \(payState)")
      }
      guard line.data["captured"]?.integerValue == captured,
        line.data["refunded"]?.integerValue == refunded
      else { throw broken("I3", line, "its sums are not \(captured) and \(refunded)") }
    }
  }

  // MARK: payments

  private static let mayBecome: [String: Set<String>] = [
    "submitted": ["init"],
    "awaiting_buyer": ["init", "submitted", "unknown", "processing", "stale", "awaiting_buyer"],
    "processing": ["init", "submitted", "awaiting_buyer", "unknown"],
    // Once more where a create that is sent again is turned away by other words.
    "unknown": ["init", "submitted", "unknown"],
    "stale": ["submitted", "processing", "unknown", "closing"],
    "closing": ["init", "submitted", "awaiting_buyer", "processing", "unknown", "stale"],
    "closed": openStates, "failed": openStates,
    "succeeded": openStates.union(["closed", "failed"]), "reversed": ["succeeded"],
  ]

  private mutating func foldPayment(_ line: EventLine, _ word: GatewayJudge) throws {
    guard let id = line.payment else { throw broken("log", line, "of no payment") }
    if line.type == "payment.created" { return try begin(id, line) }
    guard let index = payments.firstIndex(where: { $0.id == id }) else {
      throw broken("log", line, "of an unknown payment")
    }
    var state = String(line.type.dropFirst("payment.".count))
    if state == "resolve_proposed" { return }
    if state == "confirmed" { return try confirm(index, line, word) }
    let isLate = state == "succeeded_late"
    if isLate { state = "succeeded" }
    var payment = payments[index].value
    guard Self.mayBecome[state]?.contains(payment.state) == true else {
      throw broken("states", line, "from \(payment.state)")
    }
    if ["closed", "failed", "succeeded", "reversed"].contains(state) {
      try word.judge(line, state, payment, isEnded: !payment.isOpen, order: self)
    }
    if state == "reversed" { payment.reversedAt = line.at }
    if state == "succeeded" {
      guard isLate == !payment.isOpen else { throw broken("M21", line, "late is told wrongly") }
      let money = line.data["captured"]?.objectValue
      payment.captured = money?["minor"]?.integerValue ?? 0
      payment.currency = money?["currency"]?.stringValue ?? ""
      payment.transaction = line.text("gateway_txn_id")
      payment.fee = line.data["fee"]?.objectValue?["minor"]?.integerValue ?? 0
      payment.paidAt = line.data["paid_at"]?.integerValue ?? line.at
      payment.succeededBy = line.sequence
      payment.isByPeople = line.evidence?.source == "operators"
      payment.isProven = line.evidence.map { $0.strength >= "e3" } ?? false
    }
    if state == "awaiting_buyer" { payment.wasShown = true }
    if state == "stale", line.at < payment.movedAt + Self.staleMilliseconds {
      throw broken("states", line, "\(payment.state) for \(line.at - payment.movedAt) ms only")
    }
    if state != payment.state { payment.movedAt = line.at }
    payment.state = state
    payments[index].value = payment
  }

  /// Something better says the same money of a payment as before.
  private mutating func confirm(_ index: Int, _ line: EventLine, _ word: GatewayJudge) throws {
    let payment = payments[index].value
    guard payment.isCharged, let proof = line.evidence, proof.strength >= "e3" else {
      throw broken("states", line, "from \(payment.state)")
    }
    if payment.gateway == FakeVmq.name {
      try word.judge(line, "confirmed", payment, isEnded: false, order: self)
    }
    payments[index].value.isProven = true
  }

  /// Nobody is called before a payment has stood still for so long.
  private static let staleMilliseconds: Int64 = 1_800_000

  private mutating func begin(_ id: String, _ line: EventLine) throws {
    let amount = line.data["amount"]?.objectValue
    guard !payments.contains(where: { $0.value.isOpen }) else {
      throw broken("one_open", line, "another payment is still open")
    }
    guard amount?["minor"]?.integerValue == due, amount?["currency"]?.stringValue == currency else {
      throw broken("amount", line, "asks for another amount than is due")
    }
    payments.append(
      (
        id,
        Payment(
          gateway: line.text("gateway"), number: line.text("out_trade_no"), asked: due,
          expiresAt: line.data["expires_at"]?.integerValue ?? 0, due: currency)
      ))
  }

  // MARK: refunds

  private static let refundMayBecome: [String: Set<String>] = [
    "approved": ["requested", "failed"], "rejected": ["requested"], "withdrawn": ["requested"],
    "submitted": ["approved"], "processing": ["submitted", "unknown", "approved"],
    "unknown": ["submitted", "processing", "approved", "unknown"],
    "succeeded": ["approved", "submitted", "processing", "unknown", "failed"],
    "failed": ["submitted", "processing", "unknown", "approved"],
    "returned": ["succeeded", "submitted", "processing", "unknown", "approved"],
  ]

  /// Reasons for which a refund only takes its time; any other that is new is trouble, and told.
  private static let refundGoesOn: Set<String> = ["", "bank_working", "bank_review"]

  private mutating func foldRefund(_ line: EventLine, _ word: GatewayJudge) throws {
    guard let id = line.refund else { throw broken("log", line, "of no refund") }
    let state = String(line.type.dropFirst("refund.".count))
    if state == "requested" {
      refunds.append(
        (
          id,
          Refund(
            payment: line.text("payment"), number: line.text("refund_no"),
            minor: line.data["amount"]?.objectValue?["minor"]?.integerValue ?? 0,
            requestedBy: line.actor, requestedAt: line.at)
        ))
    }
    guard let index = refunds.firstIndex(where: { $0.id == id }) else {
      throw broken("log", line, "of an unknown refund")
    }
    var refund = refunds[index].value
    let reason = line.data["reason"]?.objectValue
    if state != "requested" {
      let isTrouble = state == "processing" && state == refund.state
        && reason?["text"] != refund.reason?["text"]
        && !Self.refundGoesOn.contains(reason?["code"]?.stringValue ?? "")
      guard isTrouble || Self.refundMayBecome[state]?.contains(refund.state) == true else {
        throw broken("states", line, "from \(refund.state)")
      }
    }
    refund.reason = reason
    if state == "approved" {
      let by = line.text("by")
      guard by != refund.requestedBy || refund.minor <= People.limit(of: by) else {
        throw broken("I17", line, "\(by) approved a refund of their own over their limit")
      }
      refund.wasApproved = true
    }
    if state == "submitted", !refund.wasApproved { throw broken("I17", line, "never approved") }
    if ["succeeded", "failed", "returned"].contains(state), let about = payment(refund.payment) {
      try word.judge(line, state, refund, of: about, order: self)
    }
    if state == "succeeded" {
      (refund.endedAt, refund.endedBy) = (line.at, line.sequence)
      refund.isEndedByBill = line.actor.hasPrefix("statement:")
    }
    if refund.numberedBy == 0, ["processing", "succeeded"].contains(state) {
      refund.numberedBy = line.sequence
    }
    if state == "failed" { refund.numberedBy = 0 }
    if state == "returned" { refund.returnedAt = line.at }
    refund.state = state
    refunds[index].value = refund
    guard let about = payment(refund.payment), about.isCharged || about.state == "reversed" else {
      throw broken("I4", line, "of a payment that took no money")
    }
    guard reserved(refund.payment) <= about.captured else {
      throw broken("I4", line, "refunds of \(reserved(refund.payment)) of \(about.captured)")
    }
    // What the gateway gave back by itself asked nobody.
    if ["requested", "approved"].contains(state), refund.requestedBy != "system" {
      guard !isOverdrawn(refund.payment) else {
        throw broken("I4", line, "the buyer would have the money by a dispute too")
      }
    }
  }

  // MARK: deliveries

  private static let deliveryMayBecome: [String: Set<String>] = [
    "pending": ["held", "failed", "reserved"], "held": ["pending"], "reserved": ["pending"],
    // A worker whose lease has ended may still say that the goods went out.
    "delivered": ["reserved", "failed"], "failed": ["reserved"],
    "revoked": ["delivered", "pending", "held", "failed"],
  ]

  private mutating func foldDelivery(_ line: EventLine) throws {
    let id = line.text("delivery")
    let state = String(line.type.dropFirst("delivery.".count))
    guard let index = deliveries.firstIndex(where: { $0.id == id }) else {
      let number = line.data["line"]?.integerValue ?? -1
      guard state == "pending", payState == "paid",
        !deliveries.contains(where: { $0.value.line == number }),
        Int64(deliveries.count) < max(1, linesCount)
      else { throw broken("I8", line, "a delivery too many") }
      deliveries.append((id, Delivery(line: number)))
      return
    }
    var delivery = deliveries[index].value
    guard Self.deliveryMayBecome[state]?.contains(delivery.state) == true else {
      throw broken("I8", line, "from \(delivery.state)")
    }
    if state == "pending", delivery.state == "reserved", line.actor == "timer" {
      throw broken("I8", line, "an ended lease gives the goods out again")
    }
    if state == "reserved" {
      guard !isHeld else { throw broken("I16", line, "held goods were claimed") }
      guard ["paid", "partially_refunded"].contains(payState), !isAllGoingBack else {
        throw broken("goods", line, "claimed while the order is \(payState)")
      }
      guard proven >= due else {
        throw broken("weak", line, "goods go out on \(proven) of \(due) that is proven")
      }
      delivery.claim = line.text("claim")
    }
    delivery.state = state
    if state == "delivered", delivery.outAt == nil { delivery.outAt = line.at }
    delivery.heldFor = state == "held" ? line.text("reason") : nil
    deliveries[index].value = delivery
  }
}
