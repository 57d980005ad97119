import Domain
import Testing

@testable import Reconciliation

@Suite("rows of another merchant")
struct OtherMerchantTests {
  private let noon = Timestamp(milliseconds: 1_795_104_000_000 + 43_200_000)

  private var rules: MatchRules {
    let from = noon.adding(milliseconds: -43_200_000)
    var rules = MatchRules(
      from: from, to: from.adding(milliseconds: 86_400_000),
      asOf: from.adding(milliseconds: 2 * 86_400_000))
    rules.merchant = Array("1921000401".utf8)
    return rules
  }

  private struct Row {
    var transaction = "T1"
    var reference = "P1"
    var gross: Int64 = 500
    var kind = EntryKind.charge
    var status = EntryStatus.succeeded
    var merchant = ""
  }

  private func table(_ rows: [Row]) -> EntryTable {
    var table = EntryTable()
    for row in rows {
      table.add(
        Entry(
          kind: row.kind, status: row.status, at: noon, gross: row.gross,
          currency: currency("CNY"), transaction: table.keep(row.transaction),
          reference: table.keep(row.reference), merchant: table.number(of: row.merchant.utf8)))
    }
    return table
  }

  private func run(_ theirs: [Row], _ ours: [Row], rules: MatchRules? = nil) -> MatchResult {
    let input = MatchInput(statement: table(theirs), local: table(ours))
    return Matcher(input, rules ?? self.rules).run()
  }

  private let own = "1921000401"
  private let other = "1900000109"

  @Test("one with our number differs, and is no part of ours")
  func paired() {
    for ours in [Row(), Row(status: .pending)] {
      let result = run([Row(merchant: other)], [ours])
      #expect(result.discrepancies.contains { $0.kind == .wrongMerchant && $0.localRow == 0 })
      #expect(result.partners == [-1] && result.statementBuckets == [.differing])
      #expect(result.localBuckets == [.differing])
    }
  }

  @Test("a payout of another merchant is told of, and not looked for at our bank")
  func payout() {
    var rules = rules
    rules.comparesBank = true
    let rows = [
      Row(transaction: "po_1", reference: "", gross: -500, kind: .payout, merchant: own),
      Row(transaction: "po_2", reference: "", gross: -300, kind: .payout, merchant: other),
    ]
    let result = run(rows, [], rules: rules)
    let others = result.discrepancies.filter { $0.statementRow == 1 }
    #expect(others.map(\.kind) == [.wrongMerchant], "\(result.discrepancies)")
    #expect(result.statementBuckets[1] == .oneSided)
    #expect(result.statementBuckets[0] != .oneSided)
  }

  @Test("one that the gateway's number alone joins is none either")
  func byTransaction() {
    let result = run([Row(reference: "", merchant: other)], [Row()])
    #expect(result.discrepancies.map(\.kind) == [.wrongMerchant] && result.partners == [-1])
  }

  @Test("the row of our merchant is ours, whichever stands first")
  func besideOwn() {
    let theirs = [Row(transaction: "X1", merchant: other), Row(merchant: own)]
    for rows in [theirs, theirs.reversed()] {
      let result = run(rows, [Row()])
      let place = rows[0].merchant == own ? 0 : 1
      #expect(result.discrepancies.map(\.kind) == [.wrongMerchant])
      #expect(result.discrepancies.first?.statementRow == 1 - place)
      #expect(result.partners[place] == 0 && result.partners[1 - place] == -1)
      #expect(result.statementBuckets[place] == .matched && result.localBuckets == [.matched])
    }
  }

  @Test("two rows do not add up to ours where one is of another merchant")
  func parts() {
    let whole = [Row(gross: 300, merchant: own), Row(transaction: "T2", gross: 200, merchant: own)]
    #expect(run(whole, [Row()]).statementBuckets == [.grouped, .grouped])
    var mixed = whole
    mixed[1].merchant = other
    let result = run(mixed, [Row()])
    #expect(result.discrepancies.map(\.kind) == [.amountLess, .wrongMerchant])
    #expect(result.statementBuckets == [.differing, .differing])
    let all = mixed.map { row in
      var row = row
      row.merchant = other
      return row
    }
    let others = run(all, [Row()])
    #expect(others.discrepancies.filter { $0.kind == .wrongMerchant }.count == 2)
    #expect(others.partners == [-1, -1])
  }

  @Test("one that is the same but for the merchant is no copy")
  func noCopy() {
    let result = run([Row(merchant: other), Row(merchant: own)], [Row()])
    #expect(result.discrepancies.map(\.kind) == [.wrongMerchant])
    #expect(result.partners == [-1, 0])
  }

  @Test("a dispute and a refund of nobody are of another merchant, and join nothing of ours")
  func disputes() {
    let ours = [Row(gross: -500, kind: .dispute), Row(reference: "R1", gross: -200, kind: .refund)]
    let theirs = ours.map { row in
      var row = row
      row.merchant = other
      return row
    }
    let result = run(theirs, [ours[0]])
    #expect(result.discrepancies.map(\.kind) == [.wrongMerchant, .wrongMerchant])
    #expect(result.statementBuckets == [.oneSided, .oneSided])
    #expect(result.partners == [-1, -1])
  }

  @Test("where our number is not known, and where a row names none, nothing changes")
  func unknown() {
    var any = rules
    any.merchant = []
    #expect(run([Row(merchant: other)], [Row()], rules: any).statementBuckets == [.matched])
    #expect(run([Row()], [Row()]).statementBuckets == [.matched])
  }
}
