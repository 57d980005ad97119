/// Looks for bytes eight at a time.
enum ByteScan {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The first place of a byte in `from ..< end`; `end` where there is none.
  @inline(__always)
  static func first(
    _ byte: UInt8, in buffer: UnsafeRawBufferPointer, _ from: Int, _ end: Int
  ) -> Int {
    let wanted = ones &* UInt64(byte)
    var place = from
    while place &+ 8 <= end {
      // unsafe: a whole word below `end`, which the caller keeps within the buffer.
      let word = buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      let hits = zeros(UInt64(littleEndian: word) ^ wanted)
      if hits != 0 { return place &+ hits.trailingZeroBitCount >> 3 }
      place &+= 8
    }
    while place < end, buffer[place] != byte { place &+= 1 }
    return place
  }

  /// The first place of either byte.
  @inline(__always)
  static func first(
    _ byte: UInt8, or other: UInt8, in buffer: UnsafeRawBufferPointer, _ from: Int, _ end: Int
  ) -> Int {
    let wanted = (ones &* UInt64(byte), ones &* UInt64(other))
    var place = from
    while place &+ 8 <= end {
      // unsafe: a whole word below `end`, which the caller keeps within the buffer.
      let word = UInt64(
        littleEndian: buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      let hits = zeros(word ^ wanted.0) | zeros(word ^ wanted.1)
      if hits != 0 { return place &+ hits.trailingZeroBitCount >> 3 }
      place &+= 8
    }
    while place < end, buffer[place] != byte, buffer[place] != other { place &+= 1 }
    return place
  }

  /// The high bit of the lowest zero byte; bits above it may be wrong, those below never are.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }
}
