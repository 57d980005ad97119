/// What went wrong in a cryptographic step, as values. `description` is the one place that turns
/// them into a sentence; none of them ever carries key bytes or input bytes.
package enum CryptoError: Error, Equatable, Sendable {
  /// The text was empty or only blanks.
  case empty
  /// The text is longer than its limit, in bytes.
  case tooLong(byteCount: Int, byteCountMax: Int)
  /// A bundle with more PEM blocks than are read.
  case tooManyBlocks(blockCountMax: Int)
  /// The first byte that does not belong to base64 here, counted from the start of the text
  /// (for armoured text: from the first byte after the BEGIN line).
  case notBase64(byteOffset: Int)
  /// The first byte that is no hexadecimal digit, or the length of a text with an odd digit.
  case notHex(byteOffset: Int)
  /// A `-----BEGIN …-----` line without its `-----END …-----`.
  case armourNotClosed(label: String)
  /// The bytes decoded, but they are no key or certificate of a form that is known here.
  case unreadable
  /// It is a key or certificate, but of the wrong kind for this place.
  case wrongKind(found: KeyMaterialKind, wanted: KeyRole)
  /// The private key is protected by a pass phrase.
  case encrypted
  /// A key of another algorithm, by its registered name.
  case notRSA(algorithm: String)
  /// Shorter than `CryptoLimits.rsaBitsMin`.
  case keyTooShort(bits: Int, bitsMin: Int)
  /// Longer than `CryptoLimits.rsaBitsMax`.
  case keyTooLong(bits: Int, bitsMax: Int)
  /// The numbers of the key contradict each other: it was damaged or made up.
  case keyInconsistent
  /// A symmetric key of the wrong length, in bytes.
  case keyLength(found: Int, wanted: Int)
  /// A nonce of the wrong length, in bytes.
  case nonceLength(found: Int, wanted: Int)
  /// Sealed bytes did not open: another key, another nonce, other associated data, or tampering.
  /// The four are not told apart on purpose.
  case notAuthentic
  /// libcrypto refused a step that has no reason to fail (memory, a provider that is missing).
  case library(step: String)
}

/// The place a key is meant for.
package enum KeyRole: Sendable {
  /// Something to sign with.
  case privateKey
  /// Something to verify with; a certificate will do.
  case publicKey
  /// A certificate itself, not only its key.
  case certificate
}

extension CryptoError: CustomStringConvertible {
  /// One English sentence without a full stop, fit for a configuration error.
  package var description: String {
    switch self {
    case .empty: "it is empty"
    case .tooLong(let byteCount, let byteCountMax):
      "it is \(byteCount) bytes long (at most \(byteCountMax) are read)"
    case .tooManyBlocks(let blockCountMax): "it has more than \(blockCountMax) PEM blocks"
    case .notBase64(let offset): "not base64 at byte \(offset)"
    case .notHex(let offset): "not hexadecimal at byte \(offset)"
    case .armourNotClosed(let label): "PEM block \"\(label)\" has no END line"
    case .unreadable: "neither a key nor a certificate in a known form"
    case .wrongKind(let found, let wanted): "this is \(found.phrase) where \(wanted.phrase) belongs"
    case .encrypted: "encrypted private keys are not supported; store it without a pass phrase"
    case .notRSA(let algorithm): "this is a key for \(algorithm) where an RSA key belongs"
    case .keyTooShort(let bits, let bitsMin): "\(bits)-bit key is too short (\(bitsMin) needed)"
    case .keyTooLong(let bits, let bitsMax): "\(bits)-bit key is too long (at most \(bitsMax))"
    case .keyInconsistent: "the numbers of the key contradict each other; it is damaged"
    case .keyLength(let found, let wanted): "key of \(found) bytes (\(wanted) needed)"
    case .nonceLength(let found, let wanted): "nonce of \(found) bytes (\(wanted) needed)"
    case .notAuthentic: "sealed bytes did not open: wrong key, nonce or data, or tampered with"
    case .library(let step): "libcrypto refused: \(step)"
    }
  }
}

extension KeyRole {
  fileprivate var phrase: String {
    switch self {
    case .privateKey: "a private key"
    case .publicKey: "a public key"
    case .certificate: "a certificate"
    }
  }
}
