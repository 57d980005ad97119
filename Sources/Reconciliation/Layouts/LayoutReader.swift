import Domain
package import JSON

extension DeclaredLayout {
  /// Reads a declaration as it stands in a request, a configuration or a file.
  ///
  /// - Throws: everything that is wrong with it.
  package static func read(_ json: JSONObject) throws(LayoutFaults) -> DeclaredLayout {
    var reader = LayoutReader(json)
    return try reader.read()
  }

  /// Reads the declaration that was kept beside a file; nil where it is none.
  package static func read(kept text: String) -> DeclaredLayout? {
    // try?: what was kept had been read before, so anything else is damage, which the caller names.
    let value = try? JSONReader.read(Array(text.utf8), profile: .document)
    guard let object = value?.objectValue else { return nil }
    return try? read(object)
  }
}

/// From the members of a declaration to a layout.
private struct LayoutReader {
  private var object: LayoutObject

  init(_ json: JSONObject) { object = LayoutObject(json) }

  private static let members = [
    "name", "content", "charset", "separator", "quoting", "skip_lines", "comment", "columns",
    "time", "decimal", "group", "amounts", "fee_sign", "currency", "unit", "kinds", "other_kind",
    "statuses", "other_status", "trailers", "gateway_words",
  ]

  static let kinds: [(String, RowMeaning)] =
    EntryKind.allCases.filter { $0 != .order }.map { ($0.word, .row($0)) } + [("skip", .skip)]

  static let statuses: [(String, RowMeaning)] = [
    ("succeeded", .status(.succeeded)), ("pending", .status(.pending)),
    ("failed", .status(.failed)), ("skip", .skip),
  ]

  /// A settlement is compared with nothing, so nobody needs to declare one.
  private static let contents = StatementContent.allCases.filter { $0 != .settlement }

  mutating func read() throws(LayoutFaults) -> DeclaredLayout {
    object.refuseOthers(than: Self.members)
    let name = name()
    let content =
      object.word("content", Self.contents.map { ($0.rawValue, $0) })
      ?? .trade
    let charset = object.word("charset", DeclaredLayout.Charset.allCases.map { ($0.rawValue, $0) })
    let columns = columns()
    let time = time()
    var layout = StatementLayout(name: name ?? "", columns: columns, time: time)
    readTable(&layout)
    readAmounts(&layout)
    readWords(&layout, content)
    readTrailers(&layout)
    requireColumns(of: layout)
    guard object.faults.isEmpty else { throw LayoutFaults(object.faults) }
    let text = String(decoding: JSONValue.object(object.json).canonicalBytes(), as: UTF8.self)
    return DeclaredLayout(layout: layout, content: content, charset: charset, text: text)
  }

  private mutating func name() -> String? {
    guard object.json["name"] != nil else {
      object.missing("name", "statements show it")
      return nil
    }
    guard let name = object.text("name") else { return nil }
    let fits = name.utf8.allSatisfy { byte in
      byte &- 0x30 <= 9 || byte &- 0x61 < 26 || byte == 0x5F
    }
    guard fits, name.utf8.count <= 32 else {
      object.report(
        .badValue, at: [.member("name")], "name must be 1 to 32 of a-z, 0-9 and _.")
      return nil
    }
    guard StatementFormat.named(name) == nil else {
      object.report(
        .badValue, at: [.member("name")], "\(name) is the name of a known layout.",
        hint: "Give it one of its own.")
      return nil
    }
    return name
  }

  // MARK: The table

  private mutating func readTable(_ layout: inout StatementLayout) {
    layout.separator = object.sign("separator") ?? layout.separator
    layout.quoting =
      object.word(
        "quoting",
        [("double", .doubleQuotes), ("backtick", .backticks), ("none", FieldQuoting.none)])
      ?? .doubleQuotes
    layout.linesToSkip = Int(object.integer("skip_lines", 0...LayoutLimit.linesToSkip) ?? 0)
    layout.comment = object.sign("comment")
  }

  private mutating func columns() -> [Column] {
    guard object.json["columns"] != nil else {
      object.missing("columns", "it says which heading holds what")
      return []
    }
    var columns: [Column] = []
    let roles = ColumnRole.allCases.map { ($0.word, $0) }
    for member in object.members("columns") ?? [] {
      let steps: [LayoutFault.Step] = [.member("columns"), .member(member.key)]
      guard let role = roles.first(where: { $0.0.utf8.elementsEqual(member.key.utf8) })?.1 else {
        object.report(
          .unknownMember, at: steps, "There is no field \"\(member.key.prefix(60))\".",
          hint: "Fields are \(roles.map(\.0).joined(separator: ", ")).", known: roles.map(\.0),
          given: member.key)
        continue
      }
      if let column = column(role, member.value, at: steps) { columns.append(column) }
    }
    // As the declaration is kept, so that the kept one reads as the same layout.
    return columns.sorted { $0.role.word < $1.role.word }
  }

