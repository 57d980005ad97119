import CCrypto

/// An RSA public key. Verifies.
package final class RSAPublicKey: Sendable, Redacted {
  let handle: KeyHandle
  /// SubjectPublicKeyInfo, DER, as libcrypto writes it: equal keys have equal bytes.
  package let publicKeyInfo: [UInt8]

  /// Reads a key from SubjectPublicKeyInfo, PKCS#1 or an X.509 certificate, as PEM, as base64
  /// without armour, or as DER. Of several PEM blocks the first counts.
  ///
  /// Of a certificate only the key is taken: dates and issuer are not judged.
  /// - Throws: `CryptoError` saying what was given instead.
  package init(_ text: [UInt8]) throws(CryptoError) {
    var der = try KeyText.firstDER(in: text)
    // Someone may have put the private key here by mistake.
    defer { SecretBytes.wipe(&der) }
    handle = try Self.read(der)
    publicKeyInfo = try handle.publicKeyInfo()
    try checkNumbers()
  }

  /// Reads a key from a text; see the other initialiser.
  package convenience init(_ text: String) throws(CryptoError) {
    try self.init(Array(text.utf8))
  }

  /// The public half of a private key that has proved itself by a trial signature.
  init(ofPrivateKey publicKeyInfo: [UInt8]) throws(CryptoError) {
    handle = try Self.read(publicKeyInfo)
    self.publicKeyInfo = publicKeyInfo
  }

  /// Length of the modulus in bits.
  package var bits: Int { handle.bits }

  /// SHA-256 of the SubjectPublicKeyInfo, 64 hexadecimal digits.
  package var publicKeyFingerprint: String { SHA256.hash(publicKeyInfo).hex }

  /// SubjectPublicKeyInfo as PEM, to hand to the other side.
  package var pem: String {
    String(decoding: PEM.encode(publicKeyInfo, label: "PUBLIC KEY"), as: UTF8.self)
  }

  private static func read(_ der: [UInt8]) throws(CryptoError) -> KeyHandle {
    let kind = KeyMaterialKind(der: der)
    switch kind {
    case .publicKeyInfo:
      let pointer = try readDER(der, { d2i_PUBKEY(nil, &$0, $1) }, free: { EVP_PKEY_free($0) })
      return try KeyHandle(adopting: pointer)
    case .publicKeyPKCS1:
      let pointer = try readDER(
        der, { d2i_PublicKey(EVP_PKEY_RSA, nil, &$0, $1) }, free: { EVP_PKEY_free($0) })
      return try KeyHandle(adopting: pointer)
    case .certificate:
      return try KeyHandle(adopting: certificateKey(der))
    case .privateKeyPKCS1, .privateKeyPKCS8, .privateKeyEncrypted, .privateKeyEllipticCurve,
      .certificateRequest, .keyStore:
      throw .wrongKind(found: kind, wanted: .publicKey)
    case .unknown: throw .unreadable
    }
  }

  private static func certificateKey(_ der: [UInt8]) throws(CryptoError) -> OpaquePointer {
    let certificate = try readDER(der, { d2i_X509(nil, &$0, $1) }, free: { X509_free($0) })
    defer { X509_free(certificate) }
    guard let key = X509_get_pubkey(certificate) else {
      clearLibraryErrors()
      throw .unreadable
    }
    return key
  }

  /// Refuses numbers with which verification would mean nothing (even modulus, exponent 1).
  private func checkNumbers() throws(CryptoError) {
    guard let context = EVP_PKEY_CTX_new(handle.pointer, nil) else {
      throw .library(step: "check a public key")
    }
    defer { EVP_PKEY_CTX_free(context) }
    let sound = EVP_PKEY_public_check(context) == 1
    clearLibraryErrors()
    guard sound else { throw .keyInconsistent }
  }
}
