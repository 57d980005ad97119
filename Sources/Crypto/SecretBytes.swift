import CCrypto

/// Bytes that stay secret: never printed, compared in constant time, wiped when the last owner
/// lets go. Copies that callers make through `withBytes` are theirs to wipe.
package final class SecretBytes: Sendable, Redacted {
  // Filled before `init` returns.
  private nonisolated(unsafe) let buffer: UnsafeMutableRawBufferPointer  // unsafe: only read then

  /// Copies the bytes; the original stays the caller's.
  package init(copying bytes: UnsafeRawBufferPointer) {
    buffer = .allocate(byteCount: bytes.count, alignment: 1)
    buffer.copyMemory(from: bytes)
  }

  /// Copies the bytes; the original stays the caller's.
  package convenience init(_ bytes: [UInt8]) {
    self.init(copyingArray: bytes)
  }

  /// Copies the UTF-8 of a text, which itself cannot be wiped.
  package convenience init(utf8 text: String) {
    self.init(copyingArray: Array(text.utf8))
  }

  /// Takes the bytes over: copies them and leaves `bytes` wiped and empty. The caller must hold
  /// the only reference, or the other one keeps the secret.
  package convenience init(wiping bytes: inout [UInt8]) {
    self.init(copyingArray: bytes)
    SecretBytes.wipe(&bytes)
  }

  /// Fresh random bytes, for keys.
  package static func random(count: Int) -> SecretBytes {
    var bytes = RandomBytes.make(count: count)
    return SecretBytes(wiping: &bytes)
  }

  private init(copyingArray bytes: [UInt8]) {
    buffer = .allocate(byteCount: bytes.count, alignment: 1)
    buffer.copyBytes(from: bytes)
  }

  deinit {
    OPENSSL_cleanse(buffer.baseAddress, buffer.count)
    buffer.deallocate()
  }

  /// Length in bytes; not secret.
  package var count: Int { buffer.count }

  /// Lends the bytes for the duration of the call. The pointer must not escape.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(buffer))
  }

  /// Overwrites an array with zeros in a way the compiler may not drop, then empties it.
  package static func wipe(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
    bytes.removeAll()
  }
}

extension SecretBytes: Equatable {
  /// Compares in constant time once the lengths agree.
  package static func == (left: SecretBytes, right: SecretBytes) -> Bool {
    left.withBytes { left in right.withBytes { right in ConstantTime.equal(left, right) } }
  }
}
