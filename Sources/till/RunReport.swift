// A reconciliation run as tables: the same ones for the terminal, for CSV and for Excel.

import Domain
import JSON

/// One value of a table.
enum ReportCell {
  case empty
  case text(String)
  case count(Int64)
  case money(Money)
  /// Milliseconds since 1970 UTC.
  case time(Int64)
}

struct ReportTable {
  let title: String
  let columns: [String]
  let rows: [[ReportCell]]
}

/// A run with everything that it found.
struct RunReport {
  /// Who compared.
  enum Origin {
    /// The daemon, with its books.
    case daemon
    /// This program, two files; `RunReport+Files.swift` has what is told of them.
    case files
  }

  let run: JSONObject
  /// `kind_count` objects.
  let kinds: [JSONValue]
  /// `discrepancy` objects, newest first; empty where they were not asked for.
  var discrepancies: [JSONValue] = []
  let language: String
  var origin = Origin.daemon

  var isChinese: Bool { language == "zh" }

  func word(_ english: String, _ chinese: String) -> String { isChinese ? chinese : english }

  /// What a kind is, for people; the word of the wire where this program does not know it.
  func words(of kind: String) -> String {
    guard let known = DiscrepancyKind(word: kind) else { return kind }
    return isChinese ? known.textZH : known.textEN
  }

  static func number(of kind: String) -> String { DiscrepancyKind(word: kind)?.number ?? "" }

  func text(_ name: String) -> ReportCell {
    run[name]?.stringValue.map { .text($0) } ?? .empty
  }

  func time(_ name: String) -> ReportCell {
    run[name]?.integerValue.map { .time($0) } ?? .empty
  }

  func count(_ name: String) -> ReportCell {
    run[name]?.integerValue.map { .count($0) } ?? .empty
  }

  // MARK: Tables

  /// Names and values: which run, and what closed itself.
  var facts: ReportTable {
    if origin == .files { return factsOfFiles }
    let rows: [[ReportCell]] = [
      [.text(word("run", "对账批次")), text("id")],
      [.text(word("statement", "账单")), text("statement")],
      [.text(word("of", "渠道")), text("gateway")],
      [.text(word("days from", "账期起")), time("from_at")],
      [.text(word("days to", "账期止")), time("to_at")],
      [.text(word("made at", "对账时间")), time("made_at")],
      [.text(word("made by", "操作人")), text("made_by")],
      [.text(word("rows of the statement", "账单行数")), count("statement_rows")],
      [.text(word("rows of ours", "本地行数")), count("local_rows")],
      [.text(word("agree", "一致")), count("matched")],
      [.text(word("made known by the statement", "按账单补记")), count("filled_back")],
      [.text(word("differences opened", "新差异")), count("opened")],
      [.text(word("differences known before", "已知差异")), count("known")],
      [.text(word("wait for a person", "待人工处理")), .count(waitingCount)],
      [.text(word("digest", "摘要")), text("sha256")],
      [.text(word("signatures", "签核")), .text(signatures)],
    ]
    return ReportTable(title: word("Summary", "概要"), columns: [], rows: rows)
  }

  /// Who stands for the run; why nobody does any more.
  private var signatures: String {
    let signOff = run["sign_off"]
    let names = ["first_by", "second_by"].compactMap { signOff?[$0]?.stringValue }
    let all = names.joined(separator: isChinese ? "、" : ", ")
    switch signOff?["state"]?.stringValue {
    case "half_signed": return word("one of two: \(all)", "一人已签：\(all)")
    case "signed": return word("both: \(all)", "两人已签：\(all)")
    case "reopened": return broken(by: signOff?["cause"]?.stringValue ?? "")
    default: return word("none", "未签")
    }
  }

  private func broken(by cause: String) -> String {
    if StatementID(text: cause) != nil {
      return word(
        "void: a statement was issued again, as \(cause)", "已失效：账单被重新出具（\(cause)）")
    }
    if RunID(text: cause) != nil {
      return word("void: compared again, by \(cause)", "已失效：已重新对账（\(cause)）")
    }
    return word("void: \(cause) was decided otherwise", "已失效：差异另有处理（\(cause)）")
  }

