import Domain
import Testing

/// The page that people sign, to the byte, and when their names fall.
@Suite("Signing a run")
struct SignOffPageTests {
  private let run = RunRecord(
    id: RunID(high: 1, low: 1), statement: StatementID(high: 1, low: 2), gateway: "alipay",
    content: .trade, from: start, to: start, madeAt: start, madeBy: "operator:li",
    statementRows: 3, localRows: 2,
    statementBuckets: [BucketRecord(bucket: "matched", rows: 2, sum: Money(-5, yuan))],
    localBuckets: [], filledBack: 1, opened: 1, known: 0, digest: "d1")

  private func finding(_ number: UInt64) -> DiscrepancyRecord {
    DiscrepancyRecord(
      id: DiscrepancyID(high: 2, low: number),
      facts: DiscrepancyFacts(
        run: run.id, statement: run.statement, gateway: "alipay", kind: .unknownMoney,
        level: .onePerson, expected: 0, actual: 600, currency: yuan, theirs: nil, bank: nil,
        ours: nil, order: nil, suggestions: [], dueAt: start, mark: "m\(number)"),
      openedAt: start)
  }

  private func decided(
    _ number: UInt64, _ verb: AdjudicationVerb, until: Timestamp? = nil
  ) throws -> DiscrepancyRecord {
    var decision = DiscrepancyDecision(finding(number), at: start, by: .staff(name: "li"))
    try decision.propose(verb, reason: "a\nb", until: until, partner: nil)
    return decision.record
  }

  @Test("the page is what its specification says, and no word of a person is in it")
  func text() throws {
    let later = start.adding(milliseconds: 1)
    let page = SignOffPage(
      run: run,
      findings: [
        try decided(3, .waitUntil, until: later), finding(2), try decided(1, .writeOff),
      ])
    let ids = (1...3).map { DiscrepancyID(high: 2, low: $0) }
    let lines = [
      "till sign-off 1", "run \(run.id) \(run.statement) d1", "rows 3 2 1",
      "bucket statement matched 2 CNY -5",
      "discrepancy \(ids[0]) unknown_money CNY 0 600 adjudicated operator:li write_off "
        + "operator:li - <3>",
      "discrepancy \(ids[1]) unknown_money CNY 0 600 open",
      "discrepancy \(ids[2]) unknown_money CNY 0 600 left_open waiting", "",
    ]
    #expect(page.text { "<\($0.count)>" } == lines.joined(separator: "\n"))
    #expect(page.undecided == [ids[1]])
    #expect(page.leftOpen == [LeftOpen(discrepancy: ids[2], reason: .waiting)])
  }

  @Test("more may not be left open than a limit says")
  func limit() throws {
    let later = start.adding(milliseconds: 1)
    func sign(_ count: Int) throws -> SignOffState {
      let findings = try (1...UInt64(count)).map { try decided($0, .waitUntil, until: later) }
      var decision = SignOffDecision(SignOff(run: run.id), at: start, by: .staff(name: "li"))
      let page = SignOffPage(run: run, findings: findings)
      try decision.sign(page, digest: "d", seen: nil, isLead: false)
      return decision.signOff.state
    }
    #expect(try sign(Limits.leftOpenPerRun) == .halfSigned)
    #expect(throws: Rejection.self) { try sign(Limits.leftOpenPerRun + 1) }
  }

  @Test("one name falls with every change, two only with what they stand for")
  func breaking() {
    let (open, other) = (DiscrepancyID(high: 2, low: 1), DiscrepancyID(high: 2, low: 2))
    var signOff = SignOff(run: run.id)
    #expect(!signOff.breaks(when: other))
    signOff.apply(
      .halfSigned(digest: "d", leftOpen: [LeftOpen(discrepancy: open, reason: .waiting)]),
      by: "operator:li", at: start)
    #expect(signOff.breaks(when: open) && signOff.breaks(when: other))
    signOff.apply(.signed(digest: "d"), by: "operator:wang", at: start)
    #expect(!signOff.breaks(when: open) && signOff.breaks(when: other))
    signOff.apply(.reopened(.discrepancy(other)), by: "system", at: start)
    #expect(!signOff.breaks(when: other) && signOff.first == nil)
    #expect(signOff.state == .reopened)
  }
}
