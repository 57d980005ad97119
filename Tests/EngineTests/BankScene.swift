import Domain
import Engine
import Store

/// Files of a bank, and of a gateway that pays out to it.
extension World {
  func takenIn(_ bytes: [UInt8], gateway: String = "bank") throws -> StatementRecord {
    guard case .success(.statement(let reply)) = try take(
      try upload(bytes, piece: 4_000), gateway: gateway)
    else { throw ShortcutFault.unexpected("the file was refused") }
    return reply.record
  }

  /// Movements of an account in yuan, by the day of the month.
  func bankFile(
    _ rows: [(minor: Int64, at: Timestamp, text: String)], _ name: String,
    of account: String = "account"
  ) throws -> StatementRecord {
    var lines = [":20:\(name)", ":25:\(name)", ":28C:1/1"]
    for row in rows {
      let stamp = Self.stamp(row.at)
      if lines.count == 3 { lines.append(":60F:C\(stamp)CNY0,00") }
      let (mark, minor) = (row.minor < 0 ? "D" : "C", abs(row.minor))
      let cents = CivilTime.padded(minor % 100, 2)
      lines.append(":61:\(stamp)\(mark)\(minor / 100),\(cents)NTRFNONREF")
      lines.append(":86:\(row.text)")
    }
    let sum = rows.reduce(Int64(0)) { $0 + $1.minor }
    lines.append(
      ":62F:\(sum < 0 ? "D" : "C")\(Self.stamp(rows.last?.at ?? now))CNY\(abs(sum) / 100),"
        + CivilTime.padded(abs(sum) % 100, 2))
    let text = "{4:\n" + lines.joined(separator: "\n") + "\n-}\n"
    return try takenIn(Array(text.utf8), gateway: account)
  }

  private static func stamp(_ at: Timestamp) -> String {
    let digits = CivilTime(at, offsetMinutes: 0).dateText.utf8.filter { $0 != 0x2D }
    return String(decoding: Array(digits.dropFirst(2)), as: UTF8.self)
  }

  func compared(
    _ statement: StatementRecord, with bank: StatementRecord? = nil,
    terms: GatewayTerms = GatewayTerms()
  ) throws -> RunRecord {
    let draft = try Comparison.draft(
      of: statement.id, with: bank?.id, from: reader(), at: now, terms: { _ in terms })
    guard case .success(.reconciled(let run, _)) = try ask(
      "recon.run", .reconcile(draft), by: World.finance)
    else { throw ShortcutFault.unexpected("the run was refused") }
    return run
  }

  /// As Stripe gives it out, of payments in yuan.
  func activity(
    _ payment: Payment, _ rows: [(word: String, id: String, minor: Int64)]
  ) throws -> StatementRecord {
    let charge = (
      word: "charge", id: payment.gatewayTransaction ?? "", minor: payment.amount.minor
    )
    let civil = CivilTime(payment.paidAt ?? now, offsetMinutes: 0)
    let lines = ([charge] + rows).map { row in
      let sign = row.minor < 0 ? "-" : ""
      let amount = "\(sign)\(row.minor.magnitude / 100).00"
      let reference = row.word == "charge" ? payment.outTradeNumber : ""
      return [
        "\(civil.dateText) \(civil.timeText)", row.id, reference, row.word, amount, "0.00", amount,
        "cny",
      ].joined(separator: ",")
    }
    let heading = "created_utc,source_id,payment_intent_id,reporting_category,gross,fee,net,currency"
    return try takenIn(Array(([heading] + lines + [""]).joined(separator: "\n").utf8))
  }
}
