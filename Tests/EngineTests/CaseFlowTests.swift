import Domain
import Engine
import Store
import Testing

@Suite("cases open where the machine must not decide, and by people")
struct CaseFlowTests {
  private static let qian = Caller(
    principal: "books", person: "qian", seesAll: true, refundLimit: 0, isLead: true)

  private func world() throws -> World {
    let world = try World()
    try world.advance(to: Timestamp(milliseconds: 1_800_000_000_000 + 72_000_000))
    return world
  }

  private func words(_ text: String) -> AttachmentContent {
    AttachmentContent(name: nil, bytes: Array(text.utf8))
  }

  private func work(
    _ world: World, _ wish: CaseWish, by caller: Caller = World.finance, key: String? = nil
  ) throws -> CaseRecord {
    let result = try world.ask("case.any", .cases(wish), by: caller, key: key)
    guard case .success(.caseKept(let record)) = result else {
      throw ShortcutFault.unexpected("\(result)")
    }
    return record
  }

  private func cases(
    _ world: World, _ narrow: (inout CaseFilter) -> Void = { _ in }
  ) throws -> [CaseRecord] {
    var filter = CaseFilter()
    narrow(&filter)
    return try world.reader().cases(filter, before: nil, limit: 100)
  }

  private func stranger(_ world: World, _ number: Int, _ minor: Int64) -> BillRow {
    BillRow(transaction: "X\(number)", number: "N\(number)", minor: minor, at: world.now)
  }

  @Test("a run opens one case for each kind that takes two persons, and none for small ones")
  func ofRun() throws {
    let world = try world()
    let rows = [stranger(world, 1, 600), stranger(world, 2, 90_000), stranger(world, 3, 80_000)]
    let run = try world.reconcile(try world.imported(rows).id).run
    let opened = try cases(world)
    #expect(opened.count == 1)
    #expect(opened.first?.kind == .discrepancy && opened.first?.severity == .high)
    #expect(opened.first?.links.first == .run(run.id))
    #expect(opened.first?.discrepancies.count == 2)
    _ = try world.reconcile(run.statement)
    #expect(try cases(world).count == 1)
  }

  @Test("the names under a run leave open what is in a case, and no case closes over it")
  func leftOpen() throws {
    let world = try world()
    let run = try world.reconcile(try world.imported([stranger(world, 1, 90_000)]).id).run
    let found = try world.discrepancies(of: run.id)[0]
    let record = try #require(try cases(world).first)
    #expect(try world.reader().signOffPage(of: run).undecided == [found.id])
    _ = try work(world, .assign(record.id, owner: CaseOwner("zhao", isKnown: true), due: nil))
    let page = try world.reader().signOffPage(of: run)
    #expect(page.leftOpen == [LeftOpen(discrepancy: found.id, reason: .inCase)])
    #expect(page.undecided.isEmpty)
    _ = try work(world, .resolve(record.id, .bankDelay, note: words("the bank was late")))
    try world.crash()
    #expect(throws: (any Error).self) { try work(world, .confirm(record.id)) }
    _ = try work(world, .confirm(record.id), by: Self.qian)
    #expect(throws: (any Error).self) { try work(world, .close(record.id)) }
    #expect(try world.reader().signOffPage(of: run).undecided == [found.id])
    let wish = AdjudicationWish(
      discrepancy: found.id, verb: .writeOff, reason: "late", until: nil, partner: nil)
    _ = try world.ask("discrepancy.propose", .discrepancyPropose(wish), by: World.finance)
    _ = try world.ask("discrepancy.confirm", .discrepancyConfirm(found.id), by: Self.qian)
    #expect(try work(world, .close(record.id)).state == .closed)
  }

  private func pay(_ world: World, _ payment: Payment) throws {
    try world.payWithNotice(payment)
    try world.advance(by: 120_000)
  }

