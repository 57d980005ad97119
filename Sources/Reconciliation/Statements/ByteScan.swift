/// Looks for bytes eight at a time.
enum ByteScan {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// A word of one byte, to compare others with.
  @inline(__always)
  private static func word(of byte: UInt8) -> UInt64 { ones &* UInt64(byte) }

  /// The high bit of every byte in which two words are alike. Above the lowest of them others may
  /// be set, which are no such bytes.
  @inline(__always)
  private static func hits(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let differing = one ^ other
    return (differing &- ones) & ~differing & highs
  }

  /// Gives the places of some bytes to `meet` until it is content; places of other bytes may be
  /// among them.
  ///
  /// - Returns: the place that it was content with; the end of the bytes where there is none.
  @inline(__always)
  static func each(
    _ one: UInt8, _ two: UInt8, in bytes: ByteView, from start: Int, _ meet: (Int) -> Bool
  ) -> Int {
    let wanted = (word(of: one), word(of: two))
    return each(in: bytes, from: start, { hits($0, wanted.0) | hits($0, wanted.1) }, meet)
  }

  @inline(__always)
  static func each(
    _ one: UInt8, _ two: UInt8, _ three: UInt8, in bytes: ByteView, from start: Int,
    _ meet: (Int) -> Bool
  ) -> Int {
    let wanted = (word(of: one), word(of: two), word(of: three))
    return each(
      in: bytes, from: start,
      { hits($0, wanted.0) | hits($0, wanted.1) | hits($0, wanted.2) }, meet)
  }

  @inline(__always)
  private static func each(
    in bytes: ByteView, from start: Int, _ hitsOf: (UInt64) -> UInt64, _ meet: (Int) -> Bool
  ) -> Int {
    var place = start
    while place &+ 8 <= bytes.count {
      var hits = hitsOf(bytes.word(at: place))
      while hits != 0 {
        let hit = place &+ hits.trailingZeroBitCount &>> 3
        if meet(hit) { return hit }
        hits &= hits &- 1
      }
      place &+= 8
    }
    while place < bytes.count {
      if meet(place) { return place }
      place &+= 1
    }
    return place
  }
}
