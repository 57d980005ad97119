import Crypto
import Domain
import Gateways
import Store

extension PaymentEngine {
  /// A notification as it arrived: kept first, believed as far as its evidence goes.
  func ingest(
    _ raw: RawNotification, gateway name: String, at now: Timestamp
  ) throws(CommandStop) -> CommandOutcome {
    let desk = try desk(name)
    let id = identifiers.next(ReceiptKind.self, at: now)
    let receipt = Receipt(
      id: id, gateway: name, receivedAt: now, verdict: .rejected, reason: nil, payment: nil,
      order: nil, strength: .timer, digest: SHA256.hash(raw.body).hex)
    let mark = Self.mark(of: raw)
    guard !intake.setAside.contains(mark) else {
      return try stored { () throws(StoreError) in
        .done(.notification(try setAside(receipt, raw, mark, at: now)))
      }
    }
    intake.begin(mark)
    defer { intake.end() }
    return try stored { () throws(StoreError) in
      try store.count("receipts", gateway: name, at: now)
      switch desk.gateway.readNotification(raw, at: now) {
      case .rejected(let reason, let acknowledgement):
        return .done(
          .notification(try reject(receipt, raw, reason, acknowledgement, at: now)))
      case .probe(let reason, let acknowledgement):
        // Anybody can send something that looks like a probe, so it is counted and not kept.
        try store.count("probes", gateway: name, at: now)
        return .done(
          .notification(
            NotificationReply(
              receipt: nil, verdict: .rejected, reason: reason.code, payment: nil,
              acknowledgement: acknowledgement)))
      case .irrelevant(let reason, let acknowledgement):
        var kept = receipt
        kept.verdict = .noop
        kept.reason = reason.code
        try store.insert(kept, Self.content(raw), orderKey: nil, outTradeNumber: nil)
        return .done(.notification(Self.reply(kept, acknowledgement)))
      case .dispute(let hint):
        return .done(.notification(try take(hint, receipt, raw, isNew: true, at: now)))
      case .verified(let notification):
        var kept = receipt
        kept.strength = notification.strength
        return .done(.notification(try take(notification, kept, raw, isNew: true, at: now)))
      case .unproven(let notification):
        var kept = receipt
        kept.strength = notification.strength
        return .done(.notification(try keepUnproven(notification, kept, raw, at: now)))
      }
    }
  }

  /// The same for the same notification, however often it comes.
  private static func mark(of raw: RawNotification) -> String {
    SHA256.hash(Array("\(raw.httpMethod)\n\(raw.query)\n".utf8) + raw.body).hex
  }

  /// The process died of it twice: its bytes are kept, once for each start, and nothing of it is
  /// read. What it told is found by asking.
  private func setAside(
    _ receipt: Receipt, _ raw: RawNotification, _ mark: String, at now: Timestamp
  ) throws(StoreError) -> NotificationReply {
    let refusal = Acknowledgement(
      status: 503, headers: [Header("Content-Type", "text/plain")], body: "set aside")
    var kept = receipt
    kept.verdict = .parked
    kept.reason = "set_aside"
    guard !toldAside.contains(mark) else {
      return NotificationReply(
        receipt: nil, verdict: .parked, reason: kept.reason, payment: nil,
        acknowledgement: refusal)
    }
    if !isTrial { toldAside.insert(mark) }
    try store.insert(kept, Self.content(raw), orderKey: nil, outTradeNumber: nil)
    try note(
      .notification(.parked(kept.id, gateway: kept.gateway, outTradeNumber: "")), on: nil,
      by: .notice(gateway: kept.gateway), at: now)
    effects.append(
      .alarm(
        "\(kept.gateway): the daemon died twice over one notification. It is set aside as "
          + "\(kept.id); its bytes are kept, and what it told is asked for instead."))
    return Self.reply(kept, refusal)
  }

  static func content(_ raw: RawNotification) -> ReceiptContent {
    ReceiptContent(
      httpMethod: raw.httpMethod, query: raw.query,
      headers: raw.headers.map { ($0.name, $0.value) }, body: raw.body, sourceIP: raw.sourceIP)
  }

  static func raw(_ content: ReceiptContent) -> RawNotification {
    RawNotification(
      httpMethod: content.httpMethod, query: content.query,
      headers: content.headers.map { Header($0.name, $0.value) }, body: content.body,
      sourceIP: content.sourceIP)
  }

