import Domain
import Testing

@testable import Reconciliation

@Suite("tables of known origin")
struct TableStatementTests {
  static let alipay = """
    #支付宝业务明细查询
    #账号：[20889000000000000156]
    #起始日期：[2019年02月01日 00:00:00]   终止日期：[2019年02月02日 00:00:00]
    #-----------------------------------------业务明细列表----------------------------------------
    支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注
    2019020122001\t,A1\t,交易,"a ""wide"" cup, blue",2019-02-01 10:00:00,2019-02-01 10:00:07,,,,,b***@x.com,295.00,290.00,0.00,0.00,0.00,5.00,0.00,,0.00,0.00,,-0.59,0.00,
    2019020122001\t,A1\t,退款,cup,2019-02-01 10:00:00,2019-02-01 23:59:59,,,,,b***@x.com,-95.00,-95.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,R1\t,0.19,0.00,
    #-----------------------------------------业务明细列表结束------------------------------------
    #交易合计：1笔，商家实收共290.00元，商家优惠共5.00元
    #退款合计：1笔，商家实收退款共-95.00元，商家优惠退款共0.00元
    #导出时间：[2019年02月02日 09:11:12]

    """

  static let wechat = "\u{FEFF}"
    + [
      "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注",
      "`2019-02-19 01:51:59,`wx1,`1921000401,`0,`,`4200000263,`W1,`u,`NATIVE,`SUCCESS,`OTHERS,`CNY,`0.03,`0.01,`0,`0,`0.00,`0.00,`,`,`tea, green,`,`0.01000,`39.00%,`0.03,`0.00,`",
      "`2019-02-19 02:00:00,`wx1,`1921000401,`0,`,`4200000263,`W1,`u,`NATIVE,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`5000070967,`REF42,`0.01,`0.00,`ORIGINAL,`PROCESSING,`tea,`,`0.00000,`39.00%,`0.00,`0.01,`",
      "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额",
      "`2.0,`0.03,`0.01,`0.0,`0.01,`0.03,`0.01", "",
    ].joined(separator: "\r\n")

  @Test(
    "a refund of a WeChat bill has the status that its word says, and an unknown word is refused",
    arguments: [
      ("SUCCESS", EntryStatus.succeeded), ("", .succeeded), ("PROCESSING", .pending),
      ("CHANGE", .pending), ("ABNORMAL", .pending), ("FAIL", .failed), ("CLOSED", .failed),
      ("REVERTED", nil),
    ])
  func refundStatuses(word: String, status: EntryStatus?) throws {
    let bill = Self.wechat.replacing("`PROCESSING", with: "`\(word)")
    guard let status else {
      #expect(throws: StatementError.self) { try read(bill, as: .wechatTrades) }
      return
    }
    let statement = try read(bill, as: .wechatTrades)
    #expect(statement.table.entries.map(\.status) == [.succeeded, status])
  }

  @Test("an Alipay trade bill reads the same in chunks of every size", arguments: [1, 7, 64, 4096])
  func alipay(chunk: Int) throws {
    let statement = try read(Self.alipay, as: .alipayTrades, chunk: chunk)
    #expect(statement.table.count == 2)
    let charge = statement.table.entries[0]
    #expect(charge.kind == .charge && charge.gross == 29500 && charge.fee == 59)
    #expect(charge.at.description == "2019-02-01T02:00:07.000Z")
    #expect(statement.transaction(0) == "2019020122001" && statement.reference(0) == "A1")
    let refund = statement.table.entries[1]
    #expect(refund.kind == .refund && refund.gross == -9500 && refund.fee == -19)
    #expect(statement.reference(1) == "R1" && statement.parent(1) == "A1")
    #expect(statement.checks.count == 4 && statement.isVerified)
    // A coupon of 5.00 is the merchant's own.
    #expect(statement.table.received(ofRow: 0) == 29000)
    #expect(statement.table.received(ofRow: 1) == -9500)
  }

