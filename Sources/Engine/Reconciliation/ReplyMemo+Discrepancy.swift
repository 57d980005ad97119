import Domain
import JSON
import Store

extension ReplyMemo {
  /// The discrepancy as it was told the first time.
  static func discrepancy(
    _ memo: Memo, _ store: StoreWriter
  ) throws(StoreError) -> DiscrepancyRecord {
    let id = try memo.identifier("id", DiscrepancyNumber.self)
    guard let present = try store.discrepancy(id),
      let state = DiscrepancyState(rawValue: try memo.string("state"))
    else { throw memo.damaged("id") }
    return DiscrepancyRecord(
      id: id, facts: present.facts, openedAt: present.openedAt, state: state,
      resolution: memo.object["resolution"]?.stringValue.flatMap(
        DiscrepancyResolution.init(rawValue:)),
      resolvedAt: memo.moment("resolved_at"), resolvedBy: memo.object["resolved_by"]?.stringValue,
      adjudication: try adjudication(memo), escalatedAt: memo.moment("escalated_at"),
      version: try memo.integer("count"))
  }

  private static func adjudication(_ memo: Memo) throws(StoreError) -> Adjudication? {
    guard let word = memo.object["verb"]?.stringValue else { return nil }
    guard let verb = AdjudicationVerb(rawValue: word) else { throw memo.damaged("verb") }
    return Adjudication(
      verb: verb, reason: try memo.string("reason"), by: try memo.string("by"),
      until: memo.moment("until"),
      partner: memo.object["partner"]?.stringValue.flatMap(DiscrepancyID.init(text:)))
  }
}

extension Memo {
  fileprivate func moment(_ name: StaticString) -> Timestamp? {
    object[name]?.integerValue.map(Timestamp.init(milliseconds:))
  }
}
