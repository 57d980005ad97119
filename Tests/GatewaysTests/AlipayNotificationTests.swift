import Domain
import Testing

@testable import Gateways

@Suite("Alipay, notices")
struct AlipayNotificationTests {
  typealias Pairs = [(name: String, value: String)]

  static let number = AlipayFixture.payment().outTradeNumber

  static let fields: Pairs = [
    ("gmt_create", "2026-11-21 16:00:30"), ("charset", "utf-8"),
    ("gmt_payment", "2026-11-21 16:01:02"), ("notify_time", "2026-11-21 16:01:03"),
    ("subject", "会员+VIP - 1"), ("buyer_id", "2088722003899169"), ("invoice_amount", "88.88"),
    ("version", "1.0"), ("notify_id", "2026112101222162644199160501632046"),
    ("fund_bill_list", #"[{"amount":"88.88","fundChannel":"ALIPAYACCOUNT"}]"#),
    ("notify_type", "trade_status_sync"), ("out_trade_no", number), ("total_amount", "88.88"),
    ("trade_status", "TRADE_SUCCESS"), ("trade_no", "2026112122001499160501589436"),
    ("auth_app_id", AlipayFixture.applicationID), ("receipt_amount", "88.88"),
    ("point_amount", "0.00"), ("app_id", AlipayFixture.applicationID),
    ("buyer_pay_amount", "88.88"), ("seller_id", AlipayFixture.sellerID), ("empty", ""),
  ]

  static func setting(_ changes: [String: String], in fields: Pairs = fields) -> Pairs {
    fields.filter { changes[$0.name] == nil }
      + changes.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
  }

  static func without(_ name: String, in fields: Pairs = fields) -> Pairs {
    fields.filter { $0.name != name }
  }

  /// The fields with Alipay's signature over them.
  static func signed(_ fields: Pairs, leaving: [String] = []) -> Pairs {
    let text = fields.filter { !$0.value.isEmpty && !leaving.contains($0.name) }
      .sorted { $0.name < $1.name }.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    return fields + [("sign_type", "RSA2"), ("sign", AlipayFixture.sign(text))]
  }

  static func read(
    _ fields: Pairs, method: String = "POST", _ gateway: any Gateway = AlipayFixture.keyMode
  ) -> NotificationReading {
    read(Array(FormEncoding.query(fields).utf8), method: method, gateway)
  }

  static func read(
    _ body: [UInt8], method: String = "POST", _ gateway: any Gateway = AlipayFixture.keyMode
  ) -> NotificationReading {
    gateway.readNotification(
      RawNotification(
        httpMethod: method, query: "own=1&total_amount=0.01", headers: [], body: body),
      at: AlipayFixture.now)
  }

  private func verified(_ reading: NotificationReading) -> Gateways.Notification? {
    if case .verified(let notice) = reading { return notice }
    return nil
  }

  @Test("a notice of a payment says what was paid, and its answers are right to the byte")
  func payment() throws {
    for status in ["TRADE_SUCCESS", "TRADE_FINISHED"] {
      let fields = Self.signed(Self.setting(["trade_status": status]))
      let notice = try #require(verified(Self.read(fields.shuffled())))
      let capture = Capture(
        amount: AlipayFixture.yuan(8888), gatewayTransaction: "2026112122001499160501589436",
        paidAt: AlipayFixture.moment("2026-11-21 16:01:02"))
      #expect(notice.outTradeNumber == Self.number)
      #expect(notice.statements == [.payment(.paid(capture))])
      #expect(notice.strength == .signedNotice)
      #expect(notice.noticeID == "2026112101222162644199160501632046")
      #expect(
        Array(notice.acknowledgement.body.utf8) == [0x73, 0x75, 0x63, 0x63, 0x65, 0x73, 0x73])
      #expect(notice.acknowledgement.status == 200)
      #expect(Array(notice.refusal.body.utf8) == [0x66, 0x61, 0x69, 0x6C])
    }
  }

