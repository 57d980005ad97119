/// Tells a browser or a probe that took our socket for a web server.
enum HTTPVerb {
  private static let all: [[UInt8]] = [
    "GET ", "PUT ", "PRI ", "POST ", "HEAD ", "PATCH ", "TRACE ", "DELETE ", "OPTIONS ", "CONNECT ",
  ].map { (verb: String) in Array(verb.utf8) }

  /// The longest verb with its space.
  static let sizeMax = 8

  /// A cheap first question: no request of ours begins with a capital letter.
  static func mayBegin(with byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
  }

  /// True once the bytes hold a whole verb and its space.
  static func begins(_ bytes: ArraySlice<UInt8>) -> Bool {
    all.contains { bytes.starts(with: $0) }
  }
}

extension UnsafeRawBufferPointer {
  /// The first LF in a range, eight bytes a step.
  func firstLineFeed(in range: Range<Int>) -> Int? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var index = range.lowerBound
    while index + 8 <= range.upperBound {
      let word = loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ (ones &* 0x0A)
      // Not zero exactly if one of the eight bytes is zero now.
      if (word &- ones) & ~word & (ones &* 0x80) != 0 { break }
      index += 8
    }
    while index < range.upperBound {
      if self[index] == 0x0A { return index }
      index += 1
    }
    return nil
  }
}
