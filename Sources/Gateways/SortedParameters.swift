import Crypto

/// The text that signatures of the older gateways cover: pairs sorted by name bytes, `name=value`
/// joined by `&`, values as they are before any escaping.
enum SortedParameters {
  typealias Pairs = [(name: String, value: String)]

  /// - Parameter leaving: names that are no part of it.
  /// - Returns: without pairs whose value is empty.
  static func text(_ pairs: Pairs, leaving: [String] = []) -> String {
    pairs
      .filter { pair in
        !pair.value.isEmpty && !leaving.contains { $0.utf8.elementsEqual(pair.name.utf8) }
      }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      .map { "\($0.name)=\($0.value)" }
      .joined(separator: "&")
  }

  /// The same over a notice's fields after one decoding, in whatever charset they came.
  static func bytes(_ fields: [FormEncoding.Field], leaving: [String]) -> [UInt8] {
    let sorted = fields
      .filter { field in
        !field.value.isEmpty && !leaving.contains { field.name.elementsEqual($0.utf8) }
      }
      .sorted { $0.name.lexicographicallyPrecedes($1.name) }
    return Array(sorted.map { $0.name + [0x3D] + $0.value }.joined(separator: [0x26]))
  }
}

/// MD5 with a shared key, which the older gateways take for a signature. Anybody who learns the key
/// forges at will, so nothing that is signed so moves money by itself.
enum KeyedDigest {
  /// Whether 32 hexadecimal digits, in either case, are the digest of a text that holds the key.
  static func isValid(_ digits: [UInt8], of text: [UInt8]) -> Bool {
    let lower = digits.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    return ConstantTime.equal(lower, Array(MD5.hex(text).utf8))
  }
}
