import Domain
import JSON

/// Rows of PayPal's transaction search: signed decimals, what they are by their event code.
enum PayPalPages {
  /// - Returns: false for a row that is left out on purpose: one that never touched the balance.
  static func add(_ row: PageRow, to table: inout EntryTable) throws(StatementError) -> Bool {
    guard let info = row.nested("transaction_info"), let money = info.nested("transaction_amount")
    else { throw StatementError(line: row.line, .missingColumn("transaction_info")) }
    let code = info.text("transaction_event_code") ?? ""
    guard !code.hasPrefix("T13"), let status = status(info.text("transaction_status")) else {
      return false
    }
    let currency = try money.currency("currency_code")
    let kind = kind(code)
    var entry = Entry(
      kind: kind, status: status, at: try info.time("transaction_initiation_date"),
      gross: try money.amount("value", currency), currency: currency,
      line: UInt32(clamping: row.line))
    if let fee = info.nested("fee_amount") {
      entry.fee = -(try fee.amount("value", currency))
      entry.flags.insert(.hasFee)
    }
    entry.transaction = table.keep(info.text("transaction_id") ?? "")
    entry.reference = table.keep(info.text("custom_field") ?? info.text("invoice_id") ?? "")
    entry.parent = table.keep(info.text("paypal_reference_id") ?? "")
    table.addNumbered(entry)
    return true
  }

  /// Source: PayPal's list of event codes. The first three signs are the group.
  private static func kind(_ code: String) -> EntryKind {
    switch code.prefix(3) {
    case "T00": code == "T0001" ? .transfer : .charge
    case "T01": .fee
    case "T02": .conversion
    case "T03": .transfer
    case "T04": .payout
    case "T11": code == "T1107" ? .refund : .adjustment
    case "T12": .dispute
    default: .adjustment
    }
  }

  /// Nil for a status without money.
  private static func status(_ word: String?) -> EntryStatus? {
    switch word {
    case "S", "V": .succeeded
    case "P": .pending
    case "D": nil
    default: .pending
    }
  }
}
