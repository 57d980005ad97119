// Text in columns. Widths are those of a terminal, so Chinese text lines up.

/// Rows under named columns.
struct Table {
  let header: [String]
  /// Printable text, one entry a column.
  let rows: [[String]]
  /// Columns that line up on the right.
  let rightAligned: [Bool]

  private static let gap = "  "
  private static let columnWidthMin = 8

  /// The lines, without their line ends; spaces at line ends are left away.
  ///
  /// - Parameter widthMax: shortens the widest columns until the lines fit; nil never shortens.
  func lines(showsHeader: Bool, widthMax: Int?, styleHeader: (String) -> String) -> [String] {
    let all = showsHeader ? [header] + rows : rows
    var widths = header.indices.map { column in
      all.reduce(0) { max($0, columnWidth($1[column])) }
    }
    if let widthMax { shrink(&widths, to: widthMax) }
    var lines = rows.map { line($0, widths: widths) }
    if showsHeader { lines.insert(styleHeader(line(header, widths: widths)), at: 0) }
    return lines
  }

  private func shrink(_ widths: inout [Int], to widthMax: Int) {
    let gaps = Self.gap.utf8.count * max(0, widths.count - 1)
    while widths.reduce(gaps, +) > widthMax {
      guard let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
        widths[widest] > Self.columnWidthMin
      else { return }
      widths[widest] -= 1
    }
  }

  private func line(_ cells: [String], widths: [Int]) -> String {
    var parts: [String] = []
    for column in cells.indices {
      let cell = shortened(cells[column], to: widths[column])
      let padding = String(repeating: " ", count: widths[column] - columnWidth(cell))
      parts.append(rightAligned[column] ? padding + cell : cell + padding)
    }
    var line = parts.joined(separator: Self.gap)
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }
}

/// Cuts a text to a width in columns and marks the cut.
func shortened(_ text: String, to width: Int) -> String {
  guard columnWidth(text) > width else { return text }
  var result = ""
  var used = 1
  for character in text {
    let next = columnWidth(String(character))
    guard used + next <= width else { break }
    result.append(character)
    used += next
  }
  return result + "…"
}
