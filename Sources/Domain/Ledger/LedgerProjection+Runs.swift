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
    /// By its lines, what runs over later statements booked of its rows.
    var carried: [Int64: (costs: CarriedCosts, entries: [Int])] = [:]
    var arrivals: [Int64: (arrival: PayoutArrival, entry: Int)] = [:]
  }

  /// What the newest run over a statement booked holds; a later one puts its own in place of it,
  /// and of what others had booked of its rows.
  mutating func book(
    _ bookings: RunBookings, _ statement: StatementID, _ gateway: String, _ event: Event
  ) throws(LedgerError) {
    var book = statements[statement, default: StatementBook()]
    if book.fees != bookings.fees {
      book.fees = bookings.fees
      try replace(&book.feeEntries, with: try fees(bookings.fees, gateway, event), event)
    }
    if book.coupons != bookings.coupons {
      book.coupons = bookings.coupons
      try replace(&book.couponEntries, with: try coupons(bookings.coupons, gateway, event), event)
    }
    if book.conversions != bookings.conversions {
      book.conversions = bookings.conversions
      let entries = try conversions(bookings.conversions, gateway, event)
      try replace(&book.conversionEntries, with: entries, event)
    }
    for line in book.carried.keys.sorted() {
      for entry in book.carried[line]?.entries ?? [] { try undo(entry, .corrected, event) }
    }
    book.carried = [:]
    statements[statement] = book
    for costs in bookings.carried { try bookCarried(costs, gateway, event) }
    let receivable = LedgerAccount.receivable(gateway: gateway)
    for arrival in bookings.arrivals { try move(arrival, from: receivable, event) }
    for back in bookings.returns { try take(back, event) }
  }

  /// What a row of an earlier statement costs, in place of what it was told to cost before.
  private mutating func bookCarried(
    _ costs: CarriedCosts, _ gateway: String, _ event: Event
  ) throws(LedgerError) {
    let (statement, line) = (costs.row.statement, costs.row.line)
    let known = statements[statement]?.carried[line]
    guard known?.costs != costs else { return }
    let entries =
      try fees([costs.fee].compactMap(\.self), gateway, event)
      + coupons([costs.coupon].compactMap(\.self), gateway, event)
      + conversions([costs.conversion].compactMap(\.self), gateway, event)
    var booked = known?.entries ?? []
    try replace(&booked, with: entries, event)
    statements[statement, default: StatementBook()].carried[line] = (costs, booked)
  }

  private func fees(
    _ sums: [Money], _ gateway: String, _ event: Event
  ) throws(LedgerError) -> [LedgerEntry] {
    try costs(sums, .fee, .feeExpense(gateway: gateway), gateway, event)
  }

  private func coupons(
    _ sums: [Money], _ gateway: String, _ event: Event
  ) throws(LedgerError) -> [LedgerEntry] {
    try costs(sums, .coupon, .couponExpense(gateway: gateway), gateway, event)
  }

  private func costs(
    _ sums: [Money], _ cause: LedgerCause, _ account: LedgerAccount, _ gateway: String,
    _ event: Event
  ) throws(LedgerError) -> [LedgerEntry] {
    try sums.map { sum throws(LedgerError) in
      try LedgerEntry(
        cause, at: event.at, event: event.id, order: nil, sum,
        from: .receivable(gateway: gateway), to: account)
    }
  }

  private func conversions(
    _ conversions: [CurrencyConversion], _ gateway: String, _ event: Event
  ) throws(LedgerError) -> [LedgerEntry] {
    try conversions.map { conversion throws(LedgerError) in
      try LedgerEntry(
        .converted, at: event.at, event: event.id, order: nil,
        lines: try conversion.lines(gateway: gateway))
    }
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
    let carried = book.carried.keys.sorted().flatMap { book.carried[$0]?.entries ?? [] }
    for entry in book.feeEntries + book.couponEntries + book.conversionEntries + carried {
      try undo(entry, .corrected, event)
    }
  }
}
