import Domain
import Testing

@testable import Gateways

/// Every code of the reference, with what must come of it when it is signed. Written from the
/// documents and not from the adapter's tables.
@Suite("Alipay, codes")
struct AlipayCodeTests {
  private static let payment = AlipayFixture.payment()

  private static func word(
    _ question: Question, code: String = "40004", _ subCode: String,
    at now: Timestamp = AlipayFixture.now
  ) -> String {
    let text = AlipayFixture.refusal(code: code, subCode)
    return readAlipay(AlipayFixture.signed(question, text), question, at: now).word
  }

  static let create: [(String, [String])] = [
    ("unknown gateway_error", ["SYSTEM_ERROR", "AQC.SYSTEM_ERROR", "aop.ACQ.SYSTEM_ERROR"]),
    (
      "unknown trade_state",
      ["TRADE_HAS_SUCCESS", "TRADE_HAS_CLOSE", "CONTEXT_INCONSISTENT"]
    ),
    ("refused payment_begun_before", ["APPLY_PC_MERCHANT_CODE_ERROR"]),
    ("refused subject_refused", ["EXIST_FORBIDDEN_WORD"]),
    (
      "refused gateway_rejected",
      [
        "INVALID_PARAMETER", "NOW_TIME_AFTER_EXPIRE_TIME_ERROR", "SUB_GOODS_SIZE_MAX_COUNT",
        "RISK_MERCHANT_IP_NOT_EXIST",
      ]
    ),
    (
      "refused merchant_limit",
      [
        "TOTAL_FEE_EXCEED", "BEYOND_PAY_RESTRICTION", "BEYOND_PER_RECEIPT_RESTRICTION",
        "BEYOND_PER_RECEIPT_DAY_RESTRICTION", "BEYOND_PER_RECEIPT_SINGLE_RESTRICTION",
        "MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT", "MERCHANT_PERM_RECEIPT_SINGLE_LIMIT",
        "MERCHANT_PERM_RECEIPT_DAY_LIMIT",
      ]
    ),
    (
      "refused merchant_not_permitted",
      [
        "ACCESS_FORBIDDEN", "PARTNER_ERROR", "SELLER_BEEN_BLOCKED", "SELLER_NOT_EXIST",
        "INVALID_STORE_ID", "SECONDARY_MERCHANT_STATUS_ERROR", "SECONDARY_MERCHANT_ID_INVALID",
        "SECONDARY_MERCHANT_ID_BLANK", "SECONDARY_MERCHANT_NOT_MATCH",
        "SECONDARY_MERCHANT_ISV_PUNISH_INDIRECT", "SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID",
        "TRADE_SETTLE_ERROR", "INVALID_RECEIVE_ACCOUNT", "DEFAULT_SETTLE_RULE_NOT_EXIST",
        "MERCHANT_STATUS_NOT_NORMAL",
      ]
    ),
    (
      "refused buyer_limit",
      ["BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR", "BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR"]
    ),
    (
      "refused buyer_refused",
      [
        "BUYER_SELLER_EQUAL", "TRADE_BUYER_NOT_MATCH", "BUYER_ENABLE_STATUS_FORBID",
        "BUYER_NOT_EXIST", "ERROR_BUYER_CERTIFY_LEVEL_LIMIT",
      ]
    ),
  ]

