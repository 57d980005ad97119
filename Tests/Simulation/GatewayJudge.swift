import Domain
import JSON
import Sandbox

/// Compares what the log says about money with what gateways have really said.
struct GatewayJudge {
  let alipay: FakeAlipay
  let sandbox: SandboxSide?
  /// Whether bytes are on the disk under this identifier of a receipt or a call.
  let isOnDisk: (String) throws -> Bool

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
    // An end that was believed too early needs our own question to be undone.
    guard proof.strength >= (isEnded && state == "succeeded" ? "e4" : "e3") else {
      throw order.broken("I7", line, "by evidence of \(proof.strength) only")
    }
    guard try isOnDisk(proof.id) else {
      throw order.broken("I7", line, "its evidence \(proof.id) is not on the disk")
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
      return word.holds(.refused, about: payment.number)
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
      || alipay.word.absences(of: payment.number) >= Limits.createCalls
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
    guard let proof = line.evidence, try isOnDisk(proof.id) else {
      throw order.broken("I7", line, "its evidence is not on the disk")
    }
    guard payment.gateway == "alipay" else { return }
    let word = alipay.word
    // What the gateway gave back by itself has no number of ours there.
    let isOwnAct = line.actor == "system" && word.saysReversed(payment.number)
    let isSaid =
      switch state {
      case "succeeded": word.holds(.refunded(refund.number), about: payment.number) || isOwnAct
      case "failed": word.holds(.refundRefused(refund.number), about: payment.number)
      default: word.holds(.refundReturned(refund.number), about: payment.number)
      }
    guard isSaid else { throw order.broken("word", line, "Alipay never said so") }
  }
}
