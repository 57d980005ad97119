import Domain
import Testing

@testable import Reconciliation

@Suite("The same row in another statement")
struct RowTwinsTests {
  private static let noon = Timestamp(milliseconds: 1_800_000_000_000)

  private struct Row {
    var kind = EntryKind.charge
    var transaction = "T1"
    var reference = "N1"
    var gross: Int64 = 100
    var fee: Int64?
    var seconds: Int64 = 0
    var status = EntryStatus.succeeded
    var code = "CNY"
    var settled: Int64?
  }

  private func table(_ rows: [Row]) -> EntryTable {
    var table = EntryTable()
    for row in rows {
      let settlement = row.settled.flatMap { minor in
        Ratio(1, 1).map { Settlement(amount: Money(minor, currency("EUR")), rate: $0) }
      }
      table.add(
        Entry(
          kind: row.kind, status: row.status,
          at: Self.noon.adding(milliseconds: row.seconds * 1000), gross: row.gross,
          fee: row.fee ?? 0, currency: currency(row.code), flags: row.fee == nil ? [] : .hasFee,
          transaction: table.keep(row.transaction), reference: table.keep(row.reference)),
        settlement: settlement)
    }
    return table
  }

  /// All rows of the bill may be all of the others.
  private func twins(_ bill: [Row], _ others: [Row], isNamed: Bool = true) -> RowTwins {
    let all = others.indices.map { RowTwins.Candidate(row: $0, isNamed: isNamed) }
    return RowTwins(
      table(bill), table(others),
      Dictionary(uniqueKeysWithValues: bill.indices.map { ($0, all) }))
  }

  @Test("it is the same where all that both say agrees; what one leaves out is no difference")
  func same() {
    for other in [Row(), Row(fee: 3), Row(seconds: 59), Row(reference: "")] {
      #expect(twins([Row()], [other]).elsewhere(0)?.isSame == true, "\(other)")
    }
    for other in [
      Row(gross: 101), Row(seconds: 60), Row(status: .pending), Row(code: "USD"),
    ] {
      #expect(twins([Row()], [other]).elsewhere(0)?.isSame == false, "\(other)")
    }
    #expect(twins([Row(fee: 3)], [Row(fee: 4)]).elsewhere(0)?.isSame == false)
    #expect(twins([Row(settled: 90)], [Row(settled: 91)]).elsewhere(0)?.isSame == false)
    #expect(twins([Row(settled: 90)], [Row(settled: 90)]).elsewhere(0)?.isSame == true)
    #expect(twins([Row(gross: 101)], [Row()]).elsewhere(0)?.gross == 100)
  }

  @Test("another number is another movement, and a kind another one")
  func other() {
    #expect(twins([Row()], [Row(transaction: "T2")]).twins.isEmpty)
    #expect(twins([Row()], [Row(kind: .refund)]).twins.isEmpty)
    #expect(twins([Row(reference: "")], [Row(transaction: "", reference: "N1")]).twins.isEmpty)
    // The gateway's number of a charge says all; refunds of one charge may share it.
    #expect(twins([Row()], [Row(reference: "N2")]).twins == [0: 0])
    let refunds = (Row(kind: .refund), Row(kind: .refund, reference: "N2"))
    #expect(twins([refunds.0], [refunds.1]).twins.isEmpty)
  }

  @Test("each row of another statement is one row of this, or its copies")
  func once() {
    let half = Row(kind: .refund, gross: -50)
    let later = Row(kind: .refund, gross: -50, seconds: 500)
    #expect(twins([later, half], [half, later]).twins == [0: 1, 1: 0])
    #expect(twins([half, later], [half]).twins == [0: 0])
    #expect(twins([half, half], [half]).twins == [0: 0, 1: 0])
    #expect(twins([half, Row(kind: .refund, gross: -70)], [half]).twins == [0: 0])
    // A row that is no copy of the first is none of the second either.
    let third = Row(kind: .refund, gross: -50, seconds: 900)
    #expect(twins([half, later, third], [half, later]).twins == [0: 0, 1: 1])
  }

  @Test("where rows name no more than their payment, only an equal one of the same time is the same")
  func unnamed() {
    let half = Row(kind: .refund, gross: -50)
    #expect(twins([half], [half], isNamed: false).twins == [0: 0])
    for other in [Row(kind: .refund, gross: -60), Row(kind: .refund, gross: -50, seconds: 61)] {
      #expect(twins([other], [half], isNamed: false).twins.isEmpty)
    }
  }

  @Test("a row that stands elsewhere meets nothing of ours, and is told with what it says there")
  func leftOut() throws {
    var rules = MatchRules(
      from: Self.noon.adding(milliseconds: -43_200_000),
      to: Self.noon.adding(milliseconds: 43_200_000), asOf: Self.noon)
    // A payment of ours with the same number is free: the row is not taken for it.
    let local = table([Row(kind: .refund, gross: -100)])
    var input = MatchInput(
      statement: table([
        Row(kind: .refund, reference: "", gross: -100), Row(transaction: "T3", reference: "N3"),
        Row(transaction: "T4", reference: "N4"),
      ]), local: local)
    input.elsewhere = [
      0: RowElsewhere(gross: -100, currency: currency("CNY"), isSame: true),
      1: RowElsewhere(gross: 70, currency: currency("CNY"), isSame: false),
    ]
    input.rivals = [2]
    let result = Matcher(input, rules).run()
    #expect(result.statementBuckets == [.duplicate, .duplicate, .oneSided])
    #expect(result.partners == [-1, -1, -1])
    let found = result.discrepancies.filter { $0.statementRow != nil }
    #expect(found.map(\.kind) == [.duplicateRow, .duplicateRow, .duplicatePayment])
    #expect(found.map(\.expected) == [0, 70, 0])
    #expect(found.map(\.level) == [.machine, .onePerson, .onePerson])
    // A row of another merchant is told as such, wherever else it stands.
    rules.merchant = Array("M1".utf8)
    input.statement = {
      var table = EntryTable()
      table.add(
        Entry(
          kind: .charge, at: Self.noon, gross: 100, currency: currency("CNY"),
          transaction: table.keep("T1"), merchant: table.number(of: "M2".utf8)))
      return table
    }()
    #expect(Matcher(input, rules).run().statementBuckets == [.oneSided])
  }
}
