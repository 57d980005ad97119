import CCrypto

/// An RSA private key. Signs; is never printed; is gone from memory when the last owner lets go.
package final class RSAPrivateKey: Sendable, Redacted {
  let handle: KeyHandle
  private let publicKeyInfo: [UInt8]

  /// Reads a key from PKCS#1 or PKCS#8 as PEM, as base64 without armour, or as DER.
  ///
  /// A trial signature is made and checked, so a key whose numbers do not belong together is
  /// refused here and not on the first payment.
  /// - Throws: `CryptoError` saying what was given instead. The text stays the caller's to wipe.
  package init(_ text: [UInt8]) throws(CryptoError) {
    var der = try KeyText.firstDER(in: text)
    defer { SecretBytes.wipe(&der) }
    handle = try Self.read(der)
    publicKeyInfo = try handle.publicKeyInfo()
    try checkTrialSignature()
  }

  /// Reads a key from a text; see the other initialiser.
  package convenience init(_ text: String) throws(CryptoError) {
    var bytes = Array(text.utf8)
    defer { SecretBytes.wipe(&bytes) }
    try self.init(bytes)
  }

  /// Makes a new key with the public exponent 65537. Takes a tenth of a second at 2048 bits.
  package static func generate(bits: Int) throws(CryptoError) -> RSAPrivateKey {
    guard bits >= CryptoLimits.rsaBitsMin else {
      throw .keyTooShort(bits: bits, bitsMin: CryptoLimits.rsaBitsMin)
    }
    guard bits <= CryptoLimits.rsaBitsMax else {
      throw .keyTooLong(bits: bits, bitsMax: CryptoLimits.rsaBitsMax)
    }
    guard let pointer = till_rsa_generate(Int32(bits)) else {
      clearLibraryErrors()
      throw .library(step: "generate an RSA key")
    }
    return try RSAPrivateKey(KeyHandle(adopting: pointer))
  }

  private init(_ handle: KeyHandle) throws(CryptoError) {
    self.handle = handle
    publicKeyInfo = try handle.publicKeyInfo()
  }

  /// Length of the modulus in bits.
  package var bits: Int { handle.bits }

  /// The public half.
  package func publicKey() throws(CryptoError) -> RSAPublicKey {
    try RSAPublicKey(ofPrivateKey: publicKeyInfo)
  }

  /// SHA-256 of the public half's SubjectPublicKeyInfo, 64 hexadecimal digits. Safe to show.
  package var publicKeyFingerprint: String { SHA256.hash(publicKeyInfo).hex }

  /// Whether the two are halves of one pair.
  package func belongs(to publicKey: RSAPublicKey) -> Bool {
    publicKeyInfo == publicKey.publicKeyInfo
  }

  /// PKCS#8 as PEM: for writing a generated key to a file only its owner may read.
  package func pkcs8PEM() throws(CryptoError) -> SecretBytes {
    var output: UnsafeMutablePointer<UInt8>?
    let count = till_private_key_pkcs8(handle.pointer, &output)
    guard count > 0, let output else {
      clearLibraryErrors()
      throw .library(step: "write a private key")
    }
    defer { CRYPTO_clear_free(output, Int(count), #fileID, 0) }
    var der = Array(UnsafeBufferPointer(start: output, count: Int(count)))
    defer { SecretBytes.wipe(&der) }
    var text = PEM.encode(der, label: "PRIVATE KEY")
    return SecretBytes(wiping: &text)
  }

  private static func read(_ der: [UInt8]) throws(CryptoError) -> KeyHandle {
    let kind = KeyMaterialKind(der: der)
    switch kind {
    case .privateKeyPKCS1, .privateKeyPKCS8:
      let pointer = try readDER(
        der, { d2i_AutoPrivateKey(nil, &$0, $1) }, free: { EVP_PKEY_free($0) })
      return try KeyHandle(adopting: pointer)
    case .privateKeyEncrypted: throw .encrypted
    case .privateKeyEllipticCurve: throw .notRSA(algorithm: "EC")
    case .publicKeyInfo, .publicKeyPKCS1, .certificate, .certificateRequest, .keyStore:
      throw .wrongKind(found: kind, wanted: .privateKey)
    case .unknown: throw .unreadable
    }
  }

  private func checkTrialSignature() throws(CryptoError) {
    let message = Array("trial".utf8)
    // try?: that it cannot sign is all that matters here.
    guard let signature = try? signature(for: message, .sha256WithRSA),
      try publicKey().isValid(signature, for: message, .sha256WithRSA)
    else { throw .keyInconsistent }
  }
}
