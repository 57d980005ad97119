import CCrypto

/// How a message is hashed before it is signed; the padding is PKCS#1 v1.5 in both.
package enum RSASignatureScheme: Sendable {
  /// SHA256withRSA, which gateways also call RSA2.
  case sha256WithRSA
  /// SHA1withRSA, for gateways that have not moved on.
  case sha1WithRSA

  fileprivate var digest: OpaquePointer {
    switch self {
    case .sha256WithRSA: LibraryAlgorithms.shared.sha256
    case .sha1WithRSA: LibraryAlgorithms.shared.sha1
    }
  }
}

extension RSAPrivateKey {
  /// Signs a message. PKCS#1 v1.5 is deterministic: the same message gives the same bytes.
  ///
  /// - Returns: as many bytes as the modulus has (256 for 2048 bits).
  /// - Throws: `CryptoError.library` only if libcrypto breaks down.
  package func signature(
    for message: [UInt8], _ scheme: RSASignatureScheme
  ) throws(CryptoError) -> [UInt8] {
    guard let context = EVP_MD_CTX_new() else { throw .library(step: "sign") }
    defer { EVP_MD_CTX_free(context) }
    guard till_rsa_sign_begin(context, scheme.digest, handle.pointer) == 1 else {
      clearLibraryErrors()
      throw .library(step: "sign")
    }
    var signatureByteCount = Int(EVP_PKEY_get_size(handle.pointer))
    var signature = [UInt8](repeating: 0, count: signatureByteCount)
    let signed = EVP_DigestSign(context, &signature, &signatureByteCount, message, message.count)
    clearLibraryErrors()
    guard signed == 1, signatureByteCount == signature.count else { throw .library(step: "sign") }
    return signature
  }
}

extension RSAPublicKey {
  /// Whether a signature over a message was made with the private half. Anything wrong with the
  /// signature (length, padding, hash) is simply `false`.
  package func isValid(
    _ signature: [UInt8], for message: [UInt8], _ scheme: RSASignatureScheme
  ) -> Bool {
    guard let context = EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
    defer { EVP_MD_CTX_free(context) }
    defer { clearLibraryErrors() }
    guard till_rsa_verify_begin(context, scheme.digest, handle.pointer) == 1 else {
      preconditionFailure("libcrypto could not start to verify an RSA signature")
    }
    return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
  }
}
