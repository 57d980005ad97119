package import Domain
import JSON

/// What answers of every gateway have in common: their status, their torn ends, their JSON.
extension GatewayAnswer {
  /// An answer that holds one object; lists may have what the transport allows.
  static let objectBytesMax = 262_144

  /// Refuses statuses that are no answer to the question, whatever their body says.
  ///
  /// - Parameter company: who answered, for people.
  func requireUsable(of company: String) throws(Fault) {
    switch status {
    case 429:
      throw .outcomeUnknown(
        Reason(
          code: FaultCode.limited, gatewayCode: "429",
          text: "\(company) asks for fewer calls (429)"))
    case 408, 500...:
      throw .outcomeUnknown(
        Reason(
          code: FaultCode.broken, gatewayCode: "\(status)",
          text: "\(company) answered with HTTP status \(status)"))
    case 200..<300, 400..<500: return
    // A redirect is never followed: who sends one is not the gateway.
    default: throw .badReply(company, "it has the HTTP status \(status)")
    }
  }

  /// For gateways where only 200 says something.
  func requireSuccess(of company: String) throws(Fault) {
    try requireUsable(of: company)
    guard status == 200 else { throw .badReply(company, "it has the HTTP status \(status)") }
  }

  /// The object that the whole body is. Blanks, line ends and a byte-order mark round it pass: the
  /// scripts that write such answers leave them there.
  ///
  /// - Throws: `outcomeUnknown` where it was cut short: what was asked may have been done.
  func object(of company: String) throws(Fault) -> JSONObject {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = body.starts(with: mark) ? body[mark.count...] : body[...]
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONReader.read(text, profile: .document)
    } catch {
      guard error.code == .badJSON, error.offset >= text.count else {
        throw .badReply(company, "it is no JSON (\(error.code.rawValue) at byte \(error.offset))")
      }
      throw .cutShort(company)
    }
    guard let object = value.objectValue else {
      throw .badReply(company, "it is no JSON object")
    }
    return object
  }

  /// A finding where our clock and the answer's `Date` are too far apart.
  ///
  /// - Parameter company: whose clock it is, for people.
  package func clockFinding(_ company: String, at now: Timestamp) -> CheckFinding? {
    guard let theirs = header("date").flatMap({ HTTPDate.read($0) }) else { return nil }
    let gap = now.milliseconds(since: theirs)
    guard gap.magnitude > 60_000 else { return nil }
    let side = gap > 0 ? "ahead of" : "behind"
    return CheckFinding(
      code: "clock_off", text: "our clock is \(gap.magnitude / 1000) s \(side) \(company)'s",
      hint: "Let the machine keep time by NTP; signatures of notices carry the time")
  }
}

extension Fault {
  /// An answer that must not be believed.
  static func badReply(_ company: String, _ what: String) -> Fault {
    .answered(
      Reason(code: FaultCode.badReply, text: "\(company)'s answer is of no use: \(what)"))
  }

  /// An answer that says nothing about what was done.
  static func cutShort(_ company: String) -> Fault {
    .outcomeUnknown(
      Reason(code: FaultCode.badReply, text: "\(company)'s answer was cut short"))
  }

  /// A request that could not be made.
  static func unmade(_ text: String) -> Fault {
    .notSent(Reason(code: FaultCode.rejected, text: text))
  }
}

extension JSONObject {
  /// A text, or a number as it was written; empty counts as absent. Scripting languages send one
  /// and the same member as either.
  func scalar(_ name: String) -> String? {
    guard let value = self[name], let text = value.stringValue ?? value.numberLiteral,
      !text.isEmpty
    else { return nil }
    return text
  }

  /// Whether a member has exactly this text, as a text or as a number.
  func `is`(_ name: String, _ wanted: String) -> Bool {
    scalar(name).map { $0.hasSameBytes(as: wanted) } ?? false
  }
}

extension Money {
  /// Yuan as older gateways write them: `58`, `58.0`, `58.00`, and zeros behind that. More than
  /// nothing; never rounded.
  init?(yuan text: String) {
    guard let currency = Currency(code: "CNY") else { return nil }
    var shown = text
    if let point = shown.firstIndex(of: ".") {
      while shown.hasSuffix("0"), shown.distance(from: point, to: shown.endIndex) > 3 {
        shown.removeLast()
      }
    }
    self.init(decimalText: shown, currency: currency)
    guard minor > 0 else { return nil }
  }

  /// Fen as a whole number. More than nothing.
  init?(fen text: String) {
    guard let currency = Currency(code: "CNY"), GatewayText.isWord(text), let fen = Int64(text),
      fen > 0
    else { return nil }
    self.init(fen, currency)
  }
}

extension Acknowledgement {
  /// A line of text with status 200.
  static func plain(_ body: String) -> Acknowledgement {
    Acknowledgement(
      status: 200, headers: [Header("Content-Type", "text/plain; charset=utf-8")], body: body)
  }
}
