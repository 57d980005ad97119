import CCrypto

/// Thirty-two bytes of SHA-256, as a plain value without allocation.
///
/// `==` is not constant in time: it is for look-ups and chains. Where an attacker chooses one
/// side, compare with `ConstantTime.equal`.
package struct SHA256Digest: Hashable, Sendable {
  /// The bytes in memory order; four words make equality and hashing cheap.
  private var word0: UInt64 = 0
  private var word1: UInt64 = 0
  private var word2: UInt64 = 0
  private var word3: UInt64 = 0

  /// Length of a digest in bytes.
  package static let byteCount = 32
  /// Thirty-two zero bytes: the link before the first one of a chain.
  package static let zero = SHA256Digest()

  init() {}

  /// A stored digest; nil unless there are exactly 32 bytes.
  package init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
  }

  /// A digest from 64 hexadecimal digits; nil for anything else.
  package init?(hex: String) {
    // try?: the caller asked for yes or no, and a bad digit is a no.
    guard let bytes = try? Hex.decode(hex) else { return nil }
    self.init(bytes: bytes)
  }

  /// The 32 bytes.
  package var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

  /// 64 lower-case hexadecimal digits.
  package var hex: String { withUnsafeBytes { Hex.encode($0) } }

  /// Lends the 32 bytes without a copy.
  package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    Swift.withUnsafeBytes(of: self) { body($0) }
  }

  mutating func withUnsafeMutableBytes<Result>(
    _ body: (UnsafeMutableRawBufferPointer) -> Result
  ) -> Result {
    Swift.withUnsafeMutableBytes(of: &self) { body($0) }
  }
}

extension SHA256Digest: CustomStringConvertible {
  /// The hexadecimal form.
  package var description: String { hex }
}

/// SHA-256 of a whole message. For parts that arrive one by one, and for a loop that hashes many
/// messages, keep a `SHA256Hasher`.
package enum SHA256 {
  /// The digest of an array.
  package static func hash(_ bytes: [UInt8]) -> SHA256Digest {
    bytes.withUnsafeBytes { hash($0) }
  }

  /// The digest of a text's UTF-8.
  package static func hash(utf8 text: String) -> SHA256Digest {
    var text = text
    return text.withUTF8 { hash(UnsafeRawBufferPointer($0)) }
  }

  /// The digest of a buffer.
  package static func hash(_ bytes: UnsafeRawBufferPointer) -> SHA256Digest {
    var digest = SHA256Digest()
    let hashed = digest.withUnsafeMutableBytes { output in
      EVP_Digest(
        bytes.baseAddress, bytes.count, output.baseAddress?.assumingMemoryBound(to: UInt8.self),
        nil, LibraryAlgorithms.shared.sha256, nil)
    }
    precondition(hashed == 1, "libcrypto could not compute SHA-256 (out of memory)")
    return digest
  }

  /// The digest of two pieces one after the other, without joining them.
  package static func hash(
    _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer
  ) -> SHA256Digest {
    var hasher = SHA256Hasher()
    hasher.update(first)
    hasher.update(second)
    return hasher.finish()
  }

  /// The digest of two arrays one after the other, without joining them.
  package static func hash(_ first: [UInt8], _ second: [UInt8]) -> SHA256Digest {
    first.withUnsafeBytes { first in second.withUnsafeBytes { second in hash(first, second) } }
  }
}

/// SHA-256 piece by piece. One context is kept and started anew by `finish`, so a hasher that
/// lives as long as its owner allocates once. It belongs to one thread at a time.
package struct SHA256Hasher: ~Copyable {
  private let context: OpaquePointer

  /// A hasher that has seen nothing.
  package init() {
    guard let context = EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
    self.context = context
    start()
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds an array.
  package mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Adds a digest, as a chain does.
  package mutating func update(_ digest: SHA256Digest) {
    digest.withUnsafeBytes { update($0) }
  }

  /// Adds a buffer.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    let added = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    precondition(added == 1, "libcrypto refused to go on with a SHA-256")
  }

  /// The digest of everything since the start or the last `finish`; the hasher is then empty.
  package mutating func finish() -> SHA256Digest {
    var digest = SHA256Digest()
    let finished = digest.withUnsafeMutableBytes { output in
      EVP_DigestFinal_ex(
        context, output.baseAddress?.assumingMemoryBound(to: UInt8.self), nil)
    }
    precondition(finished == 1, "libcrypto refused to finish a SHA-256")
    start()
    return digest
  }

  private func start() {
    let started = EVP_DigestInit_ex(context, LibraryAlgorithms.shared.sha256, nil)
    precondition(started == 1, "libcrypto refused to start a SHA-256 (out of memory)")
  }
}