  @Test("a WeChat bill says what the balance gets of a payment, and gives of a refund")
  func wechatReceived() throws {
    let bill = Self.wechat.replacing("`CNY,`0.03,`0.01", with: "`CNY,`0.02,`0.01")
      .replacing("`REF42,`0.01", with: "`REF42,`0.00")
    for chunk in [1, 64, 8192] {
      let statement = try read(bill, as: .wechatTrades, chunk: chunk)
      #expect(statement.table.entries.map(\.gross) == [3, -1] && statement.isVerified)
      #expect((0..<2).map { statement.table.received(ofRow: $0) } == [2, 0])
      let copy = statement.table.rows(onLines: [2, 3], adding: .carried)
      #expect(copy.received(ofRow: 0) == 2)
    }
  }

  @Test("a trailer that disagrees with the rows is seen")
  func alipayTrailer() throws {
    let wrong = Self.alipay.replacing("共290.00元", with: "共290.01元")
    let statement = try read(wrong, as: .alipayTrades)
    #expect(!statement.isVerified)
    #expect(statement.checks.first { !$0.agrees }?.subject == .gross)
  }

  @Test("a WeChat trade bill: backticks, commas in names, five decimals, counts with a point")
  func wechat() throws {
    for chunk in [1, 11, 8192] {
      let statement = try read(Self.wechat, as: .wechatTrades, chunk: chunk)
      #expect(statement.table.count == 2 && statement.isVerified && statement.checks.count == 4)
      let charge = statement.table.entries[0]
      #expect(charge.gross == 3 && charge.fee == 1 && charge.status == .succeeded)
      #expect(statement.table.word(charge.merchant).elementsEqual("1921000401".utf8))
      let refund = statement.table.entries[1]
      #expect(refund.gross == -1 && refund.status == .pending)
      #expect(statement.reference(1) == "REF42" && statement.transaction(1) == "5000070967")
      #expect(statement.parent(1) == "W1")
      // A coupon of 0.01 was paid for before: the balance gets all.
      #expect(statement.table.receipts.isEmpty)
    }
  }

  @Test("a WeChat fund bill takes the sign from its mark")
  func wechatFunds() throws {
    let text =
      "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额（元）,账户结余（元）,资金变更提交申请人,备注,业务凭证号\r\n"
      + "`2018-02-01 04:21:23,`5000,`1900,`退款,`退款,`支出,`0.02,`0.17,`system,`缺货,`REF42\r\n"
      + "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额\r\n`1.0,`0.0,`0.00,`1.0,`0.02\r\n"
    let statement = try read(text, as: .wechatFunds)
    #expect(statement.table.entries[0].gross == -2 && statement.isVerified)
    #expect(statement.checks.count == 3)
  }

