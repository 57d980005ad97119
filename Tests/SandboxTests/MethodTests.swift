import Domain
import Gateways
import JSON
import Sandbox
import Testing

@Suite("sandbox.pay, sandbox.behave and sandbox.books")
struct MethodTests {
  @Test("pay answers with the trade as the contract has it")
  func pay() async throws {
    let bench = try Bench()
    _ = try await bench.open()
    let result = try perform(bench, "sandbox.pay", #"{"payment":"pay_1"}"#).get()
    let transaction = try #require(try bench.trade()).transaction
    #expect(
      text(result) == #"{"trade":{"gateway":"sandbox","out_trade_no":"PAY1","#
        + #""gateway_txn_id":"\#(transaction)","state":"paid","#
        + #""amount":{"currency":"CNY","minor":5800},"paid":{"currency":"CNY","minor":5800},"#
        + #""paid_at":\#(Bench.start),"callback":"due"}}"#)
  }

  @Test("every member of pay counts")
  func payMembers() async throws {
    let bench = try Bench()
    _ = try await bench.open()
    let result = try perform(
      bench, "sandbox.pay",
      #"{"payment":"pay_1","state":"paid","callback":"delay","delay_ms":1000,"#
        + #""amount":{"currency":"USD","minor":7}}"#
    ).get()
    #expect(result["trade"]?["paid"]?["minor"]?.integerValue == 7)
    #expect(result["trade"]?["callback"]?.stringValue == "due")
    bench.advance(milliseconds: 1_000)
    #expect(bench.notices().count == 1)
  }

  @Test(
    "what is not of the form is refused, with the place, and nothing happens",
    arguments: [
      (#"{}"#, "missing_param", "/params/payment"),
      (#"{"payment":7}"#, "wrong_type", "/params/payment"),
      (#"{"payment":"pay_9"}"#, "payment_not_found", "/params/payment"),
      (#"{"payment":"pay_2"}"#, "payment_not_found", "/params/payment"),
      (#"{"payment":"pay_alipay"}"#, "gateway_not_supported", "/params/payment"),
      (#"{"payment":"pay_1","state":"gone"}"#, "bad_format", "/params/state"),
      (#"{"payment":"pay_1","callback":"maybe"}"#, "bad_format", "/params/callback"),
      (#"{"payment":"pay_1","callback":"delay"}"#, "missing_param", "/params/delay_ms"),
      (#"{"payment":"pay_1","delay_ms":5}"#, "bad_format", "/params/delay_ms"),
      (
        #"{"payment":"pay_1","callback":"delay","delay_ms":86400001}"#, "out_of_range",
        "/params/delay_ms"
      ),
      (#"{"payment":"pay_1","amount":5}"#, "wrong_type", "/params/amount"),
      (
        #"{"payment":"pay_1","amount":{"currency":"CNY","minor":0}}"#, "out_of_range",
        "/params/amount"
      ),
      (
        #"{"payment":"pay_1","amount":{"currency":"XXQ","minor":5}}"#, "unknown_currency",
        "/params/amount/currency"
      ),
      (
        #"{"payment":"pay_1","state":"failed","amount":{"currency":"CNY","minor":5}}"#,
        "bad_format", "/params/amount"
      ),
      (#"{"payment":"pay_1","ammount":5}"#, "unknown_field", "/params/ammount"),
    ] as [(String, String, String)])
  func refused(_ params: String, _ code: String, _ path: String) async throws {
    let bench = try Bench()
    _ = try await bench.open()
    let rejection = try perform(bench, "sandbox.pay", params).rejection
    #expect(rejection?.code.rawValue == code)
    #expect(rejection?.path == path)
    #expect(try bench.trade()?.status == .waiting)
  }

  @Test("behave answers with the faults in force and their end")
  func behave() throws {
    let bench = try Bench()
    let timed = try perform(bench, "sandbox.behave", #"{"fault":"slow","for_ms":30000}"#).get()
    #expect(
      text(timed) == #"{"gateway":"sandbox","faults":["slow"],"until_at":\#(Bench.start + 30_000)}"#
    )
    let both = try perform(
      bench, "sandbox.behave", #"{"fault":"error_5xx_after_success","calls":2}"#
    ).get()
    #expect(text(both) == #"{"gateway":"sandbox","faults":["slow","error_5xx_after_success"]}"#)
    bench.advance(milliseconds: 30_000)
    let counted = try perform(bench, "sandbox.behave", #"{"fault":"down","for_ms":1}"#).get()
    #expect(
      text(counted) == #"{"gateway":"sandbox","faults":["down","error_5xx_after_success"]}"#)
    let none = try perform(bench, "sandbox.behave", #"{"fault":"none"}"#).get()
    #expect(text(none) == #"{"gateway":"sandbox","faults":[]}"#)
  }

  @Test("the words of the contract are the faults, and none of them is missing")
  func words() throws {
    let bench = try Bench()
    let words = [
      "slow", "down", "hang", "error_5xx_after_success", "torn_answer", "wrong_amount",
      "wrong_currency", "wrong_signature", "unknown_status", "not_exist_lie",
      "success_after_close", "already_paid_on_close", "rate_limit", "refund_returned",
    ]
    for word in words {
      _ = try perform(bench, "sandbox.behave", #"{"fault":"\#(word)"}"#).get()
    }
    #expect(SandboxFault.allCases.map(\.rawValue) == words)
  }

  @Test(
    "behave refuses what is not of its form",
    arguments: [
      (#"{}"#, "missing_param", "/params/fault"),
      (#"{"fault":"tired"}"#, "bad_format", "/params/fault"),
      (#"{"fault":"none","calls":1}"#, "bad_format", "/params/calls"),
      (#"{"fault":"slow","calls":0}"#, "out_of_range", "/params/calls"),
      (#"{"fault":"slow","for_ms":0}"#, "out_of_range", "/params/for_ms"),
      (#"{"fault":"slow","gateway":"alipay"}"#, "gateway_not_found", "/params/gateway"),
    ] as [(String, String, String)])
  func behaveRefused(_ params: String, _ code: String, _ path: String) throws {
    let bench = try Bench()
    let rejection = try perform(bench, "sandbox.behave", params).rejection
    #expect(rejection?.code.rawValue == code)
    #expect(rejection?.path == path)
  }

  @Test("books are read page by page, newest first, without a gap and without a repeat")
  func pages() async throws {
    let bench = try Bench()
    for index in 1...7 { _ = try await bench.open("PAY\(index)") }
    var numbers: [String] = []
    var page: String?
    repeat {
      let params = page.map { #"{"limit":3,"page":"\#($0)"}"# } ?? #"{"limit":3}"#
      let result = try perform(bench, "sandbox.books", params).get()
      let trades = result["trades"]?.arrayValue ?? []
      #expect(trades.count <= 3)
      numbers += trades.compactMap { $0["out_trade_no"]?.stringValue }
      page = result["next"]?.stringValue
    } while page != nil
    #expect(numbers == (1...7).reversed().map { "PAY\($0)" })
  }

  @Test("a page that is none, a limit outside its range and a stranger's gateway are refused")
  func badPages() throws {
    let bench = try Bench()
    for page in ["", "7", "before.", "before.-1", "before.x"] {
      let rejection = try perform(bench, "sandbox.books", #"{"page":"\#(page)"}"#).rejection
      #expect(rejection?.code == .badFormat)
    }
    #expect(
      try perform(bench, "sandbox.books", #"{"limit":201}"#).rejection?.code == .outOfRange)
    #expect(
      try perform(bench, "sandbox.books", #"{"gateway":"x"}"#).rejection?.code
        == .gatewayNotFound)
  }

  @Test("two equal histories give books that are equal to the byte")
  func determinism() async throws {
    var texts: [String] = []
    for _ in 0..<2 {
      let bench = try Bench()
      for index in 1...20 {
        let facts = try await bench.open("PAY\(index)", Int64(index) * 100)
        bench.advance(milliseconds: 1_000)
        if index % 2 == 0 { try bench.pay("PAY\(index)", callback: .lose) }
        if index % 4 == 0 {
          _ = await bench.ask(.refund(facts, bench.refund("R\(index)", 50)))
        }
        if index % 5 == 0 { _ = await bench.ask(.close(facts)) }
      }
      texts.append(text(try perform(bench, "sandbox.books", #"{"limit":200}"#).get()))
    }
    #expect(texts[0] == texts[1])
    #expect(texts[0].contains(#""state":"closed""#))
    #expect(texts[0].contains(#""refunded":{"currency":"CNY","minor":50}"#))
  }

  private func perform(
    _ bench: Bench, _ method: String, _ params: String
  ) throws -> Result<JSONObject, Rejection> {
    let value = try JSONReader.read(Array(params.utf8), profile: .wire)
    let object = try #require(value.objectValue)
    return bench.bank.perform(method: method, params: object) { payment in
      switch payment {
      case "pay_1": bench.reference("PAY1")
      case "pay_2": bench.reference("PAY2")
      case "pay_alipay": SandboxReference(gateway: "alipay", outTradeNumber: "PAY1")
      default: nil
      }
    }
  }

  private func text(_ object: JSONObject) -> String {
    String(decoding: JSONValue.object(object).bytes(), as: UTF8.self)
  }
}
