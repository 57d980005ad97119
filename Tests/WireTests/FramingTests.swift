import Domain
import Testing
import Wire

@Suite("lines cut from a stream")
struct FramingTests {
  /// Everything a stream gives when it comes in chunks of the given sizes, the last one repeated.
  private func actions(
    _ stream: [UInt8], chunks: [Int] = [Int.max], sizeMax: Int = 10, discardMax: Int = 40,
    ends: Bool = false
  ) -> [LineFraming.Action] {
    var framing = LineFraming(sizeMax: sizeMax, discardMax: discardMax)
    var actions: [LineFraming.Action] = []
    var index = 0
    var turn = 0
    while index < stream.count {
      let size = min(chunks[min(turn, chunks.count - 1)], stream.count - index)
      framing.append(Array(stream[index..<(index + size)]))
      index += size
      turn += 1
      while let action = framing.next() { actions.append(action) }
    }
    if ends { framing.end() }
    while let action = framing.next() { actions.append(action) }
    return actions
  }

  private func actions(_ stream: String, ends: Bool = false) -> [LineFraming.Action] {
    let bytes = Array(stream.utf8)
    let whole = actions(bytes, ends: ends)
    #expect(actions(bytes, chunks: [1], ends: ends) == whole, "byte by byte")
    return whole
  }

  private func line(_ text: String) -> LineFraming.Action { .line(Array(text.utf8)) }

  @Test("a line is the bytes up to LF; one CR before it is dropped")
  func lines() {
    #expect(actions("{}\n[]\r\nx") == [line("{}"), line("[]")])
    #expect(actions("a\r\r\n") == [line("a\r")])
    #expect(actions("a\rb\n") == [line("a\rb")], "a CR alone ends no line")
  }

  @Test("a request in several lines is several lines")
  func prettyPrinted() {
    #expect(actions("{\n \"a\":1\n}\n") == [line("{"), line(" \"a\":1"), line("}")])
  }

  @Test("empty lines are ignored and counted")
  func emptyLines() {
    var framing = LineFraming()
    framing.append([UInt8](repeating: 0x0A, count: 1_000_000) + Array("\r\n{}\n".utf8))
    #expect(framing.next() == line("{}"))
    #expect(framing.next() == nil)
    #expect(framing.emptyLinesCount == 1_000_001)
    #expect(framing.linesEndedCount == 1_000_002)
    #expect(!framing.isPartial && framing.partialSize == 0)
  }

  @Test("a line of the limit passes, one byte more is too long and only that line is lost")
  func limit() {
    #expect(actions("0123456789\nab\n") == [line("0123456789"), line("ab")])
    #expect(actions("12345678\r\n") == [line("12345678")])
    #expect(actions("ab\n0123456789x\ncd\n") == [line("ab"), .tooLong, line("cd")])
    #expect(actions("0123456789\r\ncd\n") == [.tooLong, line("cd")], "a CR counts")
    #expect(actions("ab\n0123456789x") == [line("ab"), .tooLong], "said before the line ends")
  }

