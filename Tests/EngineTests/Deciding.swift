import Domain
import Engine
import Store
import Testing

/// People at the desk of differences, and what their decisions leave in the books.
extension World {
  /// Who confirms what finance proposes, where that takes two.
  private static let confirmer = Caller(
    principal: "books", person: "qian", seesAll: true, refundLimit: 0)

  func decide(
    _ record: DiscrepancyRecord, _ verb: AdjudicationVerb, with partner: DiscrepancyID? = nil
  ) throws {
    let wish = AdjudicationWish(
      discrepancy: record.id, verb: verb, reason: "checked", until: nil, partner: partner)
    _ = try ask("discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
    if try stored(record).state == .proposed {
      _ = try ask("discrepancy.confirm", .discrepancyConfirm(record.id), by: Self.confirmer)
    }
    #expect(try stored(record).isDecidedByPeople)
  }

  func undo(_ record: DiscrepancyRecord) throws {
    let undone = try ask(
      "discrepancy.undo", .discrepancyUndo(record.id, reason: "no"), by: World.finance)
    #expect(refusal(undone) == nil)
  }

  func stored(_ record: DiscrepancyRecord) throws -> DiscrepancyRecord {
    try #require(try reader().discrepancy(record.id))
  }

  /// The gateway's account, fees and coupons, once the books are what the log makes of them.
  func gatewayBooks() throws -> [Int64] {
    #expect(try store.checkAgainstLog().differences.isEmpty)
    let ledger = try ledger()
    return [
      LedgerAccount.receivable(gateway: "bank"), .feeExpense(gateway: "bank"),
      .couponExpense(gateway: "bank"),
    ].map { ledger.balance($0, yuan).minor }
  }
}
