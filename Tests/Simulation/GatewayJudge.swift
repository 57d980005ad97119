import Domain
import JSON
import Sandbox

/// Compares what the log says about money with what gateways have really said.
struct GatewayJudge {
  let alipay: FakeAlipay
  let sandbox: SandboxSide?
  let account: BankAccount
  let phone: FakeVmq
  let purse: BankAccount
  let stripe: FakeStripe
  let payPal: FakePayPal
  let airwallex: FakeAirwallex
  /// Whether bytes are on the disk under this identifier of a receipt or a call.
  let isOnDisk: (String) throws -> Bool
  /// The digest of a kept statement's bytes, by its identifier.
  let statementDigest: (String) throws -> String?
  /// What a gateway listed of its balance for a statement.
  let cardPaper: (String) throws -> CardPaper?

  /// Those whose bill is a list of their balance.
  private static let listed: Set<String> = [
    FakeStripe.name, FakePayPal.name, FakeAirwallex.name,
  ]
  /// After this many milliseconds past the expiry "does not exist" is a proof at Alipay.
  private static let absenceProves: Int64 = 600_000

  /// An end of a payment.
  func judge(
    _ line: EventLine, _ state: String, _ payment: OrderModel.Payment, isEnded: Bool,
    order: OrderModel
  ) throws {
    guard let proof = line.evidence else { throw order.broken("I7", line, "without evidence") }
    guard line.actor != "timer", line.actor != "recovery" else {
      throw order.broken("M33", line, "\(line.actor) decided about money")
    }
    if proof.source == "operators" { return }
    if payment.gateway == BankAccount.transfers {
      return try judgeAtAccount(line, state, proof, payment, order)
    }
    if payment.gateway == FakeVmq.name {
      return try judgeAtPhone(line, state, proof, payment, order)
    }
    // An end that was believed too early needs our own question to be undone.
    guard proof.strength >= (isEnded && state == "succeeded" ? "e4" : "e3") else {
      throw order.broken("I7", line, "by evidence of \(proof.strength) only")
    }
    if proof.source == "statement" {
      let minor = line.data["captured"]?.objectValue?["minor"]?.integerValue
      if Self.listed.contains(payment.gateway) {
        return try judgeByCardBill(line, proof.id, order) { row in
          state == "succeeded" && row.kind == .charge && row.told.minor == minor
            && row.object == line.text("gateway_txn_id")
        }
      }
      return try judgeByBill(line, proof.id, order) { row in
        state == "succeeded" && !row.isRefund && row.number == payment.number && row.minor == minor
      }
    }
    guard try isOnDisk(proof.id) else {
      throw order.broken("I7", line, "its evidence \(proof.id) is not on the disk")
    }
    if payment.gateway == FakeStripe.name { return try judgeAtStripe(line, state, payment, order) }
    if payment.gateway == FakePayPal.name { return try judgeAtPayPal(line, state, payment, order) }
    if payment.gateway == FakeAirwallex.name {
      return try judgeAtAirwallex(line, state, payment, order)
    }
    guard payment.gateway == "alipay" else { return try judgeAtBank(line, state, payment, order) }
    guard holds(line, state, payment) else {
      throw order.broken("word", line, "Alipay never said so of \(payment.number)")
    }
  }

  private func holds(
    _ line: EventLine, _ state: String, _ payment: OrderModel.Payment
  ) -> Bool {
    let money = line.data["captured"]?.objectValue
    let minor = money?["minor"]?.integerValue ?? 0
    let currency = money?["currency"]?.stringValue ?? ""
    let transaction = line.text("gateway_txn_id")
    let word = alipay.word
    switch state {
    case "succeeded":
      return word.holds(
        .paid(minor: minor, currency: currency, transaction: transaction), about: payment.number)
        || word.holds(
          .reversed(minor: minor, currency: currency, transaction: transaction),
          about: payment.number)
    case "closed":
      let isProven = line.at >= payment.expiresAt + Self.absenceProves
      return word.holds(.closed, about: payment.number) || isNeverShown(line, payment)
        || (isProven && word.holds(.absent, about: payment.number))
    case "failed":
      return word.holds(.refused, about: payment.number) || word.seemsRefused(payment.number)
        || word.holds(.neverBegun, about: payment.number)
    default:
      return word.saysReversed(payment.number)
    }
  }

  /// A create whose answer got lost for good: denied each time that it was sent, or not to be had
  /// again.
  private func isNeverShown(_ line: EventLine, _ payment: OrderModel.Payment) -> Bool {
    let code = line.data["reason"]?.objectValue?["code"]?.stringValue
    guard code == "never_shown", !payment.wasShown else { return false }
    return alipay.word.holds(.begunBefore, about: payment.number)
      || alipay.word.seemsRefused(payment.number)
      || alipay.word.absences(of: payment.number) >= Limits.createCalls
  }

