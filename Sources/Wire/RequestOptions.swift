import Domain
import JSON

/// What a caller may say with any method: how it wants the request to be taken, not what it asks.
/// Whether a method wants a key or has a dry run is its own rule.
package struct RequestOptions: Equatable, Sendable {
  /// 8–128 of `[A-Za-z0-9._:-]`; marks one intent.
  package var idempotencyKey: String?
  /// 1–600 000: the caller's patience, counted from the line's arrival.
  package var timeoutMilliseconds: Int64?
  /// Do everything in a transaction that is rolled back.
  package var dryRun: Bool
  /// At most 128 printable ASCII characters, copied to log and events.
  package var trace: String?

  /// The members given; none by default.
  package init(
    idempotencyKey: String? = nil, timeoutMilliseconds: Int64? = nil, dryRun: Bool = false,
    trace: String? = nil
  ) {
    self.idempotencyKey = idempotencyKey
    self.timeoutMilliseconds = timeoutMilliseconds
    self.dryRun = dryRun
    self.trace = trace
  }

  /// The names on the wire.
  package static let names = ["idempotency_key", "timeout_ms", "dry_run", "trace"]

  /// Whether a member of `params` belongs to all methods.
  package static func isName(_ key: String) -> Bool {
    // Each length belongs to one name, so a key is compared once at most.
    switch key.utf8.count {
    case 15: return key.hasSameBytes(as: "idempotency_key" as StaticString)
    case 10: return key.hasSameBytes(as: "timeout_ms" as StaticString)
    case 7: return key.hasSameBytes(as: "dry_run" as StaticString)
    case 5: return key.hasSameBytes(as: "trace" as StaticString)
    default: return false
    }
  }
}

extension RequestOptions {
  /// Takes the common members out of `params`; each fault becomes a problem.
  static func split(
    _ params: JSONObject, problems: inout [Problem]
  ) -> (options: RequestOptions, rest: JSONObject) {
    var options = RequestOptions()
    guard params.members.contains(where: { isName($0.key) }) else { return (options, params) }
    var rest: [JSONObject.Member] = []
    rest.reserveCapacity(params.count)
    for member in params.members {
      if isName(member.key) {
        options.take(member, problems: &problems)
      } else {
        rest.append(member)
      }
    }
    return (options, JSONObject(members: rest))
  }

  /// Sets one common member, told apart by the length of its name.
  private mutating func take(_ member: JSONObject.Member, problems: inout [Problem]) {
    switch member.key.utf8.count {
    case 15: idempotencyKey = Self.key(member.value, problems: &problems)
    case 10: timeoutMilliseconds = Self.timeout(member.value, problems: &problems)
    case 5: trace = Self.trace(member.value, problems: &problems)
    default:
      if let flag = member.value.boolValue {
        dryRun = flag
      } else {
        problems.append(.wrongType("dry_run", "a boolean"))
      }
    }
  }

  private static func key(_ value: JSONValue, problems: inout [Problem]) -> String? {
    guard let text = value.stringValue else {
      problems.append(.wrongType("idempotency_key", "a string"))
      return nil
    }
    let isRight =
      (Limits.keyMinBytes...Limits.keyMaxBytes).contains(text.utf8.count)
      && text.utf8.allSatisfy(ByteSet.idempotencyKey.contains)
    if isRight { return text }
    problems.append(
      Problem(
        .badKey, path: "/params/idempotency_key",
        message: "The idempotency_key must be 8-128 characters of [A-Za-z0-9._:-]."))
    return nil
  }

  private static func timeout(_ value: JSONValue, problems: inout [Problem]) -> Int64? {
    guard let number = value.integerValue else {
      problems.append(.wrongType("timeout_ms", "an integer"))
      return nil
    }
    let longest = Int64(Limits.timeoutMaxMilliseconds)
    if (1...longest).contains(number) { return number }
    problems.append(
      Problem(
        .outOfRange, path: "/params/timeout_ms",
        message: "timeout_ms must be from 1 to \(longest).",
        facts: JSONObject([("min", .integer(1)), ("max", .integer(longest))])))
    return nil
  }

  private static func trace(_ value: JSONValue, problems: inout [Problem]) -> String? {
    guard let text = value.stringValue else {
      problems.append(.wrongType("trace", "a string"))
      return nil
    }
    guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
      problems.append(
        Problem(
          .badFormat, path: "/params/trace", message: "trace must be printable ASCII."))
      return nil
    }
    if text.utf8.count <= Limits.traceBytes { return text }
    problems.append(
      Problem(
        .tooLong, path: "/params/trace",
        message: "trace is longer than \(Limits.traceBytes) bytes.",
        facts: JSONObject([("max", .integer(Int64(Limits.traceBytes)))])))
    return nil
  }
}

extension Problem {
  fileprivate static func wrongType(_ name: String, _ expected: String) -> Problem {
    let type = expected.split(separator: " ").last.map(String.init) ?? expected
    return Problem(
      .wrongType, path: "/params/\(name)", message: "\(name) must be \(expected).",
      facts: JSONObject([("expected", .string(type))]))
  }
}
