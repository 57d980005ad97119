import JSON
import Testing

@Suite("values and objects")
struct ValueTests {
  @Test("canonical bytes sort members by key bytes at every level and nothing else")
  func canonical() throws {
    let value = try read(
      #" { "b" : [3,{"z":1,"é":2,"a":"\u0041"}] , "" : null, "a\u0062":1.50, "a":true } "#)
    #expect(
      String(decoding: value.canonicalBytes(), as: UTF8.self)
        == #"{"":null,"a":true,"ab":1.50,"b":[3,{"a":"A","z":1,"é":2}]}"#)
  }

  @Test("member order does not change canonical bytes")
  func canonicalOrder() throws {
    let first = try read(#"{"a":{"x":1,"y":2},"b":"\n"}"#)
    let second = try read(#"{"b":"\u000A", "a":{"y":2,"x":1}}"#)
    #expect(first != second)
    #expect(first.canonicalBytes() == second.canonicalBytes())
  }

  @Test("an object answers by bytes, keeps order, replaces in place and removes")
  func members() {
    var object = JSONObject([("b", .integer(1)), ("a", .integer(2))])
    #expect(object["a" as String] == .integer(2))
    #expect(object["a" as StaticString] == .integer(2))
    #expect(object["é" as StaticString] == nil)
    object["b"] = .null
    object["c"] = .bool(true)
    #expect(object.keys == ["b", "a", "c"])
    object["a"] = nil
    object["nothing"] = nil
    #expect(object.keys == ["b", "c"])
    #expect(object.count == 2 && !object.isEmpty && JSONObject().isEmpty)
  }

  @Test("each accessor answers for its own kind only")
  func accessors() {
    let all: [JSONValue] = [
      .null, .bool(true), .integer(1), .number("1.5"), .string("s"), .array([]),
      .object(JSONObject()),
    ]
    #expect(all.map(\.isNull) == [true, false, false, false, false, false, false])
    #expect(all.filter { $0.boolValue != nil } == [.bool(true)])
    #expect(all.filter { $0.integerValue != nil } == [.integer(1)])
    #expect(all.map(\.numberLiteral) == [nil, nil, "1", "1.5", nil, nil, nil])
    #expect(all.filter { $0.stringValue != nil } == [.string("s")])
    #expect(all.filter { $0.arrayValue != nil } == [.array([])])
    #expect(all.filter { $0.objectValue != nil } == [.object(JSONObject())])
  }

  @Test("the raw bytes of a member are found as received")
  func memberRange() throws {
    let text = #" {"a": [1, 2 ] ,"r\u0065sponse": { "x" : "\u0041", "a":1 } , "sign":"s"} "#
    let bytes = Array(text.utf8)
    func raw(_ key: String) throws -> String? {
      try JSONReader.memberRange(of: key, in: bytes)
        .map { String(decoding: bytes[$0], as: UTF8.self) }
    }
    #expect(try raw("response") == #"{ "x" : "\u0041", "a":1 }"#)
    #expect(try raw("a") == "[1, 2 ]")
    #expect(try raw("sign") == #""s""#)
    #expect(try raw("x") == nil)
    #expect(try JSONReader.memberRange(of: "x", in: Array("{}".utf8)) == nil)
  }

  @Test(
    "the raw bytes of a member are given only from a text that is valid as a whole",
    arguments: [
      (#"{"a":1,"a":2}"#, JSONError(.duplicateKey, at: 7)),
      (#"{"a":1,"b":}"#, JSONError(.badJSON, at: 11)),
      (#"{"a":1}x"#, JSONError(.trailingData, at: 7)),
      (#"[{"a":1}]"#, JSONError(.notObject, at: 0)),
      (#""#, JSONError(.badJSON, at: 0)),
      (#"{"a":{"b":1,"b":2}}"#, JSONError(.duplicateKey, at: 12)),
    ])
  func memberRangeErrors(text: String, error: JSONError) {
    #expect(throws: error) { try JSONReader.memberRange(of: "a", in: Array(text.utf8)) }
  }

  @Test("a position counts lines and characters from one")
  func positions() {
    let bytes = Array("{\n  \"年\": 1,\r\n}".utf8)
    #expect(JSONReader.position(of: 0, in: bytes) == (1, 1))
    #expect(JSONReader.position(of: 2, in: bytes) == (2, 1))
    #expect(JSONReader.position(of: 10, in: bytes) == (2, 7))
    #expect(JSONReader.position(of: 15, in: bytes) == (3, 1))
    #expect(JSONReader.position(of: 999, in: bytes) == (3, 2))
    #expect(JSONReader.position(of: -1, in: bytes) == (1, 1))
  }
}
