// The text of one argument as a value of the wire, by the kind the table names.

import Domain
import JSON

/// Turns the text of an argument into its value.
///
/// - Throws: `UsageError` without the name of the argument; the caller knows how it was given.
func argumentValue(
  _ text: String, kind: ArgumentKind, inputs: Inputs
) throws(UsageError) -> JSONValue {
  switch kind {
  case .text: return .string(text)
  case .integer:
    guard let number = exactInteger(text) else {
      throw UsageError("'\(printable(text))' is not a whole number")
    }
    return .integer(number)
  case .money: return moneyValue(try parseMoney(text))
  case .durationMilliseconds: return .integer(try parseDuration(text))
  case .time: return .integer(try parseTime(text, now: inputs.now()))
  case .boolean:
    switch text {
    case "true", "": return .bool(true)
    case "false": return .bool(false)
    default: throw UsageError("'\(printable(text))' is neither true nor false")
    }
  case .json:
    let bytes = text == "-" ? try inputs.read("-") : Array(text.utf8)
    return try jsonValue(bytes)
  case .bytes: return .string(base64Text(try rawBytes(text, inputs: inputs)))
  case .choice(let names):
    guard names.contains(text) else { throw unknownChoice(text, among: names) }
    return .string(text)
  }
}

/// The wire form of an amount.
func moneyValue(_ money: Money) -> JSONValue {
  .object(
    JSONObject([("currency", .string(money.currency.code)), ("minor", .integer(money.minor))]))
}

/// Reads JSON text of the command line or of a file by the rules of the wire, but of any kind.
func jsonValue(_ bytes: [UInt8]) throws(UsageError) -> JSONValue {
  // The wire wants an object at the top, so the value is read as the member of one.
  let opening = Array("{\"v\":".utf8)
  do throws(JSONError) {
    let whole = try JSONReader.read(opening + bytes + [0x7D], profile: .wire)
    guard let object = whole.objectValue, object.count == 1, let value = object["v"] else {
      throw JSONError(.trailingData, at: opening.count)
    }
    return value
  } catch {
    let place = JSONReader.position(of: max(0, error.offset - opening.count), in: bytes)
    throw UsageError(
      "not JSON as the daemon reads it: \(error.code.rawValue) at line \(place.line),"
        + " column \(place.column)")
  }
}

private func rawBytes(_ text: String, inputs: Inputs) throws(UsageError) -> [UInt8] {
  if text == "-" { return try inputs.read("-") }
  guard text.hasPrefix("@") else {
    throw UsageError("'\(printable(text))' is neither - for standard input nor @file")
  }
  return try inputs.read(String(text.dropFirst()))
}
