import CCrypto

/// A key for AES-256-GCM (NIST SP 800-38D): encrypts, and proves that nothing was changed.
package final class AESGCMKey: Sendable, Redacted {
  /// Length of a key, in bytes.
  package static let byteCount = 32
  /// Length of a nonce, in bytes; the only one that is safe to choose at random.
  package static let nonceByteCount = 12
  /// Length of the tag at the end of sealed bytes.
  package static let tagByteCount = 16

  private let secret: SecretBytes

  /// - Throws: `CryptoError.keyLength` unless there are 32 bytes.
  package init(_ secret: SecretBytes) throws(CryptoError) {
    guard secret.count == Self.byteCount else {
      throw .keyLength(found: secret.count, wanted: Self.byteCount)
    }
    self.secret = secret
  }

  /// Seals with a fresh random nonce: nonce, ciphertext, tag, in this order.
  ///
  /// One key may seal 2^32 messages before random nonces are likely to meet (SP 800-38D 8.3).
  /// - Parameter associated: bytes that are not hidden but must be the same when opening, such as
  ///   the name of the row and column the sealed bytes belong to.
  package func seal(
    _ plaintext: [UInt8], associated: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    let nonce = RandomBytes.make(count: Self.nonceByteCount)
    return nonce + (try seal(plaintext, nonce: nonce, associated: associated))
  }

  /// Opens what `seal(_:associated:)` made.
  ///
  /// - Throws: `CryptoError.notAuthentic`.
  package func open(
    _ sealed: [UInt8], associated: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    guard sealed.count >= Self.nonceByteCount + Self.tagByteCount else { throw .notAuthentic }
    return try open(
      Array(sealed[Self.nonceByteCount...]), nonce: Array(sealed[..<Self.nonceByteCount]),
      associated: associated)
  }

  /// Seals with the caller's nonce: ciphertext, tag. A nonce used twice under one key gives the
  /// key away, so prefer the form without one.
  package func seal(
    _ plaintext: [UInt8], nonce: [UInt8], associated: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    try checkLengths(nonce: nonce, text: plaintext.count, associated: associated)
    var output = [UInt8](repeating: 0, count: plaintext.count + Self.tagByteCount)
    let done = secret.withBytes { key in
      till_aes_256_gcm_seal(
        LibraryAlgorithms.shared.aes256GCM, key.baseAddress, nonce, associated,
        Int32(associated.count), plaintext, Int32(plaintext.count), &output)
    }
    clearLibraryErrors()
    guard done == 1 else { throw .library(step: "seal with AES-GCM") }
    return output
  }

  /// Opens ciphertext and tag that were sealed with a nonce kept elsewhere.
  ///
  /// - Throws: `CryptoError.notAuthentic`; `nonceLength` unless the nonce has 12 bytes.
  package func open(
    _ sealed: [UInt8], nonce: [UInt8], associated: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    guard sealed.count >= Self.tagByteCount else { throw .notAuthentic }
    let textByteCount = sealed.count - Self.tagByteCount
    try checkLengths(nonce: nonce, text: textByteCount, associated: associated)
    var output = [UInt8](repeating: 0, count: textByteCount)
    let done = secret.withBytes { key in
      till_aes_256_gcm_open(
        LibraryAlgorithms.shared.aes256GCM, key.baseAddress, nonce, associated,
        Int32(associated.count), sealed, Int32(textByteCount), &output)
    }
    clearLibraryErrors()
    guard done == 1 else {
      // The library decrypts before it knows the tag; what it wrote must not be seen.
      SecretBytes.wipe(&output)
      throw .notAuthentic
    }
    return output
  }

  private func checkLengths(
    nonce: [UInt8], text: Int, associated: [UInt8]
  ) throws(CryptoError) {
    guard nonce.count == Self.nonceByteCount else {
      throw .nonceLength(found: nonce.count, wanted: Self.nonceByteCount)
    }
    guard text <= CryptoLimits.sealedByteCountMax else {
      throw .tooLong(byteCount: text, byteCountMax: CryptoLimits.sealedByteCountMax)
    }
    guard associated.count <= CryptoLimits.associatedByteCountMax else {
      throw .tooLong(
        byteCount: associated.count, byteCountMax: CryptoLimits.associatedByteCountMax)
    }
  }
}
