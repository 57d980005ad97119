import JSON

/// Money that only a phone tells of: nothing goes out on its word alone, and people are told.
extension Auditor {
  private static let confirmedWithin: Int64 = 86_400_000
  /// A tick may come late where the daemon was down.
  private static let slack: Int64 = 2 * 3_600_000

  func auditPhone(at now: Int64) throws {
    for id in orderIDs {
      guard let order = orders[id] else { continue }
      for (name, payment) in order.payments where payment.isWeak {
        let due = payment.movedAt + Self.confirmedWithin + Self.slack
        guard now < due || order.attention.contains("weak_unconfirmed") else {
          throw Violation(
            rule: "weak", text: "\(name) stands on a phone's word for days and nobody is told")
        }
      }
    }
    if let complaint = phone.complaints.first { throw Violation(rule: "request", text: complaint) }
  }

  /// A row of the account's statement is one movement: it bears out one payment.
  func noteConfirmed(_ line: EventLine) throws {
    guard line.type == "payment.confirmed" || line.type.hasPrefix("payment.succeeded"),
      let payment = line.payment, let proof = line.evidence, proof.source == "statement",
      proof.id.hasPrefix(FakeVmq.name + " ")
    else { return }
    guard confirmedBy.updateValue(payment, forKey: proof.id) ?? payment == payment else {
      throw Violation(rule: "weak", text: "the row \(proof.id) bears out two payments")
    }
  }
}

extension GatewayJudge {
  /// What the site says is worth little; what the account's statement says is worth all.
  func judgeAtPhone(
    _ line: EventLine, _ state: String, _ proof: (id: String, source: String, strength: String),
    _ payment: OrderModel.Payment, _ order: OrderModel
  ) throws {
    if proof.source == "statement" { return try judgeByPurse(line, proof.id, payment, order) }
    guard try isOnDisk(proof.id) else {
      throw order.broken("I7", line, "its evidence \(proof.id) is not on the disk")
    }
    let isSaid: Bool
    switch state {
    case "succeeded":
      let minor = line.data["captured"]?.objectValue?["minor"]?.integerValue ?? 0
      guard proof.strength <= "e2" else {
        throw order.broken("weak", line, "a phone's word counts as \(proof.strength)")
      }
      isSaid = phone.saidPaid[payment.number]?.contains(minor) ?? false
    case "closed": isSaid = phone.saidDropped.contains(payment.number) || !payment.wasShown
    case "failed": isSaid = phone.saidRefused.contains(payment.number)
    default: isSaid = false
    }
    guard isSaid else { throw order.broken("word", line, "the site never said so") }
  }

  private func judgeByPurse(
    _ line: EventLine, _ place: String, _ payment: OrderModel.Payment, _ order: OrderModel
  ) throws {
    let number = place.split(separator: " ").last.map(String.init) ?? ""
    guard let movement = purse.movement(number), purse.told.contains(number) else {
      throw order.broken("I7", line, "its row \(place) is in no file")
    }
    guard line.type == "payment.confirmed", movement.minor == payment.captured else {
      throw order.broken("word", line, "the movement \(number) says otherwise")
    }
  }
}
