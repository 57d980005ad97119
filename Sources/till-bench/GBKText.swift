import Platform

/// Text in GBK, as the gateways of China write their bills. The C library only decodes here, so all
/// its two-byte characters are decoded once.
enum GBKText {
  private static let firsts: ClosedRange<UInt8> = 0x81...0xFE
  private static let seconds: ClosedRange<UInt8> = 0x40...0xFE

  /// - Parameter text: UTF-8; a byte order mark in front is left out.
  /// - Throws: where a character has no place in GBK.
  static func encoded(_ text: [UInt8]) throws -> [UInt8] {
    let table = try table()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars where scalar != "\u{FEFF}" {
      if scalar.isASCII {
        bytes.append(UInt8(scalar.value))
      } else if let pair = table[scalar] {
        bytes.append(UInt8(pair >> 8))
        bytes.append(UInt8(pair & 0xFF))
      } else {
        throw BenchFault("\(scalar) has no place in GBK")
      }
    }
    return bytes
  }

  private static func table() throws -> [Unicode.Scalar: UInt16] {
    var table: [Unicode.Scalar: UInt16] = [:]
    for first in firsts {
      for second in seconds where second != 0x7F {
        let decoder = try CharsetDecoder(from: .gb18030)
        // try?: pairs that are no character are not in the table.
        guard let bytes = try? decoder.decode([first, second]) else { continue }
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
        guard let scalar = scalars.first, scalars.count == 1 else { continue }
        table[scalar] = UInt16(first) << 8 | UInt16(second)
      }
    }
    return table
  }
}