  @Test("other states of a trade are told as they are")
  func states() {
    func statements(
      _ status: String, in fields: Pairs = Self.fields
    ) -> [Gateways.Notification.Statement]? {
      let signed = Self.signed(Self.setting(["trade_status": status], in: fields))
      return verified(Self.read(signed))?.statements
    }
    let unpaid = Self.without("gmt_payment")
    #expect(
      statements("WAIT_BUYER_PAY", in: unpaid)
        == [.payment(.unpaid(action: nil))])
    #expect(
      statements("TRADE_CLOSED", in: unpaid)
        == [.payment(.closed(nil))])
    #expect(
      statements("TRADE_CLOSED") == [.payment(.unrecognised("TRADE_CLOSED"))])
    #expect(statements("TRADE_NEW") == [.payment(.unrecognised("TRADE_NEW"))])
  }

  @Test(
    "a notice of a refund is never a payment and only wakes a query",
    arguments: [
      ["refund_fee": "30.00", "gmt_refund": "2026-11-21 17:00:00.123", "out_biz_no": "RFD01"],
      ["refund_fee": "30.00"], ["gmt_refund": "2026-11-21 17:00:00"], ["out_biz_no": "RFD01"],
      ["refund_fee": "88.88", "trade_status": "TRADE_CLOSED", "out_biz_no": "RFD01"],
      ["refund_fee": "30.00", "trade_status": "TRADE_FINISHED"], ["refund_fee": "rubbish"],
    ])
  func refund(changes: [String: String]) throws {
    let notice = try #require(
      verified(Self.read(Self.signed(Self.setting(changes)))))
    #expect(notice.strength == .weakNotice)
    #expect(notice.statements.count == 1)
    for statement in notice.statements {
      switch statement {
      case .refund(let number, .processing): #expect(number == "RFD01")
      case .somethingHappened: #expect(changes["out_biz_no"] == nil)
      default: Issue.record("a refund was told as \(statement)")
      }
    }
  }

  @Test("a refund of nothing is none", arguments: ["0", "0.00", ""])
  func noRefund(fee: String) throws {
    let notice = try #require(
      verified(Self.read(Self.signed(Self.setting(["refund_fee": fee])))))
    guard case .payment(.paid)? = notice.statements.first else {
      Issue.record("the payment was lost")
      return
    }
  }

  @Test("a notice that is not for us, not whole or not signed is refused")
  func refused() {
    let good = Self.signed(Self.fields)
    var changed: [(String, Pairs)] = Self.fields.filter { !$0.value.isEmpty }.map { field in
      ("changed \(field.name)", good.map { $0.name == field.name ? ($0.name, $0.value + "1") : $0 })
    }
    changed += Self.fields.filter { !$0.value.isEmpty }.map { field in
      ("without \(field.name)", good.filter { $0.name != field.name })
    }
    changed += [
      ("a field added", good + [("zz", "1")]),
      ("a field twice", good + [("total_amount", "88.88")]),
      ("the signature twice", good + [("sign", "x")]),
      ("an empty field twice", good + [("empty", "")]),
      ("no signature", good.filter { $0.name != "sign" }),
      ("an empty signature", Self.setting(["sign": ""], in: good)),
      ("rubbish for a signature", Self.setting(["sign": "AAAA"], in: good)),
      ("no sign_type", good.filter { $0.name != "sign_type" }),
      ("SHA-1", Self.setting(["sign_type": "RSA"], in: good)),
      ("another application", Self.signed(Self.setting(["app_id": "2021009999999999"]))),
      ("no application", Self.signed(Self.without("app_id"))),
      ("another merchant", Self.signed(Self.setting(["seller_id": "2088009999999999"]))),
      ("no merchant", Self.signed(Self.without("seller_id"))),
      ("no number", Self.signed(Self.without("out_trade_no"))),
      ("a number of other signs", Self.signed(Self.setting(["out_trade_no": "../etc"]))),
      ("no status", Self.signed(Self.without("trade_status"))),
      ("no amount", Self.signed(Self.without("total_amount"))),
      ("a malformed amount", Self.signed(Self.setting(["total_amount": "88.888"]))),
      ("an amount of nothing", Self.signed(Self.setting(["total_amount": "0.00"]))),
      ("a negative amount", Self.signed(Self.setting(["total_amount": "-88.88"]))),
      ("no transaction", Self.signed(Self.without("trade_no"))),
      ("nothing", []),
    ]
    #expect(changed.count > 50)
    for (what, fields) in changed {
      #expect(Self.read(fields).isRejected, "\(what)")
    }
    #expect(Self.read(good, method: "GET").isRejected)
    #expect(!Self.read(good).isRejected)
  }

  @Test("the signature may leave the certificate's serial number out")
  func certificateSerial() {
    let fields = Self.setting(["alipay_cert_sn": "abcdef"])
    for pairs in [Self.signed(fields), Self.signed(fields, leaving: ["alipay_cert_sn"])] {
      #expect(verified(Self.read(pairs)) != nil)
    }
    #expect(verified(Self.read(Self.signed(fields, leaving: ["subject"]))) == nil)
  }

  @Test("without seller_id in the configuration the application alone decides")
  func withoutSeller() {
    let gateway = AlipayFixture.gateway(
      AlipayFixture.setting("seller_id", nil))
    let fields = Self.signed(Self.setting(["seller_id": "2088009999999999"]))
    #expect(verified(Self.read(fields, gateway)) != nil)
  }

  @Test("a notice of another kind is no concern and is answered with success")
  func otherKind() {
    let fields = Self.signed(Self.setting(["notify_type": "dut_user_sign"]))
    guard case .irrelevant(let reason, let answer) = Self.read(fields) else {
      Issue.record("it was taken for something else")
      return
    }
    #expect(reason.code == "other_type")
    #expect(answer.body == "success")
  }

  /// The signed text `…&subject=x&total_amount=…` can be cut into fields in two ways once a value
  /// holds a `&`; both have the same signature.
  @Test("fields melted into one value never move money by themselves")
  func ambiguity() throws {
    let evil =
      "x&total_amount=9999.00&trade_no=1&trade_status=TRADE_SUCCESS&version=1.0&z="
    let real = Self.setting([
      "subject": evil, "trade_status": "WAIT_BUYER_PAY", "total_amount": "0.01",
    ])
    let sign = Self.signed(real).suffix(2)
    let cut = Self.setting(
      [
        "subject": "x", "total_amount": "9999.00", "trade_no": "1",
        "trade_status": "TRADE_SUCCESS", "version": "1.0",
        "z": "&total_amount=0.01&trade_no=2026112122001499160501589436"
          + "&trade_status=WAIT_BUYER_PAY&version=1.0",
      ])
    let notice = try #require(verified(Self.read(cut + sign)))
    #expect(notice.strength == .weakNotice)
    #expect(try #require(verified(Self.read(real + sign))).strength == .weakNotice)
  }

  @Test("a name with other signs than letters, digits and _ is refused")
  func names() {
    for name in ["a=b", "a&b", "", "é", "a b", "total_amount\u{0}"] {
      let body =
        FormEncoding.query(Self.signed(Self.fields))
        + "&\(FormEncoding.encode(name))=1"
      #expect(Self.read(Array(body.utf8)).isRejected)
    }
  }

  @Test("a body in the notice's own charset verifies by its bytes")
  func otherCharset() throws {
    let gbk: [UInt8] = [0xBB, 0xE1, 0xD4, 0xB1]
    let ascii = Self.setting(["charset": "GBK"], in: Self.without("subject"))
    var text: [UInt8] = []
    for field in (ascii + [("subject", "?")]).sorted(by: { $0.name < $1.name })
    where !field.value.isEmpty {
      if !text.isEmpty { text.append(0x26) }
      text += Array("\(field.name)=".utf8)
      text += field.name == "subject" ? gbk : Array(field.value.utf8)
    }
    let sign = AlipayFixture.sign(text)
    let body =
      FormEncoding.query(ascii + [("sign_type", "RSA2"), ("sign", sign)]) + "&subject=%BB%E1%D4%B1"
    #expect(verified(Self.read(Array(body.utf8)))?.statements.count == 1)
  }

  @Test(
    "a body that is no form is refused",
    arguments: ["", "%", "a=%4", "a=%zz", "{}", "<xml/>", "a=b c", "a=\u{0}", "ü=1", "&&&", "="])
  func malformed(body: String) {
    #expect(Self.read(Array(body.utf8)).isRejected)
  }

  @Test("a body over its limits is refused")
  func limits() {
    let good = FormEncoding.query(Self.signed(Self.fields))
    let many = good + String(repeating: "&a=1", count: 300)
    let long = good + "&a=" + String(repeating: "x", count: 200_000)
    #expect(Self.read(Array(many.utf8)).isRejected)
    #expect(Self.read(Array(long.utf8)).isRejected)
  }

  @Test("no flipped bit of a notice makes it say something else")
  func bitFlips() {
    var random = SeededRandom(seed: 7)
    let original = Array(FormEncoding.query(Self.signed(Self.fields)).utf8)
    let reading = Self.read(original)
    for flip in 0..<2000 {
      var body = original
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: body.indices, using: &random)
        body[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      }
      let other = Self.read(body)
      #expect(other == reading || other.isRejected, "flip \(flip)")
    }
  }
}