  static let refund: [(String, [String])] = [
    ("unknown gateway_error", ["SYSTEM_ERROR", "AQC.SYSTEM_ERROR"]),
    ("refused balance_low", ["SELLER_BALANCE_NOT_ENOUGH"]),
    ("refused refund_number_conflict", ["DISCORDANT_REPEAT_REQUEST"]),
    (
      "refused refund_amount",
      [
        "REFUND_AMT_NOT_EQUAL_TOTAL", "REASON_TRADE_REFUND_FEE_ERR", "REFUND_FEE_ERROR",
        "NOT_ALLOW_PARTIAL_REFUND", "ALLOC_AMOUNT_VALIDATE_ERROR",
      ]
    ),
    ("refused trade_not_found", ["TRADE_NOT_EXIST"]),
    (
      "refused trade_state",
      [
        "REASON_TRADE_BEEN_FREEZEN", "TRADE_HAS_FINISHED", "TRADE_STATUS_ERROR", "TRADE_HAS_CLOSE",
        "REASON_TRADE_STATUS_INVALID",
      ]
    ),
    (
      "refused refund_not_allowed",
      [
        "TRADE_NOT_ALLOW_REFUND", "ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND", "USER_NOT_MATCH_ERR",
        "TRADE_SETTLE_ERROR", "REFUND_CHARGE_ERROR", "ENTERPRISE_PAY_BIZ_ERROR",
        "OVERDRAFT_AGREEMENT_NOT_MATCH", "REFUND_ACCOUNT_NOT_EXIST", "CUSTOMER_VALIDATE_ERROR",
        "REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST", "REFUNDALLOC_UNAUTH_LIMIT",
      ]
    ),
    ("refused gateway_rejected", ["INVALID_PARAMETER", "CURRENCY_NOT_SUPPORT"]),
    ("refused buyer_refused", ["BUYER_NOT_EXIST", "BUYER_ENABLE_STATUS_FORBID", "BUYER_ERROR"]),
  ]

  static let query: [(String, [String])] = [
    ("unknown gateway_error", ["SYSTEM_ERROR", "ENTERPRISE_PAY_BIZ_ERROR"]),
    ("useless gateway_rejected", ["INVALID_PARAMETER"]),
    ("absent", ["TRADE_NOT_EXIST"]),
  ]

  static let close: [(String, [String])] = [
    ("unknown gateway_error", ["SYSTEM_ERROR"]),
    ("useless gateway_rejected", ["INVALID_PARAMETER"]),
    ("absent", ["TRADE_NOT_EXIST"]),
    (
      "unknown trade_state",
      ["TRADE_STATUS_ERROR", "REASON_TRADE_STATUS_INVALID", "REASON_ILLEGAL_STATUS"]
    ),
  ]

