import Domain
import JSON

/// An answer whose signature has been judged.
///
/// Every answer is signed over its raw body, also an empty one (204). WeChat's own libraries look
/// at the signature of a success only; here a refusal is a fact about a payment only where it is
/// signed too.
struct WeChatEnvelope: Sendable {
  /// Why an answer is of no use.
  enum Flaw: Error, Equatable, Sendable {
    /// 429 and 5xx without WeChat's signature: something on the way, or WeChat in trouble.
    case status(Int)
    case torn
    case notJSON(JSONError)
    case seal(WeChatSigning.Flaw)
    case malformed(String)
  }

  let status: Int
  let members: JSONObject
  /// False only for refusals: these are hints for people, never facts about a payment.
  let isSigned: Bool
  /// The number behind `Request-ID`, which says more than the code. It is not signed.
  let requestCode: String?

  init(_ answer: GatewayAnswer, keys: WeChatKeys, at now: Timestamp) throws(Flaw) {
    status = answer.status
    requestCode = Self.requestCode(answer.headers)
    do throws(WeChatSigning.Flaw) {
      try WeChatSigning.verify(answer.body, answer.headers, keys: keys, at: now)
      isSigned = true
    } catch {
      let isRefusal = error == .unsigned && answer.status >= 400
      guard isRefusal else { throw .seal(error) }
      guard answer.status < 500, answer.status != 429 else { throw .status(answer.status) }
      isSigned = false
    }
    members = answer.body.isEmpty ? JSONObject() : try Self.members(answer.body)
  }

  var isSuccess: Bool { status == 200 || status == 204 }

  /// A text; empty counts as absent.
  func text(_ name: String) -> String? { WeChatRecord(members).text(name) }

  var code: String { text("code") ?? "\(status)" }

  private static func members(_ body: [UInt8]) throws(Flaw) -> JSONObject {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONReader.read(body, profile: .document)
    } catch {
      throw error.code == .badJSON && error.offset >= body.count ? .torn : .notJSON(error)
    }
    guard let object = value.objectValue else { throw .malformed("it is no object") }
    return object
  }

  /// `0…-268435462` → `268435462`.
  private static func requestCode(_ headers: [Header]) -> String? {
    guard let value = headers.first(where: { $0.name.lowercased() == "request-id" })?.value,
      let dash = value.lastIndex(of: "-")
    else { return nil }
    let digits = value[value.index(after: dash)...]
    let isCode =
      (1...12).contains(digits.utf8.count)
      && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return isCode && digits != "0" ? String(digits) : nil
  }
}

/// Members of an object of WeChat's, in the few shapes they have.
struct WeChatRecord: Sendable {
  let members: JSONObject

  init(_ members: JSONObject) { self.members = members }

  func text(_ name: String) -> String? {
    guard let text = members[name]?.stringValue, !text.isEmpty else { return nil }
    return text
  }

  func number(_ name: String) -> String? {
    text(name).flatMap { Self.isNumber($0) ? $0 : nil }
  }

  /// Digits, letters and the marks that numbers of WeChat and of merchants may have.
  static func isNumber(_ text: String) -> Bool {
    GatewayText.isWord(text, bytesMax: 64, alsoAllowed: "_-|*@")
  }

  func isSame(_ name: String, _ wanted: String) -> Bool {
    text(name).hasSameBytes(as: wanted)
  }

  func record(_ name: String) -> WeChatRecord? {
    members[name]?.objectValue.map { WeChatRecord($0) }
  }

  /// Fen over zero, in a currency that the same object names; where it names none, yuan.
  func money(_ name: String) -> Money? {
    guard let minor = members[name]?.integerValue, minor > 0,
      let currency = Currency(code: text("currency") ?? "CNY")
    else { return nil }
    return Money(minor, currency)
  }
}

extension WeChatEnvelope.Flaw {
  /// What is known after such an answer. A server error and an answer cut short say nothing about
  /// what was done; the rest is an answer that must not be believed.
  var fault: Fault {
    switch self {
    case .status(429):
      .outcomeUnknown(Reason(code: FaultCode.limited, text: "WeChat asks for fewer calls (429)"))
    case .status(let status):
      .outcomeUnknown(
        Reason(code: FaultCode.broken, text: "WeChat answered with HTTP status \(status)"))
    case .torn:
      .cutShort("WeChat")
    case .notJSON(let error):
      .badReply("WeChat", "it is no JSON (\(error.code.rawValue) at byte \(error.offset))")
    case .seal(let flaw): .badReply("WeChat", "it \(flaw.phrase)")
    case .malformed(let what): .badReply("WeChat", "it is malformed: \(what)")
    }
  }
}
