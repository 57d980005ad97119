import CCrypto

/// Bytes from libcrypto's random source, good enough for keys, nonces and tokens.
///
/// A process without randomness must not go on, so a failing source ends it instead of leaving
/// the decision to every caller.
package enum RandomBytes {
  /// An array of `count` random bytes.
  package static func make(count: Int) -> [UInt8] {
    precondition(count >= 0, "a count of random bytes is not negative")
    var bytes = [UInt8](repeating: 0, count: count)
    bytes.withUnsafeMutableBytes { fill($0) }
    return bytes
  }

  /// Fills a buffer with random bytes.
  package static func fill(_ buffer: UnsafeMutableRawBufferPointer) {
    guard let base = buffer.baseAddress, !buffer.isEmpty else { return }
    guard let count = Int32(exactly: buffer.count) else {
      preconditionFailure("more random bytes asked for at once than libcrypto can count")
    }
    let drawn = RAND_bytes(base.assumingMemoryBound(to: UInt8.self), count)
    precondition(drawn == 1, "the random source of the system failed")
  }
}