  @Test("a Stripe report is in major units, and net must be gross less fee")
  func stripe() throws {
    let text = """
      balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,source_id,automatic_payout_id,payment_metadata[order_id]
      txn_1,2026-11-20 10:00:00,usd,20.00,0.88,19.12,charge,ch_1,po_1,ORDER1
      txn_2,2026-11-20 11:00:00,jpy,500,18,482,charge,ch_2,po_2,ORDER2
      txn_3,2026-11-20 12:00:00,usd,-19.12,0.00,-19.12,payout,po_1,po_1,
      """
    let statement = try read(text, as: .stripeActivity)
    #expect(statement.table.entries.map(\.gross) == [2000, 500, -1912])
    #expect(statement.table.entries.map(\.kind) == [.charge, .charge, .payout])
    #expect(statement.table.entries[0].batch == statement.table.entries[2].batch)
    #expect(throws: StatementError.self) {
      try read(text.replacing("19.12,charge", with: "19.13,charge"), as: .stripeActivity)
    }
  }

  @Test("a PayPal download: date and time apart, negative fees, thousands separators")
  func payPal() throws {
    let text = """
      \u{FEFF}"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","Transaction ID","Reference Txn ID","Custom Number"
      "11/20/2026","10:00:00","GMT","A","Express Checkout Payment","Completed","USD","1,200.00","-35.10","1,164.90","9AB","","ORDER9"
      "11/20/2026","10:05:00","GMT","A","Payment Refund","Completed","USD","-200.00","0.00","-200.00","9AC","9AB",""
      "11/20/2026","10:06:00","GMT","A","Authorization","Pending","USD","1.00","0.00","1.00","9AD","",""
      """
    let statement = try read(text, as: .payPalActivity)
    #expect(statement.table.count == 2 && statement.skippedRows == 1)
    #expect(statement.table.entries[0].gross == 120_000 && statement.table.entries[0].fee == 3510)
    #expect(statement.table.entries[0].at.description == "2026-11-20T10:00:00.000Z")
    #expect(statement.parent(1) == "9AB")
  }

  private static let payPalHeading =
    #""Date","Time","TimeZone","Type","Status","Currency","Gross","Fee","Net","Transaction ID""#

  private static func payPalRow(_ day: String, _ clock: String, _ zone: String) -> String {
    #""\#(day)","\#(clock)","\#(zone)","Express Checkout Payment","Completed","USD","5.00","0.00","5.00","9AB""#
  }

  @Test(
    "PayPal writes by the clock of the account, and each row names it",
    arguments: [
      ("PDT", "17:00:00.000Z"), ("PST", "18:00:00.000Z"), ("CEST", "08:00:00.000Z"),
      ("GMT+08:00", "02:00:00.000Z"), ("UTC-3", "13:00:00.000Z"), ("+0530", "04:30:00.000Z"),
      ("GMT", "10:00:00.000Z"), ("", "10:00:00.000Z"),
    ])
  func payPalZones(zone: String, moment: String) throws {
    let text = Self.payPalHeading + "\n" + Self.payPalRow("11/20/2026", "10:00:00", zone)
    let statement = try read(text, as: .payPalActivity)
    #expect(statement.table.entries[0].at.description == "2026-11-20T\(moment)")
  }

  @Test("a zone that may mean several is refused by its column", arguments: ["CST", "IST", "+25:00"])
  func payPalUnknownZone(zone: String) {
    let text = Self.payPalHeading + "\n" + Self.payPalRow("11/20/2026", "10:00:00", zone)
    #expect(
      throws: StatementError(line: 2, .unknownZone(column: "TimeZone", text: zone))
    ) { try read(text, as: .payPalActivity) }
  }

  @Test("the order of day and month is told by the rows where they can tell")
  func payPalOrder() throws {
    func form(_ day: String, zone: String = "GMT") -> String? {
      let text = Self.payPalHeading + "\n" + Self.payPalRow(day, "10:00:00", zone) + "\n"
      return StatementFormat.guess(Array(text.utf8)[...])?.name
    }
    #expect(form("20/11/2026") == "paypal_day_first" && form("11/20/2026") == "paypal")
    #expect(form("05/11/2026") == "paypal")
    // What is wrong with such a file is its zone, not its date.
    #expect(form("20/11/2026", zone: "CST") == "paypal_day_first")
    let text = Self.payPalHeading + "\n" + Self.payPalRow("05/11/2026", "10:00:00", "GMT")
    let statement = try read(text, as: .payPalDayFirst)
    #expect(statement.table.entries[0].at.description == "2026-11-05T10:00:00.000Z")
  }

  @Test("a file is refused with the line and what is wrong there")
  func refusals() {
    func problem(_ text: String, _ layout: StatementLayout) -> StatementError? {
      do {
        _ = try read(text, as: layout)
        return nil
      } catch {
        return error
      }
    }
    let alipay = Self.alipay
    #expect(
      problem(alipay.replacing(",295.00,", with: ",295.001,"), .alipayTrades)
        == StatementError(line: 6, .badAmount(column: "订单金额（元）", text: "295.001")))
    #expect(
      problem(alipay.replacing(",退款,", with: ",返还,"), .alipayTrades)
        == StatementError(line: 7, .unknownWord(column: "业务类型", text: "返还")))
    let nameless = problem(alipay.replacing("完成时间", with: "时刻"), .alipayTrades)
    #expect(nameless?.line == 5)
    guard case .missingColumn("完成时间", let heading) = nameless?.problem else {
      Issue.record("a missing column is told as \(String(describing: nameless))")
      return
    }
    #expect(heading.first == "支付宝交易号" && heading.contains("时刻"))
    #expect(problem("", .alipayTrades) == StatementError(line: 0, .noHeading))
    #expect(
      problem("a,\"b\n", .stripeActivity)?.problem == .openQuote)
  }
}

