/// What runs over statements book.
extension LedgerProjection {
  /// What the runs over a statement booked: the fees and coupons of its bill, and its payouts by
  /// their lines.
  struct StatementBook {
    var fees: [Money] = []
    var feeEntries: [Int] = []
    var coupons: [Money] = []
    var couponEntries: [Int] = []
    var conversions: [CurrencyConversion] = []
    var conversionEntries: [Int] = []
    var arrivals: [Int64: (arrival: PayoutArrival, entry: Int)] = [:]
  }

  /// What the newest run over a statement booked holds; a later one puts its own in place of it.
  mutating func book(
    _ bookings: RunBookings, _ statement: StatementID, _ gateway: String, _ event: Event
  ) throws(LedgerError) {
    let receivable = LedgerAccount.receivable(gateway: gateway)
    func costs(
      _ sums: [Money], _ cause: LedgerCause, _ account: LedgerAccount
    ) throws(LedgerError) -> [LedgerEntry] {
      try sums.map { sum throws(LedgerError) in
        try LedgerEntry(
          cause, at: event.at, event: event.id, order: nil, sum, from: receivable, to: account)
      }
    }
    var book = statements[statement, default: StatementBook()]
    if book.fees != bookings.fees {
      book.fees = bookings.fees
      let entries = try costs(bookings.fees, .fee, .feeExpense(gateway: gateway))
      try replace(&book.feeEntries, with: entries, event)
    }
    if book.coupons != bookings.coupons {
      book.coupons = bookings.coupons
      let entries = try costs(bookings.coupons, .coupon, .couponExpense(gateway: gateway))
      try replace(&book.couponEntries, with: entries, event)
    }
    if book.conversions != bookings.conversions {
      book.conversions = bookings.conversions
      let entries = try bookings.conversions.map { conversion throws(LedgerError) in
        try LedgerEntry(
          .converted, at: event.at, event: event.id, order: nil,
          lines: try conversion.lines(gateway: gateway))
      }
      try replace(&book.conversionEntries, with: entries, event)
    }
    statements[statement] = book
    for arrival in bookings.arrivals { try move(arrival, from: receivable, event) }
    for back in bookings.returns { try take(back, event) }
  }

  /// What the run before booked is undone, and the new entries take its place.
  private mutating func replace(
    _ booked: inout [Int], with entries: [LedgerEntry], _ event: Event
  ) throws(LedgerError) {
    for entry in booked { try undo(entry, .corrected, event) }
    booked = []
    for entry in entries { booked.append(try ledger.post(entry)) }
  }

  /// A statement was issued again: what was booked by the old one waits for a run over the new one.
  mutating func giveBack(
    _ statement: StatementID, _ event: Event
  ) throws(LedgerError) {
    try giveBackPayouts(of: statement, event)
    guard let book = statements.removeValue(forKey: statement) else { return }
    for entry in book.feeEntries + book.couponEntries + book.conversionEntries {
      try undo(entry, .corrected, event)
    }
  }
}
