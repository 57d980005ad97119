/// What runs over statements book.
extension LedgerProjection {
  /// What the runs over a statement booked: the fees of its bill, and its payouts by their lines.
  struct StatementBook {
    var fees: [Money] = []
    var feeEntries: [Int] = []
    var conversions: [CurrencyConversion] = []
    var conversionEntries: [Int] = []
    var arrivals: [Int64: (arrival: PayoutArrival, entry: Int)] = [:]
  }

  /// What the newest run over a statement booked holds; a later one puts its own in place of it.
  mutating func book(
    _ bookings: RunBookings, _ statement: StatementID, _ gateway: String, _ event: Event
  ) throws(LedgerError) {
    let receivable = LedgerAccount.receivable(gateway: gateway)
    var book = statements[statement, default: StatementBook()]
    if book.fees != bookings.fees {
      for entry in book.feeEntries { try undo(entry, .corrected, event) }
      book.fees = bookings.fees
      book.feeEntries = []
      for fee in bookings.fees {
        book.feeEntries.append(
          try ledger.post(
            LedgerEntry(
              .fee, at: event.at, event: event.id, order: nil, fee, from: receivable,
              to: .feeExpense(gateway: gateway))))
      }
    }
    if book.conversions != bookings.conversions {
      for entry in book.conversionEntries { try undo(entry, .corrected, event) }
      book.conversions = bookings.conversions
      book.conversionEntries = []
      for conversion in bookings.conversions {
        book.conversionEntries.append(
          try ledger.post(
            LedgerEntry(
              .converted, at: event.at, event: event.id, order: nil,
              lines: try conversion.lines(gateway: gateway))))
      }
    }
    statements[statement] = book
    for arrival in bookings.arrivals { try move(arrival, from: receivable, event) }
  }

  /// A payout may be found by a run over a later statement than its own.
  private mutating func move(
    _ arrival: PayoutArrival, from receivable: LedgerAccount, _ event: Event
  ) throws(LedgerError) {
    var book = statements[arrival.statement, default: StatementBook()]
    if let known = book.arrivals[arrival.line] {
      guard known.arrival != arrival else { return }
      try undo(known.entry, .corrected, event)
    }
    let entry = try ledger.post(
      LedgerEntry(
        .payout, at: event.at, event: event.id, order: nil, arrival.amount, from: receivable,
        to: .bank(account: arrival.account)))
    book.arrivals[arrival.line] = (arrival, entry)
    statements[arrival.statement] = book
  }

  /// A statement was issued again: what was booked by the old one waits for a run over the new one.
  mutating func giveBack(
    _ statement: StatementID, _ event: Event
  ) throws(LedgerError) {
    guard let book = statements.removeValue(forKey: statement) else { return }
    let arrivals = book.arrivals.sorted { $0.key < $1.key }.map(\.value.entry)
    for entry in book.feeEntries + book.conversionEntries + arrivals {
      try undo(entry, .corrected, event)
    }
  }
}
