import Domain
import JSON
import Testing
import Wire

/// SplitMix64: the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

func text(_ bytes: [UInt8]) -> String {
  String(decoding: bytes, as: UTF8.self)
}

/// The refusal of a line, or nil if it is a request.
func refusal(_ line: [UInt8]) -> RefusedLine? {
  do {
    _ = try RequestEnvelope(line: line)
    return nil
  } catch {
    return error
  }
}

func refusal(_ line: String) -> RefusedLine? {
  refusal(Array(line.utf8))
}

/// `id code` or `id code@offset` of the refusal, `ok` for a request.
func verdict(_ line: [UInt8]) -> String {
  guard let refused = refusal(line) else { return "ok" }
  let id: String
  switch refused.id {
  case nil: id = "null"
  case .integer(let number)?: id = String(number)
  case .string(let name)?: id = name
  }
  guard let offset = refused.error.details?["offset"]?.integerValue else {
    return "\(id) \(refused.error.code.rawValue)"
  }
  return "\(id) \(refused.error.code.rawValue)@\(offset)"
}

func verdict(_ line: String) -> String {
  verdict(Array(line.utf8))
}

func request(_ line: String) throws -> RequestEnvelope {
  try RequestEnvelope(line: Array(line.utf8))
}
