import CCrypto

/// What is read from an X.509 certificate, as plain values. Reading judges nothing: neither
/// dates, nor purpose, nor who signed it.
package struct Certificate: Sendable, Equatable {
  /// The whole certificate, DER.
  package let der: [UInt8]
  /// The issuer's name, last part first: `CN=…,OU=…,O=…,C=…`. Short names of attributes (dotted
  /// numbers where there is none), values as UTF-8 without any escaping, joined by `,`.
  package let issuerReversed: String
  /// The subject's name in the same form.
  package let subjectReversed: String
  /// The serial number in decimal digits, without padding; a minus sign if it is negative.
  package let serialDecimal: String
  /// The serial number in upper-case hexadecimal digits, two a byte, the form of
  /// `openssl x509 -serial`.
  package let serialHex: String
  /// Object identifier of the algorithm the issuer signed with, dotted.
  package let signatureAlgorithm: String
  /// First instant of validity, milliseconds since 1970 UTC, by the issuer's clock.
  package let notBeforeMilliseconds: Int64
  /// Last instant of validity, milliseconds since 1970 UTC, by the issuer's clock.
  package let notAfterMilliseconds: Int64

  /// Reads the first certificate of a text: PEM, base64 without armour, or DER.
  ///
  /// - Throws: `CryptoError` saying what was given instead.
  package init(_ text: [UInt8]) throws(CryptoError) {
    var der = try KeyText.firstDER(in: text)
    let kind = KeyMaterialKind(der: der)
    guard kind == .certificate else {
      // It may be a private key that was put here by mistake.
      SecretBytes.wipe(&der)
      throw kind == .unknown ? .unreadable : .wrongKind(found: kind, wanted: .certificate)
    }
    try self.init(der: der)
  }

  /// Reads a certificate from a text; see the other initialiser.
  package init(_ text: String) throws(CryptoError) {
    try self.init(Array(text.utf8))
  }

  init(der: [UInt8]) throws(CryptoError) {
    let handle = try CertificateHandle(der)
    self.der = der
    issuerReversed = try handle.nameReversed(X509_get_issuer_name(handle.pointer))
    subjectReversed = try handle.nameReversed(X509_get_subject_name(handle.pointer))
    (serialDecimal, serialHex) = try handle.serial()
    signatureAlgorithm = try handle.signatureAlgorithm()
    notBeforeMilliseconds = try handle.milliseconds(X509_get0_notBefore(handle.pointer))
    notAfterMilliseconds = try handle.milliseconds(X509_get0_notAfter(handle.pointer))
  }

  /// Whether the issuer signed with RSA (any hash): object identifiers of PKCS#1.
  package var isRSASigned: Bool {
    signatureAlgorithm.hasPrefix("1.2.840.113549.1.1.")
  }

  /// SHA-256 of the DER, 64 hexadecimal digits.
  package var fingerprint: String { SHA256.hash(der).hex }

  /// The key the certificate vouches for.
  ///
  /// - Throws: `CryptoError.notRSA` and the rest of what `RSAPublicKey` refuses.
  package func publicKey() throws(CryptoError) -> RSAPublicKey {
    try RSAPublicKey(der)
  }

  /// Whether a time lies within the validity; milliseconds since 1970 UTC.
  package func isValid(atMilliseconds time: Int64) -> Bool {
    notBeforeMilliseconds <= time && time <= notAfterMilliseconds
  }

  /// Whether `issuer` is named as this certificate's issuer, may issue certificates, and its key
  /// made the signature. One link of a chain; dates are for the caller to judge.
  package func isIssued(by issuer: Certificate) -> Bool {
    // try?: both were read before; a handle that cannot be made again proves nothing.
    guard let child = try? CertificateHandle(der), let parent = try? CertificateHandle(issuer.der)
    else { return false }
    defer { clearLibraryErrors() }
    guard X509_check_issued(parent.pointer, child.pointer) == 0,  // 0 is X509_V_OK
      X509_check_ca(parent.pointer) != 0,
      let key = X509_get0_pubkey(parent.pointer)
    else { return false }
    return X509_verify(child.pointer, key) == 1
  }
}
