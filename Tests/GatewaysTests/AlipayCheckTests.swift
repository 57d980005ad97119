import Domain
import JSON
import Testing

@testable import Gateways

@Suite("Alipay, check")
struct AlipayCheckTests {
  static let missing = AlipayFixture.refusal("ACQ.TRADE_NOT_EXIST")

  private func code(
    _ answer: GatewayAnswer, _ gateway: any Gateway = AlipayFixture.keyMode,
    at now: Timestamp = AlipayFixture.now
  ) -> String {
    do throws(Fault) {
      guard case .check(let finding) = try gateway.read(answer, to: .check, at: now) else {
        return "no finding"
      }
      return finding.code
    } catch {
      return "fault \(error.reason.code)"
    }
  }

  private func unsigned(_ code: String, _ subCode: String) -> GatewayAnswer {
    AlipayFixture.answer(
      "{\"alipay_trade_query_response\":\(AlipayFixture.refusal(code: code, subCode))}")
  }

  @Test("a signed answer that the number does not exist means that all is well")
  func fine() {
    #expect(code(AlipayFixture.signed(.check, Self.missing)) == "ok")
    #expect(code(unsigned("40004", "ACQ.TRADE_NOT_EXIST")) != "ok")
  }

  @Test("what is wrong is named")
  func findings() {
    #expect(code(unsigned("40002", "isv.invalid-signature")) == "wrong_key")
    #expect(code(unsigned("40003", "isv.missing-signature-config")) == "wrong_key")
    #expect(code(unsigned("40002", "app-cert-expired")) == "wrong_key")
    #expect(code(unsigned("40002", "isv.invalid-app-id")) == "unknown_merchant")
    #expect(code(unsigned("40002", "isv.invalid-timestamp")) == "clock_off")
    #expect(code(unsigned("40006", "isv.insufficient-isv-permissions")) == "permission")
    #expect(code(unsigned("40003", "isv.invalid-app-state")) == "permission")
    #expect(code(unsigned("40002", "isv.invalid-parameter")) == "gateway_rejected")
    let name = "alipay_trade_query_response"
    let stranger = AlipayFixture.body(name, Self.missing, with: AlipayFixture.strangerKey)
    #expect(code(AlipayFixture.answer(stranger)) == "wrong_key")
    #expect(code(AlipayFixture.answer("<html>", status: 200)) == "wrong_environment")
    #expect(code(AlipayFixture.answer("nothing here", status: 404)) == "wrong_environment")
  }

  @Test("what passes by itself is a fault and no finding")
  func faults() {
    #expect(code(AlipayFixture.answer("", status: 503)) == "fault gateway_error")
    #expect(code(AlipayFixture.answer("{\"alipay")) == "fault gateway_bad_reply")
    #expect(code(AlipayFixture.answer("", status: 429)) == "fault gateway_rate_limited")
    #expect(code(unsigned("40005", "isv.app-call-limited")) == "fault gateway_rate_limited")
    #expect(code(unsigned("20000", "isp.unknow-error")) == "fault gateway_error")
  }

  @Test("a number of the other environment is named as such")
  func environments() {
    let answer = unsigned("40002", "isv.invalid-app-id")
    let test = "https://openapi-sandbox.dl.alipaydev.com/gateway.do"
    let testNumber = AlipayFixture.setting("app_id", .string("9021000122682882"))
    #expect(code(answer, AlipayFixture.gateway(testNumber)) == "wrong_environment")
    let testAddress = AlipayFixture.setting("url", .string(test))
    #expect(code(answer, AlipayFixture.gateway(testAddress)) == "wrong_environment")
    let both = AlipayFixture.setting("url", .string(test), in: testNumber)
    #expect(code(answer, AlipayFixture.gateway(both)) == "unknown_merchant")
  }

  @Test("a clock that is off by more than a minute is named, with its direction")
  func clock() {
    let name = "alipay_trade_query_response"
    let body = AlipayFixture.body(name, Self.missing)
    let date = Header("date", "Sat, 21 Nov 2026 08:00:00 GMT")
    let answer = AlipayFixture.answer(body, headers: [date])
    for (seconds, expected) in [
      (0, "ok"), (60, "ok"), (-60, "ok"), (61, "clock_off"), (-61, "clock_off"),
      (-28_800, "clock_off"),
    ] {
      let now = AlipayFixture.now.adding(milliseconds: Int64(seconds) * 1000)
      #expect(code(answer, at: now) == expected, "\(seconds) s")
    }
    let odd = AlipayFixture.answer(body, headers: [Header("Date", "yesterday")])
    #expect(code(odd) == "ok")
  }

  @Test("certificates that end soon are named")
  func certificates() {
    let gateway = AlipayFixture.gateway(AlipayFixture.certificateModeFields)
    let answer = AlipayFixture.signed(.check, Self.missing)
    #expect(code(answer, gateway) == "ok")
    let late = AlipayFixture.moment("2048-12-15 00:00:00")
    #expect(code(answer, gateway, at: late) == "certificate_ends")
  }
}
