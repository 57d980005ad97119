/// Writes zip files whose entries are not compressed.
enum StoredZip {
  static func bytes(_ files: [(name: String, content: [UInt8])]) -> [UInt8] {
    var body: [UInt8] = []
    var directory: [UInt8] = []
    for (name, content) in files {
      let facts =
        little(20, 2) + little(0, 8) + little(UInt64(crc(content)), 4)
        + little(UInt64(content.count), 4) + little(UInt64(content.count), 4)
        + little(UInt64(name.utf8.count), 2) + little(0, 2)
      directory += [0x50, 0x4B, 0x01, 0x02] + little(20, 2) + facts + little(0, 10)
      directory += little(UInt64(body.count), 4) + Array(name.utf8)
      body += [0x50, 0x4B, 0x03, 0x04] + facts + Array(name.utf8) + content
    }
    let count = little(UInt64(files.count), 2)
    return body + directory + [0x50, 0x4B, 0x05, 0x06] + little(0, 4) + count + count
      + little(UInt64(directory.count), 4) + little(UInt64(body.count), 4) + little(0, 2)
  }

  private static func little(_ value: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) : 0 }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1 }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8
    }
  }
}
