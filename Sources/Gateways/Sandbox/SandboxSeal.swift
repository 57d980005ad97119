import Crypto
package import Domain

/// Signs and verifies what the sandbox and its adapter say to each other.
///
/// Shape: header `Sandbox-Timestamp` holds decimal milliseconds since 1970 UTC of the sender's
/// clock; `Sandbox-Signature` holds HMAC-SHA256, in lower-case hex, over
/// `<speech> LF <timestamp> LF <body>`. The speech keeps an answer from passing for a notice, or
/// the answer to one operation for that to another.
package struct SandboxSeal: Sendable {
  /// What is being said.
  package enum Speech: Hashable, Sendable {
    case request(SandboxOperation)
    case answer(SandboxOperation)
    case notice

    var text: String {
      switch self {
      case .request(let operation): "request \(operation.rawValue)"
      case .answer(let operation): "answer \(operation.rawValue)"
      case .notice: "notice"
      }
    }
  }

  /// Why something is not sealed by this key.
  package enum Flaw: Error, Hashable, Sendable {
    /// A header is missing, there twice or not of its form.
    case malformedHeaders
    case wrongSignature

    package var phrase: String {
      switch self {
      case .malformedHeaders: "has no single well-formed timestamp and signature"
      case .wrongSignature: "is not signed with the configured secret"
      }
    }
  }

  package static let merchantHeader = "Sandbox-Merchant"
  package static let timestampHeader = "Sandbox-Timestamp"
  package static let signatureHeader = "Sandbox-Signature"
  /// How far the two clocks may be apart in requests and answers. Milliseconds.
  package static let clockGapMillisecondsMax: Int64 = 300_000
  /// Decimal digits of the timestamp; enough for the year 9999.
  private static let timestampDigitsMax = 15

  private let key: HMACSHA256Key

  /// - Parameter secret: any text; its UTF-8 is the key.
  package init(secret: String) {
    key = HMACSHA256Key(utf8: secret)
  }

  /// The two headers that seal a body.
  package func headers(sealing body: [UInt8], as speech: Speech, at moment: Timestamp) -> [Header] {
    let time = String(max(0, moment.milliseconds))
    return [
      Header(Self.timestampHeader, time),
      Header(Self.signatureHeader, key.code(for: Self.text(body, speech, time)).hex),
    ]
  }

  /// Verifies a sealed body.
  ///
  /// - Returns: the sender's time. Whether it is near enough is for the caller to judge.
  package func open(
    _ body: [UInt8], _ headers: [Header], as speech: Speech
  ) throws(Flaw) -> Timestamp {
    guard let time = Self.value(of: Self.timestampHeader, in: headers),
      let moment = Self.moment(time),
      let signature = Self.value(of: Self.signatureHeader, in: headers),
      let code = try? Hex.decode(signature)  // A malformed signature is no signature.
    else { throw .malformedHeaders }
    guard key.isValid(code, for: Self.text(body, speech, time)) else { throw .wrongSignature }
    return moment
  }

  /// The value of a header, its name in any case; nil where there is none or more than one.
  package static func value(of name: String, in headers: [Header]) -> String? {
    let wanted = name.lowercased()
    let found = headers.filter { $0.name.lowercased().utf8.elementsEqual(wanted.utf8) }
    return found.count == 1 ? found[0].value : nil
  }

  private static func text(_ body: [UInt8], _ speech: Speech, _ time: String) -> [UInt8] {
    Array("\(speech.text)\n\(time)\n".utf8) + body
  }

  private static func moment(_ text: String) -> Timestamp? {
    guard (1...timestampDigitsMax).contains(text.utf8.count),
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int64(text).map { Timestamp(milliseconds: $0) }
  }
}
