import Crypto
import Domain
import JSON

/// Notices that WeChat posts to `notify_url`.
///
/// Shape: JSON signed in headers, with a resource sealed by the APIv3 key. Only successes of
/// payments are told; of refunds every end. Each delivery is signed anew, so an old signature is a
/// replay. WeChat looks at the HTTP status only: 200 or 204 is "received".
struct WeChatNotification: Sendable {
  static let bodyBytesMax = 196_608
  static let algorithm = "AEAD_AES_256_GCM"

  static let acknowledgement = answer(200, "SUCCESS", "OK")
  static let refusal = answer(500, "FAIL", "not kept; send it again")
  private static let distrust = answer(401, "FAIL", "signature")

  let settings: WeChatSettings

  func read(_ raw: RawNotification, at now: Timestamp) -> NotificationReading {
    guard raw.httpMethod.uppercased().hasSameBytes(as: "POST") else {
      return Self.rejected("not_a_notice", "a notice is posted; a buyer's return proves nothing")
    }
    guard raw.body.count <= Self.bodyBytesMax else {
      return Self.rejected("too_long", "the body is longer than \(Self.bodyBytesMax) bytes")
    }
    do throws(WeChatSigning.Flaw) {
      try WeChatSigning.verify(raw.body, raw.headers, keys: settings.keys, at: now)
    } catch {
      let reason = Reason(code: Self.code(of: error), text: "the notice \(error.phrase)")
      return error == .probe ? .probe(reason, Self.distrust) : .rejected(reason, Self.distrust)
    }
    // try?: a body that WeChat signed and that cannot be read is of no use, whatever is wrong.
    guard let event = (try? JSONReader.read(raw.body, profile: .document))?.objectValue else {
      return Self.rejected("malformed", "the body is no JSON object")
    }
    return read(WeChatRecord(event))
  }

  /// An event whose signature is right.
  private func read(_ event: WeChatRecord) -> NotificationReading {
    guard let type = event.text("event_type"), let resource = event.record("resource") else {
      return Self.rejected("malformed", "event_type or resource is missing")
    }
    guard resource.isSame("algorithm", Self.algorithm) else {
      return Self.rejected("malformed", "the resource is sealed in an unknown way")
    }
    let isPayment = type.hasPrefix("TRANSACTION.")
    let isComplaint = settings.readsComplaints && type.hasPrefix("COMPLAINT.")
    guard isPayment || isComplaint || type.hasPrefix("REFUND.") else {
      return .irrelevant(
        Reason(code: "other_type", text: "a notice of type \(type.prefix(64))"),
        Self.acknowledgement)
    }
    guard let content = open(resource) else {
      return .rejected(
        Reason(
          code: "wrong_api_v3_key",
          text: "WeChat signed the notice, but api_v3_key_file does not open it; was the APIv3 "
            + "key set anew?"), Self.refusal)
    }
    if isComplaint { return Self.complaint(content) }
    do throws(WeChatStatements.Flaw) {
      return try isPayment ? payment(content, event) : refund(content, event)
    } catch {
      let isOther = error.phrase.hasPrefix("is about another")
      return Self.rejected(isOther ? "other_merchant" : "malformed", "the notice \(error.phrase)")
    }
  }

  /// The sealed part; nil where the key does not open it or it is no object.
  private func open(_ resource: WeChatRecord) -> WeChatRecord? {
    guard let nonce = resource.text("nonce"), let sealed = resource.text("ciphertext") else {
      return nil
    }
    let associated = Array((resource.text("associated_data") ?? "").utf8)
    // try?: what cannot be opened or read is no statement, whatever is wrong with it.
    guard let bytes = try? Base64.decode(sealed),
      let plain = try? settings.keys.noticeKey.open(
        bytes, nonce: Array(nonce.utf8), associated: associated),
      let object = (try? JSONReader.read(plain, profile: .document))?.objectValue
    else { return nil }
    return WeChatRecord(object)
  }

  /// `COMPLAINT.CREATE` and `COMPLAINT.STATE_CHANGE` name the complaint and what somebody did to
  /// it, and no order.
  private static func complaint(_ content: WeChatRecord) -> NotificationReading {
    guard let number = content.number("complaint_id") else {
      return rejected("malformed", "the notice has no usable complaint_id")
    }
    return .dispute(DisputeHint(gatewayDispute: number, acknowledgement: acknowledgement))
  }

  private func payment(
    _ content: WeChatRecord, _ event: WeChatRecord
  ) throws(WeChatStatements.Flaw) -> NotificationReading {
    try WeChatStatements.requireOurs(content, settings)
    let sighting = try WeChatStatements.payment(content)
    return try verified(content, event, .payment(sighting))
  }

  /// A refund's notice names no application and no currency; WeChat pays in yuan only.
  private func refund(
    _ content: WeChatRecord, _ event: WeChatRecord
  ) throws(WeChatStatements.Flaw) -> NotificationReading {
    guard content.isSame("mchid", settings.merchantID) else {
      throw .init("is about another merchant")
    }
    guard let number = content.number("out_refund_no") else {
      throw .init("has no usable out_refund_no")
    }
    let sighting = try WeChatStatements.refund(content, status: "refund_status")
    return try verified(content, event, .refund(number: number, sighting))
  }

  private func verified(
    _ content: WeChatRecord, _ event: WeChatRecord, _ statement: Notification.Statement
  ) throws(WeChatStatements.Flaw) -> NotificationReading {
    guard let number = content.number("out_trade_no") else {
      throw .init("has no usable out_trade_no")
    }
    return .verified(
      Notification(
        outTradeNumber: number, statements: [statement], strength: .signedNotice,
        noticeID: event.text("id"), acknowledgement: Self.acknowledgement,
        refusal: Self.refusal))
  }

  private static func code(of flaw: WeChatSigning.Flaw) -> String {
    switch flaw {
    case .unsigned, .header, .wrong: "wrong_signature"
    case .clock: "wrong_time"
    case .unknownSerial: "unknown_serial"
    case .probe: "probe"
    }
  }

  private static func rejected(_ code: String, _ text: String) -> NotificationReading {
    .rejected(Reason(code: code, text: text), answer(400, "FAIL", "not understood"))
  }

  private static func answer(_ status: Int, _ code: String, _ words: String) -> Acknowledgement {
    Acknowledgement(
      status: status, headers: [Header("Content-Type", "application/json")],
      body: "{\"code\":\"\(code)\",\"message\":\"\(words)\"}")
  }
}
