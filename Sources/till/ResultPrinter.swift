// A result as the reader asked for it.

import JSON

/// Prints results of one command; rows of several results share one header.
struct ResultPrinter {
  let console: Console
  let options: GlobalOptions
  let command: CommandSpec
  private var hasPrintedHeader = false

  init(console: Console, options: GlobalOptions, command: CommandSpec) {
    self.console = console
    self.options = options
    self.command = command
  }

  private var cell: CellFormat {
    CellFormat(time: options.time, language: options.language ?? "en")
  }

  /// Prints one result.
  ///
  /// - Parameter line: the reply as received, for `--format raw`.
  /// - Returns: `.done`, or `.notFound` when `--get` or `--format id` found nothing.
  mutating func show(_ result: JSONObject, line: [UInt8]) -> ExitCode {
    if let path = options.get { return showMember(path, of: result) }
    do throws(UsageError) {
      try checkColumns(options.columns, of: command, in: rows(of: result))
    } catch {
      let report = FailureReport(
        console: console, isMachineReadable: options.isMachineReadable, arguments: [])
      return report.usage(error)
    }
    switch options.format {
    case .raw: console.writeOutput(line + [0x0A])
    case .json: console.print(compact(.object(result)))
    case .jsonl: for row in rows(of: result) { console.print(compact(row)) }
    case .id: return showIdentifiers(rows(of: result))
    case .csv, .tsv: showDelimited(rows(of: result))
    case .table, .wide: showForPeople(result)
    }
    return .done
  }

  private func compact(_ value: JSONValue) -> String {
    String(decoding: value.bytes(), as: UTF8.self)
  }

  /// The member people came for: its elements, itself, or the whole result.
  private func rows(of result: JSONObject) -> [JSONValue] {
    guard let name = command.resultMember, let member = result[name] else {
      return [.object(result)]
    }
    return member.arrayValue ?? [member]
  }

  private func showMember(_ path: String, of result: JSONObject) -> ExitCode {
    guard let value = JSONValue.object(result).value(atPath: path) else {
      console.say("error: the result has no member '\(printable(path))'")
      console.say("  members: \(result.keys.map(printable).joined(separator: " "))")
      return .notFound
    }
    guard let text = value.stringValue else {
      console.print(compact(value))
      return .done
    }
    console.print(console.isOutputTerminal ? printable(text) : text)
    return .done
  }

  private func showIdentifiers(_ rows: [JSONValue]) -> ExitCode {
    for row in rows {
      guard let id = row["id"]?.stringValue else {
        console.say("error: what till \(command.name) answers has no id")
        return .notFound
      }
      console.print(printable(id))
    }
    return .done
  }

  /// A list of bare values is a table of one column.
  private func objects(_ rows: [JSONValue]) -> [JSONValue] {
    rows.map { $0.objectValue == nil ? .object(JSONObject([("value", $0)])) : $0 }
  }

  private func cells(of row: JSONValue, columns: [String]) -> [String] {
    columns.map { path in
      let value = columnValue(row, path: path, language: cell.language)
      return cell.text(value, name: path)
    }
  }

  private func columns(for rows: [JSONValue], isWide: Bool) -> [String] {
    if !options.columns.isEmpty { return options.columns }
    if !isWide, !command.columns.isEmpty { return command.columns }
    return allColumns(of: rows)
  }

  private mutating func showDelimited(_ rows: [JSONValue]) {
    let rows = objects(rows)
    let columns = columns(for: rows, isWide: false)
    let line = options.format == .csv ? csvLine : tsvLine
    if options.showsHeader, !hasPrintedHeader { console.print(line(columns)) }
    hasPrintedHeader = true
    for row in rows {
      console.print(line(cells(of: row, columns: columns)))
    }
  }

  private mutating func showForPeople(_ result: JSONObject) {
    if let name = command.resultMember, let list = result[name]?.arrayValue {
      showTable(list, isNested: false)
    } else if !options.columns.isEmpty {
      showTable(rows(of: result), isNested: false)
    } else {
      showRecord(result)
    }
  }

  /// Members that belong to the protocol, not to the answer.
  private static let reserved = ["cursor", "replayed", "warnings", "next"]

  private mutating func showRecord(_ result: JSONObject) {
    var shown = JSONObject()
    for member in result.members where !Self.reserved.contains(member.key) {
      if member.key == command.resultMember, let object = member.value.objectValue {
        for inner in object.members { shown[inner.key] = inner.value }
      } else {
        shown[member.key] = member.value
      }
    }
    if hasPrintedHeader { console.print("") }
    hasPrintedHeader = true
    let record = Record(shown)
    let width = record.fields.reduce(0) { max($0, columnWidth($1.name)) }
    for field in record.fields {
      let padding = String(repeating: " ", count: width - columnWidth(field.name))
      let name = console.styled(printable(field.name) + padding, .dim)
      console.print("\(name)  \(cell.text(field.value, name: field.name))")
    }
    for list in record.lists {
      console.print(console.styled("\(printable(list.name)):", .bold))
      showTable(list.rows, isNested: true)
    }
  }

  private mutating func showTable(_ rows: [JSONValue], isNested: Bool) {
    let isWide = isNested || options.format == .wide
    let rows = objects(rows)
    let columns = isNested ? allColumns(of: rows) : columns(for: rows, isWide: isWide)
    let table = Table(
      header: columns.map {
        printable(columnHeading($0, rows: rows, language: cell.language))
      },
      rows: rows.map { cells(of: $0, columns: columns) },
      rightAligned: columns.map { isNumericColumn($0, rows: rows) })
    let showsHeader = options.showsHeader && (isNested || !hasPrintedHeader) && !columns.isEmpty
    let indent = isNested ? "  " : ""
    let widthMax = options.format == .wide ? nil : console.outputColumns
    let lines = table.lines(
      showsHeader: showsHeader, widthMax: widthMax.map { $0 - indent.utf8.count },
      styleHeader: { console.styled($0, .bold) })
    for line in lines { console.print(indent + line) }
    if !isNested { hasPrintedHeader = true }
  }

  private func isNumericColumn(_ column: String, rows: [JSONValue]) -> Bool {
    var hasNumber = false
    for row in rows {
      guard let value = row.value(atPath: column), !value.isNull else { continue }
      guard cell.isNumeric(value, name: column) else { return false }
      hasNumber = true
    }
    return hasNumber
  }
}
