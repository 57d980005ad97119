package import Domain
package import JSON

/// One fault of a request's parameters.
package struct Problem: Equatable, Sendable {
  package let code: ErrorCode
  /// JSON Pointer into the line, as `/params/amount/minor`.
  package let path: String
  /// One English sentence. For people, never parsed.
  package let message: String
  /// What to do; the code's general hint where nil.
  package let hint: String?
  /// Known names near the one given, nearest first, at most `Limits.suggestions`.
  package let didYouMean: [String]
  /// Facts for programs, as `min`, `max`, `expected`; named in `Protocol/errors.json`.
  package let facts: JSONObject

  package init(
    _ code: ErrorCode, path: String, message: String, hint: String? = nil,
    didYouMean: [String] = [], facts: JSONObject = JSONObject()
  ) {
    self.code = code
    self.path = path
    self.message = message
    self.hint = hint
    self.didYouMean = didYouMean
    self.facts = facts
  }

  /// As an element of `details.problems`.
  var value: JSONValue {
    var object = JSONObject([
      ("code", .string(code.rawValue)), ("path", .string(path)), ("message", .string(message)),
    ])
    if let hint { object["hint"] = .string(hint) }
    if !didYouMean.isEmpty { object["did_you_mean"] = .array(didYouMean.map { .string($0) }) }
    return .object(object)
  }
}

/// All faults found in one request's parameters, in the order of the schema. Never empty; at most
/// `Limits.problems`.
package struct ParamProblems: Error, Equatable, Sendable {
  package let list: [Problem]

  /// - Precondition: there is at least one.
  package init(_ list: [Problem]) {
    precondition(!list.isEmpty, "a request without faults has no problems")
    self.list = list
  }

  /// The fault whose code, path and message stand for the request.
  package var first: Problem { list[0] }

  /// The members of `details`: facts of the first fault, then all of them.
  package var details: JSONObject {
    var details = first.facts
    if !first.didYouMean.isEmpty {
      details["did_you_mean"] = .array(first.didYouMean.map { .string($0) })
    }
    details["problems"] = .array(list.map(\.value))
    return details
  }
}
