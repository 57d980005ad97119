import Chance
import Domain
import Engine
import Gateways

/// What gateways push to the shop.
extension World {
  /// The gateway has news and pushes them, honestly or not.
  func announce(_ number: String) {
    guard !losesNotices else { return }
    let lie = alipay.temper.strike(.notice)
    if let lie { alipay.temper.note(lie) }
    if lie == .noticeLost { return }
    let delay = lie == .noticeLate ? random.next(in: 600_000...72_000_000) : random.next(in: 1...3000)
    push(number, lie, after: delay, tries: 0)
    if lie == .noticeDoubled {
      for _ in 0..<3 { push(number, nil, after: random.next(in: 1...20_000), tries: 7) }
    }
    let isSpoilt = lie.map { ![.noticeDoubled, .noticeLate].contains($0) } ?? false
    // What was spoilt on its way is beside the gateway's own genuine notice.
    if isSpoilt { push(number, nil, after: random.next(in: 1...3000), tries: 0) }
  }

  private func push(_ number: String, _ lie: Behaviour?, after delay: Int64, tries: Int) {
    after(delay) { world in
      guard let raw = world.alipay.notice(number, lie, at: world.now) else { return }
      world.ingest("alipay", raw) { world, isTaken in
        guard !isTaken, tries < FakeAlipay.noticeGaps.count else { return }
        world.push(number, nil, after: FakeAlipay.noticeGaps[tries], tries: tries + 1)
      }
    }
  }

  /// The shop's front end hands a notice on and answers the gateway with what it is told to.
  func ingest(
    _ gateway: String, _ raw: RawNotification,
    then: @escaping (World, Bool) throws -> Void = { _, _ in }
  ) {
    call(
      "notification.ingest", .notificationIngest(gateway: gateway, raw), by: People.shop
    ) { world, result in
      guard case .success(.notification(let reply)) = result else { return try then(world, false) }
      let isTaken = reply.acknowledgement.body.contains("success")
      if isTaken { try world.auditor.noteTaken(raw, reply) }
      try then(world, isTaken)
    }
  }

  func collectNotices() {
    guard let sandbox else { return }
    for raw in sandbox.notices() { ingestAtBank(raw) }
  }
}
