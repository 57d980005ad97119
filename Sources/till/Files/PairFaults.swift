// What is wrong with one of two files, in a sentence, and what to do about it.

import Domain
import Intake
import Platform
import Reconciliation

extension FilePairing {
  func usageError(_ fault: FileFault, _ path: String) -> UsageError {
    let name = printable(path)
    switch fault {
    case .wrongKind(_, .directory):
      return UsageError(
        word("\(name) is a folder", "\(name) 是文件夹"),
        hints: [word("name the file in it", "请写明其中的文件")])
    case .wrongKind(_, let kind):
      return UsageError(
        word("\(name) is \(kind.rawValue)", "\(name) 不是普通文件"),
        hints: [
          word(
            "put what it gives into a file first, then name it", "请先把其内容存为文件，再写明该文件")
        ])
    case .system(let error) where error.isMissing:
      return UsageError(word("there is no file \(name)", "没有文件 \(name)"))
    case .system(let error) where error.isForbidden:
      return UsageError(
        word("\(name) may not be read by this user", "当前用户无权读取 \(name)"),
        hints: [
          word("look who may: ls -l \(shellWord(path))", "查看权限：ls -l \(shellWord(path))")
        ])
    default: return UsageError("\(name): \(fault)")
    }
  }

  func notKept(_ text: String) -> PairStop {
    .failed(
      word(
        "rows could not be put aside in \(printable(scratchFolder)): \(printable(text))",
        "无法在 \(printable(scratchFolder)) 暂存数据：\(printable(text))"),
      hints: [
        word(
          "name a folder on a disk with room for both files: TMPDIR=/path till recon files …",
          "请指定一个磁盘空间足够的文件夹：TMPDIR=/path till recon files …")
      ])
  }

  /// - Parameter side: nil where it was not even opened.
  func stop(_ error: IntakeError, _ side: PairSide?, _ path: String) -> PairStop {
    let name = printable(path)
    switch error {
    case .empty:
      return .unreadable(
        word("\(name) is empty", "\(name) 是空文件"),
        hints: [word("download or export it again", "请重新下载或导出")])
    case .archive(let text):
      return .unreadable(
        word("\(name): \(text)", "\(name)：无法解压（\(text)）"),
        hints: [word("download it again, or unpack it first", "请重新下载，或先解压")])
    case .unknownFormat:
      if let side, !side.isArchive { return unknownBill(side) }
      return .unreadable(
        word(
          "no file in \(name) has the heading that it is read by",
          "\(name) 中没有表头相符的文件"),
        hints: [word("unpack it, and name the file that holds the rows", "请解压，并写明数据所在的文件")])
    case .notText(let charset, let offset): return notText(charset, offset, side, path)
    case .unreadable(let error): return unreadable(error, side, path)
    case .notKept(let text): return notKept(text)
    }
  }

  private func notText(
    _ charset: String, _ offset: Int, _ side: PairSide?, _ path: String
  ) -> PairStop {
    let line = side?.line(ofByte: offset)
    let place = place(path, line: line)
    if let line, side?.isCutOff(in: line) == true { return cutOff(place) }
    if case .declared(let declared)? = side?.format, declared.charset != nil {
      return .unreadable(
        word(
          "\(place): byte \(offset + 1) is no text in \(charset), which the layout declares",
          "\(place)：第 \(offset + 1) 字节不是格式所声明的 \(charset) 文本"),
        hints: [
          word(
            "change \"charset\" in the layout, or leave it out: UTF-8 and GBK are told apart",
            "请更改格式中的 \"charset\"，或将其去掉：UTF-8 与 GBK 可自动识别")
        ])
    }
    return .unreadable(
      word(
        "\(place): byte \(offset + 1) is text neither in UTF-8 nor in GBK",
        "\(place)：第 \(offset + 1) 字节既不是 UTF-8 也不是 GBK 文本"),
      hints: [
        word(
          "in another character set, declare how it is read, with its \"charset\": "
            + "\(layoutFlag(path)) FILE.json",
          "若为其他字符集，请声明读取方式并写明 \"charset\"：\(layoutFlag(path)) FILE.json")
      ])
  }

