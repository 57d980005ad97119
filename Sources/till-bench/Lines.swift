/// Cuts what a connection sends into lines, whatever the pieces it comes in.
struct LineCutter {
  private var partial: [UInt8] = []

  /// Calls `body` with each line that is complete, without its line feed.
  mutating func take(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
    var start = 0
    if !partial.isEmpty {
      guard let end = Self.lineFeed(in: bytes, from: 0) else {
        partial.append(contentsOf: bytes)
        return
      }
      partial.append(contentsOf: bytes[..<end])
      partial.withUnsafeBytes(body)
      partial.removeAll(keepingCapacity: true)
      start = end + 1
    }
    while let end = Self.lineFeed(in: bytes, from: start) {
      body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      start = end + 1
    }
    if start < bytes.count { partial.append(contentsOf: bytes[start...]) }
  }

  /// The next line feed, eight bytes a step.
  static func lineFeed(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var index = start
    while index + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let folded = word ^ (ones &* 0x0A)
      let found = (folded &- ones) & ~folded & (ones << 7)
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count {
      if bytes[index] == 0x0A { return index }
      index += 1
    }
    return nil
  }
}

/// What the first bytes of a line say; nothing else of it is looked at.
///
/// The daemon writes the members in one order, so their places are known.
enum LineHead: Equatable {
  case result(id: Int)
  case error(id: Int)
  /// An `events.item`.
  case event
  /// Another notification, or something that is no reply of ours.
  case other

  private static let memberPlace = 17
  private static let idPlace = 22
  private static let methodPlace = 27

  init(_ line: UnsafeRawBufferPointer) {
    self = .other
    guard line.count > Self.methodPlace + 8 else { return }
    if line[Self.memberPlace + 1] == UInt8(ascii: "m") {
      let name = Self.methodPlace
      if line[name] == UInt8(ascii: "e"), line[name + 7] == UInt8(ascii: "i") { self = .event }
      return
    }
    var place = Self.idPlace
    var id = 0
    while place < line.count - 3, id < 1_000_000 {
      let digit = line[place] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      id = id * 10 + Int(digit)
      place += 1
    }
    guard place > Self.idPlace, line[place] == UInt8(ascii: ",") else { return }
    self = line[place + 2] == UInt8(ascii: "r") ? .result(id: id) : .error(id: id)
  }
}
