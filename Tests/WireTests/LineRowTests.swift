import Domain
import JSON
import Testing
import Wire

/// The rows of bad bytes and bad JSON, each answered by its own code and byte offset.
@Suite("lines that are not the JSON of this protocol")
struct LineRowTests {
  private let prefix = #"{"id":1,"method":"m","params":"#

  @Test(
    "row 1: invalid UTF-8 is refused at its byte",
    arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE5, 0xB9]] as [[UInt8]])
  func invalidUTF8(sequence: [UInt8]) {
    let line = Array((prefix + #"{"a":""#).utf8)
    #expect(verdict(line + sequence + Array(#""}}"#.utf8)) == "null invalid_utf8@\(line.count)")
    #expect(verdict(line + sequence) == "null invalid_utf8@\(line.count)", "cut off at the LF")
  }

  @Test("row 2: a byte order mark and UTF-16 are bad JSON, and the hint says UTF-8")
  func byteOrderMarks() throws {
    let lines: [[UInt8]] = [
      [0xEF, 0xBB, 0xBF] + Array("{}".utf8), [0xFF, 0xFE, 0x7B, 0x00], [0xFE, 0xFF, 0x00, 0x7B],
      [0x7B, 0x00, 0x22, 0x00], [0x00, 0x7B, 0x00, 0x22],
    ]
    for line in lines {
      let error = try #require(refusal(line)).error
      #expect(error.code == .badJSON)
      #expect((error.hint ?? error.code.hint).contains("UTF-8"))
    }
  }

  @Test("row 8: depth 33 and a million brackets are too deep")
  func depth() {
    let deep = String(repeating: "[", count: 31) + String(repeating: "]", count: 31)
    #expect(verdict(prefix + #"{"a":"# + deep.dropFirst().dropLast() + "}}") == "ok")
    let start = prefix.utf8.count + 5
    #expect(verdict(prefix + #"{"a":"# + deep + "}}") == "null too_deep@\(start + 30)")
    let million = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(verdict(million) == "null too_deep@32")
  }

  @Test("row 9: a line of tiny values is too many values")
  func values() {
    let zeros = prefix + #"{"a":["# + String(repeating: "0,", count: 120_000)
    #expect(verdict(zeros).hasPrefix("null too_many_values@"))
    let objects = prefix + #"{"a":["# + String(repeating: "{},", count: 80_000)
    #expect(verdict(objects).hasPrefix("null too_many_values@"))
    #expect(refusal(objects)?.error.details?["limit"] == .integer(10_000))
  }

  @Test("row 10: a hundred thousand distinct keys are too many values")
  func keys() {
    let members = (0..<100_000).map { "\"\($0)\":0" }.joined(separator: ",")
    #expect(verdict(prefix + "{\(members)}}").hasPrefix("null too_many_values@"))
  }

  @Test("row 11: a key twice is refused, also when one is escaped; the key is named")
  func duplicates() throws {
    #expect(verdict(#"{"id":1,"id":2}"#) == "null duplicate_key@8")
    #expect(verdict(#"{"a":1,"\u0061":2}"#) == "null duplicate_key@7")
    let error = try #require(refusal(#"{"a\"b":1,"\u0061\"b":2}"#)).error
    #expect(error.details?["key"] == .string("a\"b"))
    let long = String(repeating: "k", count: 100)
    let cut = try #require(refusal("{\"\(long)\":1,\"\(long)\":2}")).error.details?["key"]
    #expect(cut == .string(String(long.prefix(64)) + "…"))
  }

  @Test("row 12: composed and decomposed names are two names, both unknown")
  func normalForms() throws {
    let refused = try #require(
      refusal("{\"id\":1,\"method\":\"m\",\"caf\u{E9}\":1,\"cafe\u{301}\":2}"))
    #expect(refused.error.code == .unknownField)
    #expect(refused.error.details?["problems"]?.arrayValue?.count == 2)
    let request = try request(prefix + "{\"caf\u{E9}\":1,\"cafe\u{301}\":2}}")
    #expect(request.params.count == 2)
  }

  @Test(
    "row 13: numbers JSON does not know are bad JSON",
    arguments: ["NaN", "Infinity", "-Infinity", "+1", ".5", "1.", "01", "0x10", "1_000"])
  func badNumbers(literal: String) {
    #expect(verdict(prefix + #"{"a":"# + literal + "}}").hasPrefix("null bad_json@"))
  }

  @Test(
    "row 14: fractions and exponents are no integers", arguments: ["1.0", "1e2", "12.50", "-0"])
  func fractions(literal: String) {
    let start = prefix.utf8.count + 5
    #expect(
      verdict(prefix + #"{"a":"# + literal + "}}") == "null non_integer_number@\(start)")
  }

  @Test(
    "row 15: numbers beyond 2^53-1 are out of range",
    arguments: [
      "9007199254740992", "9223372036854775808", "18446744073709551616", "1e400",
      "-9007199254740992", String(repeating: "9", count: 400),
    ])
  func hugeNumbers(literal: String) {
    let start = prefix.utf8.count + 5
    #expect(
      verdict(prefix + #"{"a":"# + literal + "}}") == "null number_out_of_range@\(start)")
  }

  @Test("row 16: true is no integer and 1 no boolean")
  func kinds() throws {
    let flag = try #require(refusal(prefix + #"{"timeout_ms":true}}"#))
    #expect(flag.error.code == .wrongType && flag.error.path == "/params/timeout_ms")
    let number = try #require(refusal(prefix + #"{"dry_run":1}}"#))
    #expect(number.error.code == .wrongType && number.error.path == "/params/dry_run")
    #expect(number.error.details?["expected"] == .string("boolean"))
  }

  @Test(
    "row 17: surrogates, NUL and control characters have their own codes",
    arguments: [
      (#""\ud800""#, "lone_surrogate"), (#""\udc00\ud800""#, "lone_surrogate"),
      (#""\u0000""#, "nul_character"), ("\"\t\"", "control_character"),
      ("\"\u{0}\"", "nul_character"),
    ])
  func characters(value: String, code: String) {
    #expect(verdict(prefix + #"{"a":"# + value + "}}").hasPrefix("null \(code)@"))
  }

  @Test(
    "row 18: trailing commas, comments and single quotes are bad JSON",
    arguments: [#"{"id":1,}"#, #"{"id":1 /* x */}"#, "{'id':1}", "{\"id\":[1,]}", "{id:1}"])
  func notJSON(line: String) {
    #expect(verdict(line).hasPrefix("null bad_json@"))
  }

  @Test("row 19: whatever follows the object is trailing data")
  func trailing() {
    #expect(verdict(#"{"id":1}{"id":2}"#) == "null trailing_data@8")
    #expect(verdict(#"{"id":1} x"#) == "null trailing_data@9")
    #expect(verdict(#"{"id":1} // x"#) == "null trailing_data@9")
  }

  @Test("row 20: each line of a pretty-printed request is bad JSON, and the hint says why")
  func prettyPrinted() throws {
    for line in ["{", #"  "jsonrpc": "2.0","#, #"  "id": 1,"#, #"  "params": {"#, "  }", "}"] {
      let error = try #require(refusal(line)).error
      #expect(error.code == .badJSON, "\(line)")
      #expect((error.hint ?? error.code.hint).contains("one compact JSON object a line"))
    }
  }

  @Test("row 21: another kind at the top is no object; a batch is named as one")
  func topLevel() throws {
    for line in ["[]", "[1,2]", "\"x\"", "17", "null", "true"] {
      #expect(verdict(line) == "null not_object@0")
      let error = try #require(refusal(line)).error
      #expect((error.hint ?? error.code.hint).contains("batch.run"))
    }
    #expect(verdict(#"[{"id":1,"method":"m"}]"#) == "null batch_not_supported")
    #expect(verdict(#" [ {"id":1,"method":"m"}, {"id":2}]"#) == "null batch_not_supported")
    let error = try #require(refusal("[{}]")).error
    #expect((error.hint ?? error.code.hint).contains("batch.run"))
  }

  @Test("row 23: noise is bad JSON or invalid UTF-8, never a crash")
  func noise() {
    let hello: [UInt8] = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03]
    #expect(verdict(hello) == "null bad_json@0")
    #expect(verdict([UInt8](repeating: 0, count: 64)) == "null bad_json@0")
    var generator = SeededGenerator(state: 23)
    for _ in 0..<2_000 {
      let line = (0..<Int.random(in: 1..<40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      #expect(["parse", "request"].contains(refusal(line)?.error.code.errorClass.rawValue))
    }
  }

  @Test("row 26: an escape at the end of the line is bad JSON at its end")
  func escapeAtEnd() {
    #expect(verdict(#"{"id":"\"#) == "null bad_json@8")
    #expect(verdict(#"{"id":"\u12"#) == "null bad_json@11")
    #expect(verdict(#"{"id":"\u12"}"#) == "null bad_json@11")
  }

  @Test("a string as long as body_base64 may be passes the line; a byte more does not")
  func longestString() {
    let full = String(repeating: "A", count: Limits.bodyBase64Bytes)
    #expect(verdict(prefix + "{\"a\":\"\(full)\"}}") == "ok")
    let start = prefix.utf8.count + 5
    #expect(verdict(prefix + "{\"a\":\"\(full)A\"}}") == "null string_too_long@\(start)")
    #expect(
      refusal(prefix + "{\"a\":\"\(full)A\"}}")?.error.details?["limit"] == .integer(196_608))
  }

  @Test("every code of the reader is a code of class parse on the wire")
  func codes() {
    for code in JSONError.Code.allCases {
      let error = WireError(JSONError(code, at: 0), in: Array("x".utf8))
      #expect(error.code.rawValue == code.rawValue)
      #expect(error.code.errorClass == .parse)
      #expect(error.outcome == Outcome.none && error.retry == .never)
    }
  }
}
