import Crypto
import Domain
import JSON

/// The outer object of everything that PingPong says and is told: a few texts, one of which holds
/// the matter itself as JSON (`bizContent`), and a keyed SHA-256 over all of them.
///
/// Source: the "Signing Protocol" page of the V4 documents; its own examples of a request and of an
/// answer are among the test vectors.
struct PingPongEnvelope: Sendable {
  static let company = "PingPong"
  static let signType = "SHA256"
  static let version = "1.0"
  /// Names that a signed text may hold. Others are refused: a bare hash of salt and text can be
  /// continued by whoever has one, and then something would stand behind the last known field.
  private static let names = [
    "accId", "bizContent", "clientId", "code", "description", "signType", "version",
  ]

  let code: String
  let description: String
  /// What `bizContent` holds.
  let content: JSONObject

  enum Flaw: Error, Hashable, Sendable {
    case malformed
    case wrongSignature
    case otherMerchant
  }

  /// An answer or a notice whose signature is right, and that is about the configured store.
  init(_ outer: JSONObject, settings: PingPongSettings) throws(Flaw) {
    var fields: SortedParameters.Pairs = []
    for member in outer.members where !member.key.hasSameBytes(as: "sign") {
      guard let text = member.value.stringValue,
        Self.names.contains(where: { $0.hasSameBytes(as: member.key) })
      else { throw .malformed }
      fields.append((member.key, text))
    }
    guard let sign = outer["sign"]?.stringValue, outer.is("signType", Self.signType),
      outer["version"] == nil || outer.is("version", Self.version),
      let content = outer["bizContent"]?.stringValue
    else { throw .malformed }
    let wanted = Self.sign(fields, salt: settings.salt)
    guard ConstantTime.equal(Array(sign.uppercased().utf8), Array(wanted.utf8)) else {
      throw .wrongSignature
    }
    guard outer.is("accId", settings.accountID), outer.is("clientId", settings.clientID) else {
      throw .otherMerchant
    }
    // try?: signed and no JSON object is malformed, wherever it breaks off.
    guard let node = (try? JSONReader.read(Array(content.utf8), profile: .document))?.objectValue
    else { throw .malformed }
    code = outer.scalar("code") ?? ""
    description = outer.scalar("description") ?? ""
    self.content = node
  }

  /// The body of a request.
  static func request(_ content: JSONObject, settings: PingPongSettings) -> [UInt8] {
    let text = String(decoding: JSONValue.object(content).bytes(), as: UTF8.self)
    let fields: SortedParameters.Pairs = [
      ("accId", settings.accountID), ("bizContent", text), ("clientId", settings.clientID),
      ("signType", signType), ("version", version),
    ]
    let signed = fields + [("sign", sign(fields, salt: settings.salt))]
    return JSONValue.object(JSONObject(signed.map { ($0.name, .string($0.value)) })).bytes()
  }

  /// Upper-case hexadecimal. Fields without a value are part of it too, unlike at older gateways.
  static func sign(_ fields: SortedParameters.Pairs, salt: String) -> String {
    let text = fields
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      .map { "\($0.name)=\($0.value)" }
      .joined(separator: "&")
    return SHA256.hash(Array((salt + text).utf8)).hex.uppercased()
  }
}