  /// Nothing but a row of a file that agrees with itself says that a transfer came.
  private func judgeAtAccount(
    _ line: EventLine, _ state: String, _ proof: (id: String, source: String, strength: String),
    _ payment: OrderModel.Payment, _ order: OrderModel
  ) throws {
    guard state == "succeeded" else {
      let code = line.data["reason"]?.objectValue?["code"]?.stringValue
      guard state == "closed", code == "reference_withdrawn" else {
        throw order.broken("word", line, "a transfer is \(state) by itself")
      }
      return
    }
    let number = proof.id.split(separator: " ").last.map(String.init) ?? ""
    guard proof.source == "statement", let movement = account.movement(number),
      account.told.contains(number)
    else { throw order.broken("I7", line, "its row \(proof.id) is in no file") }
    let minor = line.data["captured"]?.objectValue?["minor"]?.integerValue
    guard movement.names == [payment.number], movement.minor == minor else {
      throw order.broken("word", line, "the movement \(number) says otherwise")
    }
  }

  private func judgeAtBank(
    _ line: EventLine, _ state: String, _ payment: OrderModel.Payment, _ order: OrderModel
  ) throws {
    guard state == "succeeded" else { return }
    guard let trade = sandbox?.trade(payment.number), trade.paid != nil,
      trade.transaction == line.text("gateway_txn_id")
    else { throw order.broken("word", line, "the bank took nothing for \(payment.number)") }
  }

  /// An end of a refund.
  func judge(
    _ line: EventLine, _ state: String, _ refund: OrderModel.Refund,
    of payment: OrderModel.Payment, order: OrderModel
  ) throws {
    guard let proof = line.evidence else { throw order.broken("I7", line, "without evidence") }
    if proof.source == "statement" {
      if Self.listed.contains(payment.gateway) {
        return try judgeByCardBill(line, proof.id, order) { row in
          state == "succeeded" && row.kind == .refund && row.reference == refund.number
            && row.told.minor == -refund.minor
        }
      }
      return try judgeByBill(line, proof.id, order) { row in
        state == "succeeded" && row.isRefund && row.refundNumber == refund.number
          && row.minor == refund.minor
      }
    }
    guard try isOnDisk(proof.id) else {
      throw order.broken("I7", line, "its evidence is not on the disk")
    }
    if payment.gateway == FakeStripe.name { return try judgeAtStripe(line, state, refund, order) }
    if payment.gateway == FakePayPal.name { return try judgeAtPayPal(line, state, refund, order) }
    if payment.gateway == FakeAirwallex.name {
      return try judgeAtAirwallex(line, state, refund, order)
    }
    guard payment.gateway == "alipay" else { return }
    let word = alipay.word
    // What the gateway gave back by itself has no number of ours there.
    let isOwnAct = line.actor == "system" && word.saysReversed(payment.number)
    let isSaid =
      switch state {
      case "succeeded": word.holds(.refunded(refund.number), about: payment.number) || isOwnAct
      case "failed":
        word.holds(.refundRefused(refund.number), about: payment.number)
          || word.seemsRefused(payment.number)
      default: word.holds(.refundReturned(refund.number), about: payment.number)
      }
    guard isSaid else { throw order.broken("word", line, "Alipay never said so") }
  }

  /// What a dispute was said to be.
  func judge(_ line: EventLine, _ dispute: OrderModel.Dispute, order: OrderModel) throws {
    guard let proof = line.evidence, proof.strength >= "e3", try isOnDisk(proof.id) else {
      throw order.broken("I7", line, "without evidence")
    }
    guard line.actor == "poller" || line.actor.hasPrefix("notice:") else {
      throw order.broken("M33", line, "\(line.actor) decided about a dispute")
    }
    let own =
      stripe.words[dispute.number] ?? payPal.words[dispute.number]
      ?? airwallex.words[dispute.number]
    if let words = own {
      guard words.contains("\(dispute.state) \(dispute.isWithheld)") else {
        throw order.broken("word", line, "nobody ever called \(dispute.number) that")
      }
      return
    }
    let words = sandbox?.word(ofDispute: dispute.number) ?? []
    // A status that is in nobody's table leaves the state as it was.
    let isStrange = !SandboxSide.disputeWords.contains(line.text("gateway_status"))
    guard words.contains(dispute.state) || (isStrange && !words.isEmpty) else {
      throw order.broken("word", line, "the bank never called \(dispute.number) that")
    }
  }

  /// A row of a bill that was kept, as the gateway gave it out.
  private func judgeByBill(
    _ line: EventLine, _ place: String, _ order: OrderModel, _ isRight: (BillPaper.Row) -> Bool
  ) throws {
    let parts = place.split(separator: ":")
    guard parts.count == 2, let number = Int(parts[1]),
      let digest = try statementDigest(String(parts[0])),
      let row = row(ofBill: digest, line: number)
    else { throw order.broken("I7", line, "its row \(place) is in no bill that was given out") }
    guard isRight(row) else { throw order.broken("word", line, "the row \(place) says otherwise") }
  }

  /// Rows of another merchant say nothing about ours.
  private func row(ofBill digest: String, line: Int) -> BillPaper.Row? {
    let own = alipay.papers.exports[digest]?.rows.first {
      $0.line == line && $0.merchant == FakeAlipay.sellerID
    }
    return own?.row ?? alipay.papers.given[digest]?.rows.first { $0.line == line }
  }
}
