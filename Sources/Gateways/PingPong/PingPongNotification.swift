import Domain
import JSON

/// Notices of PingPong's checkout: an envelope, posted. One signed text is good for ever, and its
/// signature is a bare hash, so it only wakes a question; PingPong itself advises to ask.
struct PingPongNotification: Sendable {
  /// Any 2xx will do for version 4; version 3 wanted this text.
  static let acknowledgement = Acknowledgement.plain("OK")
  static let refusal = Acknowledgement(
    status: 400, headers: [Header("Content-Type", "text/plain; charset=utf-8")], body: "FAIL")

  let settings: PingPongSettings

  func read(_ raw: RawNotification) -> NotificationReading {
    // try?: a body that is no JSON object is no notice.
    guard raw.body.count <= NoticeForm.bytesMax,
      let outer = (try? JSONReader.read(raw.body, profile: .document))?.objectValue
    else { return Self.rejected("malformed", "the notice is no JSON object") }
    let envelope: PingPongEnvelope
    do throws(PingPongEnvelope.Flaw) {
      envelope = try PingPongEnvelope(outer, settings: settings)
    } catch {
      switch error {
      case .malformed: return Self.rejected("malformed", "the notice has another form")
      case .wrongSignature:
        return Self.rejected("wrong_signature", "the notice is not signed with the store's salt")
      case .otherMerchant:
        return Self.rejected("other_merchant", "the notice is for another store")
      }
    }
    guard let number = envelope.content.scalar("merchantTransactionId"),
      GatewayText.isName(number, bytesMax: 64)
    else { return Self.rejected("malformed", "merchantTransactionId is missing or none of ours") }
    return .verified(
      Notification(
        outTradeNumber: number, statements: [.somethingHappened], strength: .weakNotice,
        noticeID: nil, acknowledgement: Self.acknowledgement, refusal: Self.refusal))
  }

  private static func rejected(_ code: String, _ text: String) -> NotificationReading {
    .rejected(Reason(code: code, text: text), refusal)
  }
}
