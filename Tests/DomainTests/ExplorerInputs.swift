import Domain

/// One thing that may happen to an order, by name.
struct ExplorerInput: Sendable {
  let name: String
  let actor: Actor
  let act: @Sendable (inout OrderDecision) throws -> Void

  init(
    _ name: String, by actor: Actor = .poller,
    _ act: @escaping @Sendable (inout OrderDecision) throws -> Void
  ) {
    self.name = name
    self.actor = actor
    self.act = act
  }
}

enum ExplorerInputs {
  private static func see(
    _ name: String, _ index: Int, _ sighting: PaymentSighting, _ proof: Evidence
  ) -> ExplorerInput {
    ExplorerInput("\(name) \(index)") { decision in
      guard index < decision.aggregate.payments.count else { return }
      _ = decision.observe(decision.aggregate.payments[index].id, sighting, proof)
    }
  }

  static func sightings(of index: Int) -> [ExplorerInput] {
    let charge = capture(100, yuan, "T\(index)")
    return [
      see(
        "notice paid", index, .paid(charge), evidence(.signedNotice, .notice, id: "ntf_\(index)")),
      see("query paid", index, .paid(charge), evidence(id: "cal_p\(index)")),
      see("query unpaid", index, .unpaid(action: nil), evidence()),
      see("query processing", index, .processing(nil), evidence()),
      see("query closed", index, .closed(nil), evidence(id: "cal_c\(index)")),
      see("query gone", index, .absent(provesClosed: true), evidence(id: "cal_g\(index)")),
      see("query absent", index, .absent(provesClosed: false), evidence()),
      see("query failed", index, .failed(reason), evidence(id: "cal_f\(index)")),
      see("reversed", index, .reversed(charge, nil), evidence(id: "cal_r\(index)")),
      see("weak notice", index, .paid(charge), evidence(.weakNotice, .notice)),
      see(
        "bill paid", index, .paid(charge), evidence(.statement, .statement, id: "stm_\(index):4")),
      see("less paid", index, .paid(capture(60, yuan, "T\(index)")), evidence(id: "cal_l\(index)")),
      ExplorerInput("close \(index)", by: .client(principal: "shop")) { decision in
        guard index < decision.aggregate.payments.count else { return }
        try decision.closePayment(decision.aggregate.payments[index].id)
      },
      ExplorerInput("unanswered \(index)") { decision in
        guard index < decision.aggregate.payments.count else { return }
        decision.noteUnanswered(decision.aggregate.payments[index].id, reason)
      },
      ExplorerInput("aged \(index)", by: .timer) { decision in
        guard index < decision.aggregate.payments.count else { return }
        decision.age(decision.aggregate.payments[index].id)
      },
    ]
  }

  static let ends: [ExplorerInput] = [
    ExplorerInput("expire", by: .timer) { $0.expire() },
    ExplorerInput("cancel", by: .client(principal: "shop")) { try $0.cancel(reason: nil) },
    open("bank"), open("other"),
    accept("li"), accept("wang"),
  ]

  private static func accept(_ name: String) -> ExplorerInput {
    ExplorerInput("accept \(name)", by: .staff(name: name)) { _ = try $0.accept(reason: "ok") }
  }

  private static func open(_ gateway: String) -> ExplorerInput {
    ExplorerInput("open \(gateway)", by: .client(principal: "shop")) { decision in
      guard decision.aggregate.payments.count < 2 else { return }
      _ = try decision.openPayment(
        Desk.draft(gateway, number: "N\(decision.aggregate.payments.count)"))
    }
  }

