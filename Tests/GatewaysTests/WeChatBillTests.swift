import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

@Suite("WeChat's bills")
struct WeChatBillTests {
  private static let url = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=6XIv5%2Bab"
  private static let content = Array("\u{FEFF}交易时间,商户号\r\n`2026-11-20 10:00:00,`1\r\n".utf8)

  private func download(
    _ kind: BillKind = .trade, _ gateway: any Gateway = WeChatFixture.publicKeyMode
  ) throws -> BillDownload {
    try BillFixture.download(gateway, kind)
  }

  private func address(
    _ url: String = Self.url, digest: String = SHA1.hex(Self.content), kind: String = "SHA1"
  ) -> GatewayAnswer {
    WeChatFixture.signed(
      "{\"hash_type\":\"\(kind)\",\"hash_value\":\"\(digest)\",\"download_url\":\"\(url)\"}")
  }

  @Test("day and kind stand in the signed target")
  func firstRequest() throws {
    let root = WeChatSettings.productionURL
    let trade = try download(.trade).request
    #expect(trade.url == "\(root)/v3/bill/tradebill?bill_date=2026-11-20&bill_type=ALL")
    #expect(trade.headers.contains { $0.name == "Authorization" })
    let funds = try download(.fund).request
    #expect(funds.url == "\(root)/v3/bill/fundflowbill?bill_date=2026-11-20&account_type=BASIC")
  }

  @Test("the file is asked for at the given address, signed over its path as it stands")
  func file() throws {
    var download = try download()
    #expect(try download.take(address(), at: BillFixture.now) == nil)
    let request = download.request
    #expect(request.method == "GET")
    #expect(request.url == Self.url)
    let authorization = try #require(
      request.headers.first { $0.name == "Authorization" }?.value)
    let signed = try WeChatSigning.authorization(
      method: "GET", target: "/v3/billdownload/file?token=6XIv5%2Bab", body: [],
      at: BillFixture.now, merchantID: WeChatFixture.merchantID,
      keys: WeChatSettings(WeChatFixture.settings()).keys)
    #expect(authorization == signed)
    let outcome = try download.take(BillFixture.answer(Self.content), at: BillFixture.now)
    guard case .file(let file) = outcome else { throw FixtureError("no file came") }
    #expect(file.bytes == Self.content)
    #expect(file.digest == BillDigest(.sha1, hex: SHA1.hex(Self.content)))
    #expect(file.fileName == "trade-2026-11-20.csv")
    #expect(file.format == .csv)
  }

  @Test("the digest in capitals is the same digest")
  func capitals() throws {
    var download = try download()
    let answer = address(digest: SHA1.hex(Self.content).uppercased())
    #expect(try download.take(answer, at: BillFixture.now) == nil)
    let outcome = try download.take(BillFixture.answer(Self.content), at: BillFixture.now)
    guard case .file = outcome else { throw FixtureError("no file came") }
  }

  @Test("one changed bit, one byte less, an error page: nothing else than the digest's file passes")
  func otherContent() throws {
    var changed = Self.content
    changed[10] ^= 1
    for body in [changed, Array(Self.content.dropLast()), [], Array("<html>".utf8)] {
      var download = try download()
      #expect(try download.take(address(), at: BillFixture.now) == nil)
      #expect(
        BillFixture.fault(&download, BillFixture.answer(body)) == "answered gateway_bad_reply")
    }
  }

  @Test("an address without a usable digest is of no use")
  func noDigest() throws {
    for answer in [
      address(digest: "abc"), address(kind: "CRC32"), address(digest: ""),
      WeChatFixture.signed("{\"download_url\":\"\(Self.url)\"}"),
    ] {
      var download = try download()
      #expect(BillFixture.fault(&download, answer) == "answered gateway_bad_reply")
    }
  }

  @Test(
    "an address that is not WeChat's is never asked, for the request is signed",
    arguments: [
      "https://api.mch.weixin.qq.com.evil.example/v3/billdownload/file?token=1",
      "https://evil.example/v3/billdownload/file", "http://127.0.0.1:1/v3/billdownload/file",
      "https://api.mch.weixin.qq.com:8443/v3/billdownload/file",
      "http://api.mch.weixin.qq.com/v3/billdownload/file", "https://api.mch.weixin.qq.com", "",
    ])
  func foreignAddress(_ url: String) throws {
    var download = try download()
    #expect(BillFixture.fault(&download, address(url)) == "answered gateway_bad_reply")
  }

  @Test("WeChat's other host may give the file out")
  func otherHost() throws {
    var download = try download()
    let url = "https://api2.mch.weixin.qq.com/v3/billdownload/file?token=1"
    #expect(try download.take(address(url), at: BillFixture.now) == nil)
    #expect(download.request.url == url)
  }

  @Test("no business and not made yet are two answers")
  func refusals() throws {
    var download = try download()
    let none = try download.take(WeChatFixture.refusal("NO_STATEMENT_EXIST"), at: BillFixture.now)
    guard case .noBusiness = none else { throw FixtureError("business is reported") }
    let later = try download.take(
      WeChatFixture.refusal("STATEMENT_CREATING"), at: BillFixture.now)
    guard case .notYet = later else { throw FixtureError("it is not said to come") }
  }

  @Test("an unsigned refusal, a forged address and a limit are faults")
  func faults() throws {
    var download = try download()
    let unsigned = GatewayFixture.answer("{\"code\":\"NO_STATEMENT_EXIST\"}", status: 400)
    #expect(BillFixture.fault(&download, unsigned) == "answered gateway_bad_reply")
    let body = "{\"hash_type\":\"SHA1\",\"hash_value\":\"\",\"download_url\":\"\(Self.url)\"}"
    let forged = GatewayAnswer(
      status: 200, headers: WeChatFixture.headers(body, with: WeChatFixture.strangerKey),
      body: Array(body.utf8))
    #expect(BillFixture.fault(&download, forged) == "answered gateway_bad_reply")
    let limited = WeChatFixture.refusal("FREQUENCY_LIMITED", status: 429)
    #expect(BillFixture.fault(&download, limited) == "outcomeUnknown gateway_rate_limited")
  }
}
