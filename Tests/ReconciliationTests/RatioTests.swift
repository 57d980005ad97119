import Testing

@testable import Reconciliation

@Suite("ratios")
struct RatioTests {
  @Test("a rate is applied exactly and rounded as asked", arguments: [
    (Int64(29500), Int64(2000), Rounding.halfUp, Int64(59)),
    (3, 390_000, .halfUp, 1), (1, 390_000, .halfUp, 0), (25, 20_000, .halfEven, 0),
    (25, 20_000, .halfUp, 1), (75, 20_000, .halfEven, 2), (-25, 20_000, .halfUp, -1),
    (101, 10_000, .up, 2), (199, 10_000, .down, 1), (100, 10_000, .up, 1),
  ])
  func applies(amount: Int64, parts: Int64, rounding: Rounding, expected: Int64) {
    #expect(Ratio.millionths(parts).applied(to: amount, rounding) == expected)
  }

  @Test("what does not fit is nil, not wrapped")
  func overflow() {
    #expect(Ratio(Int64.max, 1)?.applied(to: 2, .down) == nil)
    #expect(Ratio(1, 0) == nil)
    #expect(Ratio.millionths(1_000_000).applied(to: Int64.max, .up) == Int64.max)
  }
}
