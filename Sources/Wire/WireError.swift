package import Domain
package import JSON

/// One error reply, complete: what stands in `error` of its line.
///
/// Shape on the wire: `{"code":-32003,"message":"…","data":{"code","class","retry","outcome",
/// "path"?,"hint","details"?,"ref","retry_after_ms"?}}`.
package struct WireError: Error, Equatable, Sendable {
  /// The stable code; gives class, number and general hint.
  package var code: ErrorCode
  /// One English sentence with the facts of this case. For people, never parsed.
  package var message: String
  /// JSON Pointer into the line, as `/params/amount/minor`.
  package var path: String?
  /// What to do; the code's general hint where nil.
  package var hint: String?
  /// Facts for programs; their names stand in `Protocol/errors.json`.
  package var details: JSONObject?
  /// What the caller may do with the same request; the code's own unless overridden.
  package var retry: RetryAdvice
  /// What is known of the effect.
  package var outcome: Outcome
  /// When a retry makes sense, in milliseconds from now.
  package var retryAfterMilliseconds: Int64?
  /// For finding the case in the log. Where nil, the reply line brings its own.
  package var ref: String?

  /// An error; `retry` is the code's own where nil.
  package init(
    _ code: ErrorCode, _ message: String, path: String? = nil, hint: String? = nil,
    details: JSONObject? = nil, retry: RetryAdvice? = nil, outcome: Outcome = .none,
    retryAfterMilliseconds: Int64? = nil, ref: String? = nil
  ) {
    self.code = code
    self.message = message
    self.path = path
    self.hint = hint
    self.details = details
    self.retry = retry ?? code.retry
    self.outcome = outcome
    self.retryAfterMilliseconds = retryAfterMilliseconds
    self.ref = ref
  }

  /// The exit status of the command line: 12 wherever the money may have moved.
  package var exitCode: Int32 {
    outcome == .unknown ? 12 : code.errorClass.exitCode
  }

  /// Writes the value of `error`.
  ///
  /// - Parameter ref: stands in `data.ref` if the error has none of its own.
  package func write(to writer: inout JSONWriter, ref: String) {
    writer.beginObject()
    writer.member("code", code.errorClass.number)
    writer.member("message", message)
    writer.key("data")
    writer.beginObject()
    writer.member("code", code.rawValue)
    writer.member("class", code.errorClass.rawValue)
    writer.member("retry", retry.rawValue)
    writer.member("outcome", outcome.rawValue)
    writer.member("path", path)
    writer.member("hint", hint ?? code.hint)
    writer.member("details", details)
    writer.member("ref", self.ref ?? ref)
    writer.member("retry_after_ms", retryAfterMilliseconds)
    writer.endObject()
    writer.endObject()
  }
}

extension WireError {
  /// The error a rejection reaches the caller as.
  ///
  /// Money becomes `{"currency","minor"}` in minor units, a list an array of strings.
  package init(
    _ rejection: Rejection, outcome: Outcome = .none, ref: String? = nil
  ) {
    var details = JSONObject()
    for detail in rejection.details { details[detail.name] = JSONValue(detail.value) }
    if rejection.code == .batchFailed { details = Self.batchDetails(details, rejection) }
    self.init(
      rejection.code, rejection.message, path: rejection.path, hint: rejection.hint,
      details: details.isEmpty ? nil : details, outcome: outcome,
      retryAfterMilliseconds: rejection.retryAfterMilliseconds, ref: ref)
  }
}

extension WireError {
  /// The index of the call that was refused, and the error it would have got alone.
  ///
  /// - Parameter flat: `index`, `code` and `message`, beside the details of that error.
  private static func batchDetails(_ flat: JSONObject, _ rejection: Rejection) -> JSONObject {
    guard let code = flat["code"]?.stringValue.flatMap(ErrorCode.init(rawValue:)),
      let index = flat["index"], let message = flat["message"]
    else { return flat }
    let facts = flat.members.filter { !["index", "code", "message"].contains($0.key) }
    var data = JSONObject([
      ("code", .string(code.rawValue)), ("class", .string(code.errorClass.rawValue)),
      ("retry", .string(code.retry.rawValue)), ("outcome", .string(Outcome.none.rawValue)),
    ])
    if let path = rejection.path { data["path"] = .string(path) }
    data["hint"] = .string(rejection.hint ?? code.hint)
    if !facts.isEmpty { data["details"] = .object(JSONObject(members: facts)) }
    let error = JSONObject([
      ("code", .integer(Int64(code.errorClass.number))), ("message", message),
      ("data", .object(data)),
    ])
    return JSONObject([("index", index), ("error", .object(error))])
  }
}

extension JSONValue {
  /// A detail of a rejection as it stands on the wire.
  fileprivate init(_ value: Rejection.Detail.Value) {
    switch value {
    case .text(let text): self = .string(text)
    case .integer(let number): self = .integer(number)
    case .list(let texts): self = .array(texts.map { .string($0) })
    case .money(let money):
      self = .object(
        JSONObject([
          ("currency", .string(money.currency.code)), ("minor", .integer(money.minor)),
        ]))
    }
  }
}
