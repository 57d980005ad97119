import Chance
import Domain
import Engine
import Gateways
import Sandbox
import Store

/// Buyers who ask their banks for the money back, at the built-in gateway.
extension World {
  private typealias Step = (status: DisputeStatus, after: Int64)

  /// What was paid there may be disputed.
  func mayDispute(_ number: String) {
    guard let sandbox, let way = alipay.temper.strike(.dispute) else { return }
    alipay.temper.note(way)
    let paid = sandbox.trade(number)?.paid
    var amount: Money?
    if way == .disputedPartly, let paid, paid.minor > 1 {
      amount = Money(max(1, paid.minor / 2), paid.currency)
    }
    let due = way == .disputeDueSoon ? bystander.next(in: 3_600_000...200_000_000) : nil
    var begin = bystander.next(in: 1000...1_500_000)
    for (place, step) in steps(way).enumerated() {
      let isFirst = place == 0
      after(begin) { world in
        world.dispute(
          number, step.status, way, amount: isFirst ? amount : nil, due: isFirst ? due : nil,
          isFirst: isFirst)
      }
      begin += step.after
    }
  }

  /// The bank's decisions, each with the time until the next.
  private func steps(_ way: Behaviour) -> [Step] {
    let pause = bystander.next(in: 500...1_200_000)
    let last = bystander.pick([DisputeStatus.won, .lost, .lost, .withdrawn, .accepted])
    switch way {
    case .disputeWarned:
      let next = bystander.pick([DisputeStatus.warningClosed, .prevented, .needsResponse, .lost])
      return [(.warning, pause), (next, pause)]
    case .disputeReopened:
      return [(.needsResponse, pause), (.won, pause), (.underReview, pause), (.lost, pause)]
    case .disputeDueSoon: return [(bystander.pick([.needsResponse, .warning]), pause)]
    case .disputeUnheard: return [(.needsResponse, pause), (last, pause)]
    default:
      return bystander.chance(permille: 300)
        ? [(.needsResponse, pause)]
        : [(.needsResponse, pause), (.underReview, pause), (last, pause)]
    }
  }

  private func dispute(
    _ number: String, _ status: DisputeStatus, _ way: Behaviour, amount: Money?, due: Int64?,
    isFirst: Bool
  ) {
    var callback = bystander.pick([SandboxCallback.deliver, .deliver, .duplicate, .delay])
    if way == .disputeUnheard, isFirst { callback = .lose }
    if way == .disputeOutOfTurn { callback = .delay }
    let delay = callback == .delay ? bystander.next(in: 1000...3_600_000) : 0
    sandbox?.dispute(
      number, SandboxBankAct(status, amount: amount, dueInMilliseconds: due), callback,
      delay: delay)
  }

  /// The bank sends a notice of a dispute until it is taken.
  func ingestAtBank(_ raw: RawNotification, tries: Int = 0) {
    ingest(SandboxSide.name, raw) { world, isTaken in
      guard let dispute = SandboxSide.dispute(in: raw) else { return }
      if isTaken {
        world.auditor.hear(ofDispute: dispute)
      } else if tries < 8 {
        world.after(60_000 << Int64(tries)) { $0.ingestAtBank(raw, tries: tries + 1) }
      }
    }
  }

  /// Somebody looks after a dispute of an order.
  func tendDispute(of order: OrderID, key: String) {
    guard let (id, _) = auditor.orders[order.text].flatMap({ model in
      model.disputes.isEmpty ? nil : bystander.pick(model.disputes)
    }), let dispute = DisputeID(text: id) else { return }
    guard bystander.chance(permille: 500) else {
      return call("dispute.query", .disputeQuery(dispute), by: People.wang)
    }
    let wish = AttachmentWish(
      kind: .receipt, mediaType: "text/plain",
      content: AttachmentContent(name: "receipt.txt", bytes: Array("signed for \(id)".utf8)))
    insist("dispute.attach", .disputeAttach(dispute, wish), by: People.wang, key: key, params: id) {
      _, _ in
    }
  }
}
