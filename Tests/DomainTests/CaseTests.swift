import Domain
import Testing

@Suite("Cases: work for people, with an owner and a clock")
struct CaseTests {
  private let li = Actor.staff(name: "li")
  private let wang = Actor.staff(name: "wang")
  private let found = DiscrepancyID(high: 4, low: 1)

  private func opened(_ severity: CaseSeverity = .normal) -> CaseRecord {
    CaseRecord(
      id: CaseID(high: 3, low: 1), kind: .buyerClaim, severity: severity,
      links: [.discrepancy(found)], dueAt: start.adding(milliseconds: 10), openedAt: start,
      openedBy: "system")
  }

  private func paper(_ number: UInt64 = 1) -> CasePaper {
    CasePaper(
      id: AttachmentID(high: 5, low: number), mediaType: "text/plain", bytes: 3, digest: "d",
      by: "operator:li", at: start)
  }

  private func after(
    _ record: CaseRecord, at now: Timestamp = start, by actor: Actor? = nil,
    _ body: (inout CaseDecision) throws -> Void
  ) throws -> CaseRecord {
    var decision = CaseDecision(record, at: now, by: actor ?? li)
    try body(&decision)
    // What is written down makes the same record again.
    var folded = record
    for event in decision.events { folded.apply(event, by: actor ?? li, at: now) }
    #expect(folded == decision.record)
    return decision.record
  }

  @Test("every state takes what it may and refuses the rest")
  func transitions() throws {
    let open = opened()
    let assigned = try after(open) { try $0.assign("li", due: nil) }
    let waiting = try after(assigned) { try $0.add(paper(), waitingFor: .bank, due: nil) }
    let proposed = try after(opened(.high)) { try $0.resolve(.gatewayError) }
    let resolved = try after(waiting) { try $0.resolve(.callbackLost) }
    let closed = try after(resolved) { try $0.close(undecided: []) }
    #expect(
      [open, assigned, waiting, proposed, resolved, closed].map(\.state)
        == [.open, .assigned, .waitingBank, .proposed, .resolved, .closed])
    typealias Step = (inout CaseDecision) throws -> Void
    let steps: [(String, Step, [CaseState])] = [
      ("assign", { try $0.assign("x", due: nil) }, [.open, .assigned, .waitingBank, .proposed]),
      ("note", { try $0.add(paper(9), waitingFor: nil, due: nil) },
        [.open, .assigned, .waitingBank, .proposed, .resolved]),
      ("wait", { try $0.add(paper(9), waitingFor: .buyer, due: nil) },
        [.open, .assigned, .waitingBank]),
      ("link", { try $0.link([.run(RunID(high: 1, low: 1))]) },
        [.open, .assigned, .waitingBank, .proposed, .resolved]),
      ("resolve", { try $0.resolve(.fraud) }, [.open, .assigned, .waitingBank]),
      ("confirm", { try $0.confirm() }, [.proposed]),
      ("close", { try $0.close(undecided: []) }, [.resolved]),
      ("reopen", { try $0.reopen() }, [.proposed, .resolved, .closed]),
    ]
    for (name, step, allowed) in steps {
      for record in [open, assigned, waiting, proposed, resolved, closed] {
        let works = (try? after(record, by: wang, step)) != nil
        #expect(works == allowed.contains(record.state), "\(name) of \(record.state)")
      }
    }
  }

  @Test("on what much hangs a second person must agree, who is not the first")
  func twoPersons() throws {
    let proposed = try after(opened(.high)) { try $0.resolve(.fraud) }
    #expect(proposed.resolvedBy == nil)
    #expect(throws: Rejection.self) { try after(proposed) { try $0.confirm() } }
    #expect(throws: Rejection.self) {
      try after(proposed, by: .client(principal: "books")) { try $0.confirm() }
    }
    let agreed = try after(proposed, by: wang) { try $0.confirm() }
    #expect(agreed.state == .resolved && agreed.cause == .fraud)
    #expect(agreed.proposedBy == "operator:li" && agreed.resolvedBy == "operator:wang")
    let again = try after(proposed, by: wang) { try $0.reopen() }
    #expect(again.state == .open && again.cause == nil)
  }

  @Test("the first of the two is an operator as well")
  func noOperator() throws {
    let books = Actor.client(principal: "books")
    #expect(refusal { try after(opened(.high), by: books) { try $0.resolve(.fraud) } }
      == .tokenRequired)
    #expect(try after(opened(), by: books) { try $0.resolve(.fraud) }.state == .resolved)
    // As it may be stored from before.
    var stored = opened(.high)
    stored.apply(.proposed(.fraud, dueAt: start), by: books, at: start)
    #expect(refusal { try after(stored) { try $0.confirm() } } == .tokenRequired)
    let again = try after(stored) { try $0.reopen() }
    #expect(try after(again) { try $0.resolve(.fraud) }.state == .proposed)
  }

  @Test("nobody closes a case over a difference that nobody has decided")
  func unsettled() throws {
    let resolved = try after(opened()) { try $0.resolve(.billWrong) }
    #expect(throws: Rejection.self) { try after(resolved) { try $0.close(undecided: [found]) } }
  }

  @Test("the clock escalates once a step, and each step sets it anew")
  func clock() throws {
    let late = start.adding(milliseconds: 10)
    let early = try after(opened(), at: start.adding(milliseconds: 9), by: .timer) {
      $0.escalate()
    }
    #expect(early.escalatedAt == nil)
    let escalated = try after(opened(), at: late, by: .timer) { $0.escalate() }
    #expect(escalated.escalatedAt == late && escalated.answeredAt == nil)
    var twice = CaseDecision(escalated, at: late, by: .timer)
    twice.escalate()
    #expect(twice.events.isEmpty)
    let taken = try after(escalated, at: late) { try $0.assign("li", due: nil) }
    #expect(taken.escalatedAt == nil && taken.answeredAt == late)
    #expect(taken.dueAt == late.adding(milliseconds: Int64(Limits.caseStepMilliseconds)))
    #expect(throws: Rejection.self) {
      try after(taken, at: late) { try $0.assign("li", due: late) }
    }
    let done = try after(taken) { try $0.resolve(.noFault) }
    #expect(done.dueAt == nil)
  }

  @Test("a case takes so many papers and links, and none twice")
  func limits() throws {
    var full = opened()
    for number in 0..<Limits.papersPerCase {
      full = try after(full) { try $0.add(paper(UInt64(number)), waitingFor: nil, due: nil) }
    }
    #expect(throws: Rejection.self) {
      try after(full) { try $0.add(paper(), waitingFor: nil, due: nil) }
    }
    let more = (2...UInt64(Limits.linksPerCase)).map {
      CaseLink.discrepancy(DiscrepancyID(high: 4, low: $0))
    }
    let linked = try after(opened()) { try $0.link([.discrepancy(found)] + more + more) }
    #expect(linked.links.count == Limits.linksPerCase)
    #expect(throws: Rejection.self) {
      try after(linked) { try $0.link([.run(RunID(high: 1, low: 1))]) }
    }
    #expect(try after(linked) { try $0.link(more) } == linked)
  }
}
