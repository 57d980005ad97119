package import Domain

/// A form that files come in: a table with known headings, or one of the banks' formats.
package enum StatementFormat: Hashable, Sendable {
  case table(StatementLayout)
  /// As a merchant declared it.
  case declared(DeclaredLayout)
  /// As they are downloaded from a gateway's API.
  case pages(GatewayPages)
  case mt940
  case ofx
  case camt053

  package static let known: [StatementFormat] =
    StatementLayout.known.map(StatementFormat.table) + GatewayPages.allCases.map { .pages($0) }
    + [.mt940, .ofx, .camt053]

  /// As people choose it: `alipay_trade`, `mt940`.
  package var name: String {
    switch self {
    case .table(let layout): layout.name
    case .declared(let declared): declared.name
    case .pages(let pages): pages.rawValue
    case .mt940: "mt940"
    case .ofx: "ofx"
    case .camt053: "camt053"
    }
  }

  package static func named(_ name: String) -> StatementFormat? {
    known.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// What its rows are.
  package var content: StatementContent {
    switch self {
    case .table(let layout):
      switch layout.name {
      case "alipay_fund", "wechat_fund": .fund
      default: .trade
      }
    case .declared(let declared): declared.content
    case .pages(let pages): pages == .airwallexSettlements ? .settlement : .trade
    case .mt940, .ofx, .camt053: .bank
    }
  }

  /// The adapter of the gateway that gives out such files; nil for a bank's and a declared one.
  package var gatewayKind: String? {
    switch self {
    case .table(let layout): layout.name.split(separator: "_").first.map(String.init)
    case .pages(let pages): pages.rawValue.split(separator: "_").first.map(String.init)
    case .declared, .mt940, .ofx, .camt053: nil
    }
  }

  /// What a merchant declared it to be.
  package var declaration: String? {
    if case .declared(let declared) = self { declared.text } else { nil }
  }

  /// Minutes east of UTC of the days in the file.
  package var offsetMinutes: Int64 {
    switch self {
    case .table(let layout): layout.time.offsetMinutes
    case .declared(let declared): declared.layout.time.offsetMinutes
    case .pages(let pages): pages.offsetMinutes
    case .mt940, .ofx, .camt053: 0
    }
  }

  /// The longest front of a file that a guess looks at.
  package static let headBytes = 1 << 16

  /// The form of a file by its front; nil where none fits.
  ///
  /// - Parameter head: UTF-8, at most `headBytes` of it.
  package static func guess(_ head: ArraySlice<UInt8>) -> StatementFormat? {
    let head = head.starts(with: mark) ? head.dropFirst(mark.count) : head
    let text = String(decoding: head.prefix(4_096), as: UTF8.self)
    if text.contains("OFXHEADER") || text.contains("<OFX>") { return .ofx }
    if text.contains("camt.053") || text.contains("<BkToCstmrStmt") { return .camt053 }
    if text.hasPrefix(":20:") || text.contains("\n:20:"), text.contains(":60") { return .mt940 }
    if let pages = GatewayPages.guess(text) { return .pages(pages) }
    let fitting = StatementLayout.known.filter { TableStatementReader.fits($0, head) }
    // Two may differ only in how they write a date.
    let dated = fitting.count > 1 ? fitting.first { TableStatementReader.dates($0, head) } : nil
    return (dated ?? fitting.first).map(StatementFormat.table)
  }

  /// By the clock that the first row of a known table names, where it names one: its days are those
  /// of that clock, and so are times without a zone.
  ///
  /// - Parameter head: UTF-8, at most `headBytes` of it.
  package func byItsClock(_ head: ArraySlice<UInt8>) -> StatementFormat {
    guard case .table(var layout) = self, layout.columns.contains(where: { $0.role == .zone }),
      let offset = TableStatementReader.clock(
        of: layout, head.starts(with: Self.mark) ? head.dropFirst(Self.mark.count) : head)
    else { return self }
    layout.time.offsetMinutes = offset
    return .table(layout)
  }

  /// Whether the heading of a table has the columns that this form needs; false for any other form.
  ///
  /// - Parameter head: UTF-8, at most `headBytes` of it.
  package func fits(_ head: ArraySlice<UInt8>) -> Bool {
    let head = head.starts(with: Self.mark) ? head.dropFirst(Self.mark.count) : head
    return switch self {
    case .table(let layout): TableStatementReader.fits(layout, head)
    case .declared(let declared): TableStatementReader.fits(declared.layout, head)
    case .pages, .mt940, .ofx, .camt053: false
    }
  }

  /// Whether such files always state sums of their rows at their end.
  package var statesTotals: Bool {
    let layout: StatementLayout
    switch self {
    case .table(let table): layout = table
    case .declared(let declared): layout = declared.layout
    case .pages, .mt940, .ofx, .camt053: return false
    }
    return switch layout.trailer {
    case .none: false
    case .alipay, .totals: true
    case .lines(let lines): lines.contains { !$0.sums.isEmpty }
    }
  }

  /// The currency of rows that name none.
  package var currency: Currency? {
    switch self {
    case .table(let layout): layout.currency
    case .declared(let declared): declared.layout.currency
    case .pages, .mt940, .ofx, .camt053: nil
    }
  }

  /// The byte order mark of UTF-8.
  package static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// - Parameters:
  ///   - bytes: the whole file, UTF-8; a byte order mark may stand in front.
  ///   - pieces: read at once at most.
  package func read(
    _ bytes: [UInt8], pieces: Int, forEach: ForEach
  ) throws(StatementError) -> Statement {
    switch self {
    case .table(let layout):
      return try TableStatementReader.read(bytes, as: layout, pieces: pieces, forEach: forEach)
    case .declared(let declared):
      return try TableStatementReader.read(
        bytes, as: declared.layout, pieces: pieces, forEach: forEach)
    case .pages, .mt940, .ofx, .camt053:
      return try readWhole(
        bytes.starts(with: Self.mark) ? Array(bytes.dropFirst(Self.mark.count)) : bytes)
    }
  }

  private func readWhole(_ bytes: [UInt8]) throws(StatementError) -> Statement {
    switch self {
    case .table, .declared: preconditionFailure("tables are read in pieces")
    case .pages(let pages): return try pages.read(bytes)
    case .mt940:
      var reader = MT940Reader(gatewayWords: BankText.gatewayWords)
      try reader.feed(bytes)
      return Self.joined(try reader.finish())
    case .ofx:
      var reader = OFXReader(gatewayWords: BankText.gatewayWords)
      try reader.feed(bytes)
      return Self.joined(try reader.finish())
    case .camt053:
      var reader = CAMTReader(gatewayWords: BankText.gatewayWords)
      try reader.feed(bytes)
      return Self.joined(try reader.finish())
    }
  }

  /// A file may hold several accounts or pages; their lines are those of one file, and still no
  /// two rows have the same one.
  private static func joined(_ accounts: [BankAccountStatement]) -> Statement {
    var all = Statement()
    for account in accounts {
      let table = account.statement.table
      let taken = Int(all.table.entries.last?.line ?? 0)
      let first = Int(table.entries.first?.line ?? 0)
      all.table.append(table, linesBefore: max(0, taken + 1 - first))
      all.checks += account.statement.checks
      all.skippedRows += account.statement.skippedRows
    }
    return all
  }
}

extension TableStatementReader {
  /// Whether the heading of a file has the columns that a layout needs.
  static func fits(_ layout: StatementLayout, _ head: ArraySlice<UInt8>) -> Bool {
    looked(at: head, as: layout).reader.plan != nil
  }

  /// Whether the rows of this front have dates as the layout writes them, as far as they read.
  static func dates(_ layout: StatementLayout, _ head: ArraySlice<UInt8>) -> Bool {
    if case .badTime? = looked(at: head, as: layout).problem { false } else { true }
  }

  /// Minutes east of UTC of the clock that the first row names.
  static func clock(of layout: StatementLayout, _ head: ArraySlice<UInt8>) -> Int64? {
    looked(at: head, as: layout).reader.clockOfFirstRow
  }

  private static func looked(
    at head: ArraySlice<UInt8>, as layout: StatementLayout
  ) -> (reader: TableStatementReader, problem: StatementProblem?) {
    var reader = TableStatementReader(layout)
    do throws(StatementError) {
      try reader.feed(head)
    } catch {
      // A row that does not read is for the reading itself to name.
      return (reader, error.problem)
    }
    return (reader, nil)
  }
}

extension EntryKind {
  /// The word on the wire.
  package var word: String {
    switch self {
    case .charge: "charge"
    case .refund: "refund"
    case .fee: "fee"
    case .payout: "payout"
    case .dispute: "dispute"
    case .adjustment: "adjustment"
    case .transfer: "transfer"
    case .bank: "bank"
    case .order: "order"
    case .conversion: "conversion"
    case .payoutReturn: "payout_return"
    case .refundReturn: "refund_return"
    }
  }
}

extension EntryStatus {
  /// The word on the wire.
  package var word: String {
    switch self {
    case .succeeded: "succeeded"
    case .pending: "pending"
    case .failed: "failed"
    }
  }
}

extension Bucket {
  /// The word on the wire.
  package var word: String {
    switch self {
    case .unassigned: "unassigned"
    case .matched: "matched"
    case .tolerated: "tolerated"
    case .differing: "differing"
    case .grouped: "grouped"
    case .pooled: "pooled"
    case .duplicate: "duplicate"
    case .oneSided: "one_sided"
    case .suggested: "suggested"
    case .apart: "apart"
    }
  }
}
