import Foundation
import JSON

/// The data rows of a tab-separated file beside the tests; lines that begin with `#` are comments.
func rows(of file: String, beside path: String = #filePath) -> [[String]] {
  let url = URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent(file)
  guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
  return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
    $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }
}

func bytes(ofBase64 text: String) -> [UInt8] {
  Data(base64Encoded: text).map { [UInt8]($0) } ?? []
}

/// `ok`, or code@offset.
func verdict(
  _ text: [UInt8], _ profile: JSONProfile, limits: JSONLimits? = nil
) -> String {
  do {
    _ = try JSONReader.read(text, profile: profile, limits: limits)
    return "ok"
  } catch {
    return "\(error.code.rawValue)@\(error.offset)"
  }
}

func verdict(_ text: String, _ profile: JSONProfile, limits: JSONLimits? = nil) -> String {
  verdict(Array(text.utf8), profile, limits: limits)
}

func read(_ text: String, _ profile: JSONProfile = .document) throws -> JSONValue {
  try JSONReader.read(Array(text.utf8), profile: profile)
}

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
