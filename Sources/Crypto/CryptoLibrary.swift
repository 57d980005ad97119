import CCrypto

/// The libcrypto this process runs with.
package enum CryptoLibrary {
  /// Sets the library up and looks up every algorithm. Call it before other threads start, so
  /// that a library that lacks one ends the process at its start and not at a payment.
  package static func start() {
    _ = LibraryAlgorithms.shared
  }

  /// Name, version and date of the library that was loaded, as it says itself.
  package static var version: String { String(cString: OpenSSL_version(OPENSSL_VERSION)) }
}