  @Test("money that comes a second time is a case of its own, once, told in the order's story")
  func excess() throws {
    let world = try world()
    let order = try world.makeOrder()
    let first = try world.openPayment(order)
    _ = try world.ask("payment.close", .paymentClose(first.id))
    try world.advance(by: 60_000)
    let second = try world.openPayment(order)
    try pay(world, second)
    #expect(try cases(world).isEmpty)
    try pay(world, first)
    #expect(try world.state(order).order.excess > 0)
    let opened = try cases(world)
    #expect(opened.map(\.kind) == [.excess])
    #expect(opened.first?.links == [.order(order)] && opened.first?.openedBy == "system")
    let types = try world.reader().recorded(after: 0, limit: 1000).map(\.1)
      .filter { $0.order == order }.map(\.body.type)
    #expect(types.count { $0 == "case.opened" } == 1)
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
    let claim = try work(
      world,
      .open(
        .buyerClaim, .normal, links: [.payment(first.id)], note: words("told twice"), owner: nil))
    #expect(claim.links == [.order(order), .payment(first.id)])
    #expect(try cases(world) { $0.about = .order(order) }.count == 2)
  }

  @Test("each refund that comes back is somebody's work, and the mark ends with the case")
  func returned() throws {
    let world = try world()
    let (order, payment) = try world.paidOrder()
    func comeBack() throws -> RefundID {
      _ = try world.refund(payment.id, 800)
      let refund = try #require(try world.state(order).refunds.last)
      world.bank.setRefund(refund.number, "returned")
      let notice = world.bank.notice(payment.outTradeNumber, refund: refund.number)
      _ = try world.ask("notification.ingest", .notificationIngest(gateway: "bank", notice))
      return refund.id
    }
    func put(_ record: CaseRecord) throws {
      _ = try work(world, .resolve(record.id, .bankDelay, note: nil))
      _ = try work(world, .close(record.id))
    }
    let first = try comeBack()
    let second = try comeBack()
    #expect(try world.state(order).order.attention == ["refund_returned"])
    let opened = try cases(world)
    #expect(opened.map(\.kind) == [.refundReturned])
    #expect(opened.first?.links == [.order(order), .refund(first), .refund(second)])
    _ = try work(world, .resolve(opened[0].id, .bankDelay, note: nil))
    // Resolved and not put away yet: the next one is work of its own, and the mark stays with it.
    let third = try comeBack()
    let next = try #require(try cases(world).first { $0.id != opened[0].id })
    #expect(next.links == [.order(order), .refund(third)])
    _ = try work(world, .close(opened[0].id))
    #expect(try world.state(order).order.attention == ["refund_returned"])
    try put(next)
    #expect(try world.state(order).order.attention.isEmpty)
    _ = try comeBack()
    #expect(try cases(world).count == 3)
    #expect(try world.state(order).order.attention == ["refund_returned"])
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("what no fact ends calls people until they have closed a case about it")
  func marks() throws {
    let world = try world()
    let (order, payment) = try world.paidOrder()
    world.bank.giveBack(payment.outTradeNumber, "DESK1", 800)
    let notice = world.bank.notice(payment.outTradeNumber, refund: "DESK1")
    _ = try world.ask("notification.ingest", .notificationIngest(gateway: "bank", notice))
    #expect(try world.state(order).order.attention == ["refunded_outside"])
    let record = try work(
      world, .open(.refund, .normal, links: [.order(order)], note: nil, owner: nil))
    _ = try work(world, .resolve(record.id, .ourError, note: nil))
    #expect(try world.state(order).order.attention == ["refunded_outside"])
    _ = try work(world, .close(record.id))
    #expect(try world.state(order).order.attention.isEmpty)
    #expect(try world.store.checkAgainstLog().differences.isEmpty)
  }

  @Test("a payment without an answer for a day is a case, once")
  func stale() throws {
    let world = try world()
    let order = try world.makeOrder()
    world.bank.faults["create"] = [.answerLost]
    world.bank.faults["query"] = Array(repeating: .answerLost, count: 1000)
    _ = try world.ask("payment.create", world.paymentWish(order))
    try world.advance(by: 20 * 3_600_000)
    #expect(try cases(world).isEmpty)
    try world.advance(by: 8 * 3_600_000)
    #expect(try cases(world).map(\.kind) == [.stalePayment])
  }

  @Test("what was written is sealed, read back, and erased with the buyer")
  func notes() throws {
    let world = try world()
    let (order, _) = try world.paidOrder(5000)
    let record = try work(
      world,
      .open(
        .buyerClaim, .normal, links: [.order(order)], note: words("秘密 note"),
        owner: CaseOwner("li", isKnown: true)),
      key: "case-00000001")
    let again = try work(
      world,
      .open(
        .buyerClaim, .normal, links: [.order(order)], note: words("秘密 note"),
        owner: CaseOwner("li", isKnown: true)),
      key: "case-00000001")
    #expect(again == record && record.owner == "li" && record.state == .assigned)
    let paper = try #require(record.papers.first)
    #expect(try world.reader().content(of: paper.id)?.bytes == Array("秘密 note".utf8))
    let log = try world.reader().recorded(after: 0, limit: 1000).map { "\($0.1)" }.joined()
    #expect(!log.contains("秘密"))
    _ = try world.ask("order.erase_personal", .orderErasePersonal(.id(order)), by: World.finance)
    #expect(try world.reader().content(of: paper.id) == nil)
  }

  @Test("a large difference that nobody decides alarms once, with its case; a small one by itself")
  func forgotten() throws {
    let world = try world()
    let rows = [stranger(world, 1, 600), stranger(world, 2, 90_000)]
    let run = try world.reconcile(try world.imported(rows).id).run
    let found = try world.discrepancies(of: run.id)
    try world.advance(by: Int64(Limits.discrepancyDueMilliseconds) + 60_000)
    let alarms = world.alarms.filter { $0.hasPrefix("AL8") }
    let record = try #require(try cases(world).first)
    let small = try #require(found.first { $0.facts.actual == 600 })
    #expect(alarms.count == 2)
    #expect(alarms.contains { $0.contains(record.id.text) })
    #expect(alarms.contains { $0.contains(small.id.text) })
    // Both are late all the same.
    #expect(try world.discrepancies(of: run.id).allSatisfy { $0.escalatedAt != nil })
    try world.crash()
    try world.advance(by: 3_600_000)
    #expect(world.alarms.count { $0.hasPrefix("AL8") } == 2)
  }

  @Test("a case is only given to somebody whom the configuration knows")
  func strangers() throws {
    let world = try world()
    let nobody = CaseOwner("zhoa", isKnown: false, near: ["zhao"])
    let wish = CaseWish.open(.other, .normal, links: [], note: nil, owner: nobody)
    let refused = try world.ask("case.open", .cases(wish), by: World.finance)
    #expect(refusal(refused) == .personNotFound)
    #expect(try cases(world).isEmpty)
    let record = try work(world, .open(.other, .normal, links: [], note: nil, owner: nil))
    let assigned = try world.ask(
      "case.assign", .cases(.assign(record.id, owner: nobody, due: nil)), by: World.finance)
    #expect(refusal(assigned) == .personNotFound)
    #expect(try cases(world).first?.owner == nil)
  }

  @Test("a case that nobody takes up is an alarm, once, also over a crash")
  func clock() throws {
    let world = try world()
    let record = try work(
      world, .open(.other, .normal, links: [], note: nil, owner: nil))
    try world.advance(by: Int64(Limits.caseAnswerMilliseconds) - 1000)
    #expect(try cases(world) { $0.isEscalated = true }.isEmpty)
    try world.advance(by: 60_000)
    #expect(try cases(world) { $0.isEscalated = true }.map(\.id) == [record.id])
    try world.crash()
    try world.advance(by: 60_000)
    #expect(world.alarms.count { $0.hasPrefix("AL8 case") } == 1)
    _ = try work(world, .assign(record.id, owner: CaseOwner("li", isKnown: true), due: nil))
    #expect(try cases(world) { $0.isEscalated = true }.isEmpty)
    try world.advance(by: Int64(Limits.caseStepMilliseconds) + 60_000)
    #expect(world.alarms.count { $0.hasPrefix("AL8 case") } == 2)
  }

  @Test("a case about nothing that there is, is refused")
  func unknown() throws {
    let world = try world()
    let result = try world.ask(
      "case.open",
      .cases(
        .open(.other, .normal, links: [.run(RunID(high: 1, low: 1))], note: nil, owner: nil)),
      by: World.finance)
    #expect(refusal(result) == .runNotFound)
    #expect(try cases(world).isEmpty)
  }
}
