import Crypto
import Domain
import JSON
import Testing

@testable import Gateways

@Suite("Alipay, published vectors")
struct AlipayVectorTests {
  @Test("the text to sign of a published request is the published one, and its signature holds")
  func request() throws {
    let request = try #require(AlipayFixture.publishedVectors["request"]?.objectValue)
    let parameters = try #require(request["parameters"]?.objectValue).members.map {
      (name: $0.key, value: $0.value.stringValue ?? "")
    }
    let text = AlipaySigning.requestText(parameters.shuffled() + [("sign", "not part of it")])
    #expect(text == request["text"]?.stringValue)
    let certificate = try Certificate(AlipayFixture.published("app_certificate"))
    let signature = try Base64.decode(try #require(request["sign"]?.stringValue))
    let isValid = try certificate.publicKey().isValid(
      signature, for: Array(text.utf8), .sha256WithRSA)
    #expect(isValid)
  }

  @Test("the serial numbers of the published certificates are the published ones")
  func serials() throws {
    let application = try Certificate(AlipayFixture.published("app_certificate"))
    #expect(AlipayKeys.serial(application) == AlipayFixture.published("app_certificate_serial"))
    let roots = try CertificateBundle(AlipayFixture.published("root_certificates"))
    #expect(AlipayKeys.rootSerial(roots) == AlipayFixture.published("root_serial"))
    let alipay = try Certificate(AlipayFixture.published("alipay_certificate"))
    #expect(AlipayKeys.serial(alipay) == "6f1e366a31d9575cd546914add04f4af")
  }

  @Test("the signatures of published answers hold over the raw node, in and out of its envelope")
  func answers() throws {
    let answers = try #require(AlipayFixture.publishedVectors["answers"]?.arrayValue)
    #expect(answers.count == 2)
    for answer in answers {
      let key = try RSAPublicKey(try #require(answer["key"]?.stringValue))
      let node = Array(try #require(answer["node"]?.stringValue).utf8)
      let sign = try #require(answer["sign"]?.stringValue)
      #expect(AlipaySigning.isValid(sign, ofNode: node[...], key: key))
      let body = Array(try #require(answer["body"]?.stringValue).utf8)
      let outer = try #require(try JSONReader.read(body, profile: .document).objectValue)
      let name = try #require(outer.keys.first { $0.hasSuffix("_response") })
      let range = try #require(try JSONReader.memberRange(of: name, in: body))
      #expect(Array(body[range]) == node)
      #expect(outer["sign"]?.stringValue == sign)
      var changed = node
      changed[node.count / 2] ^= 1
      #expect(!AlipaySigning.isValid(sign, ofNode: changed[...], key: key))
    }
  }

  @Test("a published notice is taken as a payment, and as nothing with one letter changed")
  func notice() throws {
    let fields = try #require(AlipayFixture.publishedVectors["notice"]?.objectValue)
    let pairs = fields.members.map { (name: $0.key, value: $0.value.stringValue ?? "") }
    let gateway = try Self.publishedGateway()
    let raw = RawNotification(
      httpMethod: "POST", query: "", headers: [], body: Array(FormEncoding.query(pairs).utf8))
    let reading = gateway.readNotification(raw, at: AlipayFixture.now)
    guard case .verified(let notice) = reading else {
      Issue.record("the notice was not taken: \(reading)")
      return
    }
    #expect(notice.outTradeNumber == "1703147160")
    #expect(notice.strength == .signedNotice)
    #expect(notice.noticeID == "2023122101222162644199160501632046")
    #expect(notice.acknowledgement.body == "success")
    let capture = Capture(
      amount: AlipayFixture.yuan(1), gatewayTransaction: "2023122122001499160501589436",
      paidAt: AlipayFixture.moment("2023-12-21 16:26:43"))
    #expect(notice.statements == [.payment(.paid(capture))])
    for index in pairs.indices where !["sign", "sign_type"].contains(pairs[index].name) {
      var changed = pairs
      changed[index].value += "0"
      let body = Array(FormEncoding.query(changed).utf8)
      let other = RawNotification(httpMethod: "POST", query: "", headers: [], body: body)
      #expect(gateway.readNotification(other, at: AlipayFixture.now).isRejected)
    }
  }

  @Test("a published return address verifies by the notice rule and is still no notice")
  func returnAddress() throws {
    let query = AlipayFixture.published("return_query")
    let fields = try FormEncoding.decode(Array(query.utf8), fieldsMax: 100)
    let certificate = try Certificate(AlipayFixture.published("alipay_certificate"))
    let sign = try #require(fields.first { $0.name == Array("sign".utf8) }).value
    #expect(AlipaySigning.isValid(sign, ofFields: fields, key: try certificate.publicKey()))
    let gateway = try Self.publishedGateway()
    for (method, query, body) in [("GET", query, ""), ("POST", "", query)] {
      let raw = RawNotification(
        httpMethod: method, query: query, headers: [], body: Array(body.utf8))
      let reading = gateway.readNotification(raw, at: AlipayFixture.now)
      if case .verified = reading { Issue.record("a buyer's return was taken for a notice") }
    }
  }

  private static func publishedGateway() throws -> any Gateway {
    let certificate = try Certificate(AlipayFixture.published("alipay_certificate"))
    var files = AlipayFixture.files
    files["published"] = Array(try certificate.publicKey().pem.utf8)
    return AlipayFixture.gateway(
      [
        ("app_id", .string("9021000122682882")), ("seller_id", .string("2088721003899159")),
        ("app_private_key_file", .string("own")),
        ("alipay_public_key_file", .string("published")),
      ], files: files)
  }
}

extension NotificationReading {
  var isRejected: Bool {
    if case .rejected(_, let answer) = self { return answer.body == "fail" }
    return false
  }
}