@Suite("a declared mapping")
struct DeclaredMappingTests {
  @Test("a bank table in two columns with tabs, apostrophes and a decimal comma")
  func bank() throws {
    var layout = StatementLayout(
      name: "bank",
      columns: [
        Column(.time, "Datum"), Column(.transaction, "Nr"), Column(.credit, "Haben"),
        Column(.debit, "Soll"), Column(.remark, "Text"),
      ], time: TimeShape(.dayMonthYear, offsetMinutes: 0))
    layout.separator = UInt8(ascii: ";")
    layout.decimalMark = UInt8(ascii: ",")
    layout.groupMark = UInt8(ascii: ".")
    layout.amounts = .twoColumns
    layout.currency = currency("EUR")
    layout.otherKind = .row(.bank)
    layout.gatewayWords = ["stripe"]
    layout.linesToSkip = 1
    let text = "Konto 1\nDatum;Nr;Haben;Soll;Text\n20.11.2026;'77\t;1.234,50;;STRIPE po_12345\n"
      + "1.12.26;78;;3,00;Miete\n"
    let statement = try read(text, as: layout)
    #expect(statement.table.entries.map(\.gross) == [123_450, -300])
    #expect(statement.transaction(0) == "77" && statement.parent(0) == "STRIPE po_12345")
    #expect(statement.table.entries[0].flags.contains(.namesGateway))
    #expect(statement.table.entries[1].at.description == "2026-12-01T00:00:00.000Z")
  }

  @Test("amounts are exact or refused", arguments: [
    ("1,234.50", Int64(123_450)), ("-0.01", -1), ("(12.00)", -1200), ("0.01000", 1), ("7", 700),
    ("1,23.00", nil), ("12,34", nil), ("1.234", nil), ("", nil), ("-", nil), ("1.", nil),
    ("92233720368547758.07", Int64.max), ("92233720368547758.08", nil), ("1e3", nil),
    ("1234,567.00", nil), ("--1", nil),
  ])
  func amounts(text: String, minor: Int64?) {
    let bytes = Array(text.utf8)
    #expect(
      FieldText.amount(bytes, 0..<bytes.count, exponent: 2, FieldText.NumberMarks()) == minor)
  }

  @Test("times are exact or refused", arguments: [
    ("2026-11-21 08:00:00", "2026-11-21T00:00:00.000Z"),
    ("2026/1/2 3:04", "2026-01-01T19:04:00.000Z"),
    ("20261121080000", "2026-11-21T00:00:00.000Z"), ("20261121", "2026-11-20T16:00:00.000Z"),
    ("2026年11月21日 08:00:00", "2026-11-21T00:00:00.000Z"),
    ("2026-11-21T08:00:00.123Z", "2026-11-21T08:00:00.000Z"),
    ("2026-11-21T08:00:00+01:00", "2026-11-21T07:00:00.000Z"),
    ("2026-02-30 00:00:00", nil), ("2026-11-21 24:00:00", nil), ("yesterday", nil), ("", nil),
  ])
  func times(text: String, expected: String?) {
    var reader = TimeReader(TimeShape(.yearMonthDay, offsetMinutes: 480))
    let bytes = Array(text.utf8)
    #expect(reader.read(bytes, 0..<bytes.count)?.description == expected)
    // Again, now that the day is known.
    #expect(reader.read(bytes, 0..<bytes.count)?.description == expected)
  }

  @Test("a quoted field may hold line ends and doubled quotes; a stray quote is refused")
  func quotes() throws {
    var reader = DelimitedReader(separator: 0x2C, quoting: .doubleQuotes)
    reader.feed(Array("a,\"b\n\"\"c\"\"\",5\" disk\nx\n".utf8))
    #expect(try reader.next(isLast: false))
    let fields = reader.fields.map { String(decoding: reader.bytes[$0], as: UTF8.self) }
    #expect(fields == ["a", "b\n\"c\"", "5\" disk"])
    #expect(try reader.next(isLast: false))
    #expect(reader.line == 3)
  }
}
