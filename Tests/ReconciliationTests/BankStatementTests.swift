import Domain
import Testing

@testable import Reconciliation

@Suite("bank statements")
struct BankStatementTests {
  private func chunks(_ text: String, _ size: Int) -> [[UInt8]] {
    let bytes = Array(text.utf8)
    return stride(from: 0, to: bytes.count, by: size).map {
      Array(bytes[$0..<min($0 + size, bytes.count)])
    }
  }

  static let mt940 = """
    {1:F01BANKDEFF}{4:
    :20:STMT1
    :25:12345678/0001
    :28C:1/1
    :60F:C231130EUR1000,00
    :61:2312011201C250,50NTRFNONREF//BR-1
    text below
    :86:STRIPE SETTLEMENT
     po_123456
    :61:231202    RC50,NMSCREF-2
    :61:2312021202DR0,50NMSC//BR-3
    :61:2312021202RD10,00NMSCX
    :62F:C231202EUR1210,00
    -}

    """

  @Test("MT940: signs of reversals, whole amounts, texts; opening and rows give closing")
  func mt940() throws {
    for size in [1, 5, 4096] {
      var reader = MT940Reader(gatewayWords: ["stripe"])
      for chunk in chunks(Self.mt940, size) { try reader.feed(chunk) }
      let all = try reader.finish()
      let statement = try #require(all.first)
      let table = statement.statement.table
      #expect(table.entries.map(\.gross) == [25050, -5000, -50, 1000])
      #expect(statement.statement.isVerified && statement.statement.checks.count == 1)
      #expect(table.string(table.entries[0].transaction) == "BR-1")
      #expect(table.string(table.entries[0].parent) == "text below STRIPE SETTLEMENT po_123456")
      #expect(table.entries[0].flags.contains(.namesGateway))
      #expect(statement.account == "12345678/0001")
    }
  }

  @Test("MT940: a closing balance that does not add up is seen, a torn file is refused")
  func mt940Broken() throws {
    var reader = MT940Reader()
    try reader.feed(Self.mt940.replacing("EUR1210,00", with: "EUR1210,01").utf8)
    #expect(try reader.finish().first?.statement.isVerified == false)
    var torn = MT940Reader()
    try torn.feed(Self.mt940.utf8.prefix(150))
    #expect(throws: StatementError.self) { try torn.finish() }
  }

  @Test("OFX 1 without end tags, OFX 2 with them; the day stays as the bank wrote it")
  func ofx() throws {
    let sgml = """
      OFXHEADER:100
      DATA:OFXSGML

      <OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD
      <BANKACCTFROM><BANKID>1<ACCTID>999</BANKACCTFROM>
      <BANKTRANLIST><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20130831165153.000[-8:PST]
      <TRNAMT>1234,56<FITID>F1<NAME>A &amp; B<MEMO>PAYPAL TRANSFER</STMTTRN>
      </BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
      """
    let xml = sgml.replacing("USD\n", with: "USD</CURDEF>\n").replacing("F1<", with: "F1</FITID><")
    for text in [sgml, xml] {
      for size in [1, 9, 4096] {
        var reader = OFXReader(gatewayWords: ["paypal"])
        for chunk in chunks(text, size) { try reader.feed(chunk) }
        let statement = try #require(try reader.finish().first)
        let table = statement.statement.table
        #expect(table.entries.map(\.gross) == [123_456])
        #expect(table.entries[0].at.description == "2013-08-31T00:00:00.000Z")
        #expect(table.string(table.entries[0].parent) == "A & B PAYPAL TRANSFER")
        #expect(statement.account == "999")
      }
    }
  }

