import JSON

/// Disputes as the auditor understands them, by the design's own words.
extension OrderModel {
  struct Dispute {
    let payment: String
    /// The gateway's own number.
    let number: String
    var state: String
    var minor: Int64
    var currency: String
    /// The gateway keeps the money, or has given it to the buyer.
    var isWithheld: Bool
    /// Each time that the money went, or came back, as far as anybody told.
    var movements: [Movement] = []
    var dueAt: Int64?
    /// The last alert told of so many hours.
    var toldHours: Int64?
    var attachmentsCount = 0

    struct Movement {
      /// As the balance sees it.
      var minor: Int64
      /// The place in the log since which it is known.
      let knownBy: Int64
    }

    var isOpen: Bool { ["warning", "needs_response", "under_review"].contains(state) }
    var awaitsUs: Bool { state == "warning" || state == "needs_response" }
    var tookMoney: Bool { state == "lost" || state == "accepted" }
    var isLoss: Bool { tookMoney && isWithheld }
  }

  /// Hours before the due date at which somebody has to hear of it.
  static let disputeHours: [Int64] = [72, 24, 4, 0]
  private static let hourMilliseconds: Int64 = 3_600_000

  /// From each state, those that a notice may lead to; the answer to a question leads to any.
  private static let byNotice: [String: Set<String>] = [
    "warning": [
      "needs_response", "under_review", "won", "lost", "warning_closed", "prevented", "accepted",
      "withdrawn",
    ],
    "needs_response": [
      "under_review", "won", "lost", "warning_closed", "prevented", "accepted", "withdrawn",
    ],
    "under_review": ["won", "lost", "warning_closed", "prevented", "accepted", "withdrawn"],
  ]
  private static let keepsMoney: Set<String> = [
    "needs_response", "under_review", "lost", "accepted",
  ]

  // MARK: sums

  /// What disputes keep or took of a charge; never more than it.
  func withheld(_ payment: String) -> Int64 { disputed(payment) { $0.isWithheld } }
  func lost(_ payment: String) -> Int64 { disputed(payment) { $0.isLoss } }

  private func disputed(_ id: String, _ isMeant: (Dispute) -> Bool) -> Int64 {
    guard let payment = payment(id), !payment.currency.isEmpty else { return 0 }
    var sum: Int64 = 0
    for (_, dispute) in disputes where dispute.payment == id && isMeant(dispute) {
      sum += dispute.currency == payment.currency ? dispute.minor : payment.captured
    }
    return min(sum, payment.captured)
  }

  /// Refunds and disputes together would give more than was taken.
  func isOverdrawn(_ payment: String) -> Bool {
    let kept = withheld(payment)
    return kept > 0 && reserved(payment) > (self.payment(payment)?.captured ?? 0) - kept
  }

  var chargedBack: Int64 {
    payments.filter { $0.value.currency == currency }.reduce(0) { $0 + lost($1.id) }
  }

  var disputeState: String {
    if disputes.contains(where: { $0.value.isOpen }) { return "open" }
    if disputes.contains(where: { $0.value.tookMoney }) { return "lost" }
    let isWon = disputes.contains { ["won", "withdrawn"].contains($0.value.state) }
    return isWon ? "won" : "none"
  }

  // MARK: lines

  mutating func foldDispute(_ line: EventLine, _ judge: GatewayJudge) throws {
    guard let id = line.dispute else { throw broken("log", line, "of no dispute") }
    let verb = String(line.type.dropFirst("dispute.".count))
    if verb == "opened" { return try open(id, line, judge) }
    guard let index = disputes.firstIndex(where: { $0.id == id }) else {
      throw broken("log", line, "of an unknown dispute")
    }
    var dispute = disputes[index].value
    switch verb {
    case "due": try tell(&dispute, line)
    case "attached": dispute.attachmentsCount += 1
    default:
      if verb != "updated" { try move(&dispute, to: verb, line) }
      take(&dispute, line)
      try check(dispute, line, judge)
    }
    disputes[index].value = dispute
  }

