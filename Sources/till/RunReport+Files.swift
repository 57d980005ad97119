// What a report tells of two files that were held against each other: no daemon, so no names, no
// states, nothing that somebody decides.

import Domain
import JSON

extension RunReport {
  /// Which files, and how they were read.
  var factsOfFiles: ReportTable {
    var rows: [[ReportCell]] = [
      [.text(word("statement", "账单")), text("statement")],
      [.text(word("read as", "账单格式")), .text(reading("layout", "charset"))],
      [.text(word("its own totals", "账单合计")), .text(totals)],
      [.text(word("books", "本地账")), text("books")],
      [.text(word("read as", "本地账格式")), .text(reading("books_layout", "books_charset"))],
      [.text(word("days from", "账期起")), time("from_at")],
      [.text(word("days to", "账期止")), time("to_at")],
      [.text(word("rows of the statement", "账单行数")), count("statement_rows")],
      [.text(word("rows of ours", "本地行数")), count("local_rows")],
      [.text(word("agree", "一致")), count("matched")],
      [.text(word("differences", "差异")), count("differences")],
    ]
    for (name, english, chinese) in [
      ("waiting", "may stand in the next day's file", "可能在相邻账期"),
      ("other_days", "rows of ours of other days", "本地其他账期行数"),
      ("statement_skipped", "rows of the statement left out", "账单略去行数"),
      ("local_skipped", "rows of ours left out", "本地略去行数"),
    ] where (run[name]?.integerValue ?? 0) > 0 {
      rows.append([.text(word(english, chinese)), count(name)])
    }
    return ReportTable(title: word("Summary", "概要"), columns: [], rows: rows)
  }

  private func reading(_ layout: String, _ charset: String) -> String {
    [layout, charset].compactMap { run[$0]?.stringValue }.joined(separator: ", ")
  }

  private var totals: String {
    let figures = run["figures"]?.arrayValue ?? []
    if figures.isEmpty { return word("none", "无") }
    return run["verified"]?.boolValue == true ? word("agree", "相符") : word("DIFFER", "不符")
  }

  /// One line a kind and currency, with what the differences add up to.
  var kindsOfFiles: ReportTable {
    var rows: [[ReportCell]] = []
    for item in kinds {
      let kind = item["kind"]?.stringValue ?? ""
      let sums = item["differences"]?.arrayValue ?? []
      let count = ReportCell.count(item["count"]?.integerValue ?? 0)
      rows.append([
        .text(Self.number(of: kind)), .text(words(of: kind)),
        sums.first.map { money($0) } ?? .empty, count,
      ])
      for sum in sums.dropFirst() { rows.append([.empty, .empty, money(sum), .empty]) }
    }
    return ReportTable(
      title: word("Differences", "差异"),
      columns: [
        word("no.", "编号"), word("what differs", "差异"), word("add up to", "差额合计"),
        word("rows", "行数"),
      ], rows: rows)
  }

  /// What is known without a daemon, and the line of the books.
  static func columnsOfFiles(from columns: [ColumnName]) -> [ColumnName] {
    let unknown = ["id", "state", "level", "ours", "order", "opened_at", "due_at", "resolution"]
    var known = columns.filter { !unknown.contains($0.name) }
    let place = known.firstIndex { $0.name == "line" } ?? known.count - 1
    known.insert(("our_line", "books line", "本地行"), at: place + 1)
    known.insert(("our_txn_id", "its number in the books", "本地流水号"), at: known.count - 1)
    known.insert(("at", "at", "时间"), at: known.count - 1)
    return known
  }

  /// Some of the differences, for people.
  func listed(_ items: [JSONValue], title: String) -> ReportTable {
    let names = [
      "number", "reference", "gateway_txn_id", "expected", "actual", "difference", "line",
      "our_line",
    ]
    let rows = items.map { item in
      var row = cells(names, of: item)
      if let both = differingNumbers(item) { row[2] = .text(both) }
      return row
    }
    return ReportTable(title: title, columns: names.map(heading), rows: rows)
  }

  /// The gateway's number on both sides, where they have two.
  private func differingNumbers(_ item: JSONValue) -> String? {
    guard let theirs = item["theirs"]?["gateway_txn_id"]?.stringValue,
      let ours = item["ours"]?["gateway_txn_id"]?.stringValue, theirs != ours
    else { return nil }
    return word("\(theirs), ours \(ours)", "\(theirs)，本地 \(ours)")
  }

  /// Rows that no other was found for, and that may stand in the file of a day beside.
  func waiting(_ items: [JSONValue]) -> ReportTable {
    let rows: [[ReportCell]] = items.map { item in
      let isOurs = item["side"]?.stringValue == "local"
      return [.text(isOurs ? word("ours", "本地") : word("statement", "账单"))]
        + cells(["reference", "gateway_txn_id"], of: .object(JSONObject([("theirs", item)])))
        + [
          money(item["amount"]), item["at"]?.integerValue.map { .time($0) } ?? .empty,
          item["line"]?.integerValue.map { .count($0) } ?? .empty,
        ]
    }
    return ReportTable(
      title: word("May stand in the file of the day beside", "可能在相邻账期的文件中"),
      columns: [word("side", "来源")] + ["reference", "gateway_txn_id"].map(heading)
        + [word("amount", "金额"), heading("at"), word("line", "行")],
      rows: rows)
  }
}
