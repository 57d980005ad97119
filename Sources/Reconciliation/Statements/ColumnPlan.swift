/// Where the columns of one file stand: found by their names in its heading.
struct ColumnPlan: Sendable {
  /// By role; -1 where the file has none.
  private var places = [Int](repeating: -1, count: ColumnRole.allCases.count)
  private var names = [String](repeating: "", count: ColumnRole.allCases.count)
  let columnCount: Int

  /// - Throws: `missingColumn` where a required one is not there.
  init(_ heading: [String], _ columns: [Column], line: Int) throws(StatementError) {
    let plain = heading.map(Self.plain)
    columnCount = heading.count
    for column in columns {
      let wanted = column.names.map(Self.plain)
      // Earlier names are better ones: an export may have both `Net` and `Net (converted)`.
      let found = wanted.lazy.compactMap { name in
        plain.firstIndex { $0.utf8.elementsEqual(name.utf8) }
      }.first
      if let found {
        places[column.role.rawValue] = found
      } else if column.isRequired {
        throw StatementError(
          line: line, .missingColumn(column.names.first ?? "", heading: heading))
      }
      names[column.role.rawValue] = column.names.first ?? ""
    }
  }

  @inline(__always)
  func place(_ role: ColumnRole) -> Int? {
    let place = places[role.rawValue]
    return place >= 0 ? place : nil
  }

  /// Columns of a heading that nothing is read from, in its order.
  func unused(of heading: [String]) -> [String] {
    heading.enumerated().filter { !places.contains($0.offset) }.map(\.element)
  }

  func name(_ role: ColumnRole) -> String { names[role.rawValue] }

  /// A heading without the differences that mean nothing.
  static func plain(_ heading: String) -> String {
    var plain = ""
    for scalar in heading.unicodeScalars {
      switch scalar {
      case "（": plain += "("
      case "）": plain += ")"
      case " ", "\t", "\u{FEFF}", "\u{A0}": continue
      default: plain.unicodeScalars.append(scalar)
      }
    }
    return plain.lowercased()
  }
}
