/// What disputes took and gave back. A movement is booked once: by the gateway's word where there
/// is one, whatever people decided about its row in a bill.
extension LedgerProjection {
  struct DisputeBook {
    /// A movement of a dispute.
    struct Place: Hashable {
      let dispute: DisputeID
      let movement: Int
    }

    let payment: PaymentID
    let order: OrderID
    let gateway: String
    /// The gateway's of it.
    let number: String
    var status: DisputeStatus
    var movements = DisputeMovements()
    /// Rows of bills that are movements of it.
    var rows: [Int: [DiscrepancyID]] = [:]
    /// What is withheld now: by which entry, how much, and in which account.
    var withheld: (entry: Int, amount: Money, account: LedgerAccount)?
  }

  mutating func apply(
    _ body: DisputeEvent, _ id: DisputeID, _ event: Event
  ) throws(LedgerError) {
    switch body {
    case .opened(let payment, let number, let status, _, _, _):
      guard let book = payments[payment] else { throw .unknownSubject }
      disputes[id] = DisputeBook(
        payment: payment, order: book.order, gateway: book.gateway, number: number, status: status)
      try takeIn(for: id, event)
    case .moved(let status, _, _, _): disputes[id]?.status = status
    case .updated: break
    case .due, .attached: return
    }
    guard let before = disputes[id]?.movements.all else { throw .unknownSubject }
    disputes[id]?.movements.follow(body, at: event.at)
    try withhold(id, event)
    try explainRows(by: id, before: before, event)
  }

  /// Money that the gateway keeps back is held; once the dispute is lost, it is a loss.
  private mutating func withhold(_ id: DisputeID, _ event: Event) throws(LedgerError) {
    guard var dispute = disputes[id] else { throw .unknownSubject }
    let amount = dispute.movements.isOut ? dispute.movements.all.last?.amount : nil
    let account: LedgerAccount = dispute.status.tookMoney ? .chargebackLoss : .disputeHold
    if let old = dispute.withheld {
      if let amount, old.account == account, old.amount == amount { return }
      try undo(old.entry, .disputed, event)
      dispute.withheld = nil
    }
    if let amount {
      let entry = try ledger.post(
        LedgerEntry(
          .disputed, at: event.at, event: event.id, order: dispute.order, amount,
          from: .receivable(gateway: dispute.gateway), to: account))
      dispute.withheld = (entry, amount, account)
    }
    disputes[id] = dispute
  }

  // MARK: Rows of bills

  /// A difference about a dispute was told of.
  mutating func expect(_ facts: DiscrepancyFacts, _ id: DiscrepancyID) {
    guard facts.kind == .unknownDispute else { return }
    switch facts.ours {
    case .dispute(let dispute, let movement)?:
      link(id, .init(dispute: dispute, movement: movement))
    case .payment(let payment)?: disputeRows[payment, default: []].append(id)
    case nil: meet(id, facts)
    case .refund, .refundReturn, .reversal, .order: break
    }
  }

  /// A row that waited among those of a payment.
  mutating func link(
    _ id: DiscrepancyID, of payment: PaymentID, _ place: DisputeBook.Place
  ) {
    disputeRows[payment]?.removeAll { $0 == id }
    link(id, place)
  }

  private mutating func link(_ id: DiscrepancyID, _ place: DisputeBook.Place) {
    differences[id]?.movement = place
    disputes[place.dispute]?.rows[place.movement, default: []].append(id)
  }

  /// Each new movement is the one of a row that waits for it; where an amount was put right, what
  /// was decided about its row is.
  private mutating func explainRows(
    by id: DisputeID, before: [DisputeMovement], _ event: Event
  ) throws(LedgerError) {
    guard let dispute = disputes[id] else { return }
    for movement in dispute.movements.all {
      let isNew = movement.number > before.count
      guard isNew || before[movement.number - 1] != movement else { continue }
      let waiting = disputeRows[dispute.payment] ?? []
      if isNew, let row = row(of: waiting, for: movement, of: dispute) {
        link(row, of: dispute.payment, .init(dispute: id, movement: movement.number))
      }
      for row in disputes[id]?.rows[movement.number] ?? [] { try restateDecision(row, event) }
    }
  }

  /// One that names the dispute before others of the payment; one of its amount, else of its
  /// direction, first told first.
  func row(
    of waiting: [DiscrepancyID], for movement: DisputeMovement, of dispute: DisputeBook
  ) -> DiscrepancyID? {
    let rows = waiting.filter { id in
      guard let facts = differences[id]?.facts else { return false }
      return facts.currency == movement.amount.currency
        && (facts.actual < 0) == (movement.change < 0)
    }
    let named = rows.filter { id in
      differences[id]?.facts.theirs?.transaction?.utf8.elementsEqual(dispute.number.utf8) ?? false
    }
    let own = named.isEmpty ? rows : named
    return own.first { differences[$0]?.facts.actual == movement.change } ?? own.first
  }

  /// What a difference says that the books do not hold.
  func unbooked(_ book: DifferenceBook, _ id: DiscrepancyID) -> Int64 {
    if isOvertaken(book.facts, id) { return 0 }
    guard let place = book.movement, book.facts.expectedCurrency == book.facts.currency,
      let dispute = disputes[place.dispute]
    else { return book.facts.balanceChange }
    let known = dispute.movements.all.first { $0.number == place.movement }
    guard known.map({ $0.amount.currency == book.facts.currency }) ?? true else {
      return book.facts.balanceChange
    }
    let (rest, overflow) = book.facts.actual.subtractingReportingOverflow(known?.change ?? 0)
    return overflow ? book.facts.balanceChange : rest
  }
}

extension LedgerProjection.DifferenceBook {
  /// A decision stands that takes its money into the books.
  var isBooked: Bool { verb.map { facts.counterAccount(for: $0) != nil } ?? false }
}
