import JSON
import Testing

@Suite("round trips")
struct PropertyTests {
  @Test("naughty strings survive as value and as key")
  func naughtyStrings() throws {
    let strings = rows(of: "blns.txt").map {
      String(decoding: bytes(ofBase64: $0[1]), as: UTF8.self)
    }
    #expect(strings.count == 515)
    for string in strings {
      let value = JSONValue.object(JSONObject([(string, .array([.string(string)]))]))
      let profile: JSONProfile = string.utf8.contains(0) ? .document : .wire
      #expect(try JSONReader.read(value.bytes(), profile: profile) == value)
      #expect(!value.bytes().contains { $0 < 0x20 || $0 == 0x7F })
    }
  }

  @Test("what is written is read back the same", arguments: 0..<8)
  func randomValues(seed: Int) throws {
    var generator = SeededGenerator(state: UInt64(seed) &* 7919 &+ 1)
    for _ in 0..<500 {
      let value = randomValue(depth: 0, using: &generator)
      let written = value.bytes()
      #expect(try JSONReader.read(written, profile: .document) == value)
      let canonical = try JSONReader.read(value.canonicalBytes(), profile: .document)
      #expect(canonical.bytes() == value.canonicalBytes())
      #expect(canonical.canonicalBytes() == value.canonicalBytes())
    }
  }

  @Test("a changed byte never crashes and never reports an offset outside the text")
  func mutations() {
    var generator = SeededGenerator(state: 20_260_101)
    let seeds = rows(of: "suite.txt").map { bytes(ofBase64: $0[3]) } + [Array(request.utf8)]
    for seed in seeds where !seed.isEmpty {
      for _ in 0..<40 {
        var text = seed
        for _ in 0...Int.random(in: 0..<3, using: &generator) {
          text[Int.random(in: 0..<text.count, using: &generator)] = UInt8.random(
            in: 0...255, using: &generator)
        }
        for profile in [JSONProfile.wire, .document] {
          do {
            let value = try JSONReader.read(text, profile: profile)
            #expect(try JSONReader.read(value.bytes(), profile: profile) == value)
          } catch {
            #expect(error.offset >= 0 && error.offset <= text.count)
          }
        }
      }
    }
  }

  @Test("a request cut off at any byte is refused at its end")
  func truncations() {
    let text = Array(request.utf8)
    #expect(verdict(text, .wire) == "ok")
    for size in 0..<text.count {
      let expected = text[size] & 0xC0 == 0x80 ? "invalid_utf8" : "bad_json@\(size)"
      #expect(verdict(Array(text[..<size]), .wire).hasPrefix(expected), "cut at \(size)")
      #expect(verdict(Array(text[..<size]), .document).hasPrefix(expected), "cut at \(size)")
    }
  }

  private let request = #"""
    {"jsonrpc":"2.0","id":17,"method":"order.create","params":{"amount":{"currency":"CNY","minor":-5800},
    "subject":"年度会员 \u5e74\n😀","ok":true,"no":false,"none":null,"lines":[{},[],{"quantity":0}]}}
    """#

  private func randomValue(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth < 5 ? 8 : 5), using: &generator) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &generator))
    case 2:
      let limit = JSONValue.integerMagnitudeMax
      return .integer(
        Int64.random(in: -limit...limit, using: &generator)
          >> Int64.random(
            in: 0..<54, using: &generator))
    case 3:
      let literals = ["-0", "1.5", "2E+9", "123456789012345678901234567890", "0.10"]
      return .number(literals[Int.random(in: 0..<literals.count, using: &generator)])
    case 4, 5: return .string(randomString(using: &generator))
    case 6:
      return .array(
        (0..<Int.random(in: 0..<6, using: &generator)).map { _ in
          randomValue(depth: depth + 1, using: &generator)
        })
    default:
      var object = JSONObject()
      for _ in 0..<Int.random(in: 0..<14, using: &generator) {
        object[randomString(using: &generator)] = randomValue(
          depth: depth + 1, using: &generator)
      }
      return .object(object)
    }
  }

  private func randomString(using generator: inout SeededGenerator) -> String {
    var string = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<24, using: &generator) {
      let ranges: [ClosedRange<UInt32>] = [
        0...0x7F, 0x20...0x7E, 0x80...0x7FF, 0x2000...0x2070, 0x4E00...0x9FFF, 0x1F600...0x1F64F,
        0xFFF0...0x1_000F,
      ]
      let range = ranges[Int.random(in: 0..<ranges.count, using: &generator)]
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
        string.append(scalar)
      }
    }
    return String(string)
  }
}
