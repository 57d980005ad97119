/// Every limit of this module.
package enum CryptoLimits {
  /// Shortest RSA modulus accepted, in bits: what gateways issue today.
  package static let rsaBitsMin = 2048
  /// Longest RSA modulus accepted, in bits. Beyond it one signature costs tens of milliseconds
  /// and nobody issues such keys.
  package static let rsaBitsMax = 8192
  /// Longest text of one key or certificate, in bytes.
  package static let keyTextByteCountMax = 64 * 1024
  /// Longest text of a certificate bundle, in bytes.
  package static let bundleTextByteCountMax = 1024 * 1024
  /// Most PEM blocks of a certificate bundle, readable or not.
  package static let bundleBlockCountMax = 256
  /// Longest plaintext sealed in one piece, in bytes. libcrypto counts in 32-bit integers.
  package static let sealedByteCountMax = 16 * 1024 * 1024
  /// Longest associated data of one sealed piece, in bytes.
  package static let associatedByteCountMax = 1024 * 1024
}