  static let deliveries: [ExplorerInput] = [
    ExplorerInput("claim", by: .client(principal: "shop")) {
      _ = try $0.claim(line: nil, leaseMilliseconds: 60_000)
    },
    claimed("complete") { try $0.complete($1, reference: nil) },
    claimed("fail") { try $0.fail($1, reason: "no stock") },
    claimed("release") { try $0.release($1) },
    ExplorerInput("lease end", by: .timer) { $0.endLeases() },
    ExplorerInput("hold", by: .staff(name: "li")) { try $0.hold(reason: "risk") },
    ExplorerInput("unhold", by: .staff(name: "li")) { try $0.unhold() },
    ExplorerInput("retry", by: .staff(name: "li")) { try $0.retryDelivery(reason: "checked") },
    ExplorerInput("revoke", by: .staff(name: "li")) { try $0.revoke(reason: "wrong goods") },
  ]

  private static func claimed(
    _ name: String, _ act: @escaping @Sendable (inout OrderDecision, ClaimID) throws -> Void
  ) -> ExplorerInput {
    ExplorerInput(name, by: .client(principal: "shop")) { decision in
      guard let claim = decision.aggregate.deliveries.compactMap(\.claim).first else { return }
      try act(&decision, claim)
    }
  }

  static let refunds: [ExplorerInput] = [
    request(100, 0), request(60, 0), request(100, 1),
    onRefund("approve", by: .staff(name: "wang")) { try $0.approveRefund($1, limit: 1000) },
    onRefund("withdraw", by: .staff(name: "li")) { try $0.withdrawRefund($1) },
    onRefund("send", by: .system) { $0.submitRefund($1) },
    onRefund("refund unanswered") { $0.noteRefundUnanswered($1, reason) },
    seen("refund done") {
      .succeeded(amount: $0.amount, gatewayRefund: nil, at: nil)
    },
    seen("refund failed") { _ in .failed(reason) },
    seen("refund returned") { _ in .returned(nil) },
    seen("refund processing") { _ in .processing(nil) },
  ]

  static let disputes: [ExplorerInput] = [
    disputed("dispute opened", .needsResponse, .signedNotice),
    disputed("dispute inquiry", .warning, .answer),
    disputed("dispute lost", .lost, .signedNotice),
    disputed("dispute won", .won, .answer),
    disputed("dispute reviewed", .underReview, .answer),
  ]

  private static func disputed(
    _ name: String, _ status: DisputeStatus, _ strength: EvidenceStrength
  ) -> ExplorerInput {
    ExplorerInput(name) { decision in
      guard let payment = decision.aggregate.payments.first else { return }
      let sighting = DisputeSighting(
        gatewayDispute: "dp_1", status: status, gatewayStatus: status.rawValue,
        amount: Money(60, yuan), reason: nil, dueAt: nil)
      _ = decision.observeDispute(
        of: payment.id, sighting, evidence(strength, id: "d_\(status.rawValue)"))
    }
  }

  static let rejection = onRefund("reject", by: .staff(name: "wang")) {
    try $0.rejectRefund($1, reason: "no")
  }

  private static func request(_ minor: Int64, _ index: Int) -> ExplorerInput {
    ExplorerInput("refund \(minor) of \(index)", by: .staff(name: "li")) { decision in
      guard index < decision.aggregate.payments.count, decision.aggregate.refunds.count < 3 else {
        return
      }
      _ = try decision.requestRefund(
        of: decision.aggregate.payments[index].id, Money(minor, yuan), note: nil,
        approvalLimit: 0)
    }
  }

  private static func onRefund(
    _ name: String, by actor: Actor = .poller,
    _ act: @escaping @Sendable (inout OrderDecision, RefundID) throws -> Void
  ) -> ExplorerInput {
    ExplorerInput(name, by: actor) { decision in
      guard let refund = decision.aggregate.refunds.first else { return }
      try act(&decision, refund.id)
    }
  }

  private static func seen(
    _ name: String, _ sighting: @escaping @Sendable (Refund) -> RefundSighting
  ) -> ExplorerInput {
    ExplorerInput(name) { decision in
      guard let refund = decision.aggregate.refunds.first else { return }
      _ = decision.observeRefund(refund.id, sighting(refund), evidence(id: "cal_rf"))
    }
  }
}
