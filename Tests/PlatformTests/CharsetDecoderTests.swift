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
