/// The keys one object has shown so far, to find the first one that comes twice.
///
/// Up to eight keys are compared one by one through a word made of their length and first bytes;
/// from the ninth on a set takes over, whose hashes carry the process's random seed, so no client
/// can prepare keys that collide.
struct KeySet {
  private static let linearCountMax = 8

  private var words: [8 of UInt64] = .init(repeating: 0)
  private var seen: Set<KeyBytes> = []

  /// Remembers the key of `members.count`, the one about to be appended.
  ///
  /// - Returns: false if `members` has a key with the same bytes.
  @inline(__always)
  mutating func insert(_ key: String, word: UInt64, after members: [JSONObject.Member]) -> Bool {
    let count = members.count
    if count >= Self.linearCountMax { return insertHashed(key, after: members) }
    for index in 0..<count where words[index] == word {
      if members[index].key.hasSameBytes(as: key) { return false }
    }
    words[count] = word
    return true
  }

  @inline(never)
  private mutating func insertHashed(_ key: String, after members: [JSONObject.Member]) -> Bool {
    if seen.isEmpty {
      for member in members { seen.insert(KeyBytes(member.key)) }
    }
    return seen.insert(KeyBytes(key)).inserted
  }

  /// Length and first eight bytes in one word. Equal keys have equal words; the reverse is checked.
  static func word(of bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var word = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
    for index in 0..<min(bytes.count, 8) {
      word ^= UInt64(bytes[index]) &<< UInt64(truncatingIfNeeded: index &* 8)
    }
    return word
  }
}

/// A key hashed and compared by its UTF-8 bytes.
private struct KeyBytes: Hashable {
  let key: String

  init(_ key: String) { self.key = key }

  static func == (left: KeyBytes, right: KeyBytes) -> Bool {
    left.key.hasSameBytes(as: right.key)
  }

  func hash(into hasher: inout Hasher) {
    key.withUTF8Bytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