  static func reply(
    _ receipt: Receipt, _ acknowledgement: Acknowledgement
  ) -> NotificationReply {
    NotificationReply(
      receipt: receipt.id, verdict: receipt.verdict, reason: receipt.reason,
      payment: receipt.payment, acknowledgement: acknowledgement)
  }

  private func reject(
    _ receipt: Receipt, _ raw: RawNotification, _ reason: Reason,
    _ acknowledgement: Acknowledgement, at now: Timestamp
  ) throws(StoreError) -> NotificationReply {
    guard try countForgery(receipt.gateway, reason, at: now) else {
      return NotificationReply(
        receipt: nil, verdict: .rejected, reason: reason.code, payment: nil,
        acknowledgement: acknowledgement)
    }
    var receipt = receipt
    receipt.reason = reason.code
    try store.insert(receipt, Self.content(raw), orderKey: nil, outTradeNumber: nil)
    try noteForgery(receipt, reason, at: now)
    return Self.reply(receipt, acknowledgement)
  }

  /// A forgery changes nothing, is counted, and alarms when they come thick (AL16).
  ///
  /// - Returns: whether it is among the first ones of an hour, which are kept whole.
  func countForgery(
    _ gateway: String, _ reason: Reason, at now: Timestamp
  ) throws(StoreError) -> Bool {
    try store.count("rejected", gateway: gateway, at: now)
    if !isTrial, desks[gateway]?.noteRejected(at: now) == true {
      effects.append(
        .alarm(
          "AL16 \(gateway): more than \(GatewayDesk.rejectionsMax) notifications within "
            + "5 minutes could not be believed, the last one for “\(reason.code)”: "
            + "\(reason.text). They changed nothing."))
    }
    let count = try store.counted("rejected", gateway: gateway, at: now)
    return count <= Int64(Limits.rejectedReceipts)
  }

  func noteForgery(
    _ receipt: Receipt, _ reason: Reason, at now: Timestamp
  ) throws(StoreError) {
    try note(
      .notification(.rejected(receipt.id, gateway: receipt.gateway, reason: reason.code)),
      on: nil, by: .notice(gateway: receipt.gateway), at: now)
  }

  /// Applies a verified notification to its own payment and to nothing else.
  ///
  /// - Parameter isNew: its receipt is not on disk yet.
  func take(
    _ notification: Notification, _ receipt: Receipt, _ raw: RawNotification, isNew: Bool,
    at now: Timestamp
  ) throws(StoreError) -> NotificationReply {
    var receipt = receipt
    let number = notification.payment.text
    guard
      let payment = try payment(notification.payment, at: receipt.gateway),
      let order = try store.load(payment: payment)
    else {
      let wasParked = receipt.verdict == .parked
      receipt.verdict = .parked
      receipt.reason = "unknown_payment"
      if isNew {
        try store.insert(receipt, Self.content(raw), orderKey: nil, outTradeNumber: number)
      } else {
        try store.update(receipt, orderKey: nil)
      }
      if !wasParked {
        try note(
          .notification(
            .parked(receipt.id, gateway: receipt.gateway, outTradeNumber: number)),
          on: nil, by: .notice(gateway: receipt.gateway), at: now)
      }
      return Self.reply(receipt, notification.acknowledgement)
    }
    let wasApplied = receipt.verdict == .applied
    receipt.payment = payment
    receipt.order = order.aggregate.order.id
    receipt.reason = nil
    receipt.verdict = .noop
    if isNew {
      try store.insert(receipt, Self.content(raw), orderKey: order.key, outTradeNumber: number)
    }
    let isApplied = try apply(notification, receipt, payment, order, at: now)
    receipt.verdict = isApplied ? .applied : .noop
    let reply = Self.reply(receipt, notification.acknowledgement)
    // Taken a second time it changes nothing; that it once did stays on record.
    if wasApplied { receipt.verdict = .applied }
    if isApplied || !isNew { try store.update(receipt, orderKey: order.key) }
    return reply
  }

