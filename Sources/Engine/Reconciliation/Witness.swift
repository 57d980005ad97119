package import Domain
package import Store

/// What one of the three that know of a payment has said of it: the gateway, our books, a bill.
package struct Witness: Hashable, Sendable {
  package enum Voice: String, Sendable, CaseIterable {
    case gateway
    case books
    case bill
  }

  package let voice: Voice
  /// As `paid`, `closed`, `missing`; nil where it has not spoken yet.
  package let says: String?
  package let amount: Money?
  /// When the gateway's word came, our books changed, or the bill says it happened.
  package let at: Timestamp?
  /// The row of the bill, `stm_…:17`.
  package let row: String?
  /// Where it contradicts our books; open or decided.
  package let discrepancies: [DiscrepancyID]

  private init(
    _ voice: Voice, says: String?, amount: Money? = nil, at: Timestamp? = nil,
    row: String? = nil, discrepancies: [DiscrepancyID] = []
  ) {
    self.voice = voice
    self.says = says
    self.amount = amount
    self.at = at
    self.row = row
    self.discrepancies = discrepancies
  }

  /// The three, in the order of `Voice.allCases`.
  package static func all(
    of payment: Payment, from store: StoreReader
  ) throws(StoreError) -> [Witness] {
    let events = try store.recorded(of: payment.order).map(\.event)
    return [
      ofGateway(payment, events), ofBooks(payment, events), try ofBill(payment, events, store),
    ]
  }

  /// The newest answer or notice about the payment that told how it stands.
  private static func ofGateway(_ payment: Payment, _ events: [Event]) -> Witness {
    for event in events.reversed() {
      guard case .payment(payment.id, let body) = event.body, let word = told(body),
        word.evidence.source != .statement, word.evidence.source != .operators,
        word.evidence.source != .timer, word.evidence.source != .record
      else { continue }
      return Witness(.gateway, says: word.says, amount: word.amount, at: word.evidence.at)
    }
    return Witness(.gateway, says: nil)
  }

  /// What an event says, and on what it rests; nil for one that rests on nothing.
  private static func told(
    _ body: PaymentEvent
  ) -> (says: String, amount: Money?, evidence: Evidence)? {
    switch body {
    case .succeeded(let capture, let evidence, _): ("paid", capture.amount, evidence)
    case .closed(_, let evidence): ("closed", nil, evidence)
    case .failed(_, let evidence): ("failed", nil, evidence)
    case .reversed(_, let evidence): ("reversed", nil, evidence)
    case .confirmed(let evidence): ("paid", nil, evidence)
    case .created, .submitted, .awaitingBuyer, .processing, .unknown, .stale, .closing,
      .resolveProposed:
      nil
    }
  }

  private static func ofBooks(_ payment: Payment, _ events: [Event]) -> Witness {
    let at = events.last { event in
      if case .payment(payment.id, _) = event.body { true } else { false }
    }?.at
    let isPaid = payment.state == .succeeded
    return Witness(
      .books, says: isPaid ? "paid" : payment.state.rawValue,
      amount: isPaid ? payment.captured : nil, at: at)
  }

  /// A row that was matched says what our books say, except for its discrepancies.
  private static func ofBill(
    _ payment: Payment, _ events: [Event], _ store: StoreReader
  ) throws(StoreError) -> Witness {
    let subject = LocalSubject.payment(payment.id)
    var filter = DiscrepancyFilter()
    filter.order = payment.order
    let found = try store.discrepancies(filter, before: nil, limit: Limits.listMax)
      .filter { $0.facts.ours == subject }
    let row = try store.matchedRow(of: subject)
    let missing = found.last { $0.facts.theirs == nil && $0.facts.kind.contradictsUs }
    guard let row else {
      return Witness(
        .bill, says: missing == nil ? nil : "missing", discrepancies: missing.map { [$0.id] } ?? [])
    }
    // What an earlier bill lacked and this one holds is told no more.
    let about = found.filter { $0.facts.theirs != nil }
    let failed = about.contains { $0.facts.kind == .localSuccessOnly }
    let sum = about.first { [.amountMore, .amountLess, .currency].contains($0.facts.kind) }
    let amount = sum.map { Money($0.facts.actual, $0.facts.currency) } ?? payment.captured
    let at = about.lazy.compactMap(\.facts.theirs?.at).first ?? payment.paidAt
    return Witness(
      .bill, says: failed ? "failed" : "paid", amount: failed ? nil : amount, at: at, row: row,
      discrepancies: about.filter { $0.resolution != .filledBack }.map(\.id))
  }
}