  private mutating func open(_ id: String, _ line: EventLine, _ judge: GatewayJudge) throws {
    let (payment, number) = (line.text("payment"), line.text("gateway_dispute_id"))
    // Word of a dispute may come before the word of the money that it is about.
    guard self.payment(payment) != nil else {
      throw broken("disputes", line, "of an unknown payment")
    }
    guard !disputes.contains(where: { $0.id == id || $0.value.number == number }) else {
      throw broken("I2", line, "\(number) is there already")
    }
    var dispute = Dispute(
      payment: payment, number: number, state: line.text("state"), minor: 0, currency: "",
      isWithheld: false)
    take(&dispute, line)
    try check(dispute, line, judge)
    disputes.append((id, dispute))
  }

  private func take(_ dispute: inout Dispute, _ line: EventLine) {
    let money = line.data["amount"]?.objectValue
    dispute.minor = money?["minor"]?.integerValue ?? 0
    dispute.currency = money?["currency"]?.stringValue ?? ""
    dispute.isWithheld = line.text("funds") == "withdrawn"
    dispute.move(line.text("funds"), by: line.sequence)
    let due = line.data["due_at"]?.integerValue
    if let due, dispute.dueAt.map({ due > $0 }) ?? true { dispute.toldHours = nil }
    dispute.dueAt = due
  }

  private func move(_ dispute: inout Dispute, to state: String, _ line: EventLine) throws {
    let isByNotice = line.evidence?.strength == "e3"
    guard !isByNotice || Self.byNotice[dispute.state]?.contains(state) == true else {
      throw broken("disputes", line, "a notice alone led here from \(dispute.state)")
    }
    dispute.state = state
  }

  private func check(_ dispute: Dispute, _ line: EventLine, _ judge: GatewayJudge) throws {
    let gateway = payment(dispute.payment)?.gateway
    // These say themselves where the money is.
    let saysMoney = gateway == FakeStripe.name || gateway == FakePayPal.name
    guard saysMoney || dispute.isWithheld == Self.keepsMoney.contains(dispute.state) else {
      throw broken("disputes", line, "\(dispute.state), and the money is \(line.text("funds"))")
    }
    try judge.judge(line, dispute, order: self)
  }

  private func tell(_ dispute: inout Dispute, _ line: EventLine) throws {
    let hours = line.data["hours"]?.integerValue ?? -1
    guard let due = dispute.dueAt, dispute.awaitsUs, Self.disputeHours.contains(hours),
      dispute.toldHours.map({ hours < $0 }) ?? true,
      line.at >= due - hours * Self.hourMilliseconds
    else { throw broken("AL19", line, "told of \(hours) hours at the wrong time") }
    dispute.toldHours = hours
  }

  /// The most urgent alert whose time had come a while ago and which nobody was given.
  func missedAlert(of dispute: Dispute, at now: Int64) -> Int64? {
    guard dispute.awaitsUs, let due = dispute.dueAt else { return nil }
    let reached = Self.disputeHours.filter {
      now >= due - $0 * Self.hourMilliseconds + Self.hourMilliseconds
    }.min()
    guard let reached, dispute.toldHours.map({ $0 > reached }) ?? true else { return nil }
    return reached
  }
}

extension OrderModel.Dispute {
  /// - Parameter funds: where the money is now.
  fileprivate mutating func move(_ funds: String, by sequence: Int64) {
    let kept = movements.last.map { $0.minor < 0 ? -$0.minor : 0 } ?? 0
    switch funds {
    case "withdrawn" where kept == 0:
      movements.append(Movement(minor: -minor, knownBy: sequence))
    case "withdrawn": movements[movements.count - 1].minor = -minor
    case _ where kept > 0: movements.append(Movement(minor: kept, knownBy: sequence))
    case "reinstated" where movements.isEmpty:
      for change in [-minor, minor] {
        movements.append(Movement(minor: change, knownBy: sequence))
      }
    default: break
    }
  }
}
