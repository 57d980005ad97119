import Domain
import JSON
import Testing

@testable import Reconciliation

@Suite("layouts that merchants declare")
struct DeclaredLayoutTests {
  static let shop = """
    {
      "name": "pinduoduo", "charset": "gbk", "skip_lines": 1,
      "columns": {
        "time": "支付时间", "reference": ["商户订单号", "商户单号"], "transaction": "订单号",
        "kind": "类型", "amount": "金额(元)", "fee": {"names": "技术服务费", "optional": true},
        "status": "状态"
      },
      "time": {"order": "ymd", "zone": "+08:00"},
      "amounts": "by_kind", "fee_sign": "by_kind", "currency": "CNY",
      "kinds": {"交易收入": "charge", "售后退款": "refund", "保证金": "skip"},
      "statuses": {"成功": "succeeded", "处理中": "pending", "关闭": "skip"},
      "trailers": {"合计": ["amount", "fee"], "说明": []}
    }
    """

  static let file = """
    店铺账单：某某旗舰店
    订单号,商户订单号,类型,金额（元）,技术服务费,状态,支付时间,备注
    P1,A1,交易收入,"1,200.50",7.20,成功,2026-11-20 10:00:00,快
    P2,A2,售后退款,20.00,,处理中,2026-11-20 11:00:00,
    P3,,保证金,500.00,,成功,2026-11-20 12:00:00,
    P4,A4,交易收入,9.00,0.05,关闭,2026-11-20 13:00:00,
    ,,,,,,,
    合计,,,"1,220.50",7.20,,,
    说明：以上数据仅供参考

    """

  private func declared(_ text: String = shop) throws -> DeclaredLayout {
    let value = try JSONReader.read(Array(text.utf8), profile: .document)
    return try DeclaredLayout.read(try #require(value.objectValue))
  }

  private func faults(_ text: String) throws -> [LayoutFault] {
    do {
      _ = try declared(text)
      return []
    } catch let error as LayoutFaults {
      return error.list
    }
  }

  private func path(_ fault: LayoutFault) -> String {
    fault.path.map { step in
      switch step {
      case .member(let name): name
      case .item(let index): String(index)
      }
    }.joined(separator: "/")
  }

  @Test("rows, trailers and blank lines of a shop's export are told apart")
  func reads() throws {
    let layout = try declared().layout
    for chunk in [1, 13, 8_192] {
      let statement = try read(Self.file, as: layout, chunk: chunk)
      #expect(statement.table.count == 2 && statement.skippedRows == 2)
      let charge = statement.table.entries[0]
      #expect(charge.kind == .charge && charge.gross == 120_050 && charge.fee == 720)
      #expect(charge.at.description == "2026-11-20T02:00:00.000Z" && charge.line == 3)
      #expect(statement.reference(0) == "A1" && statement.transaction(0) == "P1")
      let refund = statement.table.entries[1]
      #expect(refund.kind == .refund && refund.gross == -2_000 && refund.status == .pending)
      // The export adds up what stands in its columns, signs and kinds apart.
      #expect(statement.checks.map(\.subject) == [.gross, .fees] && statement.isVerified)
    }
  }

  @Test("a trailer that says another sum than its rows is seen")
  func trailer() throws {
    let file = Self.file.replacing("1,220.50", with: "1,220.51")
    let statement = try read(file, as: try declared().layout)
    #expect(statement.checks.map(\.stated) == [122_051, 720] && !statement.isVerified)
    #expect(statement.checks.map(\.found) == [122_050, 720])
  }

  @Test("what is kept of a declaration reads as the same layout")
  func kept() throws {
    let layout = try declared()
    #expect(DeclaredLayout.read(kept: layout.text) == layout)
    #expect(DeclaredLayout.read(kept: "{}") == nil && DeclaredLayout.read(kept: "x") == nil)
  }

  @Test("two columns, tabs, decimal commas, days before months, a bank's rows")
  func bank() throws {
    let layout = try declared(
      """
      {"name": "icbc", "content": "bank", "separator": "\\t", "quoting": "none",
       "decimal": ",", "group": ".", "comment": "*", "currency": "EUR", "amounts": "two_columns",
       "columns": {"time": "Buchung", "credit": "Haben", "debit": "Soll", "remark": "Text"},
       "time": {"order": "dmy", "zone": "+01:00"}, "gateway_words": ["stripe"]}
      """
    ).layout
    let statement = try read(
      "*Konto\nBuchung\tText\tSoll\tHaben\n21.11.2026\tSTRIPE \"PAYOUT\" 1\t\t1.234,50\n"
        + "22.11.2026\tMiete\t99,00\t\n", as: layout)
    #expect(statement.table.entries.map(\.gross) == [123_450, -9_900])
    #expect(statement.table.entries.map(\.kind) == [.bank, .bank])
    #expect(statement.table.entries[0].flags.contains(.namesGateway))
    #expect(statement.table.entries[0].at.description == "2026-11-20T23:00:00.000Z")
  }

  @Test("a look at a file takes down every row that does not read, with a hint")
  func survey() throws {
    let torn = Self.file.replacing("交易收入,9.00", with: "交易,9.00")
      .replacing("2026-11-20 11:00:00", with: "20.11.2026")
    let (statement, survey) = try TableStatementReader.survey(
      Array(torn.utf8), as: try declared().layout)
    #expect(statement.table.count == 1 && survey.refusedRows == 2)
    #expect(survey.refused.map(\.line) == [4, 6] && survey.unknownColumns == ["备注"])
    #expect(survey.refused.map(\.problem.hint).allSatisfy { $0?.isEmpty == false })
    #expect(
      survey.refused[1].problem == .unknownWord(column: "类型", text: "交易"))
  }