  @Test("every business code comes to what its table says, with and without its prefix")
  func business() {
    let payment = Self.payment
    let refund = AlipayFixture.refund()
    let tables: [(Question, [(String, [String])])] = [
      (.create(payment), Self.create), (.query(payment), Self.query),
      (.close(payment), Self.close), (.refund(payment, refund), Self.refund),
      (.refundQuery(payment, refund), Self.query),
    ]
    for (question, table) in tables {
      for (expected, codes) in table {
        for code in codes {
          for spelling in [code, "ACQ.\(code)", "acq.\(code.lowercased())"] {
            #expect(
              Self.word(question, spelling) == expected, "\(question.operation) \(spelling)")
          }
        }
      }
    }
  }

  @Test("codes of the gateway itself mean the same whatever was asked")
  func gateway() {
    let limited = ["isv.app-call-limited", "isv.method-call-limited"]
    let unknown = ["isp.unknow-error", "aop.unknow-error", "aop.ACQ.SYSTEM_ERROR", ""]
    let ours: [(String, [String])] = [
      (
        "20001",
        [
          "aop.invalid-auth-token", "aop.auth-token-time-out", "aop.invalid-app-auth-token",
          "aop.invalid-app-auth-token-no-api", "aop.app-auth-token-time-out",
          "aop.no-product-reg-by-partner", "",
        ]
      ),
      (
        "40001",
        [
          "isv.missing-signature", "isv.missing-signature-key", "isv.missing-app-id",
          "isv.missing-timestamp", "isv.missing-app-cert-sn", "isv.missing-alipay-root-cert-sn",
        ]
      ),
      (
        "40002",
        [
          "isv.invalid-signature", "isv.invalid-signature-type", "isv.invalid-app-id",
          "isv.invalid-timestamp", "isv.invalid-token", "isv.forbidden-api",
          "isv.not-support-app-auth", "app-cert-expired", "isv.app-cert-not-exist",
          "isv.alipay-cert-not-exist", "isv.invalid-alipay-root-cert-sn", "not-online-app",
        ]
      ),
      (
        "40003",
        ["invalid-auth-relations", "isv.missing-signature-config", "isv.invalid-app-state"]
      ),
      (
        "40006",
        [
          "isv.insufficient-isv-permissions", "isv.insufficient-user-permissions",
          "isv.self-invoke-forbidden", "isv.ip-forbidden", "something-new",
        ]
      ),
    ]
    let parameters: [(String, [String])] = [
      ("40001", ["isv.missing-method", "isv.missing-version"]),
      (
        "40002",
        [
          "isv.invalid-parameter", "isv.invalid-method", "isv.invalid-format",
          "isv.invalid-charset", "isv.invalid-digest", "isv.invalid-encrypt-type",
          "isv.illegal-json", "isv.suspected-attack", "isv.upload-fail",
        ]
      ),
    ]
    for question in AlipayFixture.operations() {
      let begins = ["create", "refund"].contains(question.operation)
      for code in limited {
        #expect(Self.word(question, code: "40005", code) == "unknown gateway_rate_limited")
      }
      for code in unknown.dropLast() + ["UNKNOWN_ERROR"] {
        #expect(Self.word(question, code) == "unknown gateway_error")
      }
      for code in unknown {
        #expect(Self.word(question, code: "20000", code) == "unknown gateway_error")
      }
      for (code, subCodes) in ours {
        for subCode in subCodes {
          let expected = begins ? "refused gateway_auth" : "useless gateway_auth"
          #expect(Self.word(question, code: code, subCode) == expected, "\(code) \(subCode)")
        }
      }
      for (code, subCodes) in parameters {
        for subCode in subCodes {
          let expected = begins ? "refused gateway_rejected" : "useless gateway_rejected"
          #expect(Self.word(question, code: code, subCode) == expected, "\(code) \(subCode)")
        }
      }
    }
  }

  @Test("a signed code that no table holds is passed on by name, never guessed")
  func unlisted() {
    for question in AlipayFixture.operations() {
      #expect(Self.word(question, "ACQ.BRAND_NEW") == "unrecognised ACQ.BRAND_NEW")
      #expect(Self.word(question, code: "10003", "") == "unrecognised 10003")
      #expect(Self.word(question, code: "40007", "ACQ.TRADE_NOT_EXIST") != "absent")
      #expect(Self.word(question, code: "010000", "") == "unrecognised 010000")
    }
  }

  @Test("only a refusal that names our number in its signed part ends what it refuses")
  func named() {
    let refund = AlipayFixture.refund()
    let number = Self.payment.outTradeNumber
    let rows: [(Question, String, String, String)] = [
      (.create(Self.payment), "ACQ.PARTNER_ERROR", "out_trade_no\":\"\(number)",
        "failed merchant_not_permitted"),
      (.create(Self.payment), "ACQ.APPLY_PC_MERCHANT_CODE_ERROR", "out_trade_no\":\"\(number)",
        "useless payment_begun_before"),
      (.create(Self.payment), "ACQ.PARTNER_ERROR", "out_trade_no\":\"ANOTHER",
        "useless gateway_bad_reply"),
      (.refund(Self.payment, refund), "ACQ.SELLER_BALANCE_NOT_ENOUGH",
        "out_request_no\":\"\(refund.refundNumber)", "failed balance_low"),
      // Another refund of the same payment.
      (.refund(Self.payment, refund), "ACQ.SELLER_BALANCE_NOT_ENOUGH",
        "out_trade_no\":\"\(number)", "refused balance_low"),
    ]
    for (question, code, member, expected) in rows {
      let text = AlipayFixture.refusal(code, extra: ",\"\(member)\"")
      #expect(
        readAlipay(AlipayFixture.signed(question, text), question).word == expected, "\(member)")
    }
  }

  @Test("no such trade proves that it is closed from ten minutes after the expiry on")
  func absence() {
    let payment = Self.payment
    for question in [Question.query(payment), .close(payment)] {
      for (gap, expected) in [
        (-900_000, "absent"), (0, "absent"), (599_999, "absent"), (600_000, "absent, closed"),
        (86_400_000, "absent, closed"),
      ] {
        let now = payment.expiresAt.adding(milliseconds: Int64(gap))
        #expect(Self.word(question, "ACQ.TRADE_NOT_EXIST", at: now) == expected)
      }
    }
    let refund = Question.refundQuery(payment, AlipayFixture.refund())
    let late = payment.expiresAt.adding(milliseconds: 86_400_000)
    #expect(Self.word(refund, "ACQ.TRADE_NOT_EXIST", at: late) == "absent")
    #expect(
      AlipayFixture.gateway().capabilities.absenceProvesClosedAfterMilliseconds == 600_000)
  }

  @Test("no such trade of another payment says nothing about ours")
  func absenceOfAnother() {
    let late = Self.payment.expiresAt.adding(milliseconds: 86_400_000)
    for question in [Question.query(Self.payment), .close(Self.payment)] {
      func word(_ number: String) -> String {
        let text = AlipayFixture.refusal(
          "ACQ.TRADE_NOT_EXIST", extra: #","out_trade_no":\#(number),"receipt_amount":"0.00""#)
        return readAlipay(AlipayFixture.signed(question, text), question, at: late).word
      }
      #expect(word("\"\(Self.payment.outTradeNumber)\"") == "absent, closed")
      #expect(word("\"PAYOTHER\"") == "useless gateway_bad_reply")
      #expect(word("null") == "useless gateway_bad_reply")
      #expect(word("7") == "useless gateway_bad_reply")
    }
  }

  @Test("a refusal without a signature is never a fact about a trade")
  func unsigned() {
    let late = Self.payment.expiresAt.adding(milliseconds: 86_400_000)
    let all = Self.create + Self.refund + Self.query + Self.close + [("", ["BRAND_NEW"])]
    for question in AlipayFixture.operations() {
      for code in all.flatMap(\.1) {
        let body =
          "{\"\(AlipayFixture.node(of: question))\":\(AlipayFixture.refusal("ACQ.\(code)"))}"
        let result = readAlipay(AlipayFixture.answer(body), question, at: late)
        guard case .failure = result else {
          Issue.record("\(question.operation) believed \(code): \(result.word)")
          continue
        }
      }
      let body =
        #"{"error_response":\#(AlipayFixture.refusal(code: "40002", "isv.invalid-app-id"))}"#
      #expect(readAlipay(AlipayFixture.answer(body), question).word == "useless gateway_auth")
    }
  }

  @Test("the reason says what to check and holds Alipay's own words, cut and cleaned")
  func reasons() {
    let words = String(repeating: "很长", count: 200) + "\u{202E}\u{1B}[31m"
    let text =
      #"{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.invalid-signature","#
      + #""sub_msg":"\#(words.replacing("\u{1B}", with: "\\u001b"))"}"#
    let question = Question.query(Self.payment)
    guard
      case .failure(.answered(let reason)) =
        readAlipay(AlipayFixture.signed(question, text), question)
    else {
      Issue.record("not a fault")
      return
    }
    #expect(reason.gatewayCode == "isv.invalid-signature")
    #expect(reason.text.hasPrefix("Alipay does not accept our signature: check app_private_key"))
    #expect(reason.text.unicodeScalars.count < 260)
    #expect(!reason.text.unicodeScalars.contains("\u{202E}"))
    #expect(!reason.text.unicodeScalars.contains("\u{1B}"))
  }
}
