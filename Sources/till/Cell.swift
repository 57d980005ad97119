// One value as the text of a table cell.

import JSON

/// How a value is shown depends on its name and shape, never on its content.
struct CellFormat {
  let time: TimeStyle
  /// `zh` or `en`, for texts that exist in both.
  var language = "en"

  /// The text of a cell; empty for what is missing.
  ///
  /// Shape: `money` objects as `58.00 CNY`, phrases in the language, members that end in `_at` as
  /// times, in `_ms` as durations, lists with commas and objects in them by their id, other objects
  /// as compact JSON. Control characters are escaped.
  func text(_ value: JSONValue?, name: String) -> String {
    guard let value else { return "" }
    if let money = moneyText(value) { return money }
    if let phrase = phraseText(value, language: language) { return printable(phrase) }
    switch value {
    case .null: return ""
    case .bool(let flag): return flag ? "true" : "false"
    case .integer(let number): return text(number, name: name)
    case .number(let literal): return literal
    case .string(let text): return printable(text)
    case .array(let elements):
      return elements.map { text($0["id"] ?? $0, name: name) }.joined(separator: ", ")
    case .object: return String(decoding: value.bytes(), as: UTF8.self)
    }
  }

  private func text(_ number: Int64, name: String) -> String {
    if isTimeName(name) { return timeText(milliseconds: number, style: time) }
    if isDurationName(name), time != .ms { return durationText(milliseconds: number) }
    return String(number)
  }

  /// True for what lines up on the right: amounts and counts.
  func isNumeric(_ value: JSONValue, name: String) -> Bool {
    if moneyText(value) != nil { return true }
    guard value.integerValue != nil else { return false }
    return !isTimeName(name)
  }
}

/// The value of a column in a row.
///
/// The table names the English part of a phrase, `text.en`; the language asked for takes its place.
func columnValue(_ row: JSONValue, path: String, language: String) -> JSONValue? {
  if language == "zh", path.hasSuffix(".en"),
    let chinese = row.value(atPath: path.dropLast(2) + "zh")
  {
    return chinese
  }
  return row.value(atPath: path)
}

/// What such a column is called where people read it.
func columnHeading(_ path: String, rows: [JSONValue], language: String) -> String {
  let chinese = path.dropLast(2) + "zh"
  guard language == "zh", path.hasSuffix(".en"),
    rows.contains(where: { $0.value(atPath: String(chinese)) != nil })
  else { return path }
  return String(chinese)
}

/// The text of a `phrase` object, which has every sentence in Chinese and English; nil for others.
func phraseText(_ value: JSONValue, language: String) -> String? {
  guard let object = value.objectValue, object.count == 2, let chinese = object["zh"]?.stringValue,
    let english = object["en"]?.stringValue
  else { return nil }
  return language == "zh" ? chinese : english
}

private func isTimeName(_ name: String) -> Bool {
  let last = lastComponent(of: name)
  return last.hasSuffix("_at") || last == "at" || last == "lease_until"
}

private func isDurationName(_ name: String) -> Bool {
  lastComponent(of: name).hasSuffix("_ms")
}

private func lastComponent(of path: String) -> Substring {
  path.split(separator: ".").last { !isDigits($0) } ?? Substring(path)
}
