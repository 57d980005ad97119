// A line from the daemon, taken apart. Members and notifications not known here are ignored.

import JSON

/// One line from the daemon.
enum Message {
  case result(id: Int64, JSONObject)
  case failure(id: Int64?, ErrorReply)
  case notification(method: String, JSONObject)
}

/// An error as the daemon tells it.
struct ErrorReply: Equatable {
  let number: Int64
  let message: String
  /// The stable code, for example `order_not_found`.
  let code: String
  /// The class of the code, for example `not_found`.
  let errorClass: String
  /// What repeating would do: `never`, `same`, `later`, `refresh` or `lookup`.
  let retry: String
  /// What is known of the effect: `none`, `unknown` or `applied`.
  let outcome: String
  /// False when it has no code: then it is no error of the contract and proves nothing.
  let hasCode: Bool
  let path: String?
  let hint: String?
  let details: JSONObject
  let reference: String?
  let retryAfterMilliseconds: Int64?
  /// The whole error object, for `--json`.
  let whole: JSONObject

  init(_ error: JSONObject) {
    let data = error["data"]?.objectValue ?? JSONObject()
    number = error["code"]?.integerValue ?? 0
    message = error["message"]?.stringValue ?? "the daemon answered an error without a message"
    hasCode = data["code"]?.stringValue != nil
    code = data["code"]?.stringValue ?? "unknown"
    errorClass = data["class"]?.stringValue ?? ""
    retry = data["retry"]?.stringValue ?? "never"
    outcome = data["outcome"]?.stringValue ?? "none"
    path = data["path"]?.stringValue
    hint = data["hint"]?.stringValue
    details = data["details"]?.objectValue ?? JSONObject()
    reference = data["ref"]?.stringValue
    retryAfterMilliseconds = data["retry_after_ms"]?.integerValue
    whole = error
  }

  /// The exit status: an unknown outcome outranks every class.
  var exitCode: ExitCode {
    outcome == "unknown" ? .outcomeUnknown : ExitCode.of(errorClass: errorClass)
  }
}

/// The largest line taken from the daemon: what it may send, with room for a later version.
let lineByteCountMax = 4 << 20

/// Reads one line from the daemon; nil when it is no message of the protocol.
func readMessage(_ line: [UInt8]) -> Message? {
  let limits = JSONLimits(depth: 64, values: 1_000_000, stringBytes: lineByteCountMax)
  let value: JSONValue
  do throws(JSONError) {
    value = try JSONReader.read(line, profile: .document, limits: limits)
  } catch {
    return nil
  }
  guard let object = value.objectValue else { return nil }
  if let method = object["method"]?.stringValue {
    return .notification(method: method, object["params"]?.objectValue ?? JSONObject())
  }
  let id = object["id"]?.integerValue
  if let error = object["error"]?.objectValue { return .failure(id: id, ErrorReply(error)) }
  guard let id, let result = object["result"]?.objectValue else { return nil }
  return .result(id: id, result)
}
