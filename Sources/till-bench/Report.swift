import Platform

/// One line of the table.
struct Row: Sendable {
  var measured: String
  /// The command that gives this line alone.
  var command: String
  var figure: String
  /// Nanoseconds; none where there is no latency to tell.
  var latency: Histogram?
  var use: ProcessorUse.Shares?
  /// For the daemon's processor time of one request.
  var perSecond: Int64?
  /// What stands in the way of a better figure.
  var limit: String
}

/// Prints the table, and what happens on the way on standard error.
enum Report {
  static func note(_ text: String) {
    _ = Terminal.write(Array((text + "\n").utf8), to: Terminal.standardError)
  }

  static func show(_ text: String) {
    _ = Terminal.write(Array((text + "\n").utf8), to: Terminal.standardOutput)
  }

  static func markdown(_ rows: [Row], machine: Machine, durableWrites: Int64?) -> String {
    var text = "\(machine.text)."
    if let durableWrites {
      text += " Durable 4 KiB writes beside it, one after the other: "
        + "\(grouped(durableWrites))/s."
    }
    text += """


      | measured | `till-bench …` | figure | p50 | p99 | p99.9 | CPU daemon + client | limited by |
      | --- | --- | --- | --- | --- | --- | --- | --- |

      """
    for row in rows { text += line(row) + "\n" }
    return text
  }

  private static func line(_ row: Row) -> String {
    let quantiles = row.latency.map { latency in
      [(50, 100), (99, 100), (999, 1_000)].map {
        time(latency.quantile($0.0, of: $0.1))
      }
    } ?? ["–", "–", "–"]
    let use = row.use.map { use in
      let each = row.perSecond.map { ", \(use.daemon * 10_000 / max(1, $0)) µs each" } ?? ""
      return "\(use.daemon) % + \(use.client) %\(each)"
    } ?? "–"
    let cells = [row.measured, "`\(row.command)`", row.figure] + quantiles + [use, row.limit]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  /// A number with its thousands apart: 24 300.
  static func grouped(_ number: Int64) -> String {
    let digits = String(number)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0, text != "-" { text += " " }
      text.append(digit)
    }
    return text
  }

  /// A span with three digits that count: 412 µs, 3.10 ms, 12.4 s.
  static func time(_ nanoseconds: Int64) -> String {
    switch nanoseconds {
    case ..<1_000_000: "\(nanoseconds / 1_000) µs"
    case ..<1_000_000_000: "\(threeDigits(nanoseconds / 1_000)) ms"
    default: "\(threeDigits(nanoseconds / 1_000_000)) s"
    }
  }

  /// Thousandths as a decimal number with three digits that count.
  private static func threeDigits(_ thousandths: Int64) -> String {
    let whole = thousandths / 1_000
    let rest = thousandths % 1_000
    if whole >= 100 { return String(whole) }
    if whole >= 10 { return "\(whole).\(rest / 100)" }
    let hundredths = rest / 10
    return "\(whole).\(hundredths < 10 ? "0" : "")\(hundredths)"
  }
}
