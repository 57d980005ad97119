import CCrypto

/// Owns one RSA key object of libcrypto and has checked its kind and length.
final class KeyHandle: Sendable {
  private let key: Frozen<OpaquePointer>
  let bits: Int

  var pointer: OpaquePointer { key.value }

  /// Takes the pointer over, also when it throws.
  init(adopting pointer: OpaquePointer) throws(CryptoError) {
    let bits = Int(EVP_PKEY_get_bits(pointer))
    if let problem = Self.problem(with: pointer, bits: bits) {
      EVP_PKEY_free(pointer)
      throw problem
    }
    key = Frozen(pointer)
    self.bits = bits
  }

  deinit { EVP_PKEY_free(pointer) }

  /// SubjectPublicKeyInfo, DER: the public half of this key.
  func publicKeyInfo() throws(CryptoError) -> [UInt8] {
    var output: UnsafeMutablePointer<UInt8>?
    let count = i2d_PUBKEY(pointer, &output)
    guard count > 0, let output else {
      clearLibraryErrors()
      throw .library(step: "write a public key")
    }
    defer { CRYPTO_free(output, #fileID, 0) }
    return Array(UnsafeBufferPointer(start: output, count: Int(count)))
  }

  private static func problem(with pointer: OpaquePointer, bits: Int) -> CryptoError? {
    let kind = EVP_PKEY_get_id(pointer)
    guard kind == EVP_PKEY_RSA else {
      let name = EVP_PKEY_get0_type_name(pointer).map { String(cString: $0) }
      return .notRSA(algorithm: name ?? "an unknown algorithm")
    }
    guard bits >= CryptoLimits.rsaBitsMin else {
      return .keyTooShort(bits: bits, bitsMin: CryptoLimits.rsaBitsMin)
    }
    guard bits <= CryptoLimits.rsaBitsMax else {
      return .keyTooLong(bits: bits, bitsMax: CryptoLimits.rsaBitsMax)
    }
    return nil
  }
}

/// Runs one of libcrypto's DER readers over bytes and accepts the result only if it used them all.
func readDER(
  _ der: [UInt8],
  _ read: (inout UnsafePointer<UInt8>?, Int) -> OpaquePointer?,
  free: (OpaquePointer) -> Void
) throws(CryptoError) -> OpaquePointer {
  var used = 0
  let object = der.withUnsafeBufferPointer { bytes -> OpaquePointer? in
    var position = bytes.baseAddress
    let object = read(&position, bytes.count)
    if let position, let base = bytes.baseAddress { used = position - base }
    return object
  }
  clearLibraryErrors()
  guard let object else { throw .unreadable }
  guard used == der.count else {
    free(object)
    throw .unreadable
  }
  return object
}
