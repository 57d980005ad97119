import Domain
import Reconciliation
import Testing

@testable import Intake

@Suite("files as gateways give them out")
struct StatementFileTests {
  /// The columns that a reader needs, and no others.
  private static let alipay = """
    #支付宝业务明细查询
    支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,商家实收（元）,退款批次号/请求号,服务费（元）
    2026112022001,A1,交易,2026-11-20 10:00:07,295.00,295.00,,-0.59
    2026112022001,A1,退款,2026-11-20 23:59:59,-95.00,-95.00,R1,0.19
    #交易合计：1笔，商家实收共295.00元，商家优惠共0.00元
    #退款合计：1笔，商家实收退款共-95.00元，商家优惠退款共0.00元

    """

  @Test("the form is guessed by the heading, and days and sums are those of the rows")
  func guesses() throws {
    let opened = try StatementFile.open(Array(Self.alipay.utf8))
    #expect(opened.format.name == "alipay_trade" && opened.charset == "UTF-8")
    #expect(opened.statement.table.count == 2 && opened.statement.isVerified)
    let days = try #require(opened.days)
    #expect(days.from.description == "2026-11-19T16:00:00.000Z")
    #expect(days.to.description == "2026-11-20T16:00:00.000Z")
    #expect(opened.totals.map(\.kind) == ["charge", "refund"])
    #expect(opened.totals.map(\.sum.minor) == [29_500, -9_500])
    #expect(opened.figures.allSatisfy { $0.stated == $0.found } && opened.figures.count == 4)
  }

  @Test("the days of a file are those of the clock that its first row names")
  func daysByItsClock() throws {
    func row(_ day: String, _ clock: String, _ zone: String) -> String {
      "\(day),\(clock),\(zone),Express Checkout Payment,Completed,USD,5.00,0.00,5.00,9AB\n"
    }
    let text =
      "\u{FEFF}Date,Time,TimeZone,Type,Status,Currency,Gross,Fee,Net,Transaction ID\n"
      + row("11/20/2026", "00:30:00", "PST") + row("11/20/2026", "23:30:00", "PST")
    for form in [nil, StatementFormat.named("paypal")] {
      let opened = try StatementFile.open(Array(text.utf8), as: form)
      let days = try #require(opened.days)
      #expect(days.from.description == "2026-11-20T08:00:00.000Z")
      #expect(days.to.description == "2026-11-21T08:00:00.000Z")
      #expect(opened.format.name == "paypal")
    }
  }

  @Test("a byte order mark is no text of the first line")
  func mark() throws {
    let opened = try StatementFile.open([0xEF, 0xBB, 0xBF] + Array(Self.alipay.utf8))
    #expect(opened.statement.table.count == 2)
  }

  @Test("bytes that are not UTF-8 are read as GB18030")
  func chinese() throws {
    // The heading above in GBK, with one row.
    let heading: [UInt8] = [
      0xD6, 0xA7, 0xB8, 0xB6, 0xB1, 0xA6, 0xBD, 0xBB, 0xD2, 0xD7, 0xBA, 0xC5, 0x2C, 0xC9, 0xCC,
      0xBB, 0xA7, 0xB6, 0xA9, 0xB5, 0xA5, 0xBA, 0xC5, 0x2C, 0xD2, 0xB5, 0xCE, 0xF1, 0xC0, 0xE0,
      0xD0, 0xCD, 0x2C, 0xCD, 0xEA, 0xB3, 0xC9, 0xCA, 0xB1, 0xBC, 0xE4, 0x2C, 0xB6, 0xA9, 0xB5,
      0xA5, 0xBD, 0xF0, 0xB6, 0xEE, 0xA3, 0xA8, 0xD4, 0xAA, 0xA3, 0xA9, 0x2C, 0xC9, 0xCC, 0xBC,
      0xD2, 0xCA, 0xB5, 0xCA, 0xD5, 0xA3, 0xA8, 0xD4, 0xAA, 0xA3, 0xA9, 0x2C, 0xCD, 0xCB, 0xBF,
      0xEE, 0xC5, 0xFA, 0xB4, 0xCE, 0xBA, 0xC5, 0x2F, 0xC7, 0xEB, 0xC7, 0xF3, 0xBA, 0xC5, 0x2C,
      0xB7, 0xFE, 0xCE, 0xF1, 0xB7, 0xD1, 0xA3, 0xA8, 0xD4, 0xAA, 0xA3, 0xA9, 0x0A,
    ]
    let row: [UInt8] =
      Array("1,A1,".utf8) + [0xBD, 0xBB, 0xD2, 0xD7]
      + Array(",2026-11-20 10:00:07,2.00,2.00,,0.00\n".utf8)
    let opened = try StatementFile.open(heading + row)
    #expect(opened.charset == "GB18030" && opened.format.name == "alipay_trade")
    #expect(opened.statement.table.entries.first?.gross == 200)
  }

  @Test("what is no known form, no text or no file is refused with the reason")
  func refuses() {
    #expect(throws: IntakeError.empty) { try StatementFile.open([]) }
    #expect(throws: IntakeError.unknownFormat) { try StatementFile.open(Array("a,b\n1,2\n".utf8)) }
    #expect(throws: IntakeError.notText(charset: "GB18030", byteOffset: 2)) {
      try StatementFile.open([0x61, 0x2C, 0xFF, 0xFF, 0x0A])
    }
    let torn = Self.alipay.replacing("295.00,295.00", with: "295.0x,295.00")
    #expect(throws: IntakeError.self) { try StatementFile.open(Array(torn.utf8)) }
    #expect(throws: IntakeError.self) { try StatementFile.open([0x50, 0x4B, 0x03, 0x04, 0x00]) }
  }

  @Test("a named form is read even where another would be guessed")
  func named() {
    #expect(throws: IntakeError.self) {
      try StatementFile.open(Array(Self.alipay.utf8), as: .mt940)
    }
    #expect(StatementFormat.known.allSatisfy { StatementFormat.named($0.name) == $0 })
  }

  @Test("banks' forms are told apart")
  func banks() throws {
    let ofx = "OFXHEADER:100\n<OFX><BANKMSGSRSV1></BANKMSGSRSV1></OFX>"
    #expect(StatementFormat.guess(Array(ofx.utf8)[...]) == .ofx)
    let camt =
      "<?xml version=\"1.0\"?>"
      + "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">"
    #expect(StatementFormat.guess(Array(camt.utf8)[...]) == .camt053)
    let mt940 = "{1:F01X}{4:\n:20:1\n:25:2\n:28C:1\n:60F:C260101CNY1,\n"
    #expect(StatementFormat.guess(Array(mt940.utf8)[...]) == .mt940)
  }
}
