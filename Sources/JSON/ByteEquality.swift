// Swift's `==` on strings treats NFC and NFD spellings as equal. A store compares bytes, and so
// must everything that decides whether two names are the same.

/// Whether two buffers hold the same bytes.
func haveSameBytes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool
{
  guard left.count == right.count else { return false }
  for index in 0..<left.count where left[index] != right[index] {
    return false
  }
  return true
}

extension String {
  /// Whether both strings have the same UTF-8 bytes. Swift's `==` would also take the composed and
  /// the decomposed spelling of a name for one.
  package func hasSameBytes(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    return withUTF8Bytes { left in
      other.withUTF8Bytes { right in haveSameBytes(left, right) }
    }
  }

  /// Whether the string has the UTF-8 bytes of a literal.
  package func hasSameBytes(as other: StaticString) -> Bool {
    guard other.hasPointerRepresentation else { return hasSameBytes(as: other.description) }
    let right = UnsafeBufferPointer(start: other.utf8Start, count: other.utf8CodeUnitCount)
    return withUTF8Bytes { left in haveSameBytes(left, right) }
  }

  /// Calls `body` with the string's UTF-8 bytes, without a copy where the string is native.
  @inline(__always)
  func withUTF8Bytes<Answer>(_ body: (UnsafeBufferPointer<UInt8>) -> Answer) -> Answer {
    if let answer = utf8.withContiguousStorageIfAvailable(body) { return answer }
    return Array(utf8).withUnsafeBufferPointer(body)
  }

  /// Orders by UTF-8 bytes; a prefix comes first.
  func precedesInBytes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
