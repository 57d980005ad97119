import Domain
import Testing

@Suite("Disputes of one order")
struct DisputeScenarioTests {
  static let hour: Int64 = 3_600_000
  static let due = start.adding(milliseconds: 100 * hour)

  private func sighting(
    _ status: DisputeStatus?, _ minor: Int64 = 100, number: String = "dp_1",
    due: Timestamp? = DisputeScenarioTests.due, funds: DisputeFunds? = nil
  ) -> DisputeSighting {
    DisputeSighting(
      gatewayDispute: number, status: status, gatewayStatus: status?.rawValue ?? "odd",
      amount: Money(minor, yuan), reason: nil, dueAt: due, funds: funds)
  }

  private let notice = evidence(.signedNotice, .notice, id: "ntf_1")

  @Test("a dispute takes the money when it is lost and gives it back when it is won after all")
  func lostThenWon() throws {
    var (desk, id) = try Desk.paid()
    try desk.seeDispute(id, sighting(.needsResponse), notice)
    #expect(desk.order.disputeState == .open)
    #expect(desk.order.payState == .paid)
    #expect(desk.order.attention.contains("disputed"))
    try desk.seeDispute(id, sighting(.lost), notice)
    #expect(desk.order.payState == .chargedBack)
    #expect(desk.order.disputeState == .lost)
    #expect(desk.order.chargedBack == 100)
    #expect(desk.order.captured == 100)
    #expect(desk.order.attention.isEmpty)
    try desk.seeDispute(id, sighting(.underReview))
    #expect(desk.order.payState == .paid)
    #expect(desk.order.disputeState == .open)
    try desk.seeDispute(id, sighting(.won))
    #expect(desk.order.payState == .paid)
    #expect(desk.order.disputeState == .won)
    #expect(desk.order.chargedBack == 0)
    #expect(desk.aggregate.disputes.map(\.funds) == [.reinstated])
    #expect(desk.order.attention.isEmpty)
    #expect(desk.events.map(\.body.type).filter { $0.hasPrefix("order.") } == [
      "order.created", "order.paid", "order.charged_back", "order.paid", 
    ])
    #expect(folded(desk.events) == desk.aggregate)
  }

  @Test("a notice never goes back, and never changes facts of the same state; it wakes a question")
  func noticesOnlyForward() throws {
    var (desk, id) = try Desk.paid()
    try desk.seeDispute(id, sighting(.underReview), notice)
    let before = desk.aggregate
    for old in [
      sighting(.needsResponse), sighting(.warning), sighting(.underReview, 60),
      sighting(.underReview, due: nil), sighting(.underReview, funds: .reinstated),
    ] {
      #expect(try desk.seeDispute(id, old, notice) == .askNow)
    }
    #expect(try desk.seeDispute(id, sighting(.underReview), notice) == .nothingNew)
    #expect(desk.aggregate == before)
    #expect(try desk.seeDispute(id, sighting(.needsResponse)) == .applied)
    #expect(try desk.seeDispute(id, sighting(.needsResponse, 60)) == .applied)
    #expect(desk.aggregate.disputes[0].terms.amount == Money(60, yuan))
  }

  @Test("a weak notice opens nothing")
  func weak() throws {
    var (desk, id) = try Desk.paid()
    #expect(
      try desk.seeDispute(id, sighting(.lost), evidence(.weakNotice, .notice)) == .askNow)
    #expect(desk.aggregate.disputes.isEmpty)
  }

  @Test("an unknown word counts as open, is shown to a person, and decides nothing")
  func unknownWord() throws {
    var (desk, id) = try Desk.paid()
    try desk.seeDispute(id, sighting(nil))
    #expect(desk.aggregate.disputes.map(\.state) == [.needsResponse])
    #expect(desk.order.attention.contains("dispute_unknown_status"))
    try desk.seeDispute(id, sighting(.won))
    try desk.seeDispute(id, sighting(nil))
    #expect(desk.aggregate.disputes.map(\.state) == [.won])
  }

  @Test("an inquiry touches no money; one that closes leaves no dispute behind")
  func inquiry() throws {
    var (desk, id) = try Desk.paid()
    try desk.seeDispute(id, sighting(.warning))
    #expect(desk.aggregate.disputes[0].funds == .none)
    #expect(desk.aggregate.refundable(of: id) == 100)
    try desk.seeDispute(id, sighting(.warningClosed))
    #expect(desk.order.disputeState == .none)
    #expect(desk.order.payState == .paid)
    #expect(!desk.order.attention.contains("disputed"))
  }

  @Test("what a dispute keeps is not refunded; the rest is")
  func refundsBesideADispute() throws {
    var (desk, id) = try Desk.paid()
    try desk.seeDispute(id, sighting(.needsResponse, 70))
    #expect(desk.aggregate.refundable(of: id) == 30)
    #expect(refusal { try desk.sentRefund(id, 31) } == .paymentDisputed)
    #expect(refusal { try desk.sentRefund(id, 101) } == .refundExceedsPaid)
    _ = try desk.sentRefund(id, 30)
    try desk.seeDispute(id, sighting(.won, 70))
    _ = try desk.sentRefund(id, 70)
  }

  @Test("a refund that waits for approval cannot be approved while a dispute keeps its money")
  func approvalWaits() throws {
    var (desk, id) = try Desk.paid()
    let refund = try desk.act(.staff(name: "li")) {
      try $0.requestRefund(of: id, Money(100, yuan), note: nil, approvalLimit: 0)
    }
    try desk.seeDispute(id, sighting(.needsResponse))
    #expect(desk.order.attention.contains("refund_and_dispute"))
    let wang = Actor.staff(name: "wang")
    #expect(
      refusal { try desk.act(wang) { try $0.approveRefund(refund, limit: 1000) } }
        == .paymentDisputed)
    try desk.seeDispute(id, sighting(.lost))
    #expect(try desk.refund(refund).state == .withdrawn)
    #expect(!desk.order.attention.contains("refund_and_dispute"))
  }

  @Test("a refund that went out beside a lost dispute is counted and shown, never hidden")
  func bothTaken() throws {
    var (desk, id) = try Desk.paid()
    let refund = try desk.sentRefund(id, 100)
    try desk.seeDispute(id, sighting(.needsResponse))
    try desk.seeRefund(refund, .succeeded(amount: Money(100, yuan), gatewayRefund: "R", at: nil))
    try desk.seeDispute(id, sighting(.lost))
    #expect(desk.order.payState == .chargedBack)
    #expect(desk.order.refunded == 100)
    #expect(desk.order.chargedBack == 100)
    #expect(desk.order.attention.contains("refund_and_dispute"))
  }

  @Test("a lost dispute of part of the money charges back, of an excess does not")
  func partAndExcess() throws {
    var (desk, id) = try Desk.paid()
    try desk.seeDispute(id, sighting(.lost, 1))
    #expect(desk.order.payState == .chargedBack)
    var other = try Desk()
    let first = try other.opened()
    try other.see(first, .paid(capture(150)))
    try other.act(.staff(name: "li")) { _ = try $0.accept(reason: "tip") }
    try other.act(.staff(name: "wang")) { _ = try $0.accept(reason: "tip") }
    #expect(other.order.excess == 50)
    try other.seeDispute(first, sighting(.lost, 50))
    #expect(other.order.payState == .paid)
    #expect(other.order.excess == 0)
    #expect(other.order.disputeState == .lost)
    #expect(other.order.chargedBack == 50)
  }

  @Test("goods stay here while a dispute is open, unless a person lets them go")
  func goods() throws {
    var (desk, id) = try Desk.paid()
    try desk.seeDispute(id, sighting(.warning))
    #expect(desk.order.deliveryState == .held)
    try desk.act(.staff(name: "li")) { try $0.unhold() }
    #expect(desk.order.deliveryState == .pending)
    try desk.seeDispute(id, sighting(.warning, due: nil))
    #expect(desk.order.deliveryState == .pending)
    try desk.seeDispute(id, sighting(.needsResponse))
    #expect(desk.order.deliveryState == .held)
    try desk.seeDispute(id, sighting(.won))
    #expect(desk.order.deliveryState == .pending)
    try desk.seeDispute(id, sighting(.lost))
    #expect(desk.order.deliveryState == .revoked)
  }

  @Test("each alert is given once, the most urgent one where several were missed")
  func alerts() throws {
    var (desk, id) = try Desk.paid()
    try desk.seeDispute(id, sighting(.needsResponse))
    #expect(try desk.alert(at: start) == [])
    #expect(
      desk.aggregate.disputes[0].nextAlertAt == Self.due.adding(milliseconds: -72 * Self.hour))
    #expect(try desk.alert(at: Self.due.adding(milliseconds: -72 * Self.hour)) == [72])
    #expect(try desk.alert(at: Self.due.adding(milliseconds: -71 * Self.hour)) == [])
    #expect(try desk.alert(at: Self.due.adding(milliseconds: -3 * Self.hour)) == [4])
    #expect(try desk.alert(at: Self.due.adding(milliseconds: -2 * Self.hour)) == [])
    #expect(desk.order.attention.contains("dispute_due"))
    let later = Self.due.adding(milliseconds: 50 * Self.hour)
    try desk.seeDispute(id, sighting(.needsResponse, due: later))
    #expect(!desk.order.attention.contains("dispute_due"))
    #expect(try desk.alert(at: Self.due.adding(milliseconds: -Self.hour)) == [72])
    #expect(try desk.alert(at: later.adding(milliseconds: Self.hour)) == [0])
    #expect(try desk.alert(at: later.adding(milliseconds: 2 * Self.hour)) == [])
    #expect(desk.aggregate.disputes[0].nextAlertAt == nil)
    #expect(folded(desk.events) == desk.aggregate)
  }

  @Test("nobody is alerted about what waits for nobody")
  func noAlerts() throws {
    for status in DisputeStatus.allCases where !status.awaitsUs {
      var (desk, id) = try Desk.paid()
      try desk.seeDispute(id, sighting(status))
      #expect(desk.aggregate.disputes[0].nextAlertAt == nil)
      #expect(try desk.alert(at: Self.due) == [])
    }
    var (desk, id) = try Desk.paid()
    try desk.seeDispute(id, sighting(.needsResponse, due: nil))
    #expect(try desk.alert(at: Self.due) == [])
  }

  @Test("an attachment is recorded, and there is a limit")
  func attachments() throws {
    var (desk, id) = try Desk.paid()
    try desk.seeDispute(id, sighting(.needsResponse))
    let dispute = desk.aggregate.disputes[0].id
    for index in 0..<Limits.attachmentsPerDispute {
      try desk.attach(to: dispute, digest: "\(index)")
    }
    #expect(refusal { try desk.attach(to: dispute, digest: "x") } == .tooManyAttachments)
    #expect(desk.aggregate.disputes[0].attachments.count == Limits.attachmentsPerDispute)
    #expect(folded(desk.events) == desk.aggregate)
  }

  @Test("an impossible amount and a number of another payment are shown and open nothing")
  func impossible() throws {
    var (desk, id) = try Desk.paid()
    for minor: Int64 in [0, -1, .max] {
      try desk.seeDispute(id, sighting(.lost, minor))
    }
    #expect(desk.aggregate.disputes.isEmpty)
    #expect(desk.order.attention == ["dispute_contradiction"])
  }

  @Test("an order has so many disputes, and one more is shown to a person")
  func limit() throws {
    var (desk, id) = try Desk.paid()
    for index in 0..<Limits.disputesPerOrder {
      try desk.seeDispute(id, sighting(.warning, number: "dp_\(index)"))
    }
    #expect(desk.aggregate.disputes.count == 16)
    #expect(!desk.order.attention.contains("dispute_contradiction"))
    try desk.seeDispute(id, sighting(.warning, number: "dp_more"))
    #expect(desk.aggregate.disputes.count == 16)
    #expect(desk.order.attention.contains("dispute_contradiction"))
  }

  @Test("two disputes of one payment never take more than was taken")
  func two() throws {
    var (desk, id) = try Desk.paid()
    try desk.seeDispute(id, sighting(.lost, 80))
    try desk.seeDispute(id, sighting(.lost, 80, number: "dp_2"))
    #expect(desk.order.chargedBack == 100)
    #expect(desk.aggregate.refundable(of: id) == 0)
  }

  @Test("a dispute of a payment that is not known to be charged waits for the charge")
  func beforeTheCharge() throws {
    var desk = try Desk()
    let id = try desk.opened()
    try desk.seeDispute(id, sighting(.lost))
    #expect(desk.order.payState == .awaiting)
    try desk.see(id, .paid(capture()))
    #expect(desk.order.payState == .chargedBack)
    #expect(desk.order.deliveryState == .none)
  }
}

extension Desk {
  @discardableResult
  mutating func seeDispute(
    _ id: PaymentID, _ sighting: DisputeSighting, _ proof: Evidence = evidence(id: "cal_d")
  ) throws -> ObservationEffect {
    try act(.poller) { decision in decision.observeDispute(of: id, sighting, proof) }
  }

  fileprivate mutating func alert(at moment: Timestamp) throws -> [Int64] {
    now = moment
    return try act(.timer) { decision in decision.alertDisputes().map(\.hours) }
  }

  fileprivate mutating func attach(to id: DisputeID, digest: String) throws {
    let attachment = DisputeAttachment(
      id: identifiers.next(AttachmentKind.self, at: now), kind: .other, mediaType: "text/plain",
      bytes: 1, digest: digest, by: "operator:li", at: now)
    try act(.staff(name: "li")) { try $0.attach(attachment, to: id) }
  }
}
