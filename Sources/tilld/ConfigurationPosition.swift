import JSON

/// Finds line and column of a place in a configuration file that has parsed.
enum ConfigurationPosition {
  /// - Returns: 1-based line and column of the value, or of the nearest object round it.
  static func find(_ place: ConfigurationPlace, in bytes: [UInt8]) -> (line: Int, column: Int) {
    var range = 0..<bytes.count
    for step in place.steps {
      guard let next = value(at: step, in: bytes, range) else { break }
      range = next
    }
    let start = bytes[range].firstIndex { !isBlank($0) } ?? range.lowerBound
    return JSONReader.position(of: start, in: bytes)
  }

  private static func value(
    at step: ConfigurationPlace.Step, in bytes: [UInt8], _ range: Range<Int>
  ) -> Range<Int>? {
    switch step {
    case .member(let name):
      // try?: the file has parsed, so a failure only means that the place is not there.
      guard let found = try? JSONReader.memberRange(of: name, in: Array(bytes[range])) else {
        return nil
      }
      return found.lowerBound + range.lowerBound..<found.upperBound + range.lowerBound
    case .item(let wanted): return item(wanted, in: bytes, range)
    }
  }

  /// Walks over a list's items, minding strings and nesting.
  private static func item(_ wanted: Int, in bytes: [UInt8], _ range: Range<Int>) -> Range<Int>? {
    guard let open = bytes[range].firstIndex(of: UInt8(ascii: "[")) else { return nil }
    var (depth, index, isText, start) = (0, 0, false, open + 1)
    var place = open + 1
    while place < range.upperBound {
      let byte = bytes[place]
      if isText {
        if byte == UInt8(ascii: "\\") { place += 1 }
        if byte == UInt8(ascii: "\"") { isText = false }
      } else if byte == UInt8(ascii: "\"") {
        isText = true
      } else if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") {
        depth += 1
      } else if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
        if depth == 0 { return index == wanted ? start..<place : nil }
        depth -= 1
      } else if byte == UInt8(ascii: ","), depth == 0 {
        if index == wanted { return start..<place }
        index += 1
        start = place + 1
      }
      place += 1
    }
    return nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
