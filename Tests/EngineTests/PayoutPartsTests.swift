import Domain
import Engine
import Store
import Testing

@Suite("a payout in parts, over several files of the bank")
struct PayoutPartsTests {
  private static let day: Int64 = 86_400_000
  private static let text = "STRIPE po_111111"

  /// A payout of 5800, the bills of its day and of the next one, and the bank's file of its day.
  private struct Scene {
    let world: World
    let first: StatementRecord
    let second: StatementRecord

    init() throws {
      world = try World()
      try world.advance(
        to: Timestamp(milliseconds: 1_800_000_000_000 - 14_400_000 + PayoutPartsTests.day))
      first = try world.activity(try world.paidOrder(5800).1, [("payout", "po_111111", -5800)])
      _ = try world.compared(first, with: try world.bankFile([(100, world.now, "Miete")], "Q"))
      try world.advance(by: PayoutPartsTests.day)
      second = try world.activity(try world.paidOrder(300).1, [])
    }

    func file(_ minors: [Int64], _ name: String, daysAgo: Int64 = 0) throws -> StatementRecord {
      let at = world.now.adding(milliseconds: -daysAgo * PayoutPartsTests.day)
      return try world.bankFile(minors.map { ($0, at, PayoutPartsTests.text) }, name)
    }

    func kinds(_ run: RunRecord) throws -> [DiscrepancyKind] {
      try world.discrepancies(of: run.id).map(\.facts.kind)
    }

    func open() throws -> [DiscrepancyRecord] {
      try world.reader().discrepancies(DiscrepancyFilter(), before: nil, limit: 100)
        .filter { $0.state != .resolved }
    }

    func held() throws -> [Int64] {
      let ledger = try world.ledger()
      return [LedgerAccount.receivable(gateway: "bank"), .bank(account: "account")].map {
        ledger.balance($0, yuan).minor
      }
    }
  }

