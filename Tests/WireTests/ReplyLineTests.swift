import Domain
import JSON
import Testing
import Wire

@Suite("the lines the daemon sends")
struct ReplyLineTests {
  @Test("a result line holds the id, the result and the reserved members that say something")
  func results() {
    let plain = ReplyLines.result(id: .integer(7)) { $0.member("pong", true) }
    #expect(text(plain) == #"{"jsonrpc":"2.0","id":7,"result":{"pong":true}}"# + "\n")
    let empty = ReplyLines.result(id: .string("a#1")) { _ in }
    #expect(text(empty) == #"{"jsonrpc":"2.0","id":"a#1","result":{}}"# + "\n")
    let full = ReplyLines.result(
      id: .integer(7),
      reserved: ReservedMembers(
        cursor: "7f3a9c:18231", isReplayed: true, isDryRun: true, warnings: ["a", "b"])
    ) { $0.member("n", 1) }
    #expect(
      text(full) == #"{"jsonrpc":"2.0","id":7,"result":{"n":1,"cursor":"7f3a9c:18231","#
        + #""replayed":true,"dry_run":true,"warnings":["a","b"]}}"# + "\n")
  }

  @Test("a rendered result is put in as it is, with the reserved members behind it")
  func renderedResults() {
    let object = RawJSON(text: #"{"a":{"b":[1]},"c":"}"}"#)
    let line = ReplyLines.result(
      id: .integer(1), reserved: ReservedMembers(isReplayed: true), object)
    #expect(
      text(line)
        == #"{"jsonrpc":"2.0","id":1,"result":{"a":{"b":[1]},"c":"}","replayed":true}}"# + "\n")
    let empty = ReplyLines.result(
      id: .integer(1), reserved: ReservedMembers(cursor: "e:1"), RawJSON(text: "{}"))
    let typed = ReplyLines.result(id: .integer(2), ProtocolRangeObject(min: 1, max: 2))
    #expect(text(typed) == #"{"jsonrpc":"2.0","id":2,"result":{"min":1,"max":2}}"# + "\n")
    #expect(text(empty) == #"{"jsonrpc":"2.0","id":1,"result":{"cursor":"e:1"}}"# + "\n")
  }

  @Test("the longest line has the limit's bytes and its line feed")
  func longest() {
    let line = [UInt8](repeating: 0x20, count: Limits.lineOutBytes) + [0x0A]
    #expect(ReplyLines.fits(line))
    #expect(!ReplyLines.fits([0x20] + line))
  }

  @Test("an error line is complete and in order")
  func errors() {
    let error = WireError(
      .alreadyPaid, "The order is paid.", path: "/params/order", hint: "Read it.",
      details: JSONObject([("order", .string("ord_1"))]), retry: .refresh,
      retryAfterMilliseconds: 250, ref: "c1-2")
    #expect(
      text(ReplyLines.error(error, id: .integer(3), ref: "other"))
        == #"{"jsonrpc":"2.0","id":3,"error":{"code":-32003,"message":"The order is paid.","#
        + #""data":{"code":"already_paid","class":"conflict","retry":"refresh","outcome":"none","#
        + #""path":"/params/order","hint":"Read it.","details":{"order":"ord_1"},"ref":"c1-2","#
        + #""retry_after_ms":250}}}"# + "\n")
  }

  @Test("an error that cannot be attributed has id null, the code's own hint and retry")
  func unattributed() throws {
    let refused = try #require(refusal("{"))
    #expect(
      text(ReplyLines.error(refused.error, id: refused.id, ref: "c9-1"))
        == #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"#
        + #""message":"The line ends too early, at byte 1.","data":{"code":"bad_json","#
        + #""class":"parse","retry":"never","outcome":"none","hint":"\#(ErrorCode.badJSON.hint)","#
        + #""details":{"offset":1},"ref":"c9-1"}}}"# + "\n")
  }

  @Test("every code renders with its class, number and exit status")
  func everyCode() throws {
    for code in ErrorCode.allCases {
      let line = ReplyLines.error(WireError(code, "x"), id: .integer(1), ref: "r")
      let value = try JSONReader.read(Array(line.dropLast()), profile: .wire)
      let error = try #require(value["error"])
      #expect(error["code"] == .integer(code.errorClass.number))
      #expect(error["data"]?["code"] == .string(code.rawValue))
      #expect(error["data"]?["class"] == .string(code.errorClass.rawValue))
      #expect(error["data"]?["retry"] == .string(code.retry.rawValue))
      #expect(WireError(code, "x").exitCode == code.errorClass.exitCode)
      #expect(WireError(code, "x", outcome: .unknown).exitCode == 12)
    }
  }

  @Test("a rejection becomes an error with its facts in order")
  func rejections() throws {
    let currency = try #require(Currency(code: "CNY"))
    let rejection = Rejection(
      .refundExceedsPaid, "Too much.", path: "/params/amount",
      details: [
        .init("refundable", .money(Money(5_800, currency))), .init("count", .integer(2)),
        .init("order", .text("ord_1")), .init("states", .list(["paid", "review"])),
      ], retryAfterMilliseconds: 9)
    let error = WireError(rejection, outcome: .unknown, ref: "c1-1")
    #expect(error.code == .refundExceedsPaid && error.path == "/params/amount")
    #expect(error.outcome == .unknown && error.retryAfterMilliseconds == 9)
    #expect(error.ref == "c1-1" && error.exitCode == 12)
    let details = JSONValue.object(try #require(error.details)).bytes()
    #expect(
      text(details) == #"{"refundable":{"currency":"CNY","minor":5800},"count":2,"#
        + #""order":"ord_1","states":["paid","review"]}"#)
    #expect(WireError(Rejection(.alreadyPaid, "x")).details == nil)
  }

  @Test("the greeting tells who, what and how much")
  func greeting() {
    let greeting = Greeting(
      version: "0.1.0", versions: ProtocolRangeObject(min: 1, max: 1), schema: "ab", instance: "i1",
      epoch: "7f3a9c",
      now: Timestamp(milliseconds: 1_767_225_600_000), state: "ready",
      peer: PeerObject(uid: 1000, principal: "shop", roles: ["shop", "support"]),
      limits: [("line_in_bytes", 262_144), ("depth", 32)], features: ["hooks"])
    #expect(
      text(ReplyLines.greeting(greeting))
        == #"{"jsonrpc":"2.0","method":"session.greeting","params":{"server":"tilld","#
        + #""version":"0.1.0","protocol":{"min":1,"max":1},"schema":"ab","instance":"i1","#
        + #""epoch":"7f3a9c","now_at":1767225600000,"state":"ready","#
        + #""peer":{"uid":1000,"principal":"shop","roles":["shop","support"]},"#
        + #""limits":{"line_in_bytes":262144,"depth":32},"features":["hooks"]}}"# + "\n")
  }

  @Test("stream items and marks carry the subscriber's id; the bye carries its code")
  func streams() {
    let event = Array(#"{"id":"evt_1","seq":5,"type":"order.paid"}"#.utf8)
    let item = ReplyLines.eventItem(id: .string("s1"), cursor: "e:5", event: event)
    #expect(
      text(item) == #"{"jsonrpc":"2.0","method":"events.item","params":{"id":"s1","#
        + #""event":{"id":"evt_1","seq":5,"type":"order.paid"},"cursor":"e:5"}}"# + "\n")
    let mark = ReplyLines.eventsMark(id: .integer(2), cursor: "e:9", isCaughtUp: true)
    #expect(
      text(mark) == #"{"jsonrpc":"2.0","method":"events.mark","params":{"id":2,"#
        + #""cursor":"e:9","caught_up":true}}"# + "\n")
    let bye = ReplyLines.bye(.draining, "Stopping.", retryAfterMilliseconds: 1_000)
    #expect(
      text(bye) == #"{"jsonrpc":"2.0","method":"session.bye","params":{"code":"draining","#
        + #""message":"Stopping.","retry_after_ms":1000}}"# + "\n")
    #expect(
      text(ReplyLines.bye(.tooManyErrors)).hasPrefix(
        #"{"jsonrpc":"2.0","method":"session.bye","params":{"code":"too_many_errors","#))
  }

  @Test("a line is one line, whatever is written into it")
  func oneLine() {
    let nasty = "a\nb\r\u{0}\u{2028}\u{202E}\u{85}\u{1B}\"\\"
    let lines = [
      ReplyLines.result(id: .integer(1)) { $0.member("text", nasty) },
      ReplyLines.error(WireError(.badFormat, nasty, path: nasty), id: nil, ref: nasty),
      ReplyLines.eventsMark(id: .integer(1), cursor: nasty, isCaughtUp: false),
    ]
    for line in lines {
      #expect(line.last == 0x0A)
      #expect(line.dropLast().allSatisfy { $0 >= 0x20 && $0 < 0x7F })
    }
  }

  @Test("errors that end a connection say so")
  func closing() {
    let closing: [WireError] = [
      .lineTimeout, .truncatedLine, .notHTTP, .tooManyErrors, .duplicateID,
    ]
    #expect(closing.map(\.code.closesConnection) == [true, true, true, true, true])
    #expect(!WireError.lineTooLong.code.closesConnection)
  }
}
