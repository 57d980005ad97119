import Domain
import JSON

/// Balance transactions, each with the charge or refund that it is about. Amounts are integers of
/// Stripe's own smallest unit.
enum StripePages {
  private static let kinds: [(String, EntryKind)] = [
    ("charge", .charge), ("refund", .refund), ("refund_failure", .refundReturn),
    ("dispute", .dispute),
    ("dispute_reversal", .dispute), ("fee", .fee), ("payout", .payout),
    ("payout_reversal", .payoutReturn),
    ("transfer", .transfer), ("topup", .transfer),
  ]

  /// - Returns: false for a row that is left out on purpose.
  static func add(_ row: PageRow, to table: inout EntryTable) throws(StatementError) -> Bool {
    let currency = try row.currency("currency")
    let word = row.text("reporting_category") ?? ""
    let kind = kinds.first { $0.0.utf8.elementsEqual(word.utf8) }?.1 ?? .adjustment
    guard let seconds = row.object["created"]?.integerValue,
      (0...253_402_300_799).contains(seconds)
    else { throw StatementError(line: row.line, .badTime(column: "created", text: "")) }
    var entry = Entry(
      kind: kind, at: Timestamp(milliseconds: seconds * 1000),
      gross: try amount(row, "amount", currency), fee: try amount(row, "fee", currency),
      currency: currency, flags: .hasFee, line: UInt32(clamping: row.line))
    guard try amount(row, "net", currency) == entry.net else { throw row.badAmount("net") }
    let source = row.nested("source")
    let metadata = source?.nested("metadata")
    let payment = metadata?.text("till_payment") ?? ""
    let intent = source?.text("payment_intent") ?? source?.nested("payment_intent")?.text("id")
    let own = source?.text("id") ?? row.text("source") ?? row.text("id") ?? ""
    // A payment is known by its intent, which is what we have of it; a refund by itself.
    entry.transaction = table.keep(kind == .charge ? intent ?? own : own)
    switch kind {
    case .refund, .refundReturn:
      entry.reference = table.keep(metadata?.text("till_refund") ?? "")
    // All rows about a dispute have its number; their own tells them apart.
    case .dispute: entry.reference = table.keep(row.text("id") ?? "")
    default: entry.reference = table.keep(payment)
    }
    if [.refund, .refundReturn, .dispute].contains(kind) {
      entry.parent = table.keep(payment.isEmpty ? intent ?? "" : payment)
    }
    let settlement = try source.flatMap { source throws(StatementError) in
      try convert(&entry, source, row)
    }
    table.addNumbered(entry, settlement: settlement)
    return true
  }

  /// A charge of another currency than the balance's: the row becomes what the buyer paid, and what
  /// reached the balance stands beside it. Source: `exchange_rate` is settlement units of one unit
  /// charged, and null where nothing was converted.
  private static func convert(
    _ entry: inout Entry, _ source: PageRow, _ row: PageRow
  ) throws(StatementError) -> Settlement? {
    guard [.charge, .refund, .refundReturn, .dispute].contains(entry.kind),
      let literal = row.object["exchange_rate"]?.numberLiteral, source.text("currency") != nil
    else { return nil }
    let charged = try source.currency("currency")
    guard charged != entry.currency else { return nil }
    let credited = Money(entry.gross, entry.currency)
    guard let rate = Ratio(rateText: literal, from: charged, to: credited.currency) else {
      throw row.badAmount("exchange_rate")
    }
    let units = try amount(source, "amount", charged)
    guard units >= 0 else { throw source.badAmount("amount") }
    let fee = entry.fee
    entry.gross = entry.gross < 0 ? -units : units
    entry.fee = 0
    entry.currency = charged
    entry.flags.remove(.hasFee)
    return Settlement(amount: credited, rate: rate, fee: fee)
  }

  private static func amount(
    _ row: PageRow, _ name: String, _ currency: Currency
  ) throws(StatementError) -> Int64 {
    guard var units = row.object[name]?.integerValue else { throw row.badAmount(name) }
    var shift = Int(currency.exponent) - StripeUnits.decimals(of: currency)
    while shift > 0 {
      let (next, overflow) = units.multipliedReportingOverflow(by: 10)
      guard !overflow else { throw StatementError(line: row.line, .overflow) }
      units = next
      shift -= 1
    }
    while shift < 0 {
      guard units % 10 == 0 else { throw row.badAmount(name) }
      units /= 10
      shift += 1
    }
    return units
  }
}