  private func apply(
    _ notification: Notification, _ receipt: Receipt, _ payment: PaymentID,
    _ order: LoadedOrder, at now: Timestamp
  ) throws(StoreError) -> Bool {
    var isNoted = false
    let evidence = Evidence(
      id: receipt.id.text, source: .notice, strength: notification.strength, at: now,
      digest: receipt.digest)
    let actor = Actor.notice(gateway: receipt.gateway)
    var present = order
    for statement in notification.statements {
      try take(statement, payment, present, evidence, by: actor, at: now) {
        (order) throws(StoreError) in
        // The receipt's own event stands before what it changed, once.
        guard !isNoted else { return }
        isNoted = true
        try note(
          .notification(.received(receipt.id, gateway: receipt.gateway, payment: payment)),
          on: order, by: actor, at: now)
      }
      present = try store.load(key: present.key) ?? present
    }
    return isNoted
  }

  /// A notice that cannot be believed as it is still says where to look. What has ended is asked
  /// about by no other schedule, so the hint is kept until it is answered.
  ///
  /// - Parameter look: `looking` or `lookingForDispute`.
  func askSoon(
    _ id: PaymentID, _ order: LoadedOrder, for look: ScheduledQuestion.Step = .looking,
    at now: Timestamp
  ) throws(StoreError) {
    guard let payment = order.aggregate.payment(id) else { return }
    var question = try question(of: payment, order, at: now)
    if !payment.state.isOpen {
      if question.step != .lookingForDispute { question.step = look }
      question.asked = 0
      question.failed = 0
    }
    question.nextAt = now
    question.rank = Schedule.Rank.closing
    keep(question)
    if askedNow[question.subject] != nil { askAgain.insert(question.subject) }
  }

  /// Takes a kept notification again: by hand, or because its payment has appeared.
  func replay(_ id: ReceiptID, at now: Timestamp) throws(CommandStop) -> CommandOutcome {
    let found = try stored { () throws(StoreError) in try store.receipt(id) }
    guard let (receipt, content) = found else {
      throw .refused(
        Rejection(.receiptNotFound, "There is no notification \(id).", path: "/params/receipt"))
    }
    guard content.isKept else {
      throw .refused(
        Rejection(
          .receiptNotFound,
          "The bytes of \(id) are gone: their time was over, or they were erased.",
          hint: "Ask the gateway instead: payment.query.", path: "/params/receipt"))
    }
    let raw = Self.raw(content)
    let desk = try desk(receipt.gateway)
    let mark = Self.mark(of: raw)
    guard !intake.setAside.contains(mark) else {
      throw .refused(
        Rejection(
          .illegalTransition, "The daemon died twice over \(id); this version does not read it.",
          hint: "Ask the gateway instead: payment.query.",
          details: [.init("state", .text("set_aside"))]))
    }
    intake.begin(mark)
    defer { intake.end() }
    return try stored { () throws(StoreError) in
      // Signatures that hold for minutes only held when it came.
      switch desk.gateway.readNotification(raw, at: receipt.receivedAt) {
      case .unproven(let notification)
      where receipt.verdict == .received || receipt.verdict == .rejected:
        // The gateway has the word, or has had it.
        return .done(.notification(Self.reply(receipt, notification.acknowledgement)))
      case .verified(let notification), .unproven(let notification):
        var kept = receipt
        kept.strength = notification.strength
        return .done(.notification(try take(notification, kept, raw, isNew: false, at: now)))
      case .dispute(let hint):
        return .done(.notification(try take(hint, receipt, raw, isNew: false, at: now)))
      case .rejected(let reason, let acknowledgement), .probe(let reason, let acknowledgement),
        .irrelevant(let reason, let acknowledgement):
        var same = receipt
        same.reason = reason.code
        return .done(.notification(Self.reply(same, acknowledgement)))
      }
    }
  }

  /// Notices that came before their payment was known.
  ///
  /// - Parameter number: the one that they named it by; nil for ours.
  func replayParked(
    _ payment: Payment, named number: String? = nil, at now: Timestamp
  ) throws(StoreError) {
    let parked = try store.parkedReceipts(
      gateway: payment.gateway, outTradeNumber: number ?? payment.outTradeNumber)
    for id in parked {
      do throws(CommandStop) {
        _ = try replay(id, at: now)
      } catch {
        if case .failed(let fault) = error { throw fault }
      }
    }
  }
}
