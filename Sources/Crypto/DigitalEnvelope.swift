import CCrypto

/// A message under a fresh AES-128 key that is itself encrypted to an RSA key, as Yeepay sends its
/// notices: RSA with PKCS#1 v1.5 padding, AES in ECB mode with PKCS#7 padding.
///
/// Both are weak forms (ECB shows equal blocks, the padding answers questions), and neither says
/// who sent the message: a signature inside must. One error stands for every way to fail, because
/// the difference would tell a sender about the key.
package enum DigitalEnvelope {
  /// Bytes of an AES-128 key.
  package static let keyByteCount = 16

  /// Opens an envelope.
  ///
  /// - Throws: `CryptoError.notAuthentic` for every flaw of what came; `tooLong`.
  package static func open(
    _ sealed: [UInt8], keySealed: [UInt8], with key: RSAPrivateKey
  ) throws(CryptoError) -> [UInt8] {
    guard sealed.count <= CryptoLimits.sealedByteCountMax else {
      throw .tooLong(byteCount: sealed.count, byteCountMax: CryptoLimits.sealedByteCountMax)
    }
    var secret = try opened(keySealed, with: key)
    defer { SecretBytes.wipe(&secret) }
    guard secret.count == keyByteCount, !sealed.isEmpty, sealed.count % 16 == 0 else {
      throw .notAuthentic
    }
    // The last block is written whole before its padding is looked at.
    var text = [UInt8](repeating: 0, count: sealed.count + keyByteCount)
    let count = till_aes_128_ecb_open(
      LibraryAlgorithms.shared.aes128ECB, secret, sealed, Int32(sealed.count), &text)
    clearLibraryErrors()
    guard count >= 0 else {
      SecretBytes.wipe(&text)
      throw .notAuthentic
    }
    text.removeLast(text.count - Int(count))
    return text
  }

  private static func opened(
    _ sealed: [UInt8], with key: RSAPrivateKey
  ) throws(CryptoError) -> [UInt8] {
    var count = Int(EVP_PKEY_get_size(key.handle.pointer))
    guard sealed.count == count else { throw .notAuthentic }
    var secret = [UInt8](repeating: 0, count: count)
    let done = till_rsa_decrypt(key.handle.pointer, sealed, sealed.count, &secret, &count)
    clearLibraryErrors()
    guard done == 1, count <= secret.count else {
      SecretBytes.wipe(&secret)
      throw .notAuthentic
    }
    secret.removeLast(secret.count - count)
    return secret
  }
}
