import Domain
import JSON

/// Reads the parameters of the sandbox's methods. The first fault is the one reported.
struct SandboxParams {
  private let params: JSONObject

  init(_ params: JSONObject) {
    self.params = params
  }

  /// Members common to all methods are the server's and pass.
  func refuseOthers(than names: [String]) throws(Rejection) {
    let common = ["idempotency_key", "timeout_ms", "dry_run", "trace"]
    for key in params.keys {
      let isKnown = (names + common).contains { $0.utf8.elementsEqual(key.utf8) }
      guard isKnown else {
        throw Rejection(.unknownField, "There is no parameter \(key).", path: "/params/\(key)")
      }
    }
  }

  func text(_ name: String) throws(Rejection) -> String? {
    guard let value = params[name] else { return nil }
    guard let text = value.stringValue else { throw Self.wrongType(name, "string") }
    return text
  }

  func requiredText(_ name: String) throws(Rejection) -> String {
    guard let text = try text(name) else {
      throw Rejection(.missingParam, "\(name) is missing.", path: "/params/\(name)")
    }
    return text
  }

  func integer(_ name: String, in range: ClosedRange<Int64>) throws(Rejection) -> Int64? {
    guard let value = params[name] else { return nil }
    guard let integer = value.integerValue else { throw Self.wrongType(name, "integer") }
    guard range.contains(integer) else {
      throw Rejection(
        .outOfRange, "\(name) is outside \(range.lowerBound) to \(range.upperBound).",
        path: "/params/\(name)",
        details: [
          .init("min", .integer(range.lowerBound)), .init("max", .integer(range.upperBound)),
        ])
    }
    return integer
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ type: Choice.Type
  ) throws(Rejection) -> Choice? {
    guard let word = try text(name) else { return nil }
    for choice in type.allCases where choice.rawValue.utf8.elementsEqual(word.utf8) {
      return choice
    }
    let known = type.allCases.map(\.rawValue).joined(separator: ", ")
    throw Rejection(.badFormat, "\(name) is none of \(known).", path: "/params/\(name)")
  }

  /// `{currency, minor}`; the range of the amount is the bank's to judge.
  func money(_ name: String) throws(Rejection) -> Money? {
    guard let value = params[name] else { return nil }
    guard let object = value.objectValue else { throw Self.wrongType(name, "object") }
    guard let code = object["currency" as String]?.stringValue,
      let minor = object["minor" as String]?.integerValue
    else {
      throw Rejection(
        .badFormat, "\(name) is {currency, minor} and nothing else.", path: "/params/\(name)")
    }
    guard object.count == 2 else {
      throw Rejection(
        .unknownField, "\(name) is {currency, minor} and nothing else.", path: "/params/\(name)")
    }
    guard let currency = Currency(code: code) else {
      throw Rejection(
        .unknownCurrency, "\(code) is no currency.", path: "/params/\(name)/currency")
    }
    return Money(minor, currency)
  }

  private static func wrongType(_ name: String, _ expected: String) -> Rejection {
    Rejection(
      .wrongType, "\(name) must be of type \(expected).", path: "/params/\(name)",
      details: [.init("expected", .text(expected))])
  }
}
