import Testing

@testable import till_bench

@Suite("lines")
struct LineTests {
  private static func lines(_ text: String, piece: Int) -> [String] {
    var cutter = LineCutter()
    var lines: [String] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: piece) {
      Array(bytes[start..<min(start + piece, bytes.count)]).withUnsafeBytes { part in
        cutter.take(part) { lines.append(String(decoding: $0, as: UTF8.self)) }
      }
    }
    return lines
  }

  @Test("lines are the same in pieces of any size")
  func pieces() {
    let expected = ["", "a", "1234567", "12345678", "123456789", String(repeating: "x", count: 99)]
    let text = expected.joined(separator: "\n") + "\nnot complete"
    for piece in 1...text.utf8.count {
      #expect(Self.lines(text, piece: piece) == expected, "pieces of \(piece)")
    }
  }

  private static func head(_ line: String) -> LineHead {
    Array(line.utf8).withUnsafeBytes { LineHead($0) }
  }

  @Test("the head of a line tells replies, refusals and events apart")
  func heads() {
    #expect(Self.head(#"{"jsonrpc":"2.0","id":10,"result":{}}"#) == .result(id: 10))
    #expect(Self.head(#"{"jsonrpc":"2.0","id":41,"result":{"order":1}}"#) == .result(id: 41))
    #expect(Self.head(#"{"jsonrpc":"2.0","id":7,"error":{"code":-32602}}"#) == .error(id: 7))
    #expect(Self.head(#"{"jsonrpc":"2.0","id":null,"error":{"code":1}}"#) == .other)
    #expect(Self.head(#"{"jsonrpc":"2.0","method":"events.item","params":{}}"#) == .event)
    #expect(Self.head(#"{"jsonrpc":"2.0","method":"events.mark","params":{}}"#) == .other)
    #expect(Self.head(#"{"jsonrpc":"2.0","method":"session.bye","params":{}}"#) == .other)
    #expect(Self.head("") == .other)
  }

  @Test("a template fills in the id and every number")
  func template() {
    let template = RequestTemplate(#"{"id":<ID>,"a":"x-<NUMBER>","b":<NUMBER>}"#)
    var bytes: [UInt8] = Array("before\n".utf8)
    template.append(to: &bytes, slot: 31, number: 42)
    template.append(to: &bytes, slot: 0, number: 9_876_543_210)
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        before
        {"id":41,"a":"x-0000000042","b":0000000042}
        {"id":10,"a":"x-9876543210","b":9876543210}

        """)
  }

  @Test("numbers and times are written for people")
  func writing() {
    #expect(Report.grouped(0) == "0")
    #expect(Report.grouped(999) == "999")
    #expect(Report.grouped(24_300) == "24 300")
    #expect(Report.grouped(-1_234_567) == "-1 234 567")
    #expect(Report.time(412_999) == "412 µs")
    #expect(Report.time(3_104_000) == "3.10 ms")
    #expect(Report.time(12_440_000_000) == "12.4 s")
    #expect(Report.time(136_000_000) == "136 ms")
  }

  @Test("options are read, wrong ones are refused with a reason")
  func options() throws {
    let options = try #require(try BenchOptions.parse(["create", "--clients", "8"]))
    #expect(options.workload == .create)
    #expect(options.clients == 8)
    #expect(try BenchOptions.parse(["--help"]) == nil)
    #expect(throws: BenchFault.self) { try BenchOptions.parse(["--depth", "33"]) }
    #expect(throws: BenchFault.self) { try BenchOptions.parse(["--speed", "1"]) }
    #expect(throws: BenchFault.self) { try BenchOptions.parse(["faster"]) }
  }
}