  /// Differences that nobody has decided.
  var waitingCount: Int64 {
    kinds.reduce(0) { sum, item in
      item["state"]?.stringValue == "resolved"
        ? sum : sum + (item["count"]?.integerValue ?? 0)
    }
  }

  /// Where the rows of both sides ended.
  var buckets: ReportTable {
    var rows: [[ReportCell]] = []
    for (member, side) in [
      ("statement_buckets", word("statement", "账单")), ("local_buckets", word("ours", "本地")),
    ] {
      for bucket in run[member]?.arrayValue ?? [] {
        rows.append([
          .text(side), .text(bucketWord(bucket["bucket"]?.stringValue ?? "")),
          .count(bucket["rows"]?.integerValue ?? 0), money(bucket["sum"]),
        ])
      }
    }
    return ReportTable(
      title: word("Where rows ended", "各行去向"),
      columns: [
        word("side", "来源"), word("ended as", "去向"), word("rows", "行数"), word("sum", "金额"),
      ], rows: rows)
  }

  private static let bucketWords: [(word: String, chinese: String)] = [
    ("matched", "一致"), ("tolerated", "容差内"), ("differing", "有差异"), ("grouped", "合并匹配"),
    ("pooled", "跨日待查"), ("duplicate", "重复"), ("one_sided", "单边"), ("suggested", "待确认"),
    ("apart", "不参与"), ("unassigned", "未归类"),
  ]

  private func bucketWord(_ word: String) -> String {
    guard isChinese else { return word }
    return Self.bucketWords.first { $0.word == word }?.chinese ?? word
  }

  private static let states = ["open", "proposed", "waiting", "resolved"]

  /// One line a kind, in the order of their numbers.
  var kindTable: ReportTable {
    if origin == .files { return kindsOfFiles }
    let words = DiscrepancyKind.allCases.map(\.word)
    let found = kindWords.sorted {
      (words.firstIndex(of: $0) ?? words.count) < (words.firstIndex(of: $1) ?? words.count)
    }
    let rows: [[ReportCell]] = found.map { kind in
      let counts = Self.states.map { state in
        kinds.reduce(Int64(0)) { sum, item in
          item["kind"]?.stringValue == kind && item["state"]?.stringValue == state
            ? sum + (item["count"]?.integerValue ?? 0) : sum
        }
      }
      return [.text(Self.number(of: kind)), .text(self.words(of: kind))]
        + counts.map { $0 == 0 ? .empty : .count($0) } + [.count(counts.reduce(0, +))]
    }
    return ReportTable(
      title: word("Differences", "差异"),
      columns: [
        word("no.", "编号"), word("what differs", "差异"), word("open", "待处理"),
        word("proposed", "待复核"), word("waiting", "等待账单"), word("resolved", "已了结"),
        word("all", "合计"),
      ], rows: rows)
  }

  private var kindWords: [String] {
    var words: [String] = []
    for item in kinds {
      if let kind = item["kind"]?.stringValue, !words.contains(kind) { words.append(kind) }
    }
    return words
  }

  /// What became of money that was credited or exchanged in another currency.
  var conversions: ReportTable {
    let parts = ["charged", "credited", "worth", "rate", "margin", "rounding", "unexplained", "fee"]
    let rows: [[ReportCell]] = (run["conversions"]?.arrayValue ?? []).map { item in
      [.count(item["rows"]?.integerValue ?? 0)]
        + parts.flatMap { part -> [ReportCell] in
          let code = item[part]?["currency"]?.stringValue.map { ReportCell.text($0) } ?? .empty
          return ["charged", "credited"].contains(part)
            ? [money(item[part]), code] : [money(item[part])]
        }
    }
    return ReportTable(
      title: word("Exchanged", "换汇"),
      columns: [
        word("rows", "行数"), word("charged", "原币金额"), word("in", "原币"),
        word("credited", "入账金额"), word("in", "入账币种"), word("worth", "按参考汇率"),
        word("rate", "汇率变动"), word("margin", "约定加点"), word("rounding", "尾差"),
        word("unexplained", "无法解释"), word("fee", "手续费"),
      ], rows: rows)
  }

