import Testing

@testable import Platform

@Suite("character sets")
struct CharsetDecoderTests {
  /// 支付宝,€ in GB18030.
  private static let bytes: [UInt8] = [0xD6, 0xA7, 0xB8, 0xB6, 0xB1, 0xA6, 0x2C, 0xA2, 0xE3]

  @Test("GB18030 reads the same in chunks of every size", arguments: 1...9)
  func chunks(size: Int) throws {
    let decoder = try CharsetDecoder(from: .gb18030)
    var text: [UInt8] = []
    for start in stride(from: 0, to: Self.bytes.count, by: size) {
      text += try decoder.decode(Self.bytes[start..<min(start + size, Self.bytes.count)])
    }
    try decoder.finish()
    #expect(String(decoding: text, as: UTF8.self) == "支付宝,€")
  }

  @Test("a character that was met before is the same as the first time, and so are long ones")
  func again() throws {
    let decoder = try CharsetDecoder(from: .gb18030)
    // 𠀀 and ã have four bytes.
    let rare: [UInt8] = [0x95, 0x32, 0x82, 0x36, 0x81, 0x30, 0x8A, 0x30]
    for _ in 0..<3 {
      let text = try decoder.decode(Self.bytes + rare + Self.bytes)
      #expect(String(decoding: text, as: UTF8.self) == "支付宝,€𠀀ã支付宝,€")
    }
    for first in UInt8(0x81)...0xFE {
      let fresh = try CharsetDecoder(from: .gb18030)
      for second in UInt8(0x40)...0xFE where second != 0x7F {
        let pair = [first, second]
        // try?: a pair that is no character is refused both times.
        let one = try? fresh.decode(pair)
        #expect((try? decoder.decode(pair)) == one)
        #expect((try? decoder.decode(pair)) == one)
      }
    }
  }

  @Test("a byte that is no text is refused with its place, and so is half a character")
  func malformed() throws {
    let decoder = try CharsetDecoder(from: .gb18030)
    _ = try decoder.decode([0x41, 0x42])
    #expect(throws: CharsetDecoder.Malformed(byteOffset: 3)) {
      try decoder.decode([0x43, 0xFF, 0x41])
    }
    let torn = try CharsetDecoder(from: .gb18030)
    _ = try torn.decode([0xD6])
    #expect(throws: CharsetDecoder.Malformed(byteOffset: 0)) { try torn.finish() }
  }

  @Test("every set has its tables here", arguments: CharsetDecoder.Charset.allCases)
  func sets(charset: CharsetDecoder.Charset) throws {
    let decoder = try CharsetDecoder(from: charset)
    _ = try decoder.decode([0x41, 0x00])
  }
}
