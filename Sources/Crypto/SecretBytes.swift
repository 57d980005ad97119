import CCrypto

/// Bytes that stay secret: never printed, compared in constant time, wiped when the last owner
/// lets go. Copies that callers make through `withBytes` are theirs to wipe.
package final class SecretBytes: Sendable, Redacted {
  private let buffer: Frozen<UnsafeMutableRawBufferPointer>

  /// Copies the bytes; the original stays the caller's.
  package convenience init(copying bytes: UnsafeRawBufferPointer) {
    self.init(copyingAll: bytes)
  }

  /// Copies the bytes; the original stays the caller's.
  package convenience init(_ bytes: [UInt8]) {
    self.init(copyingAll: bytes)
  }

  /// Copies the UTF-8 of a text, which itself cannot be wiped.
  package convenience init(utf8 text: String) {
    self.init(copyingAll: text.utf8)
  }

  /// Takes the bytes over: copies them and leaves `bytes` wiped and empty. The caller must hold
  /// the only reference, or the other one keeps the secret.
  package convenience init(wiping bytes: inout [UInt8]) {
    self.init(copyingAll: bytes)
    SecretBytes.wipe(&bytes)
  }

  /// Fresh random bytes, for keys.
  package static func random(count: Int) -> SecretBytes {
    var bytes = RandomBytes.make(count: count)
    return SecretBytes(wiping: &bytes)
  }

  private init(copyingAll bytes: some Collection<UInt8>) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    copy.copyBytes(from: bytes)
    buffer = Frozen(copy)
  }

  deinit {
    OPENSSL_cleanse(buffer.value.baseAddress, buffer.value.count)
    buffer.value.deallocate()
  }

  /// Length in bytes; not secret.
  package var count: Int { buffer.value.count }

  /// Lends the bytes for the duration of the call. The pointer must not escape.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(buffer.value))
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