  /// `"heading"`, `["heading", "older heading"]` or `{"names": […], "optional": true}`.
  private mutating func column(
    _ role: ColumnRole, _ value: JSONValue, at steps: [LayoutFault.Step]
  ) -> Column? {
    guard let json = value.objectValue else {
      return object.texts(value, at: steps).map { Column(role, names: $0) }
    }
    var inner = LayoutObject(json, at: steps)
    inner.refuseOthers(than: ["names", "optional"])
    let names = inner.texts("names")
    if json["names"] == nil { inner.missing("names", "a column is found by its heading") }
    let optional = json["optional"]
    if let optional, optional.boolValue == nil {
      inner.report(.wrongType("boolean"), at: [.member("optional")], "Say true or false.")
    }
    object.take(inner.faults)
    return names.map { Column(role, names: $0, required: optional?.boolValue != true) }
  }

  private mutating func time() -> TimeShape {
    let fallback = TimeShape(.yearMonthDay, offsetMinutes: 0)
    guard let value = object.json["time"] else {
      object.missing("time", "no file says by which clock it was written")
      return fallback
    }
    guard let json = value.objectValue else {
      object.report(
        .wrongType("object"), at: [.member("time")], "time must be an object.",
        hint: "For example {\"order\": \"ymd\", \"zone\": \"+08:00\"}.")
      return fallback
    }
    var inner = LayoutObject(json, at: [.member("time")])
    inner.refuseOthers(than: ["order", "zone"])
    let order =
      inner.word(
        "order",
        [("ymd", .yearMonthDay), ("dmy", .dayMonthYear), ("mdy", TimeShape.Order.monthDayYear)])
      ?? .yearMonthDay
    var offset: Int64 = 0
    if let zone = inner.text("zone") {
      if let minutes = CivilTime.offsetMinutes(zone) {
        offset = minutes
      } else {
        inner.report(
          .badValue, at: [.member("zone")], "zone must be an offset from UTC.",
          hint: "For example \"+08:00\".")
      }
    } else if json["zone"] == nil {
      inner.missing("zone", "an hour without its zone is no time")
    }
    object.take(inner.faults)
    return TimeShape(order, offsetMinutes: offset)
  }

  // MARK: Amounts

  private mutating func readAmounts(_ layout: inout StatementLayout) {
    layout.decimalMark = object.sign("decimal") ?? layout.decimalMark
    let group = object.json["group"]
    layout.groupMark = group?.isNull == true ? nil : object.sign("group") ?? layout.groupMark
    if layout.groupMark == layout.decimalMark {
      if group == nil {
        layout.groupMark = nil
      } else {
        object.report(
          .badValue, at: [.member("group")], "One sign cannot part both groups and decimals.")
      }
    }
    layout.amounts = amounts()
    layout.feeSign =
      object.word(
        "fee_sign",
        [
          ("positive_costs", .positiveCosts), ("negative_costs", .negativeCosts),
          ("by_kind", FeeSign.byKind),
        ]) ?? .positiveCosts
    layout.countsMinorUnits =
      object.word("unit", [("major", false), ("minor", true)]) ?? false
    guard let code = object.text("currency") else { return }
    layout.currency = Currency(code: code)
    if layout.currency == nil {
      object.report(
        .badValue, at: [.member("currency")], "\(code.prefix(60)) is no currency.",
        hint: "Three capital letters of ISO 4217, for example CNY.")
    }
  }

  /// `"signed"`, `"by_kind"`, `"two_columns"`, or `{"credit": […], "debit": […]}` with the words of
  /// `mark`.
  private mutating func amounts() -> AmountStyle {
    guard let value = object.json["amounts"] else { return .signed }
    guard let json = value.objectValue else {
      return object.word(
        "amounts",
        [
          ("signed", .signed), ("by_kind", .byKind),
          ("two_columns", AmountStyle.twoColumns),
        ]) ?? .signed
    }
    var inner = LayoutObject(json, at: [.member("amounts")])
    inner.refuseOthers(than: ["credit", "debit"])
    for name in ["credit", "debit"] where json[name] == nil {
      inner.missing(name, "the words of the column mark say which way money went")
    }
    let style = AmountStyle.byMark(
      credit: inner.texts("credit") ?? [], debit: inner.texts("debit") ?? [])
    object.take(inner.faults)
    return style
  }

  // MARK: Words