  @Test("the parts of two files are the payout, in whatever order they come, and stay it")
  func twoFiles() throws {
    for isReversed in [false, true] {
      let scene = try Scene()
      let world = scene.world
      let one = try scene.file([1900], "A")
      try world.advance(by: Self.day)
      let other = try scene.file([3900], "B")
      let files = isReversed ? [other, one] : [one, other]
      let begun = try world.compared(scene.second, with: files[0])
      #expect(begun.opened == 0 && begun.bankBuckets.map(\.bucket) == ["grouped"])
      #expect(try scene.held() == (isReversed ? [2200, 3900] : [4200, 1900]))
      // A bill that comes by itself meets no bank.
      let third = try world.activity(try world.paidOrder(400).1, [])
      #expect(try world.compared(third).opened == 0)
      #expect(try world.compared(scene.first).opened == 0)
      let done = try world.compared(isReversed ? scene.first : third, with: files[1])
      #expect(done.opened == 0 && done.bankBuckets.map(\.bucket) == ["matched"])
      #expect(done.bankBuckets.map(\.rows) == [1])
      #expect(done.bookings.arrivals.map(\.amount.minor) == [5800])
      #expect(Set(done.bookings.arrivals[0].credits.map(\.statement)) == Set(files.map(\.id)))
      #expect(try scene.held() == [700, 5800])
      for list in [scene.first, scene.second, third] {
        for file in files { #expect(try world.compared(list, with: file).opened == 0) }
      }
      #expect(try scene.open().isEmpty && scene.held() == [700, 5800])
      #expect(try world.reader().payoutsWaiting(of: "bank").isEmpty)
      #expect(try world.store.checkAgainstLog().differences.isEmpty)
    }
  }

  @Test("three parts are added up, and one that stays away is told once, with all that came")
  func missingPart() throws {
    let scene = try Scene()
    let world = scene.world
    #expect(try world.compared(scene.second, with: try scene.file([1000, 900], "A")).opened == 0)
    try world.advance(by: Self.day)
    #expect(try world.compared(scene.second, with: try scene.file([2000], "B")).opened == 0)
    try world.advance(by: 4 * Self.day)
    let last = try world.bankFile([(100, world.now, "Miete")], "C")
    let told = try world.discrepancies(of: try world.compared(scene.second, with: last).id)
    #expect(told.map(\.facts.kind) == [.payoutSum])
    #expect(told[0].facts.expected == 5800 && told[0].facts.actual == 3900)
    #expect(told[0].facts.theirs?.transaction == "po_111111" && told[0].facts.bank != nil)
    #expect(try world.compared(scene.second, with: last).opened == 0)
    #expect(try world.compared(scene.first).opened == 0)
    #expect(try scene.open().map(\.id) == [told[0].id])
    // It comes after all: nothing is missing, and it is late.
    try world.advance(by: Self.day)
    let rest = try world.compared(scene.second, with: try scene.file([1900], "D"))
    let late = try world.discrepancies(of: rest.id)
    #expect(late.map(\.facts.kind) == [.payoutNotArrived] && late[0].facts.actual == 5800)
    #expect(try world.reader().discrepancy(told[0].id)?.resolution == .agrees)
    #expect(try scene.held() == [300, 5800])
    #expect(try world.compared(scene.first).opened == 0)
    #expect(try scene.open().map(\.id) == late.map(\.id))
  }

  @Test("what a bank keeps is told at once, and ends where it gives that back")
  func fee() throws {
    let scene = try Scene()
    let world = scene.world
    let told = try world.discrepancies(
      of: try world.compared(scene.second, with: try scene.file([5785], "A")).id)
    #expect(told.map(\.facts.kind) == [.payoutSum] && told[0].facts.actual == 5785)
    try world.advance(by: Self.day)
    let other = try world.bankFile([(100, world.now, "Miete")], "B")
    #expect(try world.compared(scene.second, with: other).opened == 0)
    #expect(try world.reader().discrepancy(told[0].id)?.state == .open)
    let back = try world.compared(scene.second, with: try scene.file([15], "C"))
    #expect(back.opened == 0 && back.bookings.arrivals.map(\.amount.minor) == [5800])
    #expect(try world.reader().discrepancy(told[0].id)?.resolution == .agrees)
  }

  @Test("what is more than the payout explains nothing, and what was found before stands")
  func tooMuch() throws {
    let scene = try Scene()
    let world = scene.world
    _ = try world.compared(scene.second, with: try scene.file([1900], "A"))
    try world.advance(by: 3 * Self.day)
    let third = try world.activity(try world.paidOrder(400).1, [])
    let run = try world.compared(third, with: try scene.file([5800], "B"))
    #expect(try scene.kinds(run).contains(.bankRowWithoutPayout))
    #expect(run.bookings.arrivals.map(\.amount.minor) == [1900])
    #expect(try scene.held() == [4600, 1900])
  }

  @Test("a row that another file shows again counts once, though twice its amount is the payout")
  func shownAgain() throws {
    let scene = try Scene()
    let world = scene.world
    _ = try world.compared(scene.second, with: try scene.file([2900], "A"))
    let at = world.now
    try world.advance(by: Self.day)
    let both = try world.bankFile(
      [(2900, at, Self.text), (100, world.now, "Miete")], "B")
    let again = try world.compared(scene.second, with: both)
    #expect(again.opened == 0 && again.bookings.arrivals.map(\.amount.minor) == [2900])
    #expect(again.bankBuckets.map(\.bucket).sorted() == ["apart", "duplicate"])
    let rest = try world.compared(scene.second, with: try scene.file([2900], "C"))
    #expect(rest.opened == 0 && rest.bookings.arrivals.map(\.amount.minor) == [5800])
    // Nor is one of a payout that has come whole anybody else's.
    #expect(try world.compared(scene.second, with: both).opened == 0)
    #expect(try scene.open().isEmpty && scene.held() == [300, 5800])
  }

  @Test("a part goes with its file, and is looked for in the one issued again")
  func issuedAgain() throws {
    let scene = try Scene()
    let world = scene.world
    let wrong = try scene.file([1800], "A")
    #expect(try world.compared(scene.second, with: wrong).opened == 0)
    try world.advance(by: Self.day)
    let other = try scene.file([3900], "B")
    let told = try world.discrepancies(of: try world.compared(scene.second, with: other).id)
    #expect(told.map(\.facts.kind) == [.payoutSum] && told[0].facts.actual == 5700)
    let right = try scene.file([1900], "A", daysAgo: 1)
    #expect(try world.reader().statement(wrong.id)?.supersededBy == right.id)
    #expect(try world.compared(scene.second).opened == 0)
    let run = try world.compared(scene.second, with: right)
    #expect(run.opened == 0 && run.bookings.arrivals.map(\.amount.minor) == [5800])
    #expect(try world.reader().discrepancy(told[0].id)?.resolution == .agrees)
    #expect(try scene.open().isEmpty && scene.held() == [300, 5800])
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("what people decided of a part moves nothing once the rest came, and ends when taken back")
  func decided() throws {
    let scene = try Scene()
    let world = scene.world
    _ = try world.compared(scene.second, with: try scene.file([1900], "A"))
    try world.advance(by: 4 * Self.day)
    let told = try world.discrepancies(
      of: try world.compared(
        scene.second, with: try world.bankFile([(100, world.now, "Miete")], "B")).id)
    #expect(told.map(\.facts.kind) == [.payoutSum])
    let id = try #require(told.first?.id)
    let wish = AdjudicationWish(
      discrepancy: id, verb: .writeOff, reason: "a fee", until: nil, partner: nil)
    _ = try world.ask("discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
    #expect(try scene.held() == [300, 1900])
    _ = try world.compared(scene.second, with: try scene.file([3900], "C", daysAgo: 2))
    #expect(try scene.held() == [300, 5800])
    #expect(try world.reader().discrepancy(id)?.resolution == .adjudicated)
    _ = try world.ask(
      "discrepancy.undo", .discrepancyUndo(id, reason: "it came"), by: World.finance)
    _ = try world.compared(scene.first)
    #expect(try world.reader().discrepancy(id)?.resolution == .agrees)
    #expect(try scene.open().isEmpty && scene.held() == [300, 5800])
  }

  @Test("a daemon that was closed between the files of two parts knows the first one")
  func restarted() throws {
    let scene = try Scene()
    let world = scene.world
    let one = try scene.file([1900], "A")
    #expect(try world.compared(scene.second, with: one).opened == 0)
    try world.crash()
    #expect(try scene.held() == [4200, 1900])
    try world.advance(by: Self.day)
    let other = try scene.file([3900], "B")
    try world.crash()
    let run = try world.compared(scene.second, with: other)
    #expect(run.opened == 0 && run.bookings.arrivals.map(\.amount.minor) == [5800])
    #expect(Set(run.bookings.arrivals[0].credits.map(\.statement)) == [one.id, other.id])
    try world.crash()
    #expect(try world.compared(scene.second, with: one).opened == 0)
    #expect(try scene.open().isEmpty && scene.held() == [300, 5800])
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("rows that are more than the payout, of which some are it to the last unit, may be it")
  func amongMore() throws {
    for (minors, groups) in [
      ([1900, 3900, 50], [[0, 1]]), ([1900, 3900, 1900], [[0, 1], [1, 2]]),
      ([5000, 900, 50], []), ([5800, 50], [[0]]),
    ] as [([Int64], [[Int]])] {
      let scene = try Scene()
      let world = scene.world
      try world.advance(by: 3 * Self.day)
      let file = try scene.file(minors, "A")
      let run = try world.compared(try world.activity(try world.paidOrder(400).1, []), with: file)
      let told = try world.discrepancies(of: run.id)
      let payout = try #require(told.first { $0.facts.kind == .payoutNotArrived })
      let lines = payout.facts.suggestions.map { $0.map { Int($0) } }
      #expect(lines == groups.map { $0.map { 6 + 2 * $0 } }, "\(minors)")
      // Nothing is closed by it, and what no group has is told as nobody's.
      let others = told.filter { $0.facts.kind == .bankRowWithoutPayout }
      #expect(others.count == minors.count - Set(groups.joined()).count)
      #expect(run.bookings.arrivals.isEmpty)
      #expect(try world.compared(scene.second, with: file).opened == 0)
    }
  }

  @Test("parts at two accounts are put together by people: money moved between them says the same")
  func twoAccounts() throws {
    let scene = try Scene()
    let world = scene.world
    let one = try scene.file([1900], "A")
    #expect(try world.compared(scene.second, with: one).opened == 0)
    try world.advance(by: 4 * Self.day)
    let third = try world.activity(try world.paidOrder(400).1, [])
    let other = try world.bankFile([(3900, world.now, Self.text)], "B", of: "savings")
    let told = try world.discrepancies(of: try world.compared(third, with: other).id)
    try #require(told.map(\.facts.kind) == [.payoutSum, .bankRowWithoutPayout])
    #expect(told[0].facts.actual == 1900 && told[0].facts.bank?.statement == one.id)
    #expect(told[0].facts.suggestions == [[told[1].facts.bank?.line ?? 0]])
    let last = try world.bankFile([(100, world.now, "Miete")], "C")
    for (list, file) in [(third, last), (third, other), (scene.second, one)] {
      #expect(try world.compared(list, with: file).opened == 0)
      #expect(try scene.open().count == 2 && scene.held() == [700 + 3900, 1900])
    }
    try world.decide(told[0], .mergeMatch, with: told[1].id)
    let savings = LedgerAccount.bank(account: "savings")
    for (list, file) in [(third, other), (third, last), (scene.second, one)] {
      #expect(try scene.held() == [700, 1900])
      #expect(try world.ledger().balance(savings, yuan).minor == 3900)
      #expect(try world.compared(list, with: file).opened == 0)
    }
    #expect(try scene.open().isEmpty && scene.held() == [700, 1900])
  }
}
