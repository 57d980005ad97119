import Testing

@testable import Reconciliation

@Suite("groups")
struct GroupSearchTests {
  @Test("the one group that adds up is found among few and among many rows")
  func unique() {
    let few: [Int64] = [101, 203, 407, 811, 1623, -50]
    #expect(
      GroupSearch(few, target: 101 + 811 - 50, fullRows: 24, steps: 1000).unique == [0, 3, 5])
    let many = (0..<24).map { Int64(1) << Int64($0) }
    #expect(GroupSearch(many, target: 0b1010_0000_0001, fullRows: 24, steps: 10).unique == [0, 9, 11])
  }

  @Test("two groups that add up are no answer")
  func ambiguous() {
    let search = GroupSearch([5, 5, 7], target: 12, fullRows: 24, steps: 1000)
    #expect(search.groups.count == 2 && search.unique == nil)
  }

  @Test("a search that could not try everything says so")
  func bounded() {
    let rows = (1...200).map { Int64($0 * 1000 + 1) }
    let search = GroupSearch(rows, target: 77, fullRows: 24, steps: 500)
    #expect(!search.isComplete && search.groups.isEmpty && search.unique == nil)
  }
}
