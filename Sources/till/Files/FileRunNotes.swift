// What a person should know of a comparison beside its tables.

import Domain
import Intake
import Reconciliation

struct FileRunNotes {
  private let run: FileRun
  private let report: RunReport

  init(_ run: FileRun, _ report: RunReport) {
    self.run = run
    self.report = report
  }

  private var bill: FileSide { run.match.statement }
  private var books: FileSide { run.match.local }

  var lines: [String] {
    var lines = bill.checks.filter { !$0.agrees }.map(contradiction)
    if bill.checks.isEmpty, bill.format.statesTotals, bill.rows > 0 {
      lines.append(
        report.word(
          "note: the bill has no totals at its end, as such bills do: it may be cut short",
          "注意：账单末尾没有合计行，可能不完整，请重新下载核对"))
    }
    if let apart = daysApart {
      lines.append(apart)
    } else if run.agreeing == 0, bill.rows > 0, books.rows > 0, !hasPairs {
      lines.append(nothingFound)
    }
    if isHundredfold {
      lines.append(
        report.word(
          "note: amounts of the books are a hundred times those of the bill: declare them with "
            + "\"unit\": \"minor\" in a --layout, or export them as 58.00",
          "注意：本地账金额均为账单的一百倍，似以分为单位：请在 --layout 中声明 \"unit\": \"minor\"，或以元导出"))
    }
    if !run.waiting.isEmpty {
      lines.append(
        report.word(
          "note: \(run.waiting.count) rows near midnight may stand in the file of the day beside: "
            + "--all lists them, --cut-off 0s counts them as differences",
          "注意：\(run.waiting.count) 行在零点前后，可能在相邻账期的文件中：--all 列出，--cut-off 0s 计入差异"))
    }
    return lines
  }

  private func contradiction(_ check: StatementCheck) -> String {
    let (stated, found) = (figure(check.stated, check), figure(check.found, check))
    return report.word(
      "note: the bill states \(stated) as its \(check.subject.english), and its rows give "
        + "\(found): it is cut short or was changed; download it again",
      "注意：账单写明\(check.subject.chinese)为 \(stated)，各行合计为 \(found)：文件不完整或被改动，请重新下载")
  }

  private func figure(_ value: Int64, _ check: StatementCheck) -> String {
    guard !check.subject.isCount, let currency = bill.format.currency else { return String(value) }
    return Money(value, currency).description
  }

  /// Files of other days have nothing to compare.
  private var daysApart: String? {
    guard bill.rows > 0, let ours = books.times,
      ours.last < run.match.rules.from || ours.first >= run.match.rules.to
    else { return nil }
    return report.word(
      "note: no row of the books is of the bill's days; the books go from \(ours.first) to "
        + "\(ours.last). Another day's export, or another --zone?",
      "注意：本地账没有账单账期内的行，本地账自 \(ours.first) 至 \(ours.last)。是否为其他日期的导出，或时区（--zone）不符？")
  }

  /// Amounts as a shop's database holds them, in the smallest unit, differ in every row.
  private var isHundredfold: Bool {
    let found = run.match.found
    var (pairs, hundredfold) = (0, 0)
    for (row, partner) in found.result.partners.enumerated() where partner >= 0 {
      guard let place = found.statement.place(of: row),
        let own = found.local.place(of: Int(partner))
      else { continue }
      let theirs = found.statement.table.entries[place].gross.magnitude
      let ours = found.local.table.entries[own].gross.magnitude
      pairs += 1
      if theirs > 0, ours / 100 == theirs, ours % 100 == 0 { hundredfold += 1 }
    }
    return hundredfold > run.agreeing && hundredfold * 10 >= pairs * 9
  }

  private var hasPairs: Bool { run.match.found.result.partners.contains { $0 >= 0 } }

  /// Usually the wrong column holds our numbers.
  private var nothingFound: String {
    let (theirs, ours) = (
      example(run.match.found.statement.table), example(run.match.found.local.table)
    )
    return report.word(
      "note: not one row of the bill was found in the books. Our numbers are as \(theirs) in the "
        + "bill, and as \(ours) in the books: is another column meant?",
      "注意：账单没有一行能在本地账中找到。商户单号在账单中如 \(theirs)，在本地账中如 \(ours)：是否取错了列？")
  }

  private func example(_ table: EntryTable) -> String {
    let row = table.entries.indices.first { !table.key($0).isEmpty }
    return row.map { printable(shortened(String(decoding: table.key($0), as: UTF8.self), to: 40)) }
      ?? "-"
  }
}

extension StatementCheck.Subject {
  fileprivate var english: String {
    switch self {
    case .rows: "number of rows"
    case .charges: "number of payments"
    case .refunds: "number of refunds"
    case .gross: "sum of payments"
    case .refunded: "sum of refunds"
    case .fees: "sum of fees"
    case .income: "income"
    case .expense: "expenses"
    case .closingBalance: "closing balance"
    }
  }

  fileprivate var chinese: String {
    switch self {
    case .rows: "总笔数"
    case .charges: "收款笔数"
    case .refunds: "退款笔数"
    case .gross: "收款金额"
    case .refunded: "退款金额"
    case .fees: "手续费"
    case .income: "收入"
    case .expense: "支出"
    case .closingBalance: "期末余额"
    }
  }
}