  private func place(_ path: String, line: Int?) -> String {
    guard let line else { return printable(path) }
    return word("\(printable(path)), line \(line)", "\(printable(path)) 第 \(line) 行")
  }

  private func cutOff(_ place: String) -> PairStop {
    .unreadable(
      word("\(place): the file ends within this row", "\(place)：文件在该行中断"),
      hints: [word("it was cut short: download it again", "文件不完整，请重新下载")])
  }

  private func unreadable(
    _ error: StatementError, _ side: PairSide?, _ path: String
  ) -> PairStop {
    let place = place(path, line: error.line > 0 ? error.line : nil)
    switch error.problem {
    case .truncated:
      return .unreadable(
        word("\(place): it became shorter while it was read", "\(place)：文件在读取时变短了"),
        hints: [word("try again", "请再试一次")])
    case .missingColumn, .noHeading: break
    default:
      if side?.isCutOff(in: error.line) == true { return cutOff(place) }
    }
    return .unreadable(
      word("\(place): ", "\(place)：") + printable(error.problem.sentence.text(language)),
      hints: hints(error.problem, side?.format, path).map(printable))
  }

  private func layoutFlag(_ path: String) -> String {
    path == options.bill ? "--bill-layout" : "--layout"
  }

  private func hints(
    _ problem: StatementProblem, _ format: StatementFormat?, _ path: String
  ) -> [String] {
    let advice = problem.advice.map { [$0.text(language)] } ?? []
    if case .declared? = format { return advice }
    guard format?.name == StatementLayout.plainName else {
      return [
        word(
          "it is read as \(format?.name ?? "a bill"): take the file as it was downloaded, not as a"
            + " spreadsheet saved it",
          "按 \(format?.name ?? "账单") 读取：请使用下载的原文件，不要用表格软件另存")
      ]
    }
    let names = StatementLayout.plainHeadings
    switch problem {
    case .missingColumn, .noHeading:
      let (needed, besides) = (
        names.needed.joined(separator: ", "), names.besides.joined(separator: ", ")
      )
      return advice + [
        word(
          "name its columns \(needed); if there are such, also \(besides)",
          "请将其列命名为 \(needed)；如有，还可有 \(besides)"),
        word(
          "or declare how it is read: \(layoutFlag(path)) FILE.json (Protocol/README.md, part 14)",
          "或声明读取方式：\(layoutFlag(path)) FILE.json（Protocol/README.md 第 14 节）"),
      ]
    case .badAmount: return [word("amounts are as 1234.50, with a point", "金额写作 1234.50")]
    case .badTime:
      return [word("times are as 2026-11-20 09:30:00", "时间写作 2026-11-20 09:30:00")]
    case .badCurrency:
      return [word("add a column currency, with codes as CNY", "请增加一列 currency，值如 CNY")]
    case .unknownWord:
      return [
        word(
          "kinds are charge, refund, fee, payout; statuses are succeeded, pending, failed",
          "类型为 charge、refund、fee、payout；状态为 succeeded、pending、failed")
      ]
    default: return advice
    }
  }

  func unknownBill(_ side: PairSide) -> PairStop {
    let line = side.firstLine.map { printable(shortened($0, to: 60)) } ?? ""
    let names = StatementFormat.known.filter { $0.content == .trade }.map(\.name)
    return .unreadable(
      word(
        "\(printable(options.bill)) has the heading of no known bill"
          + (line.isEmpty ? "" : "; it begins: \(line)"),
        "\(printable(options.bill)) 的表头不属于任何已知的账单"
          + (line.isEmpty ? "" : "，开头为：\(line)")),
      hints: [
        word(
          "known are: \(names.joined(separator: ", "))",
          "已知的有：\(names.joined(separator: "、"))"),
        word(
          "any other is declared: --bill-layout FILE.json (Protocol/README.md, part 14)",
          "其他格式须声明：--bill-layout FILE.json（Protocol/README.md 第 14 节）"),
      ])
  }
}