  @Test("each over-long line is told once")
  func twoOverLong() {
    let long = String(repeating: "z", count: 25)
    #expect(
      actions("\(long)\n\(long)\n\(long)\nab\n") == [.tooLong, .tooLong, .tooLong, line("ab")])
  }

  @Test("more than may be thrown away of one line is fatal")
  func discardLimit() {
    let full = String(repeating: "z", count: 40)
    #expect(actions("\(full)\nab\n") == [.tooLong, line("ab")])
    #expect(actions("\(full)z\nab\n") == [.tooLong, .discardTooLong])
    #expect(actions("\(full)zzzz") == [.tooLong, .discardTooLong])
  }

  @Test("the rest of an over-long line is not kept in memory")
  func unbuffered() {
    var framing = LineFraming()
    let chunk = [UInt8](repeating: 0x30, count: 65_536)
    var told: [LineFraming.Action] = []
    var held = 0
    for _ in 0..<300 {
      framing.append(chunk)
      while let action = framing.next() { told.append(action) }
      held = max(held, framing.partialSize)
    }
    #expect(told == [.tooLong, .discardTooLong])
    #expect(held <= Limits.lineInBytes)
  }

  @Test("a hundred megabytes in one line end the connection after sixteen mebibytes")
  func wholeHundredMegabytes() {
    var framing = LineFraming()
    framing.append([UInt8](repeating: 0x30, count: Limits.lineInBytes + 1))
    #expect(framing.next() == .tooLong)
    #expect(framing.next() == nil)
    #expect(framing.isPartial && framing.partialSize == 0)
    let rest = Limits.lineDiscardBytes - Limits.lineInBytes - 1
    framing.append([UInt8](repeating: 0x30, count: rest))
    #expect(framing.next() == nil)
    framing.append([0x30])
    #expect(framing.next() == .discardTooLong)
    framing.append(Array("\n{}\n".utf8))
    #expect(framing.next() == nil)
    #expect(!framing.isPartial)
  }

  @Test("an end within a line is truncated, even if the JSON is whole")
  func truncated() {
    #expect(actions("{}\n{}", ends: true) == [line("{}"), .truncated])
    #expect(actions("{}\n", ends: true) == [line("{}")])
    #expect(actions("", ends: true) == [])
    #expect(actions("0123456789xyz", ends: true) == [.tooLong], "told already")
    #expect(actions("a\rb\r", ends: true) == [.truncated], "CR only ends no line")
  }

  @Test(
    "a verb of HTTP at the start of a line is fatal; lines before it are delivered",
    arguments: [
      "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "POST /a", "PUT /", "HEAD /", "DELETE /", "OPTIONS *",
      "PATCH /", "TRACE /", "CONNECT a", "PRI * HTTP/2.0\r\n",
    ])
  func http(request: String) {
    #expect(actions(request) == [.notHTTP])
    #expect(actions("{}\n" + request + "\n{}\n") == [line("{}"), .notHTTP])
  }

  @Test("what only resembles a verb is a line")
  func notHTTP() {
    #expect(actions("GETS x\nGET\n{\"GET \n") == [line("GETS x"), line("GET"), line("{\"GET ")])
  }

  @Test("a begun line is partial until its LF; the count of ended lines tells one from the next")
  func partial() {
    var framing = LineFraming()
    #expect(!framing.isPartial)
    framing.append(Array("{}".utf8))
    #expect(framing.next() == nil)
    #expect(framing.isPartial && framing.partialSize == 2 && framing.linesEndedCount == 0)
    framing.append(Array("\n[".utf8))
    #expect(framing.next() == line("{}"))
    #expect(framing.next() == nil)
    #expect(framing.isPartial && framing.partialSize == 1 && framing.linesEndedCount == 1)
  }

  @Test("lines not taken yet stay, whatever is appended meanwhile")
  func untaken() {
    var framing = LineFraming()
    for number in 0..<3_000 { framing.append(Array("{\"id\":\(number)}\n".utf8)) }
    for number in 0..<3_000 {
      #expect(framing.next() == line("{\"id\":\(number)}"))
      if number % 7 == 0 { framing.append(Array("{\"more\":\(number)}\n".utf8)) }
    }
    #expect(framing.next() == line("{\"more\":0}"))
  }

  @Test("how the bytes are cut never changes what comes out", arguments: 0..<40)
  func chunks(seed: Int) {
    var generator = SeededGenerator(state: UInt64(seed))
    var stream: [UInt8] = []
    for _ in 0..<60 {
      let size = [0, 1, 5, 9, 10, 11, 12, 30, 39, 40][
        Int.random(in: 0..<10, using: &generator)]
      for _ in 0..<size {
        stream.append(Array("{}ab\rG".utf8)[Int.random(in: 0..<6, using: &generator)])
      }
      if Int.random(in: 0..<80, using: &generator) == 0 { stream += Array("GET /".utf8) }
      if Int.random(in: 0..<80, using: &generator) == 0 {
        stream += [UInt8](repeating: 65, count: 50)
      }
      stream.append(0x0A)
    }
    if Bool.random(using: &generator) { stream += Array("{".utf8) }
    let expected = reference(stream)
    #expect(actions(stream, ends: true) == expected)
    #expect(actions(stream, chunks: [1], ends: true) == expected)
    for _ in 0..<20 {
      let chunks = (0..<stream.count + 1).map { _ in Int.random(in: 1...23, using: &generator) }
      #expect(actions(stream, chunks: chunks, ends: true) == expected)
    }
  }

  /// The rules of the page, told over the whole stream at once.
  private func reference(_ stream: [UInt8]) -> [LineFraming.Action] {
    var actions: [LineFraming.Action] = []
    var parts = stream.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    let tail = parts.removeLast()
    for (index, part) in (parts + [tail]).enumerated() {
      let isTail = index == parts.count
      if part.starts(with: Array("GET ".utf8)) { return actions + [.notHTTP] }
      if part.count > 10 { actions.append(.tooLong) }
      if part.count > 40 { return actions + [.discardTooLong] }
      if part.count > 10 { continue }
      if isTail { return actions + (part.isEmpty ? [] : [.truncated]) }
      let content = part.last == 0x0D ? Array(part.dropLast()) : part
      if !content.isEmpty { actions.append(.line(content)) }
    }
    return actions
  }

  @Test("a real limit is met at the same byte whether it comes at once or one by one")
  func realLimit() {
    for size in [Limits.lineInBytes, Limits.lineInBytes + 1] {
      let stream = [UInt8](repeating: 0x20, count: size) + [0x0A]
      let expected: [LineFraming.Action] =
        size > Limits.lineInBytes ? [.tooLong] : [.line(Array(stream.dropLast()))]
      var framing = LineFraming()
      var told: [LineFraming.Action] = []
      for byte in stream {
        framing.append([byte])
        while let action = framing.next() { told.append(action) }
      }
      #expect(told == expected)
      var whole = LineFraming()
      whole.append(stream)
      #expect(whole.next() == expected[0])
      #expect(whole.next() == nil)
    }
  }

  @Test("every action but a line has its error, and fatal ones close")
  func errors() {
    let all: [LineFraming.Action] = [
      .line([]), .tooLong, .truncated, .notHTTP, .discardTooLong,
    ]
    #expect(
      all.map { $0.error?.code } == [
        nil, .lineTooLong, .truncatedLine, .notHTTP, .lineTooLong,
      ])
    #expect(all.map(\.isFatal) == [false, false, true, true, true])
    #expect(
      all.map { $0.error?.code.closesConnection ?? false } == [
        false, false, true, true, false,
      ])
  }
}