  @Test("a quotation mark that is never closed ends the look and not the program")
  func openQuote() throws {
    let torn = Self.file.replacing("快", with: "\"快").replacing("\"1,220.50\"", with: "1220.50")
    let (_, survey) = try TableStatementReader.survey(
      Array(torn.utf8), as: try declared().layout)
    #expect(survey.refused.map(\.problem) == [.openQuote])
  }

  @Test("a heading that lacks a column says what was taken for it")
  func heading() throws {
    let layout = try declared(Self.shop.replacing("\"skip_lines\": 1,", with: "")).layout
    #expect(
      throws: StatementError(
        line: 1, .missingColumn("金额(元)", heading: ["店铺账单：某某旗舰店"]))
    ) { try TableStatementReader.survey(Array(Self.file.utf8), as: layout) }
  }

  @Test(
    "what is wrong with a declaration is named with its place",
    arguments: [
      ("\"name\": \"pinduoduo\"", "\"name\": \"alipay_trade\"", "name"),
      ("\"name\": \"pinduoduo\"", "\"name\": \"P 1\"", "name"),
      ("\"charset\": \"gbk\"", "\"charset\": \"gbk2\"", "charset"),
      ("\"skip_lines\": 1", "\"skip_lines\": -1", "skip_lines"),
      ("\"skip_lines\": 1", "\"skip_lines\": \"1\"", "skip_lines"),
      ("\"skip_lines\": 1", "\"skiplines\": 1", "skiplines"),
      ("\"time\": \"支付时间\", ", "", "columns/time"),
      ("\"time\": \"支付时间\"", "\"tme\": \"支付时间\"", "columns/tme"),
      ("\"amount\": \"金额(元)\"", "\"amount\": []", "columns/amount"),
      ("{\"names\": \"技术服务费\", \"optional\": true}", "{\"optional\": 1}", "columns/fee/names"),
      ("\"order\": \"ymd\"", "\"order\": \"y-m-d\"", "time/order"),
      ("\"zone\": \"+08:00\"", "\"zone\": \"CST\"", "time/zone"),
      (", \"zone\": \"+08:00\"", "", "time/zone"),
      ("\"by_kind\", \"fee_sign\"", "{\"credit\": \"收\"}, \"fee_sign\"", "amounts/debit"),
      ("\"fee_sign\": \"by_kind\"", "\"decimal\": \"5\"", "decimal"),
      ("\"fee_sign\": \"by_kind\"", "\"decimal\": \",\", \"group\": \",\"", "group"),
      ("\"currency\": \"CNY\"", "\"currency\": \"RMB\"", "currency"),
      ("\"售后退款\": \"refund\"", "\"售后退款\": \"refnd\"", "kinds/售后退款"),
      ("\"kind\": \"类型\", ", "", "other_kind"),
      ("[\"amount\", \"fee\"]", "[\"amount\", \"net\"]", "trailers/合计/1"),
    ])
  func wrong(old: String, new: String, place: String) throws {
    let text = Self.shop.replacing(old, with: new)
    #expect(text != Self.shop)
    let found = try faults(text)
    #expect(found.map(path).contains(place))
  }

  @Test("all faults are told at once")
  func together() throws {
    let found = try faults("{\"nam\": 1, \"columns\": {\"amount\": \"x\"}}")
    #expect(
      Set(found.map(path)).isSuperset(of: [
        "nam", "name", "time", "columns/time", "columns/transaction", "kinds", "other_kind",
        "currency",
      ]))
    #expect(found[0].known.contains("name"))
  }
}
