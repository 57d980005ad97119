import Crypto
import Domain
import JSON

/// The part of an answer that says something, cut out of its envelope and judged.
///
/// Shape of the envelope: `{"<method>_response":{…},"sign":"…"}`, in certificate mode with
/// `alipay_cert_sn`; some errors come as `error_response`. HTTP status is 200 for refusals too, and
/// `Content-Type` says text/html whatever it is. The signature covers the raw text of the node.
struct AlipayEnvelope: Sendable {
  /// Why an answer is of no use.
  enum Flaw: Error, Equatable, Sendable {
    case status(Int)
    /// It ends too early.
    case torn
    case notJSON(JSONError)
    case noNode
    /// It claims success without a signature.
    case unsigned
    /// `serial` is the certificate that Alipay says it used, where that is not ours.
    case wrongSignature(serial: String?)
    case malformed(String)
  }

  let members: JSONObject
  /// False only for refusals: these are hints for people, never facts about a trade.
  let isSigned: Bool
  let code: String

  static let successCode = "10000"

  init(
    _ answer: GatewayAnswer, method: AlipayRequests.Method, keys: AlipayKeys
  ) throws(Flaw) {
    guard answer.status == 200 else { throw .status(answer.status) }
    let (outer, node, range) = try Self.cut(answer.body, method)
    guard let code = node["code"]?.stringValue, !code.isEmpty else {
      throw .malformed("it has no code")
    }
    let sign = outer["sign"] ?? .string("")
    guard let signature = sign.stringValue else { throw .malformed("its sign is no text") }
    if signature.isEmpty {
      guard !code.hasSameBytes(as: Self.successCode) else { throw .unsigned }
      isSigned = false
    } else {
      guard
        keys.gatewayKeys.contains(where: {
          AlipaySigning.isValid(signature, ofNode: answer.body[range], key: $0)
        })
      else { throw .wrongSignature(serial: Self.otherSerial(outer, keys)) }
      isSigned = true
    }
    members = node
    self.code = code
  }

  var isSuccess: Bool { code.hasSameBytes(as: Self.successCode) }

  /// A text of the node; empty counts as absent.
  func text(_ name: String) -> String? {
    guard let text = members[name]?.stringValue, !text.isEmpty else { return nil }
    return text
  }

  /// The most exact word for a refusal: the business code, else the gateway's.
  var gatewayCode: String { text("sub_code") ?? code }

  private static func cut(
    _ body: [UInt8], _ method: AlipayRequests.Method
  ) throws(Flaw) -> (outer: JSONObject, node: JSONObject, range: Range<Int>) {
    let outer: JSONObject
    do throws(JSONError) {
      // The whole text is read: a key that stands twice, at any depth, is refused.
      outer = try JSONReader.read(body, profile: .document).objectValue ?? JSONObject()
    } catch {
      let endsEarly = error.code == .badJSON && error.offset >= body.count
      throw endsEarly ? .torn : .notJSON(error)
    }
    let names = [method.node, "error_response"].filter { outer[$0] != nil }
    guard names.count == 1, let name = names.first else { throw .noNode }
    guard let node = outer[name]?.objectValue else { throw .malformed("its node is no object") }
    // try?: the same text was read a moment ago.
    guard let range = try? JSONReader.memberRange(of: name, in: body) else { throw .noNode }
    return (outer, node, range)
  }

  private static func otherSerial(_ outer: JSONObject, _ keys: AlipayKeys) -> String? {
    guard let ours = keys.serials?.alipay, let theirs = outer["alipay_cert_sn"]?.stringValue,
      !ours.hasSameBytes(as: theirs)
    else { return nil }
    return theirs
  }
}

extension AlipayEnvelope.Flaw {
  /// What is known after such an answer. A server error and an answer cut short say nothing about
  /// what was done; the rest is an answer that must not be believed.
  var fault: Fault {
    switch self {
    case .status(429):
      .outcomeUnknown(Reason(code: FaultCode.limited, text: "Alipay asks for fewer calls (429)"))
    case .status(let status) where status >= 500:
      .outcomeUnknown(
        Reason(code: FaultCode.broken, text: "Alipay answered with HTTP status \(status)"))
    case .torn:
      .cutShort("Alipay")
    default: .badReply("Alipay", "it \(phrase)")
    }
  }

  private var phrase: String {
    switch self {
    case .status(let status): "has the HTTP status \(status)"
    case .torn: "was cut short"
    case .notJSON(let error): "is no JSON (\(error.code.rawValue) at byte \(error.offset))"
    case .noNode: "does not hold what was asked for"
    case .unsigned: "claims success without a signature"
    case .wrongSignature(let serial?):
      "was signed with certificate \(serial), not with the configured one; "
        + "download alipayCertPublicKey_RSA2.crt again"
    case .wrongSignature(nil): "is not signed with the configured key of Alipay"
    case .malformed(let what): "is malformed: \(what)"
    }
  }
}
