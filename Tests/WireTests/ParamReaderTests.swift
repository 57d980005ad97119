import Domain
import JSON
import Testing
import Wire

/// Reads params written as JSON text.
private func read<Request: WireRequest>(
  _ type: Request.Type, _ text: String
) throws -> Result<Request, ParamProblems> {
  let value = try JSONReader.read(Array(text.utf8), profile: .wire)
  return Request.read(from: try #require(value.objectValue))
}

/// The faults of params written as JSON text.
private func problems<Request: WireRequest>(
  _ type: Request.Type, _ text: String
) throws -> [Problem] {
  switch try read(type, text) {
  case .success: return []
  case .failure(let problems): return problems.list
  }
}

private let price = #"{"currency":"CNY","minor":1}"#
private let amount = #""amount":{"currency":"CNY","minor":5800}"#

@Suite("Parameters")
struct ParamReaderTests {
  @Test("a whole order is read into its members")
  func wholeOrder() throws {
    let request = try read(
      OrderCreateRequest.self,
      """
      {"order_no":"A1001",\(amount),"subject":"两张卡","lines":[{"sku":"c","name":"卡",\
      "quantity":2,"unit_price":{"currency":"CNY","minor":2900}}],"buyer":{"email":"a@b.cn",\
      "ip":"203.0.113.7"},"expires_in_ms":60000,"metadata":{"a":[1]}}
      """
    ).get()
    #expect(request.orderNo == "A1001")
    #expect(request.amount == MoneyObject(currency: "CNY", minor: 5800))
    #expect(request.subject == "两张卡")
    #expect(request.lines?.count == 1)
    #expect(request.lines?.first?.unitPrice.minor == 2900)
    #expect(request.buyer?.email == "a@b.cn")
    #expect(request.buyer?.phone == nil)
    #expect(request.expiresInMilliseconds == 60_000)
    #expect(request.metadata?.count == 1)
  }

  @Test("a value of any kind holds no text longer than another parameter could")
  func longTextInside() throws {
    let fits = String(repeating: "a", count: Limits.stringBytes)
    let value: JSONValue = .array([.object(JSONObject([("a", .string(fits))]))])
    #expect(problem(ofEcho: value) == nil)
    let long: JSONValue = .array([.object(JSONObject([("a", .string(fits + "a"))]))])
    #expect(problem(ofEcho: long) == .tooLong)
    #expect(problem(ofEcho: .object(JSONObject([(fits + "a", .null)]))) == .tooLong)
  }

  private func problem(ofEcho echo: JSONValue) -> ErrorCode? {
    switch ProtocolPingRequest.read(from: JSONObject([("echo", echo)])) {
    case .success: nil
    case .failure(let problems): problems.list.first?.code
    }
  }

  @Test("a missing parameter is named")
  func missing() throws {
    let found = try problems(OrderCreateRequest.self, #"{"subject":"x"}"#)
    #expect(found.map(\.code) == [.missingParam])
    #expect(found[0].path == "/params/amount")
  }

  @Test("a missing member of an object in a list is named with its place")
  func missingNested() throws {
    let found = try problems(
      OrderCreateRequest.self,
      #"{\#(amount),"subject":"x","lines":[{"name":"a","quantity":1}]}"#)
    #expect(found.map(\.code) == [.missingParam])
    #expect(found[0].path == "/params/lines/0/unit_price")
  }

  @Test("an unknown member is refused with the name that was meant")
  func unknown() throws {
    let found = try problems(
      OrderCreateRequest.self, #"{\#(amount),"subject":"x","ordr_no":"A1"}"#)
    #expect(found.map(\.code) == [.unknownField])
    #expect(found[0].path == "/params/ordr_no")
    #expect(found[0].didYouMean.first == "order_no")
  }

  @Test("an unknown member of a nested object is refused")
  func unknownNested() throws {
    let found = try problems(
      OrderCreateRequest.self, #"{\#(amount),"subject":"x","buyer":{"emial":"a@b.cn"}}"#)
    #expect(found.map(\.code) == [.unknownField])
    #expect(found[0].path == "/params/buyer/emial")
    #expect(found[0].didYouMean == ["email"])
  }

  @Test("a member common to all methods is unknown here, as within a call of a batch")
  func commonIsUnknown() throws {
    let found = try problems(
      OrderCreateRequest.self, #"{\#(amount),"subject":"x","trace":"t","buyer":{"trace":"t"}}"#)
    #expect(found.map(\.path) == ["/params/buyer/trace", "/params/trace"])
  }

  @Test("a misspelled common member is told apart from the method's own")
  func misspelledCommon() throws {
    let found = try problems(ServerHealthRequest.self, #"{"idempotency_kee":"k"}"#)
    #expect(found[0].didYouMean == ["idempotency_key"])
  }

  @Test("two spellings of one letter are two names")
  func spellings() throws {
    let found = try problems(ServerHealthRequest.self, "{\"e\u{301}\":1,\"\u{e9}\":2}")
    #expect(found.map(\.code) == [.unknownField, .unknownField])
  }

  @Test("a slash and a tilde in a name are escaped in the pointer")
  func pointerEscape() throws {
    let found = try problems(ServerHealthRequest.self, #"{"a/b~c":1}"#)
    #expect(found.map(\.path) == ["/params/a~1b~0c"])
  }

  @Test("a long unknown name is repeated in part")
  func longName() throws {
    let name = String(repeating: "n", count: 5000)
    let found = try problems(ServerHealthRequest.self, "{\"\(name)\":1}")
    #expect(found[0].path.utf8.count < 100)
  }

  @Test(
    "another JSON type is refused",
    arguments: [
      (#"{"amount":58,"subject":"x"}"#, "/params/amount"),
      (#"{\#(amount),"subject":7}"#, "/params/subject"),
      (#"{\#(amount),"subject":null}"#, "/params/subject"),
      (#"{\#(amount),"subject":"x","lines":{}}"#, "/params/lines"),
      (#"{\#(amount),"subject":"x","lines":[1]}"#, "/params/lines/0"),
      (#"{\#(amount),"subject":"x","buyer":"b"}"#, "/params/buyer"),
      (#"{\#(amount),"subject":"x","expires_in_ms":true}"#, "/params/expires_in_ms"),
      (#"{\#(amount),"subject":"x","metadata":[]}"#, "/params/metadata"),
      (#"{"amount":{"currency":"CNY","minor":"58.00"},"subject":"x"}"#, "/params/amount/minor"),
      (#"{"amount":{"currency":1,"minor":5},"subject":"x"}"#, "/params/amount/currency"),
    ])
  func wrongType(text: String, path: String) throws {
    let found = try problems(OrderCreateRequest.self, text)
    #expect(found.map(\.code) == [.wrongType])
    #expect(found.map(\.path) == [path])
  }

  @Test("a truth value is wanted where one is wanted")
  func wantedBoolean() throws {
    let found = try problems(SessionHelloRequest.self, #"{"deprecated":1}"#)
    #expect(found.map(\.code) == [.wrongType])
  }

  @Test(
    "a number or count outside its range is refused with the range",
    arguments: [
      (#"{"amount":{"currency":"CNY","minor":0},"subject":"x"}"#, "/params/amount/minor"),
      (#"{"amount":{"currency":"CNY","minor":-5},"subject":"x"}"#, "/params/amount/minor"),
      (
        #"{"amount":{"currency":"CNY","minor":1000000000001},"subject":"x"}"#,
        "/params/amount/minor"
      ),
      (#"{\#(amount),"subject":"x","lines":[]}"#, "/params/lines"),
      (#"{\#(amount),"subject":"x","expires_in_ms":1}"#, "/params/expires_in_ms"),
      (
        #"{\#(amount),"subject":"x","lines":[{"name":"a","quantity":0,"unit_price":\#(price)}]}"#,
        "/params/lines/0/quantity"
      ),
    ])
  func outOfRange(text: String, path: String) throws {
    let found = try problems(OrderCreateRequest.self, text)
    #expect(found.map(\.code) == [.outOfRange])
    #expect(found.map(\.path) == [path])
    #expect(found[0].facts["min"] != nil && found[0].facts["max"] != nil)
  }

  @Test("no sentence says its word twice")
  func noWordTwice() throws {
    let nothing = #"{"currency":"CNY","minor":0}"#
    let amounts = try problems(
      OrderCreateRequest.self, "{\"amount\":\(nothing),\"subject\":\"x\"}")
    #expect(amounts.map(\.message) == ["The parameter amount is 0."])
    let pages = try problems(OrderListRequest.self, #"{"page":"{}","currency":"yuan"}"#)
    #expect(
      pages.map(\.message) == [
        "The parameter currency is not an active currency.", "The parameter page is badly formed.",
      ])
    let numbers = try problems(
      OrderCreateRequest.self, "{\(amount),\"subject\":\"x\",\"order_no\":\"A 1\"}")
    #expect(numbers.map(\.message) == ["The parameter order_no is badly formed."])
  }

  @Test(
    "a text of another form is refused",
    arguments: [
      #""order_no":"A 1""#, #""order_no":"ord_1""#, #""order_no":"ümlaut""#,
      #""buyer":{"email":"a.b.cn"}"#, #""buyer":{"email":"a@@b"}"#, #""buyer":{"email":"@ab"}"#,
      #""buyer":{"country":"cn"}"#, #""buyer":{"country":"CHN"}"#, #""buyer":{"ip":"1.2.3.x"}"#,
    ])
  func badFormat(member: String) throws {
    let found = try problems(OrderCreateRequest.self, "{\(amount),\"subject\":\"x\",\(member)}")
    #expect(found.map(\.code) == [.badFormat])
  }

  @Test("an identifier has its prefix, its length and its alphabet")
  func identifiers() throws {
    let good = #"{"payment":"pay_01JD00000000000000000000AZ"}"#
    #expect(try problems(PaymentGetRequest.self, good).isEmpty)
    for bad in [
      "ord_01JD00000000000000000000AZ", "pay_01JD", "pay_01JD00000000000000000000AZ0",
      "pay_01jd00000000000000000000az", "pay_01JD00000000000000000000IL", "",
    ] {
      let found = try problems(PaymentGetRequest.self, "{\"payment\":\"\(bad)\"}")
      #expect(found.map(\.code) == [.badFormat], "\(bad)")
      #expect(found.map(\.path) == ["/params/payment"])
    }
  }

  @Test("lengths are bytes, not characters")
  func tooLong() throws {
    let fits = String(repeating: "字", count: 85)
    #expect(
      try problems(OrderCreateRequest.self, "{\(amount),\"subject\":\"\(fits)\"}").isEmpty)
    let found = try problems(
      OrderCreateRequest.self, "{\(amount),\"subject\":\"\(fits)字\"}")
    #expect(found.map(\.code) == [.tooLong])
    #expect(found[0].facts["max"]?.integerValue == 256)
  }

  @Test("an empty text is too short")
  func tooShort() throws {
    let found = try problems(OrderCreateRequest.self, #"{\#(amount),"subject":""}"#)
    #expect(found.map(\.code) == [.tooShort])
  }

  @Test("a search of one Chinese character is too short, of two is not")
  func searchCharacters() throws {
    #expect(try problems(OrderListRequest.self, #"{"text":"卡"}"#).map(\.code) == [.tooShort])
    #expect(try problems(OrderListRequest.self, #"{"text":"卡片"}"#).isEmpty)
  }

  @Test("metadata is limited as compact text")
  func metadata() throws {
    let long = String(repeating: "m", count: 4090)
    let found = try problems(
      OrderCreateRequest.self, "{\(amount),\"subject\":\"x\",\"metadata\":{\"k\":\"\(long)\"}}")
    #expect(found.map(\.code) == [.tooLong])
    #expect(found.map(\.path) == ["/params/metadata"])
  }

  @Test("an unknown currency is refused, one in small letters with the capitals")
  func currency() throws {
    let none = #"{"amount":{"currency":"XXQ","minor":1},"subject":"x"}"#
    #expect(try problems(OrderCreateRequest.self, none).map(\.code) == [.unknownCurrency])
    let small = #"{"amount":{"currency":"cny","minor":1},"subject":"x"}"#
    let found = try problems(OrderCreateRequest.self, small)
    #expect(found.map(\.code) == [.unknownCurrency])
    #expect(found.map(\.path) == ["/params/amount/currency"])
    #expect(found[0].didYouMean == ["CNY"])
  }

  @Test("a decimal that minor units cannot hold is not representable")
  func notRepresentable() throws {
    let yuan = #"{"amount":{"currency":"CNY","minor":"58.001"},"subject":"x"}"#
    let found = try problems(OrderCreateRequest.self, yuan)
    #expect(found.map(\.code) == [.amountNotRepresentable])
    #expect(found[0].facts["exponent"]?.integerValue == 2)
    let yen = #"{"amount":{"currency":"JPY","minor":"58.5"},"subject":"x"}"#
    #expect(
      try problems(OrderCreateRequest.self, yen).map(\.code) == [.amountNotRepresentable])
  }

  @Test("a decimal that minor units can hold is answered with the integer to send")
  func decimalHint() throws {
    let text = #"{"amount":{"currency":"CNY","minor":"58.5"},"subject":"x"}"#
    let found = try problems(OrderCreateRequest.self, text)
    #expect(found[0].hint?.contains("5850") == true)
  }

  @Test("a value outside an enumeration is refused with the one that was meant")
  func choice() throws {
    let found = try problems(OrderListRequest.self, #"{"pay_state":"pair"}"#)
    #expect(found.map(\.code) == [.badFormat])
    #expect(found[0].didYouMean.first == "paid")
    #expect(try problems(OrderListRequest.self, #"{"pay_state":"Paid"}"#).count == 1)
  }

  @Test("a list of choices is read, each checked at its place")
  func choices() throws {
    let request = try read(
      OrderWaitRequest.self, #"{"order":"A1","until":["paid","delivered"]}"#
    ).get()
    #expect(request.until == [.paid, .delivered])
    let found = try problems(OrderWaitRequest.self, #"{"order":"A1","until":["paid","done"]}"#)
    #expect(found.map(\.path) == ["/params/until/1"])
  }

  @Test("defaults stand in for absent parameters")
  func defaults() throws {
    let list = try read(OrderListRequest.self, "{}").get()
    #expect(list.limit == 50)
    #expect(list.orderBy == .newest)
    let wait = try read(OrderWaitRequest.self, #"{"order":"A1","until":["paid"]}"#).get()
    #expect(wait.waitMilliseconds == 30_000)
    let pay = try read(
      SandboxPayRequest.self, #"{"payment":"pay_01JD00000000000000000000AZ"}"#
    ).get()
    #expect(pay.callback == .deliver && pay.state == .paid)
  }

  @Test("an event filter names a type or a family that exists")
  func eventFilter() throws {
    let good = #"{"after":"now","types":["order.*","payment.succeeded_late"]}"#
    #expect(try problems(EventsReadRequest.self, good).isEmpty)
    let found = try problems(EventsReadRequest.self, #"{"after":"now","types":["order.payd"]}"#)
    #expect(found.map(\.code) == [.badFormat])
    #expect(found.map(\.path) == ["/params/types/0"])
    #expect(found[0].didYouMean.first == "order.paid")
    let family = #"{"after":"now","types":["odrer.*"]}"#
    #expect(try problems(EventsReadRequest.self, family).count == 1)
  }

  @Test("base64 has its padding")
  func base64() throws {
    for good in ["", "AAAA", "AAA=", "AA=="] {
      let text = "{\"gateway\":\"alipay\",\"body_base64\":\"\(good)\"}"
      #expect(try problems(NotificationIngestRequest.self, text).isEmpty, "\(good)")
    }
    for bad in ["AAA", "A===", "A=AA", "AA-_", "AA==AAAA"] {
      let text = "{\"gateway\":\"alipay\",\"body_base64\":\"\(bad)\"}"
      #expect(
        try problems(NotificationIngestRequest.self, text).map(\.code) == [.badFormat], "\(bad)")
    }
  }

  @Test("headers keep their order")
  func headers() throws {
    let text = #"{"gateway":"alipay","headers":{"B":"2","A":"1"}}"#
    let request = try read(NotificationIngestRequest.self, text).get()
    #expect(request.headers?.pairs.map(\.name) == ["B", "A"])
    #expect(request.headers?["A"] == "1")
    let bad = try problems(
      NotificationIngestRequest.self, #"{"gateway":"alipay","headers":{"A":1}}"#)
    #expect(bad.map(\.code) == [.wrongType])
  }

  @Test("null is a value where any value is wanted")
  func nullValue() throws {
    let request = try read(ProtocolPingRequest.self, #"{"echo":null}"#).get()
    #expect(request.echo == .null)
  }

  @Test("all faults of a request are reported together, in the order of the schema")
  func together() throws {
    let found = try problems(
      OrderCreateRequest.self,
      #"{"order_no":"A 1","amount":{"currency":"CNY"},"buyer":{"country":"x"},"what":1}"#)
    #expect(
      found.map(\.code) == [.badFormat, .missingParam, .missingParam, .badFormat, .unknownField])
    #expect(
      found.map(\.path) == [
        "/params/order_no", "/params/amount/minor", "/params/subject", "/params/buyer/country",
        "/params/what",
      ])
  }

  @Test("no more faults are reported than the limit")
  func limited() throws {
    let members = (0..<50).map { "\"unknown\($0)\":1" }.joined(separator: ",")
    #expect(try problems(ServerHealthRequest.self, "{\(members)}").count == Limits.problems)
  }

  @Test("details carry the first fault's facts and all faults")
  func details() throws {
    let read = try read(OrderListRequest.self, #"{"limit":0,"pay_state":"x"}"#)
    guard case .failure(let problems) = read else {
      Issue.record("the request has two faults")
      return
    }
    let details = problems.details
    #expect(problems.first.code == .badFormat)
    #expect(details["problems"]?.arrayValue?.count == 2)
    let second = details["problems"]?.arrayValue?[1].objectValue
    #expect(second?["code"] == .string("out_of_range"))
    #expect(second?["path"] == .string("/params/limit"))
  }
}
