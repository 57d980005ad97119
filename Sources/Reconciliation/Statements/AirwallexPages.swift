import Domain
import JSON

/// Airwallex' financial transactions, and the records of settlements: numbers of the major unit,
/// members in both of its spellings.
enum AirwallexPages {
  private static let kinds: [(String, EntryKind)] = [
    ("PAYMENT", .charge), ("REFUND", .refund), ("DISPUTE", .dispute), ("DISPUTE_LOST", .dispute),
    ("REFUND_REVERSAL", .refundReturn), ("REFUND_FAILURE", .refundReturn),
    ("DISPUTE_REVERSAL", .dispute), ("FEE", .fee), ("PAYOUT", .payout),
    ("PAYOUT_FAILURE", .payoutReturn), ("PAYOUT_REVERSAL", .payoutReturn), ("TRANSFER", .transfer),
    ("DEPOSIT", .transfer), (sold, .conversion), (bought, .conversion),
  ]
  private static let sold = "CONVERSION_SELL"
  private static let bought = "CONVERSION_BUY"

  /// - Returns: false for a row that is left out on purpose: one that was cancelled, and the list
  ///   of settlements, whose records follow.
  static func add(_ row: PageRow, to table: inout EntryTable) throws(StatementError) -> Bool {
    if row.object["gross_amount"] != nil { return try addRecord(row, to: &table) }
    guard let word = row.text("transaction_type") ?? row.text("transactionType") else {
      return false
    }
    guard row.text("status") != "CANCELLED" else { return false }
    let currency = try row.currency("currency")
    let kind = kind(word)
    var entry = Entry(
      kind: kind, at: try row.time(row.object["created_at"] == nil ? "createdAt" : "created_at"),
      gross: try row.amount("amount", currency), fee: try row.amount("fee", currency),
      currency: currency, flags: .hasFee, line: UInt32(clamping: row.line))
    if kind == .conversion { entry.gross = try half(entry.gross, word, row) }
    // A payment is known by its intent, which is what we have of it; a refund by itself.
    let source = row.text("source_id") ?? row.text("sourceId") ?? ""
    let intent = row.text("funding_source_id") ?? row.text("fundingSourceId")
    entry.transaction = table.keep(kind == .charge ? intent ?? source : source)
    if [.refund, .refundReturn, .dispute].contains(kind) { entry.parent = table.keep(intent ?? "") }
    // All rows about a dispute have its number; their own tells them apart.
    if kind == .dispute { entry.reference = table.keep(row.text("id") ?? "") }
    entry.batch = table.number(of: (row.text("batch_id") ?? row.text("batchId") ?? "").utf8)
    table.addNumbered(entry)
    return true
  }

  /// No page says whether what is sold is negative: the word tells.
  private static func half(
    _ minor: Int64, _ word: String, _ row: PageRow
  ) throws(StatementError) -> Int64 {
    guard minor != .min else { throw row.badAmount("amount") }
    return plain(word) == sold ? -abs(minor) : abs(minor)
  }

  /// Fees are negative here.
  private static func addRecord(
    _ row: PageRow, to table: inout EntryTable
  ) throws(StatementError) -> Bool {
    let currency = try row.currency("settlement_currency")
    let kind = kind(row.text("transaction_type") ?? "")
    let fees = try row.amount("fees", currency)
    let (cost, overflow) = fees.addingReportingOverflow(try row.amount("taxes_on_fees", currency))
    guard !overflow, cost != .min else { throw StatementError(line: row.line, .overflow) }
    var entry = Entry(
      kind: kind, at: try row.time("created_at"), gross: try row.amount("gross_amount", currency),
      fee: -cost, currency: currency, flags: .hasFee, line: UInt32(clamping: row.line))
    guard try row.amount("net_amount", currency) == entry.net else {
      throw row.badAmount("net_amount")
    }
    let intent = row.text("payment_intent_id") ?? ""
    let source = row.text("source_id") ?? ""
    entry.transaction = table.keep(kind == .charge ? intent : source)
    let number = row.text("order_id") ?? ""
    let own = kind == .dispute ? row.text("transaction_id") ?? "" : ""
    entry.reference = table.keep(kind == .charge ? number : own)
    if kind != .charge { entry.parent = table.keep(number) }
    entry.batch = table.number(of: (row.text("settlement_batch_id") ?? "").utf8)
    let settlement = try convert(&entry, row)
    table.addNumbered(entry, settlement: settlement)
    return true
  }

  /// Paid in another currency than it is settled in: the row becomes what the buyer paid.
  private static func convert(
    _ entry: inout Entry, _ row: PageRow
  ) throws(StatementError) -> Settlement? {
    guard [.charge, .refund, .dispute].contains(entry.kind),
      row.text("transaction_currency") != nil
    else { return nil }
    let paid = try row.currency("transaction_currency")
    guard paid != entry.currency else { return nil }
    let credited = Money(entry.gross, entry.currency)
    let literal = row.object["exchange_rate"]?.numberLiteral ?? row.text("exchange_rate") ?? ""
    guard let rate = Ratio(rateText: literal, from: paid, to: credited.currency) else {
      throw row.badAmount("exchange_rate")
    }
    let amount = try row.amount("transaction_amount", paid)
    guard amount != .min else { throw row.badAmount("transaction_amount") }
    let fee = entry.fee
    entry.gross = entry.gross < 0 ? -abs(amount) : abs(amount)
    entry.fee = 0
    entry.currency = paid
    entry.flags.remove(.hasFee)
    return Settlement(amount: credited, rate: rate, fee: fee)
  }

  private static func kind(_ word: String) -> EntryKind {
    let plain = plain(word)
    return kinds.first { $0.0.utf8.elementsEqual(plain.utf8) }?.1 ?? .adjustment
  }

  /// Records write words with spaces.
  private static func plain(_ word: String) -> String {
    word.uppercased().map { $0 == " " ? "_" : String($0) }.joined()
  }
}
