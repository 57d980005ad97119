import Domain
import JSON
import Testing

@testable import Gateways

@Suite("Alipay, answers that were tampered with")
struct AlipayTamperTests {
  let payment = AlipayFixture.payment()
  let node = AlipayFixture.paidNode()
  let name = "alipay_trade_query_response"

  private func read(_ body: String) -> Result<GatewayReading, Fault> {
    readAlipay(AlipayFixture.answer(body), .query(payment))
  }

  private func readBytes(
    _ body: [UInt8], _ question: Question
  ) -> Result<GatewayReading, Fault> {
    readAlipay(GatewayAnswer(status: 200, headers: [], body: body), question)
  }

  private func isPaid(_ result: Result<GatewayReading, Fault>) -> Bool {
    if case .success(.payment(.paid)) = result { return true }
    return false
  }

  @Test("every change to a signed answer is refused")
  func matrix() {
    let sign = AlipayFixture.sign(node)
    let other = AlipayFixture.paidNode(number: "PAYOTHER")
    let changed: [(String, String)] = [
      ("amount raised", node.replacing("\"88.88\",\"trade_no", with: "\"888.8\",\"trade_no")),
      (
        "amount lowered",
        node.replacing("\"total_amount\":\"88.88\"", with: "\"total_amount\":\"0.01\"")
      ),
      ("status", node.replacing("TRADE_SUCCESS", with: "TRADE_FINISHED")),
      ("our number", node.replacing(payment.outTradeNumber, with: "PAYOTHER")),
      ("their number", node.replacing("2026112122001499160501589436", with: "1")),
      ("time", node.replacing("16:01:02", with: "16:01:03")),
      ("code", node.replacing("10000", with: "10003")),
      ("blank added", node.replacing("\"msg\"", with: " \"msg\"")),
      ("line feed added", node.replacing(",\"msg\"", with: ",\n\"msg\"")),
      (
        "members swapped",
        node.replacing(
          #""code":"10000","msg":"Success""#, with: #""msg":"Success","code":"10000""#)
      ),
      ("member added", node.replacing("{\"code", with: "{\"x\":1,\"code")),
      ("member dropped", node.replacing("\"receipt_amount\":\"88.88\",", with: "")),
      ("escape of the same letter", node.replacing("TRADE_SUCCESS", with: "TRADE_SUCCES\\u0053")),
      ("letter case of an escape", node.replacing("Success", with: "\\u0053uccess")),
      ("braces", node.replacing("Success", with: "Success}")),
      ("escaped slash that means a backslash", node.replacing("854***", with: "854\\\\/***")),
    ]
    for (what, text) in changed {
      #expect(text != node, "\(what) changes nothing")
      #expect(!isPaid(read("{\"\(name)\":\(text),\"sign\":\"\(sign)\"}")), "\(what)")
    }
    let bodies: [(String, String)] = [
      ("no signature", "{\"\(name)\":\(node)}"),
      ("an empty signature", "{\"\(name)\":\(node),\"sign\":\"\"}"),
      ("null for a signature", "{\"\(name)\":\(node),\"sign\":null}"),
      ("a number for a signature", "{\"\(name)\":\(node),\"sign\":1}"),
      ("a list for a signature", "{\"\(name)\":\(node),\"sign\":[\"\(sign)\"]}"),
      ("cut signature", "{\"\(name)\":\(node),\"sign\":\"\(sign.dropLast(4))\"}"),
      ("signature with a blank", "{\"\(name)\":\(node),\"sign\":\"\(sign) \"}"),
      ("signature of another node", AlipayFixture.body(name, other).replacing(other, with: node)),
      ("signed by another key", AlipayFixture.body(name, node, with: AlipayFixture.strangerKey)),
      ("signed by ourselves", AlipayFixture.body(name, node, with: AlipayFixture.ownKey)),
      (
        "signature inside the node",
        "{\"\(name)\":\(node.dropLast()),\"sign\":\"\(sign)\"}}"
      ),
      ("another operation's node", AlipayFixture.body("alipay_trade_refund_response", node)),
      (
        "two operations' nodes",
        "{\"\(name)\":\(node),\"error_response\":\(node),\"sign\":\"\(sign)\"}"
      ),
      (
        "the node twice, signed first",
        "{\"\(name)\":\(node),\"\(name)\":\(other),\"sign\":\"\(sign)\"}"
      ),
      (
        "the node twice, signed last",
        "{\"\(name)\":\(other),\"\(name)\":\(node),\"sign\":\"\(sign)\"}"
      ),
      (
        "the node twice by an escape",
        "{\"\(name)\":\(node),\"\\u0061lipay_trade_query_response\":\(other),\"sign\":\"\(sign)\"}"
      ),
      ("the signature twice", "{\"\(name)\":\(node),\"sign\":\"\(sign)\",\"sign\":\"\(sign)\"}"),
      ("a node in a text", "{\"\(name)\":\"\(sign)\",\"sign\":\"\(sign)\"}"),
      ("a node in a list", "{\"\(name)\":[\(node)],\"sign\":\"\(sign)\"}"),
      ("an answer in a list", "[\(AlipayFixture.body(name, node))]"),
      ("more behind it", AlipayFixture.body(name, node) + "{}"),
      ("a comma too many", "{\"\(name)\":\(node),\"sign\":\"\(sign)\",}"),
      ("a byte order mark", "\u{FEFF}" + AlipayFixture.body(name, node)),
      ("a comment", "/* */" + AlipayFixture.body(name, node)),
      ("another payment's answer", AlipayFixture.body(name, other)),
      (
        "no number at all",
        AlipayFixture.body(name, node.replacing("out_trade_no", with: "out_trade_nr"))
      ),
      (
        "a key twice in a signed node",
        AlipayFixture.body(
          name, node.replacing("{\"code", with: "{\"total_amount\":\"0.01\",\"code"))
      ),
      (
        "a key twice deep in a signed node",
        AlipayFixture.body(
          name, AlipayFixture.paidNode(extra: ",\"v\":[{\"a\":{\"b\":1,\"b\":2}}]"))
      ),
      (
        "another application's",
        AlipayFixture.body(name, AlipayFixture.paidNode(extra: ",\"app_id\":\"1\""))
      ),
      (
        "another merchant's",
        AlipayFixture.body(
          name, AlipayFixture.paidNode(extra: ",\"seller_id\":\"2088000000000000\""))
      ),
    ]
    for (what, body) in bodies {
      let result = read(body)
      #expect(!isPaid(result), "\(what)")
      if case .success = result { Issue.record("\(what) was believed: \(result.word)") }
    }
    #expect(isPaid(read(AlipayFixture.body(name, node))))
  }

  @Test("harmless differences of the envelope are not tampering")
  func envelopes() {
    let sign = AlipayFixture.sign(node)
    for body in [
      "{\"sign\":\"\(sign)\",\"\(name)\":\(node)}",
      " {\n \"\(name)\" : \(node) ,\r\n\t\"sign\" : \"\(sign)\" } \n",
      "{\"\(name)\":\(node),\"alipay_cert_sn\":\"abc\",\"sign\":\"\(sign)\"}",
      "{\"\(name)\":\(node),\"sign\":\"\(sign)\",\"new_member\":{\"sign\":\"x\"}}",
      "{\"error_response\":\(node),\"sign\":\"\(sign)\"}",
      "{\"\(name)\":\(node),\"sign\":\"\(sign.replacing("/", with: "\\/"))\"}",
    ] {
      #expect(isPaid(read(body)))
    }
  }

  @Test(
    "braces, quotes and the word sign inside a value do not cut the node short",
    arguments: [
      #","subject":"a } b""#, #","subject":"{{{""#, #","subject":"\"},\"sign\":\"x\"""#,
      #","subject":"\\""#, #","subject":"\\\"}""#, #","fund_bill_list":[{"sign":"y"},{}]"#,
      #","subject":"alipay_trade_query_response""#, #","detail":{"sign":{"sign":"}"}}"#,
      #","subject":"会员 }，\"sign\"""#,
    ])
  func hardCuts(extra: String) {
    #expect(isPaid(read(AlipayFixture.body(name, AlipayFixture.paidNode(extra: extra)))))
  }

  @Test("both spellings of a slash are the same text, whichever was signed")
  func slashes() {
    let plain = AlipayFixture.paidNode(extra: #","u":"http://a/b","w":"c\\d""#)
    let escaped = plain.replacing("/", with: "\\/")
    for (signed, sent) in [(plain, plain), (escaped, escaped), (plain, escaped), (escaped, plain)] {
      let body = "{\"\(name)\":\(sent),\"sign\":\"\(AlipayFixture.sign(signed))\"}"
      #expect(isPaid(read(body)))
    }
    // One backslash more is another text, not another spelling.
    let signed = AlipayFixture.paidNode(extra: #","u":"\/""#)
    let sent = AlipayFixture.paidNode(extra: #","u":"\\/""#)
    #expect(!isPaid(read("{\"\(name)\":\(sent),\"sign\":\"\(AlipayFixture.sign(signed))\"}")))
    let slash = Array(#"a\/b\\/c/d\\\/"#.utf8)
    #expect(
      AlipaySigning.spellingSlashes(slash, escaped: true) == Array(#"a\/b\\\/c\/d\\\/"#.utf8))
    #expect(AlipaySigning.spellingSlashes(slash, escaped: false) == Array(#"a/b\\/c/d\\/"#.utf8))
  }

  @Test("bodies that are no answer are of no use, and a torn one is an unknown outcome")
  func bodies() {
    let whole = AlipayFixture.body(name, node)
    for length in stride(from: 0, to: whole.utf8.count - 1, by: 7) {
      let cut = GatewayAnswer(status: 200, headers: [], body: Array(whole.utf8.prefix(length)))
      let word = readAlipay(cut, .query(payment)).word
      #expect(word == "unknown gateway_bad_reply", "\(length) bytes")
    }
    let gbk: [UInt8] = [0x7B, 0x22, 0xD6, 0xA7, 0xB8, 0xB6, 0x22, 0x3A, 0x31, 0x7D]
    let page = Array("<!DOCTYPE html><html><head><title>".utf8) + [0xD6, 0xA7, 0xB8, 0xB6]
    for body in [gbk, page, Array("null".utf8), Array("{}".utf8), Array("[]".utf8), [0x00], [0xFF]]
    {
      let answer = GatewayAnswer(status: 200, headers: [], body: body)
      #expect(readAlipay(answer, .query(payment)).word == "useless gateway_bad_reply")
    }
    let deep = Array((String(repeating: "[", count: 100_000)).utf8)
    let answer = GatewayAnswer(status: 200, headers: [], body: deep)
    #expect(readAlipay(answer, .query(payment)).word == "useless gateway_bad_reply")
  }

  @Test(
    "the HTTP status counts before the body does",
    arguments: [
      (500, "unknown gateway_error"), (502, "unknown gateway_error"),
      (503, "unknown gateway_error"), (504, "unknown gateway_error"),
      (429, "unknown gateway_rate_limited"), (400, "useless gateway_bad_reply"),
      (403, "useless gateway_bad_reply"), (302, "useless gateway_bad_reply"),
      (204, "useless gateway_bad_reply"), (201, "useless gateway_bad_reply"),
    ])
  func statuses(status: Int, expected: String) {
    let answer = AlipayFixture.answer(AlipayFixture.body(name, node), status: status)
    #expect(readAlipay(answer, .query(payment)).word == expected)
  }

  @Test("no flipped bit of any signed answer makes it say something else")
  func bitFlips() {
    var random = SeededRandom(seed: 20_261_121)
    let refund = AlipayFixture.refund()
    let cases: [(Question, String)] = [
      (.query(payment), node),
      (
        .create(payment),
        #"{"code":"10000","out_trade_no":"\#(payment.outTradeNumber)","qr_code":"https:\/\/a\/b"}"#
      ),
      (.close(payment), #"{"code":"10000","out_trade_no":"\#(payment.outTradeNumber)"}"#),
      (
        .refund(payment, refund),
        #"{"code":"10000","out_trade_no":"\#(payment.outTradeNumber)","fund_change":"Y","#
          + #""refund_fee":"30.00"}"#
      ),
    ]
    let originals = cases.map { Array(AlipayFixture.body(AlipayFixture.node(of: $0.0), $0.1).utf8) }
    let readings = zip(cases, originals).map { readBytes($0.1, $0.0.0) }
    for flip in 0..<2000 {
      let index = flip % cases.count
      var body = originals[index]
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        body[Int.random(in: body.indices, using: &random)] ^=
          1 << UInt8.random(in: 0...7, using: &random)
      }
      let result = readBytes(body, cases[index].0)
      if case .success = result { #expect(result == readings[index], "flip \(flip)") }
    }
  }

  @Test("an answer signed under another certificate says so when it does not verify")
  func otherCertificate() {
    let gateway = AlipayFixture.gateway(AlipayFixture.certificateModeFields)
    let sign = AlipayFixture.sign(node, with: AlipayFixture.strangerKey)
    let body = "{\"\(name)\":\(node),\"alipay_cert_sn\":\"0123abcd\",\"sign\":\"\(sign)\"}"
    do throws(Fault) {
      _ = try gateway.read(
        AlipayFixture.answer(body), to: .query(payment), at: AlipayFixture.now)
      Issue.record("it was believed")
    } catch {
      #expect(error.reason.code == FaultCode.badReply)
      #expect(error.reason.text.contains("certificate 0123abcd"))
    }
    // The same key under a new certificate is what Alipay does when one runs out.
    let own = AlipayFixture.sign(node)
    let same = "{\"\(name)\":\(node),\"alipay_cert_sn\":\"0123abcd\",\"sign\":\"\(own)\"}"
    let reading = try? gateway.read(
      AlipayFixture.answer(same), to: .query(payment), at: AlipayFixture.now)
    #expect(reading != nil)
  }
}
