import CCrypto

/// Comparison whose time does not depend on where two byte strings differ.
package enum ConstantTime {
  /// True if both hold the same bytes. The length is not secret and is compared first.
  package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.withUnsafeBytes { left in right.withUnsafeBytes { right in equal(left, right) } }
  }

  /// True if both hold the same bytes. The length is not secret and is compared first.
  package static func equal(_ left: SHA256Digest, _ right: SHA256Digest) -> Bool {
    left.withUnsafeBytes { left in right.withUnsafeBytes { right in equal(left, right) } }
  }

  /// True if both hold the same bytes. The length is not secret and is compared first.
  package static func equal(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool
  {
    guard left.count == right.count else { return false }
    guard let leftBase = left.baseAddress, let rightBase = right.baseAddress else { return true }
    return CRYPTO_memcmp(leftBase, rightBase, left.count) == 0
  }
}
