@preconcurrency import Glibc

/// Random bytes of the kernel, fit for keys and identifiers.
package enum Entropy {
  /// The most bytes one call of `getentropy(3)` gives.
  private static let chunkByteCount = 256

  /// `count` random bytes. Blocks only before the kernel's pool is ready, early at boot.
  package static func bytes(_ count: Int) -> [UInt8] {
    precondition(count >= 0, "a count of bytes is not negative")
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      fill(UnsafeMutableRawBufferPointer(buffer))
      filled = count
    }
  }

  /// Fills a buffer with random bytes.
  package static func fill(_ buffer: UnsafeMutableRawBufferPointer) {
    var offset = 0
    while offset < buffer.count {
      let count = min(chunkByteCount, buffer.count - offset)
      let result = getentropy(buffer.baseAddress.map { $0 + offset }, count)
      // Without randomness no identifier and no token is safe, so there is nothing to go on with.
      precondition(result == 0, "the kernel gives random bytes")
      offset += count
    }
  }

  /// A random number over the whole range of 64 bits.
  package static func word() -> UInt64 {
    var value: UInt64 = 0
    withUnsafeMutableBytes(of: &value) { fill($0) }
    return value
  }

  /// `count` random bytes as lower-case hexadecimal digits, for names of temporary files.
  static func hexadecimal(_ count: Int) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes(count) {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