  /// The discrepancies of each kind that has some, in the order of their numbers.
  var tablesByKind: [ReportTable] {
    DiscrepancyKind.allCases.compactMap { kind in
      let rows = discrepancies.filter { $0["kind"]?.stringValue == kind.word }
      guard !rows.isEmpty else { return nil }
      let title = "\(kind.number) \(isChinese ? kind.textZH : kind.word)"
      return ReportTable(title: title, columns: columns, rows: rows.map(cells))
    }
  }

  /// Those that only one side has.
  var unmatched: ReportTable {
    let rows = discrepancies.filter { item in
      let sides = ["theirs", "bank", "ours"].filter { item[$0] != nil }
      return sides.count == 1
    }
    return ReportTable(
      title: word("Unmatched", "单边"), columns: columns, rows: rows.map(cells))
  }

  /// All discrepancies under names for programs, in one language.
  var all: ReportTable {
    ReportTable(
      title: "", columns: columnNames.map(\.name), rows: discrepancies.map(cells))
  }

  typealias ColumnName = (name: String, english: String, chinese: String)

  private static let columnNames: [ColumnName] = [
    ("id", "id", "差异"), ("number", "no.", "编号"), ("kind", "what differs", "差异类型"),
    ("state", "state", "状态"), ("level", "takes", "级别"), ("currency", "currency", "币种"),
    ("expected", "ours", "本地金额"), ("expected_currency", "our currency", "本地币种"),
    ("actual", "theirs", "对方金额"), ("difference", "difference", "差额"), ("line", "line", "账单行"),
    ("gateway_txn_id", "gateway's number", "渠道流水号"), ("reference", "our number", "商户单号"),
    ("ours", "payment or refund", "支付或退款"), ("order", "order", "订单"),
    ("cause", "most often", "常见原因"), ("opened_at", "found at", "发现时间"),
    ("due_at", "look until", "处理时限"), ("resolution", "ended as", "处理结果"),
  ]

  private var columnNames: [ColumnName] {
    origin == .files ? Self.columnsOfFiles(from: Self.columnNames) : Self.columnNames
  }

  private var columns: [String] { columnNames.map { isChinese ? $0.chinese : $0.english } }

  /// The heading of one column, in the language of the report.
  func heading(_ name: String) -> String {
    let found = columnNames.first { $0.name == name }
    return found.map { isChinese ? $0.chinese : $0.english } ?? name
  }

  func cells(_ item: JSONValue) -> [ReportCell] { cells(columnNames.map(\.name), of: item) }

  func cells(_ names: [String], of item: JSONValue) -> [ReportCell] {
    names.map { cell($0, of: item) }
  }

  private func cell(_ name: String, of item: JSONValue) -> ReportCell {
    let ours = item["ours"]?.objectValue.map { JSONValue.object($0) }
    let row = item["theirs"] ?? item["bank"]
    let value: JSONValue?
    switch name {
    case "currency": value = item["actual"]?["currency"]
    case "expected_currency": value = item["expected"]?["currency"]
    case "expected", "actual", "difference": return money(item[name])
    case "line": value = row?["line"]
    case "our_line": value = ours?["line"]
    case "our_txn_id": value = ours?["gateway_txn_id"]
    case "gateway_txn_id", "reference": value = row?[name] ?? ours?[name]
    case "at": value = row?["at"] ?? ours?["at"]
    default: value = item[name]
    }
    if let text = value?.stringValue { return .text(text) }
    let isTime = name == "at" || name.hasSuffix("_at")
    return value?.integerValue.map { isTime ? .time($0) : .count($0) } ?? .empty
  }

  func money(_ value: JSONValue?) -> ReportCell {
    guard let minor = value?["minor"]?.integerValue,
      let currency = value?["currency"]?.stringValue.flatMap(Currency.init(code:))
    else { return .empty }
    return .money(Money(minor, currency))
  }
}
