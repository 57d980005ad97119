import Domain

/// Whether bytes are a whole zip archive, by its frame: one cut short has lost its end, where the
/// directory stands. What is inside is read, and its checksums compared, by whoever opens it.
enum ZipShape {
  private static let entryMark: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  private static let directoryMark: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
  private static let endMark: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
  private static let endByteCount = 22
  private static let commentBytesMax = 65_535

  static func require(_ bytes: [UInt8], of company: String) throws(Fault) {
    guard bytes.starts(with: entryMark) || bytes.starts(with: endMark) else {
      throw .badReply(company, "it is no zip file")
    }
    guard isWhole(bytes) else { throw .cutShort(company) }
  }

  private static func isWhole(_ bytes: [UInt8]) -> Bool {
    var place = bytes.count - endByteCount
    let lowest = max(0, place - commentBytesMax)
    while place >= lowest {
      if bytes[place...].starts(with: endMark), isEnd(bytes, at: place) { return true }
      place -= 1
    }
    return false
  }

  /// The end record names the directory before it and the length of the comment behind it.
  private static func isEnd(_ bytes: [UInt8], at place: Int) -> Bool {
    let entries = number(bytes, place + 10, 2)
    let size = number(bytes, place + 12, 4)
    let offset = number(bytes, place + 16, 4)
    let comment = number(bytes, place + 20, 2)
    guard place + endByteCount + comment == bytes.count, offset + size == place else {
      return false
    }
    return entries == 0 || bytes[offset...].starts(with: directoryMark)
  }

  private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }
}
