/// Payouts leave the gateway once: by the bank's row where there is one, whatever people decided
/// while they waited for it, or about a row that nobody knew as a payout.
extension LedgerProjection {
  /// A payout may be found by a run over a later statement than its own.
  mutating func move(
    _ arrival: PayoutArrival, from receivable: LedgerAccount, _ event: Event
  ) throws(LedgerError) {
    let place = StatementPlace(statement: arrival.statement, line: arrival.line)
    guard statements[place.statement]?.arrivals[place.line]?.arrival != arrival else { return }
    let before = try takeBack(place, event)
    let entry = try ledger.post(
      LedgerEntry(
        .payout, at: event.at, event: event.id, order: nil, arrival.amount, from: receivable,
        to: .bank(account: arrival.account)))
    statements[place.statement, default: StatementBook()].arrivals[place.line] = (arrival, entry)
    for credit in arrival.credits { credits[credit, default: []].insert(place) }
    try restateReturn(of: place, event)
    try restateDecisions(of: place, event)
    for credit in before + arrival.credits { try restateDecisions(ofCredit: credit, event) }
  }

  /// The bank turned a payout away: the gateway has the money again.
  mutating func take(_ back: PayoutReturn, _ event: Event) throws(LedgerError) {
    guard returned[back.payout] != back.row else { return }
    returned[back.payout] = back.row
    try restateReturn(of: back.payout, event)
    try restateDecisions(of: back.payout, event)
  }

  /// What had come and was turned away afterwards has left the bank.
  private mutating func restateReturn(
    of place: StatementPlace, _ event: Event
  ) throws(LedgerError) {
    let arrival = statements[place.statement]?.arrivals[place.line]?.entry
    let gone = returned[place] == nil ? nil : arrival
    if let old = sentBack[place] {
      guard old.arrival != gone else { return }
      try undo(old.entry, .corrected, event)
      sentBack[place] = nil
    }
    guard let gone else { return }
    sentBack[place] = (try undo(gone, .payoutReturned, event), gone)
  }

  /// - Returns: the rows of the bank that it was.
  private mutating func takeBack(
    _ place: StatementPlace, _ event: Event
  ) throws(LedgerError) -> [StatementPlace] {
    guard let known = statements[place.statement]?.arrivals.removeValue(forKey: place.line) else {
      return []
    }
    try undo(known.entry, .corrected, event)
    try restateReturn(of: place, event)
    for credit in known.arrival.credits {
      credits[credit]?.remove(place)
      if credits[credit]?.isEmpty ?? false { credits[credit] = nil }
    }
    return known.arrival.credits
  }

  /// A statement, of the gateway or the bank, was issued again: its payouts wait for a run that
  /// looks for them in the new one.
  mutating func giveBackPayouts(
    of statement: StatementID, _ event: Event
  ) throws(LedgerError) {
    let own = (statements[statement]?.arrivals.keys.sorted() ?? []).map {
      StatementPlace(statement: statement, line: $0)
    }
    let credited = credits.filter { $0.key.statement == statement }
    let found = Set(credited.flatMap(\.value)).subtracting(own).sorted()
    let backs = returned.filter { [$0.key.statement, $0.value.statement].contains(statement) }
      .keys.sorted()
    for place in backs { returned[place] = nil }
    var freed: [StatementPlace] = []
    for place in own + found { freed += try takeBack(place, event) }
    for place in backs { try restateReturn(of: place, event) }
    for place in own + found + backs { try restateDecisions(of: place, event) }
    for credit in freed { try restateDecisions(ofCredit: credit, event) }
  }

  /// Something differs between a payout and the bank.
  mutating func expectPayout(
    _ facts: DiscrepancyFacts, _ id: DiscrepancyID, _ event: Event
  ) throws(LedgerError) {
    if let row = facts.creditRow {
      creditDifferences[row, default: []].append(id)
    }
    guard let place = facts.payoutAtBank else { return }
    payoutDifferences[place, default: []].append(id)
    try restateDecisions(of: place, event)
  }

  /// What people decided about a payout that has come, has come otherwise, or is gone again.
  mutating func restateDecisions(
    of place: StatementPlace, _ event: Event
  ) throws(LedgerError) {
    for id in payoutDifferences[place] ?? [] {
      try restateDecision(id, event)
      if let partner = differences[id]?.partner { try restateDecision(partner, event) }
    }
  }

  /// What people decided about a row of a bank that is a payout after all, or is none again.
  private mutating func restateDecisions(
    ofCredit credit: StatementPlace, _ event: Event
  ) throws(LedgerError) {
    for id in creditDifferences[credit] ?? [] { try restateDecision(id, event) }
  }

  /// What came, or went back, is no longer missing; and of what was told of it the newest counts,
  /// while it is what came. A row of the bank that is a payout, or that was merged with one which
  /// has come, brought no more than that.
  func isOvertaken(_ facts: DiscrepancyFacts, _ id: DiscrepancyID) -> Bool {
    if let row = facts.creditRow {
      guard credits[row] == nil else { return true }
      guard let partner = differences[id]?.partner, let other = differences[partner]?.facts,
        !other.isOfBank
      else { return false }
      return isOvertaken(other, partner)
    }
    guard let place = facts.payoutAtBank else { return false }
    if returned[place] != nil { return true }
    guard let came = statements[place.statement]?.arrivals[place.line]?.arrival else {
      return false
    }
    guard facts.kind == .payoutSum else { return true }
    let told = payoutDifferences[place]?.last { differences[$0]?.facts.kind == .payoutSum }
    return told != id || came.amount != Money(facts.actual, facts.currency)
  }

  /// Whose money a difference puts in doubt.
  func holder(of facts: DiscrepancyFacts) -> LedgerAccount {
    if facts.isOfExchange { return .exchange }
    guard let row = facts.creditRow, let account = bankAccounts[row.statement] else {
      return .receivable(gateway: facts.gateway)
    }
    return .bank(account: account)
  }
}

extension DiscrepancyFacts {
  /// The row of the bank that is no payout.
  fileprivate var creditRow: StatementPlace? {
    guard isOfBank, let bank else { return nil }
    return StatementPlace(statement: bank.statement, line: bank.line)
  }

  /// The row of a payout that the bank lacks, or has otherwise.
  fileprivate var payoutAtBank: StatementPlace? {
    let isAtBank = kind == .payoutSum ? bank != nil : kind == .payoutNotArrived && actual == 0
    guard isAtBank, let row = theirs else { return nil }
    return StatementPlace(statement: row.statement, line: row.line)
  }
}
