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
      return UsageError("\(name) is a folder", hints: ["name the file in it"])
    case .wrongKind(_, let kind):
      return UsageError(
        "\(name) is \(kind.rawValue)", hints: ["put what it gives into a file first, then name it"])
    case .system(let error) where error.isMissing:
      return UsageError("there is no file \(name)")
    case .system(let error) where error.isForbidden:
      return UsageError(
        "\(name) may not be read by this user", hints: ["look who may: ls -l \(shellWord(path))"])
    default: return UsageError("\(name): \(fault)")
    }
  }

  func notKept(_ text: String) -> PairStop {
    .failed(
      "rows could not be put aside in \(printable(scratchFolder)): \(printable(text))",
      hints: ["name a folder on a disk with room for both files: TMPDIR=/path till recon files …"])
  }

  /// - Parameter side: nil where it was not even opened.
  func stop(_ error: IntakeError, _ side: PairSide?, _ path: String) -> PairStop {
    let name = printable(path)
    switch error {
    case .empty:
      return .unreadable("\(name) is empty", hints: ["download or export it again"])
    case .archive(let text):
      return .unreadable("\(name): \(text)", hints: ["download it again, or unpack it first"])
    case .unknownFormat:
      if let side, !side.isArchive { return unknownBill(side) }
      return .unreadable(
        "no file in \(name) has the heading that it is read by",
        hints: ["unpack it, and name the file that holds the rows"])
    case .notText(let charset, let offset): return notText(charset, offset, side, path)
    case .unreadable(let error): return unreadable(error, side, path)
    case .notKept(let text): return notKept(text)
    }
  }

  private func notText(
    _ charset: String, _ offset: Int, _ side: PairSide?, _ path: String
  ) -> PairStop {
    let line = side?.line(ofByte: offset)
    let place = printable(path) + (line.map { ", line \($0)" } ?? "")
    if let line, side?.isCutOff(in: line) == true { return cutOff(place) }
    if case .declared(let declared)? = side?.format, declared.charset != nil {
      return .unreadable(
        "\(place): byte \(offset + 1) is no text in \(charset), which the layout declares",
        hints: ["change \"charset\" in the layout, or leave it out: UTF-8 and GBK are told apart"])
    }
    return .unreadable(
      "\(place): byte \(offset + 1) is text neither in UTF-8 nor in GBK",
      hints: [
        "in another character set, declare how it is read, with its \"charset\": "
          + "\(layoutFlag(path)) FILE.json"
      ])
  }

  private func cutOff(_ place: String) -> PairStop {
    .unreadable(
      "\(place): the file ends within this row", hints: ["it was cut short: download it again"])
  }

  private func unreadable(
    _ error: StatementError, _ side: PairSide?, _ path: String
  ) -> PairStop {
    let place = printable(path) + (error.line > 0 ? ", line \(error.line)" : "")
    switch error.problem {
    case .truncated:
      return .unreadable("\(place): it became shorter while it was read", hints: ["try again"])
    case .missingColumn, .noHeading: break
    default:
      if side?.isCutOff(in: error.line) == true { return cutOff(place) }
    }
    return .unreadable(
      "\(place): \(printable(error.problem.text))",
      hints: hints(error.problem, side?.format, path).map(printable))
  }

  private func layoutFlag(_ path: String) -> String {
    path == options.bill ? "--bill-layout" : "--layout"
  }

  private func hints(
    _ problem: StatementProblem, _ format: StatementFormat?, _ path: String
  ) -> [String] {
    if case .declared? = format { return problem.hint.map { [$0] } ?? [] }
    guard format?.name == StatementLayout.plainName else {
      return [
        "it is read as \(format?.name ?? "a bill"): take the file as it was downloaded, not as a"
          + " spreadsheet saved it"
      ]
    }
    let names = StatementLayout.plainHeadings
    switch problem {
    case .missingColumn, .noHeading:
      return (problem.hint.map { [$0] } ?? []) + [
        "name its columns \(names.needed.joined(separator: ", ")); if there are such, also "
          + names.besides.joined(separator: ", "),
        "or declare how it is read: \(layoutFlag(path)) FILE.json (Protocol/README.md, part 14)",
      ]
    case .badAmount: return ["amounts are as 1234.50, with a point"]
    case .badTime: return ["times are as 2026-11-20 09:30:00"]
    case .badCurrency: return ["add a column currency, with codes as CNY"]
    case .unknownWord:
      return ["kinds are charge, refund, fee, payout; statuses are succeeded, pending, failed"]
    default: return problem.hint.map { [$0] } ?? []
    }
  }

  func unknownBill(_ side: PairSide) -> PairStop {
    let line = side.firstLine.map { printable(shortened($0, to: 60)) } ?? ""
    let names = StatementFormat.known.filter { $0.content == .trade }.map(\.name)
    return .unreadable(
      "\(printable(options.bill)) has the heading of no known bill"
        + (line.isEmpty ? "" : "; it begins: \(line)"),
      hints: [
        "known are: \(names.joined(separator: ", "))",
        "any other is declared: --bill-layout FILE.json (Protocol/README.md, part 14)",
      ])
  }
}
