import Domain
import Testing

@testable import Reconciliation

@Suite("fees")
struct FeeTests {
  private func contract(_ parts: Int64, fixed: Int64 = 0, minimum: Int64 = 0,
    maximum: Int64? = nil, rounding: Rounding = .halfUp, unit: Int64 = 1
  ) throws -> FeeContract {
    try #require(
      FeeContract(
        rate: .millionths(parts), fixed: fixed, minimum: minimum, maximum: maximum,
        rounding: rounding, unit: unit))
  }

  @Test("rate, fixed part, limits, rounding and its unit")
  func amounts() throws {
    #expect(try contract(6000).fee(ofCharge: 29500) == 177)
    #expect(try contract(6000).fee(ofCharge: 83) == 0)
    #expect(try contract(6000).fee(ofCharge: 84) == 1)
    #expect(try contract(29_000, fixed: 30).fee(ofCharge: 2000) == 88)
    #expect(try contract(6000, minimum: 10, maximum: 100).fee(ofCharge: 100) == 10)
    #expect(try contract(6000, minimum: 10, maximum: 100).fee(ofCharge: 1_000_000) == 100)
    #expect(try contract(6000, unit: 10).fee(ofCharge: 29500) == 180)
    #expect(try contract(6000).fee(ofCharge: -1) == nil)
    #expect(FeeContract(rate: .millionths(1), minimum: 5, maximum: 4) == nil)
  }

  @Test("refunds in parts bring back exactly the whole fee")
  func refunds() throws {
    let contract = try contract(6000)
    let charge: (gross: Int64, fee: Int64) = (10_000, 60)
    var before: (gross: Int64, fee: Int64) = (0, 0)
    for part in [Int64(3333), 3333, 3334] {
      let back = try #require(contract.fee(ofRefund: part, charge: charge, before: before))
      #expect(back <= 0)
      before = (before.gross + part, before.fee - back)
    }
    #expect(before.gross == 10_000 && before.fee == 60)
    #expect(contract.fee(ofRefund: 1, charge: charge, before: before) == nil)
  }

  @Test("a fee that comes back as a whole comes with the refund that completes the charge")
  func policies() throws {
    let charge: (gross: Int64, fee: Int64) = (10_000, 60)
    let whole = try #require(FeeContract(rate: .millionths(6000), refunds: .returned))
    #expect(whole.fee(ofRefund: 4000, charge: charge) == 0)
    #expect(whole.fee(ofRefund: 6000, charge: charge, before: (4000, 0)) == -60)
    #expect(whole.fee(ofRefund: 10_000, charge: charge) == -60)
    let kept = try #require(FeeContract(rate: .millionths(6000), refunds: .kept))
    #expect(kept.fee(ofRefund: 10_000, charge: charge) == 0)
  }

  @Test("a contract serves from its day on; a method's own comes first")
  func book() throws {
    var book = FeeBook()
    book.add(try contract(6000))
    let later = try #require(
      FeeContract(rate: .millionths(3800), from: Timestamp(milliseconds: 1000)))
    book.add(later)
    book.add(try contract(10_000), method: "card")
    #expect(book.contract(method: "qr", at: Timestamp(milliseconds: 999))?.rate.numerator == 6000)
    #expect(book.contract(method: "qr", at: Timestamp(milliseconds: 1000))?.rate.numerator == 3800)
    #expect(book.contract(method: "card", at: Timestamp(milliseconds: 5))?.rate.numerator == 10_000)
  }

  @Test("the rule that rows follow is found", arguments: [
    (Int64(6000), Int64(0), Int64(0), Rounding.halfUp), (3800, 0, 0, .halfUp),
    (29_000, 30, 0, .halfUp), (6000, 0, 10, .halfUp), (2000, 0, 0, .down), (5450, 0, 0, .up),
  ])
  func inference(parts: Int64, fixed: Int64, minimum: Int64, rounding: Rounding) throws {
    let truth = try contract(parts, fixed: fixed, minimum: minimum, rounding: rounding)
    let rows = (1...1000).compactMap { number -> (gross: Int64, fee: Int64)? in
      let gross = Int64(number) * 7919 % 300_000 + 1
      return truth.fee(ofCharge: gross).map { (gross, $0) }
    }
    let found = try #require(FeeInference.infer(rows))
    #expect(found.support == 1000 && found.contract == truth)
  }

  @Test("rows that follow no rule give none, and so do too few")
  func noRule() {
    let rows = (1...500).map { (gross: Int64($0 * 997), fee: Int64($0 * 7919 % 4001)) }
    #expect(FeeInference.infer(rows) == nil)
    #expect(FeeInference.infer(Array(rows.prefix(5))) == nil)
  }

  @Test("a batch is checked against what rounding can explain")
  func check() throws {
    let contract = try contract(6000)
    var good = FeeCheck()
    var bad = FeeCheck()
    for number in 1...100 {
      let gross = Int64(number) * 991
      let fee = contract.fee(ofCharge: gross) ?? 0
      let cny = currency("CNY")
      let at = Timestamp(milliseconds: 0)
      good.add(
        Entry(kind: .charge, at: at, gross: gross, fee: fee, currency: cny, flags: .hasFee),
        contract)
      bad.add(
        Entry(kind: .charge, at: at, gross: gross, fee: fee + 2, currency: cny, flags: .hasFee),
        contract)
    }
    #expect(good.isWithinBatchTolerance && good.rowsBeyondTolerance == 0)
    #expect(!bad.isWithinBatchTolerance && bad.rowsBeyondTolerance == 100)
    #expect(good.effectiveMillionths.map { abs($0 - 6000) <= 5 } == true)
  }
}