  @Test("what does not read in OFX is named by the line of its own row")
  func ofxLine() throws {
    let row = "<STMTTRN><DTPOSTED>20130831<TRNAMT>1.00<FITID>F1</STMTTRN>"
    let rows = [row, row.replacing("1.00", with: "one"), row].joined(separator: "\n")
    let text = "<OFX><STMTRS><CURDEF>USD\n<BANKTRANLIST>\n\(rows)\n</BANKTRANLIST></STMTRS></OFX>"
    var reader = OFXReader()
    #expect(throws: StatementError(line: 4, .badAmount(column: "TRNAMT", text: "one"))) {
      try reader.feed(text.utf8)
    }
  }

  private func ofx(_ amount: String, _ currency: String, _ more: String = "") throws -> Int64? {
    let row = "<STMTTRN><DTPOSTED>20130831<TRNAMT>\(amount)<FITID>F1\(more)</STMTTRN>"
    var reader = OFXReader()
    try reader.feed("<OFX><STMTRS><CURDEF>\(currency)\n\(row)</STMTRS></OFX>".utf8)
    return try reader.finish().first?.statement.table.entries.first?.gross
  }

  @Test("a comma with three digits behind it in OFX may part thousands: it is refused")
  func ofxThousands() throws {
    for (amount, currency) in [
      ("1,230", "USD"), ("1,000", "JPY"), ("-1,000", "JPY"), ("1,230", "KWD"), ("1,234", "EUR"),
      ("1,234,567", "JPY"),
    ] {
      #expect(throws: StatementError(line: 2, .badAmount(column: "TRNAMT", text: amount))) {
        try ofx(amount, currency)
      }
    }
    #expect(try ofx("1,23", "EUR") == 123)
    #expect(try ofx("-1,5", "EUR") == -150)
    #expect(try ofx("1000,", "JPY") == 1000)
    #expect(try ofx("1.230", "KWD") == 1230)
  }

  @Test("a row of OFX in another currency than its account is refused, one turned into it is read")
  func ofxCurrency() throws {
    func named(_ tag: String, _ code: String) -> String {
      "<\(tag)><CURRATE>1.1<CURSYM>\(code)</\(tag)>"
    }
    let problem = StatementProblem.otherCurrency(column: "CURSYM", text: "USD", account: "EUR")
    #expect(throws: StatementError(line: 2, problem)) {
      try ofx("100.00", "EUR", named("CURRENCY", "USD"))
    }
    #expect(try ofx("100.00", "EUR", named("CURRENCY", "EUR")) == 10_000)
    #expect(try ofx("100.00", "EUR", named("ORIGCURRENCY", "USD")) == 10_000)
  }

  static let camt = """
    <?xml version="1.0" encoding="UTF-8"?>
    <n:Document xmlns:n="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><n:BkToCstmrStmt><n:Stmt>
    <n:Id>S1</n:Id><n:Acct><n:Id><n:IBAN>DE1</n:IBAN></n:Id></n:Acct>
    <n:Bal><n:Tp><n:CdOrPrtry><n:Cd>OPBD</n:Cd></n:CdOrPrtry></n:Tp><n:Amt Ccy="EUR">100.00</n:Amt><n:CdtDbtInd>CRDT</n:CdtDbtInd></n:Bal>
    <n:Bal><n:Tp><n:CdOrPrtry><n:Cd>CLBD</n:Cd></n:CdOrPrtry></n:Tp><n:Amt Ccy="EUR">126.00</n:Amt><n:CdtDbtInd>CRDT</n:CdtDbtInd></n:Bal>
    <n:Ntry><n:Amt Ccy="EUR">30.00</n:Amt><n:CdtDbtInd>CRDT</n:CdtDbtInd><n:Sts><n:Cd>BOOK</n:Cd></n:Sts><n:BookgDt><n:Dt>2026-11-20</n:Dt></n:BookgDt><n:AcctSvcrRef>A1</n:AcctSvcrRef>
    <n:NtryDtls><n:TxDtls><n:Refs><n:EndToEndId>NOTPROVIDED</n:EndToEndId></n:Refs><n:Amt Ccy="EUR">10.00</n:Amt></n:TxDtls><n:TxDtls><n:Amt Ccy="EUR">20.00</n:Amt><n:RmtInf><n:Ustrd>po_777777</n:Ustrd></n:RmtInf></n:TxDtls></n:NtryDtls></n:Ntry>
    <n:Ntry><n:Amt Ccy="EUR">4.00</n:Amt><n:CdtDbtInd>DBIT</n:CdtDbtInd><n:RvslInd>true</n:RvslInd><n:Sts>BOOK</n:Sts><n:BookgDt><n:DtTm>2026-11-20T23:00:00</n:DtTm></n:BookgDt></n:Ntry>
    <n:Ntry><n:Amt Ccy="EUR">9.00</n:Amt><n:CdtDbtInd>CRDT</n:CdtDbtInd><n:Sts>PDNG</n:Sts></n:Ntry>
    </n:Stmt></n:BkToCstmrStmt></n:Document>
    """

  @Test("CAMT.053: parts of an entry, reversals, pending entries left out, balances")
  func camt() throws {
    for size in [1, 17, 8192] {
      var reader = CAMTReader()
      for chunk in chunks(Self.camt, size) { try reader.feed(chunk) }
      let statement = try #require(try reader.finish().first)
      let table = statement.statement.table
      #expect(table.entries.map(\.gross) == [1000, 2000, -400])
      #expect(Set(table.entries.map(\.line)).count == 3, "a row is known by its line")
      #expect(table.string(table.entries[1].parent) == "po_777777")
      #expect(table.entries[0].reference.isEmpty)
      #expect(statement.statement.skippedRows == 1 && statement.statement.isVerified)
      #expect(statement.account == "DE1" && statement.opening == 10_000)
    }
  }

  @Test("a document type is refused, and so is an entity of one's own")
  func hostile() {
    for text in ["<!DOCTYPE a [<!ENTITY b \"c\">]><Document/>", "<Document>&b;</Document>"] {
      #expect(throws: StatementError.self) {
        var reader = CAMTReader()
        try reader.feed(text.utf8)
        _ = try reader.finish()
      }
    }
  }
}
