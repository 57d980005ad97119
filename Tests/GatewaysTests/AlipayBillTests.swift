import Domain
import JSON
import Testing

@testable import Gateways

@Suite("Alipay's bills")
struct AlipayBillTests {
  private static let node = "alipay_data_dataservice_bill_downloadurl_query_response"
  private static let url =
    "https://dwbillcenter.alipay.com/downloadBillFile.resource?bizType=trade&token=4711"
    + "&downloadFileName=20882123_20261120.csv.zip"

  private func signed(_ text: String) -> GatewayAnswer {
    AlipayFixture.answer(AlipayFixture.body(Self.node, text))
  }

  private func address(_ url: String = Self.url, extra: String = "") -> GatewayAnswer {
    signed("{\"code\":\"10000\",\"msg\":\"Success\",\"bill_download_url\":\"\(url)\"\(extra)}")
  }

  private func download(
    _ kind: BillKind = .trade, _ gateway: any Gateway = AlipayFixture.keyMode
  ) throws -> BillDownload {
    try BillFixture.download(gateway, kind)
  }

  @Test("the address is asked for by a signed call that names day and kind")
  func firstRequest() throws {
    for (kind, word) in [(BillKind.trade, "trade"), (.fund, "signcustomer")] {
      let request = try download(kind).request
      let query = try GatewayFixture.pairs(Array((GatewayAddress(request.url).query ?? "").utf8))
      #expect(query["method"] == "alipay.data.dataservice.bill.downloadurl.query")
      #expect(query["sign"] != nil)
      #expect(query["notify_url"] == nil)
      let body = try GatewayFixture.pairs(request.body)
      #expect(
        body["biz_content"] == "{\"bill_type\":\"\(word)\",\"bill_date\":\"2026-11-20\"}")
    }
  }

  @Test("the file comes by a plain GET that carries nothing of ours, and is kept to the byte")
  func file() throws {
    var download = try download()
    #expect(try download.take(address(), at: BillFixture.now) == nil)
    let request = download.request
    #expect(request.method == "GET")
    #expect(request.url == Self.url)
    #expect(request.headers == [Header("Accept", "*/*")])
    #expect(request.body.isEmpty)
    #expect(!request.needsToken)
    let bytes = BillFixture.zip(Array("rows".utf8))
    let outcome = try download.take(BillFixture.answer(bytes), at: BillFixture.now)
    guard case .file(let file) = outcome else { throw FixtureError("no file came") }
    #expect(file.bytes == bytes)
    #expect(file.name == BillFixture.name(.trade))
    #expect(file.fileName == "20882123_20261120.csv.zip")
    #expect(file.format == .zip)
    #expect(!file.saysEmpty)
  }

  @Test("an address by http is asked by https")
  func upgraded() throws {
    var download = try download()
    let plain = "http" + Self.url.dropFirst("https".count)
    #expect(try download.take(address(plain), at: BillFixture.now) == nil)
    #expect(download.request.url == Self.url)
  }

  @Test(
    "an address that is not Alipay's is never asked",
    arguments: [
      "https://dwbillcenter.alipay.com.evil.example/file?x=1", "https://evilalipay.com/file",
      "https://127.0.0.1/file", "http://127.0.0.1:8080/file", "https://alipay.com:8443/file",
      "https://dwbillcenter.alipay.com:8443/file", "ftp://dwbillcenter.alipay.com/file",
      "https://user@dwbillcenter.alipay.com/file", "https://dwbillcenter.alipaydev.com/file",
      "https://evil.example/dwbillcenter.alipay.com", "",
    ])
  func foreignAddress(_ url: String) throws {
    var download = try download()
    #expect(BillFixture.fault(&download, address(url)) == "answered gateway_bad_reply")
  }

  @Test("the test gateway's files come from the test environment")
  func testEnvironment() throws {
    let gateway = AlipayFixture.gateway(
      AlipayFixture.setting(
        "url", .string("https://openapi-sandbox.dl.alipaydev.com/gateway.do")))
    var download = try download(.trade, gateway)
    let url = "https://dwbillcenter.alipaydev.com/file?a=1"
    #expect(try download.take(address(url), at: BillFixture.now) == nil)
    #expect(download.request.url == url)
  }

  @Test("\"no bill\" says neither that it comes nor that nothing happened, however it is spelled")
  func absent() throws {
    for code in ["isp.bill_not_exist", "BILL_NOT_EXIST", "isv.NO-BILL-DATA"] {
      var download = try download()
      let outcome = try download.take(signed(AlipayFixture.refusal(code)), at: BillFixture.now)
      guard case .silent(let reason) = outcome else { throw FixtureError("\(code) is not silence") }
      #expect(reason.code == "bill_absent")
      #expect(reason.gatewayCode == code)
    }
  }

  @Test("a file without rows is told apart from no file")
  func emptyFile() throws {
    var download = try download()
    let extra = ",\"bill_file_code\":\"EMPTY_DATA_WITH_BILL_FILE\""
    #expect(try download.take(address(extra: extra), at: BillFixture.now) == nil)
    let bytes = BillFixture.zip([])
    guard case .file(let file) = try download.take(BillFixture.answer(bytes), at: BillFixture.now)
    else { throw FixtureError("no file came") }
    #expect(file.saysEmpty)
  }

  @Test("an unsigned \"no bill\" is no answer")
  func unsignedRefusal() throws {
    var download = try download()
    let body = "{\"\(Self.node)\":\(AlipayFixture.refusal("isp.bill_not_exist"))}"
    #expect(
      BillFixture.fault(&download, AlipayFixture.answer(body)) == "answered gateway_bad_reply")
  }

  @Test("refusals say what to do about them")
  func refusals() throws {
    let expected = [
      ("40005", "isv.app-call-limited", "outcomeUnknown gateway_rate_limited"),
      ("20000", "isp.unknow-error", "outcomeUnknown gateway_error"),
      ("40004", "INVAILID_ARGUMENTS", "answered gateway_rejected"),
      ("40006", "isv.insufficient-isv-permissions", "answered gateway_auth"),
    ]
    for (code, subCode, wanted) in expected {
      var download = try download()
      let answer = signed(AlipayFixture.refusal(code: code, subCode))
      #expect(BillFixture.fault(&download, answer) == wanted)
    }
  }

  @Test("a file cut short anywhere, or no zip at all, is not taken")
  func torn() throws {
    let whole = BillFixture.zip(Array("rows".utf8), comment: Array("by Alipay".utf8))
    for count in whole.indices {
      var download = try download()
      #expect(try download.take(address(), at: BillFixture.now) == nil)
      let fault = BillFixture.fault(&download, BillFixture.answer(Array(whole[..<count])))
      #expect(fault.hasSuffix("gateway_bad_reply"), "\(count) bytes: \(fault)")
    }
    var download = try download()
    #expect(try download.take(address(), at: BillFixture.now) == nil)
    let page = BillFixture.answer(Array("<html>the address has expired</html>".utf8))
    #expect(BillFixture.fault(&download, page) == "answered gateway_bad_reply")
  }

  @Test("a name that is no plain one is replaced")
  func fileNames() throws {
    for name in ["..%2Fetc", ".hidden.zip", "a b.zip", String(repeating: "a", count: 129)] {
      var download = try download()
      let url = "https://dwbillcenter.alipay.com/f?downloadFileName=\(name)"
      guard (try? GatewayAddress(url)) != nil else { continue }
      #expect(try download.take(address(url), at: BillFixture.now) == nil)
      let outcome = try download.take(
        BillFixture.answer(BillFixture.zip([])), at: BillFixture.now)
      guard case .file(let file) = outcome else { throw FixtureError("no file came") }
      #expect(file.fileName == "trade-2026-11-20.zip")
    }
  }

  @Test("a bill that the gateway does not give out is not asked for")
  func unknownKind() throws {
    let source = try #require(AlipayFixture.keyMode.bills)
    #expect(throws: Fault.self) {
      try BillDownload(BillFixture.name(.settlement), from: source, at: BillFixture.now)
    }
  }
}
