import Domain
import JSON

/// Notices that the sandbox sends.
///
/// Shape: `{merchant, notice_id, type, out_trade_no, trade?, refund_no?, refund?, dispute?}`,
/// signed as a notice; `type` is `trade`, `refund` or `dispute`.
/// Time: a notice may come late, again, or be replayed from what was kept, so an old one is good;
/// what it says was true then, and the domain never goes back for it.
struct SandboxNotices: Sendable {
  static let acknowledgement = plain(200, "ok")
  static let refusal = plain(503, "retry")
  static let rejection = plain(400, "rejected")

  let account: SandboxAccount

  func read(_ raw: RawNotification, at now: Timestamp) -> NotificationReading {
    guard raw.httpMethod.uppercased().utf8.elementsEqual("POST".utf8) else {
      return Self.rejected("not_a_notice", "a notice is posted")
    }
    guard raw.body.count <= SandboxBody.bytesMax else {
      return Self.rejected("too_long", "the body is longer than \(SandboxBody.bytesMax) bytes")
    }
    let sentAt: Timestamp
    do throws(SandboxSeal.Flaw) {
      sentAt = try account.seal.open(raw.body, raw.headers, as: .notice)
    } catch {
      return Self.rejected("wrong_signature", "the notice \(error.phrase)")
    }
    guard sentAt.milliseconds(since: now) <= SandboxSeal.clockGapMillisecondsMax else {
      return Self.rejected("clock_off", "the notice is from the future")
    }
    guard let body = SandboxBody(raw.body) else {
      return Self.rejected("malformed", "the body is no JSON object")
    }
    guard body.holds(account.name, in: "merchant") else {
      return Self.rejected("other_merchant", "the notice is for another merchant")
    }
    return read(body)
  }

  /// A notice that is signed and for us.
  private func read(_ body: SandboxBody) -> NotificationReading {
    let type = body.text("type") ?? "none"
    guard type == "trade" || type == "refund" || type == "dispute" else {
      return .irrelevant(
        Reason(code: "other_type", text: "a notice of type \(type.prefix(64))"),
        Self.acknowledgement)
    }
    guard let number = SandboxFindings.number(body.text("out_trade_no")) else {
      return Self.rejected("malformed", "out_trade_no is missing or malformed")
    }
    do throws(SandboxFindings.Flaw) {
      return .verified(
        Notification(
          outTradeNumber: number, statements: [try statement(type, body)],
          strength: .signedNotice, noticeID: SandboxFindings.number(body.text("notice_id")),
          acknowledgement: Self.acknowledgement, refusal: Self.refusal))
    } catch {
      return Self.rejected("malformed", error.phrase)
    }
  }

  private func statement(
    _ type: String, _ body: SandboxBody
  ) throws(SandboxFindings.Flaw) -> Notification.Statement {
    if type == "trade" {
      guard let trade = body.body("trade") else { throw .init(phrase: "it has no trade") }
      return .payment(try SandboxFindings.payment(trade))
    }
    if type == "dispute" {
      guard let dispute = body.body("dispute") else { throw .init(phrase: "it has no dispute") }
      return .dispute(try SandboxFindings.dispute(dispute))
    }
    guard let number = SandboxFindings.number(body.text("refund_no")),
      let refund = body.body("refund")
    else { throw .init(phrase: "it has no refund") }
    return .refund(number: number, try SandboxFindings.refund(refund))
  }

  private static func rejected(_ code: String, _ text: String) -> NotificationReading {
    .rejected(Reason(code: code, text: text), rejection)
  }

  private static func plain(_ status: Int, _ word: String) -> Acknowledgement {
    Acknowledgement(
      status: status, headers: [Header("Content-Type", "text/plain")], body: word)
  }
}
