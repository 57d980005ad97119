import Domain
package import JSON

// What is wrong with a line before anybody asks what it wants.

extension WireError {
  /// The refusal of a line that is not the JSON of this protocol, or is a batch.
  package init(_ error: JSONError, in line: [UInt8]) {
    if error.code == .notObject, Self.isBatch(line[error.offset...]) {
      self.init(.batchNotSupported, "The line is an array of requests.")
      return
    }
    guard let code = ErrorCode(rawValue: error.code.rawValue) else {
      preconditionFailure("every code of the reader is a code of the wire")
    }
    var details = JSONObject([("offset", .integer(Int64(error.offset)))])
    if let limit = Self.limit(of: error.code) { details["limit"] = .integer(Int64(limit)) }
    if error.code == .duplicateKey, let key = Self.string(at: error.offset, in: line) {
      details["key"] = .string(ShownText.shortened(key))
    }
    self.init(code, Self.message(error, size: line.count), details: details)
  }

  /// A line over `Limits.lineInBytes`; the rest of it is thrown away.
  package static var lineTooLong: WireError {
    WireError(
      .lineTooLong, "The line is longer than \(Limits.lineInBytes) bytes.",
      details: JSONObject([("limit", .integer(Int64(Limits.lineInBytes)))]))
  }

  /// A line that was begun and not ended in time.
  package static var lineTimeout: WireError {
    WireError(
      .lineTimeout,
      "A line was begun and not ended within \(Limits.linePartialMilliseconds) milliseconds.",
      details: JSONObject([("limit", .integer(Int64(Limits.linePartialMilliseconds)))]))
  }

  /// The end of input within a line.
  package static var truncatedLine: WireError {
    WireError(.truncatedLine, "The input ended within a line; the line was not executed.")
  }

  /// A line that begins with a verb of HTTP.
  package static var notHTTP: WireError {
    WireError(.notHTTP, "This looks like HTTP; this socket speaks JSON lines.")
  }

  /// The last of `Limits.malformedInRow` malformed lines in a row.
  package static var tooManyErrors: WireError {
    WireError(
      .tooManyErrors, "\(Limits.malformedInRow) malformed lines in a row.",
      details: JSONObject([("limit", .integer(Int64(Limits.malformedInRow)))]))
  }

  /// An id that is in flight on the same connection.
  package static var duplicateID: WireError {
    WireError(.duplicateID, "A request with this id is still in flight.", path: "/id")
  }

  /// A method that does not exist, with the names of methods near it.
  ///
  /// - Parameter known: the methods the caller may see.
  package static func unknownMethod(_ name: String, known: [String]) -> WireError {
    let near = Suggestion.names(near: name, among: known)
    let details = JSONObject([("did_you_mean", .array(near.map { .string($0) }))])
    return WireError(
      .unknownMethod, "There is no method \"\(ShownText.shortened(name))\".", path: "/method",
      details: near.isEmpty ? nil : details)
  }

  private static func isBatch(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.first == UInt8(ascii: "[") else { return false }
    let space: [UInt8] = [0x20, 0x09, 0x0D]
    return text.dropFirst().first { !space.contains($0) } == UInt8(ascii: "{")
  }

  private static func limit(of code: JSONError.Code) -> Int? {
    let limits = RequestEnvelope.lineLimits
    switch code {
    case .tooDeep: return limits.depth
    case .tooManyValues: return limits.values
    case .stringTooLong: return limits.stringBytes
    default: return nil
    }
  }

  private static func message(_ error: JSONError, size: Int) -> String {
    let place = "at byte \(error.offset)"
    switch error.code {
    case .badJSON:
      return error.offset == size
        ? "The line ends too early, \(place)." : "The line is not valid JSON \(place)."
    case .duplicateKey: return "A member comes twice in one object, again \(place)."
    case .invalidUTF8: return "The line is not valid UTF-8 \(place)."
    case .loneSurrogate: return "An escape is half of a surrogate pair, \(place)."
    case .controlCharacter: return "A raw control character is inside a string, \(place)."
    case .nulCharacter: return "A string holds U+0000, \(place)."
    case .nonIntegerNumber: return "A number is no plain integer, \(place)."
    case .numberOutOfRange: return "A number is beyond 2^53-1, \(place)."
    case .tooDeep: return "The line is nested too deep \(place)."
    case .tooManyValues: return "The line holds too many values, \(place)."
    case .stringTooLong: return "A string is too long, \(place)."
    case .trailingData: return "Something follows the object, \(place)."
    case .notObject: return "The line is not an object, \(place)."
    }
  }

  /// The string whose opening quote is at an offset the reader has been past.
  private static func string(at offset: Int, in line: [UInt8]) -> String? {
    var end = offset + 1
    while end < line.count, line[end] != UInt8(ascii: "\"") {
      end += line[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard end < line.count else { return nil }
    do {
      return try JSONReader.read(line[offset...end], profile: .document).stringValue
    } catch {
      return nil
    }
  }
}

extension LineFraming.Action {
  /// What the peer is told; nil for a line.
  package var error: WireError? {
    switch self {
    case .line: return nil
    case .tooLong, .discardTooLong: return .lineTooLong
    case .truncated: return .truncatedLine
    case .notHTTP: return .notHTTP
    }
  }

  /// Whether the connection ends after the answer.
  package var isFatal: Bool {
    switch self {
    case .line, .tooLong: return false
    case .truncated, .notHTTP, .discardTooLong: return true
    }
  }
}
