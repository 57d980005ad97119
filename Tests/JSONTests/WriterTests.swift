import JSON
import Testing

@Suite("the writer")
struct WriterTests {
  private func text(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    body(&writer)
    #expect(writer.isBalanced)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test("commas stand between values and nowhere else")
  func commas() {
    let written = text { writer in
      writer.beginObject()
      writer.member("a", 1)
      writer.key("b")
      writer.beginArray()
      writer.beginObject()
      writer.endObject()
      writer.null()
      writer.beginArray()
      writer.endArray()
      writer.bool(true)
      writer.endArray()
      writer.member("c", "x")
      writer.key(String("d"))
      writer.raw(Array("[1,2]".utf8))
      writer.member("e", false)
      writer.endObject()
    }
    #expect(written == #"{"a":1,"b":[{},null,[],true],"c":"x","d":[1,2],"e":false}"#)
  }

  @Test("a member that is nil is left out")
  func optionalMembers() {
    let written = text { writer in
      writer.beginObject()
      writer.member("a", nil as String?)
      writer.member("b", nil as Int64?)
      writer.member("c", nil as Bool?)
      writer.member("d", nil as JSONValue?)
      writer.member("e", nil as JSONObject?)
      writer.member("f", "x" as String?)
      writer.member("g", JSONValue.null)
      writer.member("h", ["p", "q"])
      writer.member("i", JSONObject([("j", .bool(true))]))
      writer.endObject()
    }
    #expect(written == #"{"f":"x","g":null,"h":["p","q"],"i":{"j":true}}"#)
  }

  @Test(
    "integers of 64 bits are written exactly",
    arguments: [
      (0, "0"), (7, "7"), (-1, "-1"), (10, "10"), (1_234_567_890, "1234567890"),
      (Int64.max, "9223372036854775807"), (Int64.min, "-9223372036854775808"),
    ] as [(Int64, String)])
  func integers(value: Int64, expected: String) {
    #expect(text { $0.integer(value) } == expected)
  }

  @Test("every character a terminal obeys is escaped and no other")
  func escapes() {
    var escaped: Set<UInt32> = [0x22, 0x5C, 0x61C, 0x200E, 0x200F]
    escaped.formUnion(0...0x1F)
    escaped.formUnion(0x7F...0x9F)
    escaped.formUnion(0x2028...0x202E)
    escaped.formUnion(0x2066...0x2069)
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      // Past the first plane only a sample: no escaped character lives there.
      if value > 0x1_0000, value % 251 != 0 { continue }
      let string = String(Character(scalar))
      var writer = JSONWriter()
      writer.string(string)
      let isVerbatim = writer.bytes == Array("\"\(string)\"".utf8)
      if isVerbatim == escaped.contains(value) { Issue.record("U+\(String(value, radix: 16))") }
    }
    #expect(
      text { $0.string("a\n\u{1B}[31m\u{7F}\u{9B}/\u{202E}\"\\é") }
        == #""a\u000a\u001b[31m\u007f\u009b/\u202e\"\\é""#)
  }

  @Test("what must be escaped is found at each place of a text")
  func placesOfEscapes() {
    let escapes = [
      ("\"", #"\""#), ("\\", #"\\"#), ("\0", #"\u0000"#), ("\u{1F}", #"\u001f"#),
      ("\u{7F}", #"\u007f"#), ("\u{85}", #"\u0085"#), ("\u{2028}", #"\u2028"#),
    ]
    for filling in [" ", "~", "!", "#", "[", "]", "é", "卡", "\u{2030}", "\u{1F4B3}"] {
      for count in 0..<20 {
        let before = String(repeating: filling, count: count)
        #expect(text { $0.string(before) } == "\"\(before)\"")
        for (raw, escaped) in escapes {
          #expect(text { $0.string(before + raw + filling) } == "\"\(before)\(escaped)\(filling)\"")
        }
      }
    }
  }

  @Test("a key that somebody chose is escaped as a string is")
  func keys() {
    let written = text { writer in
      writer.beginObject()
      writer.key("a\"\n" as String)
      writer.integer(1)
      writer.key("b\u{2028}" as String)
      writer.integer(2)
      writer.endObject()
    }
    #expect(written == #"{"a\"\u000a":1,"b\u2028":2}"#)
  }

  @Test("a key in our own sources that had to be escaped is a bug")
  func fixedKeys() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.beginObject()
      writer.member("a\"", 1)
    }
  }

  @Test("a member's text is put down beside its key or escaped after it, with the commas due")
  func textMembers() {
    let written = text { writer in
      writer.beginObject()
      writer.member("a", "")
      writer.member("b", "x")
      writer.member("c", "\"卡\n")
      writer.member("d", "卡")
      writer.member("e", 1)
      writer.member("f", "last of many letters")
      writer.endObject()
    }
    #expect(
      written
        == #"{"a":"","b":"x","c":"\"卡\u000a","d":"卡","e":1,"f":"last of many letters"}"#)
  }

  @Test("an end without a beginning is a bug")
  func unbalanced() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.endObject()
    }
  }
}
