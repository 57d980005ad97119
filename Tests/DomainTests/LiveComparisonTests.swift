import Domain
import Testing

@Suite("Today's successes beside the gateway's list")
struct LiveComparisonTests {
  private static let now = Timestamp(milliseconds: 1_795_000_000_000)

  private func money(_ minor: Int64, _ code: String = "CNY") throws -> Money {
    Money(minor, try #require(Currency(code: code)))
  }

  private func own(
    _ number: String, _ minor: Int64 = 100, paid: Bool = true, transaction: String? = nil,
    secondsAgo: Int64 = 600
  ) throws -> OwnSuccess {
    OwnSuccess(
      number: number, transaction: transaction ?? "T\(number)", amount: try money(minor),
      isPaid: paid, at: Self.now.adding(milliseconds: -secondsAgo * 1000))
  }

  private func row(
    _ number: String?, _ transaction: String, _ minor: Int64 = 100, _ code: String = "CNY"
  ) throws -> ListedSuccess {
    ListedSuccess(
      number: number, transaction: transaction, amount: try money(minor, code), at: Self.now)
  }

  private func compare(_ ours: [OwnSuccess], _ listed: [ListedSuccess]) -> LiveComparison {
    LiveComparison(
      ours: ours, listed: listed, completeUntil: Self.now.adding(milliseconds: -300_000))
  }

  @Test("equal books agree, whatever the order")
  func agree() throws {
    let ours = [try own("A"), try own("B"), try own("C")]
    let listed = [try row("C", "TC"), try row("A", "TA"), try row(nil, "TB")]
    let result = compare(ours, listed)
    #expect(result.agreedCount == 3)
    #expect(result.differences.isEmpty)
    #expect(result.youngCount == 0)
  }

  @Test("a row that stands in the list repeatedly is one row")
  func repeatedRow() throws {
    let result = compare([try own("A")], [try row("A", "TA"), try row("A", "TA")])
    #expect(result.agreedCount == 1)
    #expect(result.differences.isEmpty)
  }

  @Test("each kind of difference is named as what it is")
  func kinds() throws {
    let unpaid = try own("B", paid: false, transaction: "")
    let ours = [
      try own("A"), unpaid, try own("C"), try own("D"), try own("E"), try own("F"),
    ]
    let listed = [
      try row("B", "TB"), try row("X", "TX"), try row("C", "TC", 101),
      try row("D", "other"), try row("E", "TE"), try row("E", "TE2"),
      try row("F", "TF", 100, "USD"),
    ]
    let result = compare(ours, listed)
    #expect(
      result.differences == [
        .notPaidHere(unpaid, listed[0]), .unknownHere(listed[1]), .amount(ours[2], listed[2]),
        .transaction(ours[3], listed[3]), .again(ours[4], listed[5]),
        .amount(ours[5], listed[6]), .notListed(ours[0]),
      ])
    #expect(result.agreedCount == 1)
  }

  @Test("what the list cannot hold yet is young, not missing")
  func young() throws {
    let result = compare(
      [try own("A", secondsAgo: 10), try own("B", secondsAgo: 300), try own("C", secondsAgo: 301)],
      [])
    #expect(result.youngCount == 2)
    #expect(result.differences == [.notListed(try own("C", secondsAgo: 301))])
  }

  @Test("an unpaid payment that nobody lists is no difference")
  func unpaidUnlisted() throws {
    let result = compare([try own("A", paid: false)], [])
    #expect(result.differences.isEmpty)
    #expect(result.youngCount == 0)
  }

  @Test("numbers compare as bytes: letters that only look alike are others")
  func bytes() throws {
    let result = compare([try own("caf\u{E9}")], [try row("cafe\u{301}", "T1")])
    #expect(result.agreedCount == 0)
    #expect(result.differences.count == 2)
  }

  @Test("every row and every payment is counted once, for any mixture")
  func sums() throws {
    var seed: UInt64 = 42
    func draw(_ bound: UInt64) -> Int64 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64((seed >> 33) % bound)
    }
    for _ in 0..<200 {
      let ours = try (0..<20).map { index in
        try own(
          "N\(index)", 100 + draw(2), paid: draw(4) > 0, secondsAgo: draw(600))
      }
      let listed = try (0..<20).map { _ in
        let index = draw(25)
        return try row("N\(index)", "TN\(index)\(draw(5) == 0 ? "x" : "")", 100 + draw(2))
      }
      let result = compare(ours, listed)
      let rows = Set(listed.map(\.transaction)).count
      let ofRows = result.differences.filter {
        if case .notListed = $0 { false } else { true }
      }
      #expect(result.agreedCount + ofRows.count == rows)
      let named = Set(listed.compactMap(\.number))
      let unnamed = ours.filter { $0.isPaid && !named.contains($0.number) }
      #expect(result.youngCount + result.differences.count - ofRows.count == unnamed.count)
    }
  }
}