  private mutating func readWords(
    _ layout: inout StatementLayout, _ content: StatementContent
  ) {
    layout.kinds = object.words("kinds", Self.kinds) ?? [:]
    layout.otherKind =
      object.word("other_kind", Self.kinds) ?? (content == .bank ? .row(.bank) : nil)
    layout.statuses = object.words("statuses", Self.statuses) ?? [:]
    let other = object.word("other_status", Self.statuses.filter { $0.0 != "skip" })
    let hasStatus = layout.columns.contains { $0.role == .status || $0.role == .refundStatus }
    switch other {
    case .status(let status)?: layout.otherStatus = status
    default: layout.otherStatus = hasStatus ? nil : .succeeded
    }
    layout.gatewayWords = object.texts("gateway_words") ?? []
  }

  /// The first word of a line that is no row, with the fields it sums up.
  private mutating func readTrailers(_ layout: inout StatementLayout) {
    guard let members = object.members("trailers") else { return }
    let roles = TrailerLine.subjects.map { ($0.role.word, $0.role) }
    var lines: [TrailerLine] = []
    for member in members {
      let steps: [LayoutFault.Step] = [.member("trailers"), .member(member.key)]
      guard let list = member.value.arrayValue else {
        object.report(.wrongType("array"), at: steps, "This must be a list of fields.")
        continue
      }
      var sums: [ColumnRole] = []
      for (index, item) in list.enumerated() {
        if let role = object.word(item, at: steps + [.item(index)], roles) { sums.append(role) }
      }
      lines.append(TrailerLine(word: member.key, sums: sums))
    }
    layout.trailer = .lines(lines)
    if lines.contains(where: { !$0.sums.isEmpty }), object.json["currency"] == nil {
      object.missing("currency", "a sum is of one currency")
    }
  }

  // MARK: What belongs together

  private mutating func requireColumns(of layout: StatementLayout) {
    guard object.json["columns"]?.objectValue != nil else { return }
    let roles = layout.columns.map(\.role)
    var needed: [(ColumnRole, String)] = [(.time, "every row has one")]
    switch layout.amounts {
    case .signed, .byKind: needed.append((.gross, "every row has one"))
    case .byMark:
      needed += [(.gross, "every row has one"), (.mark, "amounts are told apart by its words")]
    case .twoColumns:
      needed += [(.credit, "amounts are two columns"), (.debit, "amounts are two columns")]
    }
    if roles.contains(.zone) { needed.append((.clock, "a zone of its own stands behind it")) }
    for (role, why) in needed where !roles.contains(role) {
      object.report(
        .missing, at: [.member("columns"), .member(role.word)],
        "columns has no \(role.word): \(why).")
    }
    let isBank = layout.otherKind == .row(.bank)
    if !isBank, !roles.contains(.transaction), !roles.contains(.reference) {
      object.report(
        .missing, at: [.member("columns"), .member("transaction")],
        "columns has neither transaction nor reference: rows are found by one of them.")
    }
    if layout.kinds.isEmpty, layout.otherKind == nil {
      object.missing("kinds", "it says what the words of the column kind mean; or give other_kind")
    }
    if !roles.contains(.kind), layout.otherKind == nil {
      object.missing("other_kind", "without a column kind all rows are of one")
    }
    let hasStatus = roles.contains(.status) || roles.contains(.refundStatus)
    if hasStatus, layout.statuses.isEmpty, layout.otherStatus == nil {
      object.missing("statuses", "it says what the words of the column status mean")
    }
    if layout.currency == nil, object.json["currency"] == nil, !roles.contains(.currency) {
      object.missing("currency", "no column names one")
    }
  }
}

extension ColumnRole {
  /// The word of a declaration.
  package var word: String {
    switch self {
    case .time: "time"
    case .clock: "clock"
    case .zone: "zone"
    case .transaction: "transaction"
    case .reference: "reference"
    case .parent: "parent"
    case .refundReference: "refund_reference"
    case .refundTransaction: "refund_transaction"
    case .kind: "kind"
    case .status: "status"
    case .refundStatus: "refund_status"
    case .gross: "amount"
    case .refundGross: "refund_amount"
    case .credit: "credit"
    case .debit: "debit"
    case .mark: "mark"
    case .movement: "movement"
    case .fee: "fee"
    case .net: "net"
    case .currency: "currency"
    case .merchant: "merchant"
    case .batch: "batch"
    case .remark: "remark"
    case .counterparty: "counterparty"
    case .settlementAmount: "settlement_amount"
    case .settlementCurrency: "settlement_currency"
    case .received: "received"
    case .refundReceived: "refund_received"
    }
  }
}
