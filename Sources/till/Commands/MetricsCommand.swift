// `till server metrics --prometheus`: the daemon's numbers in the text format of Prometheus.

import JSON

/// The command of the table with one more way to print.
func metricsCommand(_ generated: CommandSpec?) -> LocalCommand? {
  guard let generated else { return nil }
  let flag = ArgumentSpec(
    local: "prometheus", .boolean, doc: "print the text format of Prometheus")
  let spec = generated.with(
    flags: generated.flags + [flag],
    examples: ["till server metrics", "till server metrics --prometheus > till.prom"])
  return LocalCommand(spec: spec) { (session, invocation) throws(UsageError) in
    let builder = ParameterBuilder(
      invocation: invocation, options: session.options, inputs: session.inputs)
    let requests = try builder.requests()
    var command = MethodCommand(session: session, command: spec)
    if invocation.has("prometheus") {
      command.show = { result in
        for line in prometheusLines(result) { session.console.print(line) }
        return .done
      }
    } else if [.table, .wide].contains(session.options.format), session.options.get == nil {
      command.show = { result in
        showMetrics(result, on: session)
        return .done
      }
    }
    return try command.run(requests)
  }
}

/// One row a sample, for people.
private func showMetrics(_ result: JSONObject, on session: Session) {
  var rows: [[String]] = []
  for metric in result["metrics"]?.arrayValue ?? [] {
    for sample in metric["samples"]?.arrayValue ?? [] {
      let labels = sample["labels"]?.objectValue ?? JSONObject()
      let text = labels.members.map { "\($0.key)=\($0.value.stringValue ?? "")" }
      rows.append([
        printable(metric["name"]?.stringValue ?? ""), printable(text.joined(separator: " ")),
        sample["value"]?.numberLiteral ?? "",
      ])
    }
  }
  let table = Table(
    header: ["name", "labels", "value"], rows: rows, rightAligned: [false, false, true])
  let console = session.console
  let lines = table.lines(
    showsHeader: session.options.showsHeader, widthMax: nil,
    styleHeader: { console.styled($0, .bold) })
  for line in lines { console.print(line) }
}

/// The exposition format 0.0.4 of Prometheus.
///
/// Units: a name that ends in `_ms` keeps its milliseconds; nothing is converted.
func prometheusLines(_ result: JSONObject) -> [String] {
  var lines: [String] = []
  for metric in result["metrics"]?.arrayValue ?? [] {
    guard let plain = metric["name"]?.stringValue else { continue }
    let name = metricName(plain)
    if let help = metric["help"]?.stringValue {
      lines.append("# HELP \(name) \(escaped(help, quotes: false))")
    }
    lines.append("# TYPE \(name) \(metricType(metric["kind"]?.stringValue))")
    for sample in metric["samples"]?.arrayValue ?? [] {
      guard let value = sample["value"]?.numberLiteral else { continue }
      lines.append("\(name)\(labelText(sample["labels"]?.objectValue)) \(value)")
    }
  }
  return lines
}

private func metricType(_ kind: String?) -> String {
  switch kind {
  case "counter": "counter"
  case "gauge": "gauge"
  default: "untyped"
  }
}

/// Prometheus allows letters, digits, `_` and `:`; all our names start with `till_`.
private func metricName(_ name: String) -> String {
  let clean = String(
    decoding: name.utf8.map { isAlphanumeric($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
  return clean.hasPrefix("till_") ? clean : "till_" + clean
}

private func labelText(_ labels: JSONObject?) -> String {
  guard let labels, !labels.isEmpty else { return "" }
  let parts = labels.members.map { label in
    let name = String(
      decoding: label.key.utf8.map { isAlphanumeric($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
    return "\(name)=\"\(escaped(label.value.stringValue ?? "", quotes: true))\""
  }
  return "{\(parts.joined(separator: ","))}"
}

private func escaped(_ text: String, quotes: Bool) -> String {
  var result = ""
  for character in text {
    switch character {
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\"" where quotes: result += "\\\""
    default: result.append(character)
    }
  }
  return result
}
