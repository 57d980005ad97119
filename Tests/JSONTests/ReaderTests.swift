import JSON
import Testing

@Suite("the reader")
struct ReaderTests {
  @Test(
    "each code of the wire profile names the byte",
    arguments: [
      (#"{"a":1,}"#, "bad_json@7"),
      (#"{"a":tru}"#, "bad_json@8"),
      (#"{'a':1}"#, "bad_json@1"),
      ("", "bad_json@0"),
      ("   ", "bad_json@3"),
      (#"{"a":"\"#, "bad_json@7"),
      (#"{"a":"\u12"#, "bad_json@10"),
      (#"{"a":"\u12G4"}"#, "bad_json@10"),
      (#"{"a":01}"#, "bad_json@6"),
      (#"{"a":+1}"#, "bad_json@5"),
      (#"{"a":.5}"#, "bad_json@5"),
      (#"{"a":1.}"#, "bad_json@7"),
      (#"{"a":0x10}"#, "bad_json@6"),
      (#"{"a":1_000}"#, "bad_json@6"),
      (#"{"a":NaN}"#, "bad_json@5"),
      (#"{"a":Infinity}"#, "bad_json@5"),
      (#"{"a":1 /* b */}"#, "bad_json@7"),
      (#""id": 1,"#, "bad_json@4"),
      (#"{"a":1,"a":2}"#, "duplicate_key@7"),
      (#"{"a":1,"\u0061":2}"#, "duplicate_key@7"),
      (#"{"x":{"\ud83d\ude00":1,"😀":2}}"#, "duplicate_key@23"),
      (#"{"a":"\ud800"}"#, "lone_surrogate@6"),
      (#"{"a":"\ud800\n"}"#, "lone_surrogate@6"),
      (#"{"a":"x\udc00\ud800"}"#, "lone_surrogate@7"),
      ("{\"a\":\"b\tc\"}", "control_character@7"),
      ("{\"a\":\"b\u{0}c\"}", "nul_character@7"),
      (#"{"a":"b\u0000"}"#, "nul_character@7"),
      (#"{"\u0000":1}"#, "nul_character@2"),
      (#"{"a":1.0}"#, "non_integer_number@5"),
      (#"{"a":1e2}"#, "non_integer_number@5"),
      (#"{"a":12.50}"#, "non_integer_number@5"),
      (#"{"a":-0}"#, "non_integer_number@5"),
      (#"{"a":0e999}"#, "non_integer_number@5"),
      (#"{"a":1e-400}"#, "non_integer_number@5"),
      (#"{"a":9007199254740992}"#, "number_out_of_range@5"),
      (#"{"a":-9007199254740992}"#, "number_out_of_range@5"),
      (#"{"a":9223372036854775808}"#, "number_out_of_range@5"),
      (#"{"a":18446744073709551616}"#, "number_out_of_range@5"),
      (#"{"a":18446744073709551617}"#, "number_out_of_range@5"),
      (#"{"a":1e400}"#, "number_out_of_range@5"),
      (#"{"a":0.001e99999999999999999999}"#, "number_out_of_range@5"),
      (#"{"a":1}{"b":2}"#, "trailing_data@7"),
      (#"{"a":1} x"#, "trailing_data@8"),
      ("[]", "not_object@0"),
      (" [{\"id\":1}]", "not_object@1"),
      ("\"x\"", "not_object@0"),
      ("17", "not_object@0"),
      ("null", "not_object@0"),
    ])
  func wireVerdicts(text: String, expected: String) {
    #expect(verdict(text, .wire) == expected)
  }

  @Test(
    "ill-formed UTF-8 is refused at its first byte",
    arguments: [
      [0xFF], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80],
      [0xED, 0xBF, 0xBF],
      [0xF0, 0x80, 0x80, 0xAF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80],
      [0xE4, 0xBD], [0xF0, 0x9F, 0x98], [0xC3],
    ] as [[UInt8]])
  func illFormed(sequence: [UInt8]) {
    let inside = Array("{\"a\":\"年b".utf8) + sequence
    for profile in [JSONProfile.wire, .document] {
      #expect(verdict(inside + Array("\"}".utf8), profile) == "invalid_utf8@10")
      #expect(verdict(inside, profile) == "invalid_utf8@10", "cut off by the end of the line")
      #expect(verdict(Array("{\"a\":1".utf8) + sequence, profile) == "invalid_utf8@6")
    }
  }

  @Test("byte order marks and UTF-16 are bad text from the first byte")
  func byteOrderMarks() {
    #expect(verdict([0xEF, 0xBB, 0xBF, 0x7B, 0x7D], .wire) == "bad_json@0")
    #expect(verdict([0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00], .wire) == "bad_json@0")
    #expect(verdict([0xFE, 0xFF, 0x00, 0x7B, 0x00, 0x7D], .wire) == "bad_json@0")
    #expect(verdict([0xEF, 0xBB, 0xBF, 0x7B, 0x7D], .document) == "bad_json@0")
  }

  @Test("every code is produced")
  func everyCode() throws {
    let texts: [[UInt8]] =
      [
        "{", "{\"a\":1,\"a\":1}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\n\"}", "{\"a\":\"\\u0000\"}",
        "{\"a\":0.5}", "{\"a\":9007199254740992}", "{}{}", "[]",
        String(repeating: "{\"a\":", count: 33), "[" + String(repeating: "0,", count: 10_000),
        "{\"a\":\"" + String(repeating: "x", count: 65_537) + "\"}",
      ].map { Array($0.utf8) } + [[0x7B, 0xFF]]
    var codes: Set<JSONError.Code> = []
    for text in texts {
      do { _ = try JSONReader.read(text, profile: .wire) } catch { codes.insert(error.code) }
    }
    #expect(codes == Set(JSONError.Code.allCases))
  }

  @Test("the safe integers are read exactly, to both ends")
  func integers() throws {
    #expect(try read("9007199254740991") == .integer(9_007_199_254_740_991))
    #expect(try read("-9007199254740991") == .integer(-9_007_199_254_740_991))
    #expect(try read("0") == .integer(0))
    #expect(try read(#"{"a":-1}"#, .wire)["a"] == .integer(-1))
  }

  @Test(
    "the document profile keeps other numbers verbatim",
    arguments: ["1.0", "1e2", "12.50", "-0", "-0.0", "9007199254740992", "1E+400", "0.1e-7"])
  func verbatim(literal: String) throws {
    #expect(try read(literal) == .number(literal))
    #expect(try read("[\(literal)]").bytes() == Array("[\(literal)]".utf8))
  }

  @Test("a truth value is no integer and an integer no truth value")
  func kinds() throws {
    #expect(try read("true").integerValue == nil)
    #expect(try read("1").boolValue == nil)
  }

  @Test("composed and decomposed keys are two keys")
  func normalForms() throws {
    let value = try read("{\"caf\u{E9}\":1,\"cafe\u{301}\":2}", .wire)
    #expect(value["caf\u{E9}"] == .integer(1))
    #expect(value["cafe\u{301}"] == .integer(2))
    #expect(value.objectValue?.keys.count == 2)
    #expect(JSONValue.string("caf\u{E9}") != .string("cafe\u{301}"))
  }

  @Test("a duplicate is found whatever the number of keys before it", arguments: 1...40)
  func duplicates(count: Int) {
    let members = (0..<count).map { "\"key_number_\($0)\":\($0)" }
    for again in [0, count / 2, count - 1] {
      let text = "{" + members.joined(separator: ",")
      let whole = text + ",\"key_\\u006eumber_\(again)\":0}"
      #expect(verdict(whole, .wire) == "duplicate_key@\(text.utf8.count + 1)")
    }
    #expect(verdict("{" + members.joined(separator: ",") + "}", .wire) == "ok")
  }

  @Test("escapes mean what RFC 8259 says")
  func escapes() throws {
    let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u5e74\ud83d\uDE00x""#
    let value = try read(text).stringValue
    let expected = "\"\\/\u{8}\u{C}\n\r\tA\u{E9}年😀x"
    #expect(value.map { Array($0.utf8) } == Array(expected.utf8))
    #expect(try read(#""a\u0000b""#) == .string("a\u{0}b"))
  }

  @Test("plain text of every length and alignment is scanned right", arguments: 0...40)
  func alignment(length: Int) throws {
    for tail in ["", "年", "\\n", "\u{7F}", "é"] {
      let plain = String(repeating: "a", count: length)
      let value = try read("{\"k\":\"\(plain)\(tail)\"}", .wire)
      let expected = plain + (tail == "\\n" ? "\n" : tail)
      #expect(value["k"] == .string(expected))
      #expect(verdict("{\"k\":\"\(plain)\u{1}\"}", .wire) == "control_character@\(6 + length)")
    }
  }

  @Test("slices and raw buffers count offsets from their own start")
  func slices() {
    let text = Array("xx{\"a\":}".utf8)
    #expect(throws: JSONError(.badJSON, at: 5)) {
      try JSONReader.read(text[2...], profile: .wire)
    }
    text.withUnsafeBytes { raw in
      let part = UnsafeRawBufferPointer(rebasing: raw[2...])
      #expect(throws: JSONError(.badJSON, at: 5)) {
        try JSONReader.read(part, profile: .wire)
      }
    }
  }
}
