import Domain
import JSON

/// Rows of PayPal's transaction search: signed decimals, what they are by their event code.
enum PayPalPages {
  /// The time that a page was asked for; nil where it does not say.
  static func window(of page: PageRow) throws(StatementError) -> Range<Timestamp>? {
    guard page.text("start_date") != nil, page.text("end_date") != nil else { return nil }
    let (from, last) = (try page.time("start_date"), try page.time("end_date"))
    // It names the last second that belongs to it.
    return from <= last ? from..<last.adding(milliseconds: 1000) : nil
  }

  /// The search also finds what was only touched within its window. A payment that is done may have
  /// been held back until then, and stands in no report before; it counts from then, and is marked,
  /// as it may have been touched by a refund alone. All else stands in the report of its own day.
  ///
  /// - Parameters:
  ///   - window: the time that the page was asked for.
  ///   - begin: where the report begins that the page is of.
  /// - Returns: false for a row that is left out on purpose: one that never touched the balance, or
  ///   one of another day.
  static func add(
    _ row: PageRow, within window: Range<Timestamp>?, after begin: Timestamp?,
    to table: inout EntryTable
  ) throws(StatementError) -> Bool {
    guard let info = row.nested("transaction_info"), let money = info.nested("transaction_amount")
    else { throw StatementError(line: row.line, .missingColumn("transaction_info")) }
    let code = info.text("transaction_event_code") ?? ""
    guard !code.hasPrefix("T13"), let status = status(info.text("transaction_status")) else {
      return false
    }
    var at = try info.time("transaction_initiation_date")
    let isTouched = window.map { !$0.contains(at) } ?? false
    if isTouched {
      guard kind(code) == .charge, status == .succeeded, let window, let begin, at < begin,
        info.text("transaction_updated_date") != nil
      else { return false }
      at = try info.time("transaction_updated_date")
      guard window.contains(at) else { return false }
    }
    let currency = try money.currency("currency_code")
    let gross = try money.amount("value", currency)
    var entry = Entry(
      kind: kind(code), status: status, at: at, gross: gross, currency: currency,
      line: UInt32(clamping: row.line))
    if let fee = info.nested("fee_amount") {
      entry.fee = -(try fee.amount("value", currency))
      entry.flags.insert(.hasFee)
    }
    entry.transaction = table.keep(info.text("transaction_id") ?? "")
    entry.reference = table.keep(info.text("custom_field") ?? info.text("invoice_id") ?? "")
    entry.parent = table.keep(info.text("paypal_reference_id") ?? "")
    table.addNumbered(entry, isTouched: isTouched)
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
