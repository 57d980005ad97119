import CCrypto

/// The algorithms of libcrypto, looked up once. Looking one up by every call costs more than
/// hashing an event does (308 against 139 ns for 64 bytes).
struct LibraryAlgorithms {
  let sha256: OpaquePointer
  let sha1: OpaquePointer
  let md5: OpaquePointer
  let aes256GCM: OpaquePointer
  let aes128ECB: OpaquePointer

  static var shared: LibraryAlgorithms { fetched.value }

  private static let fetched = Frozen(LibraryAlgorithms())

  private init() {
    // Without this, `exit` tears the library down under threads that still hash or sign. The
    // first use of libcrypto in the process decides, so it is asked for before all else here.
    OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil)
    guard
      let sha256 = EVP_MD_fetch(nil, "SHA256", nil), let sha1 = EVP_MD_fetch(nil, "SHA1", nil),
      let md5 = EVP_MD_fetch(nil, "MD5", nil),
      let aes256GCM = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil),
      let aes128ECB = EVP_CIPHER_fetch(nil, "AES-128-ECB", nil)
    else {
      preconditionFailure("libcrypto lacks an algorithm that payments need (FIPS-only build?)")
    }
    self.sha256 = sha256
    self.sha1 = sha1
    self.md5 = md5
    self.aes256GCM = aes256GCM
    self.aes128ECB = aes128ECB
  }
}

/// Empties this thread's error queue of libcrypto. Every refusal leaves entries behind, and what
/// they say is already in the `CryptoError`.
func clearLibraryErrors() {
  ERR_clear_error()
}
