import Domain

/// A set of ASCII characters, one bit each.
package struct Alphabet: Equatable, Sendable {
  private let low: UInt64
  private let high: UInt64

  /// Bits of the characters 0–63 and 64–127, lowest first.
  package init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// Whether the byte is one of the characters.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    if byte < 64 { return low >> UInt64(byte) & 1 == 1 }
    return byte < 128 && high >> UInt64(byte & 63) & 1 == 1
  }
}

/// What a text parameter must look like. The rules themselves are generated from the scalars of
/// `Protocol/types.json`.
package struct TextRule: Sendable {
  /// A check beyond characters and length.
  package enum Format: Sendable {
    /// None.
    case any
    /// One `@` with something on both sides, no white space.
    case email
    /// Begins with `http://` or `https://`.
    case url
    /// Base64 with padding.
    case base64
    /// An event type that exists, or a family followed by `.*`.
    case eventFilter
    /// An active ISO 4217 code.
    case currency
  }

  /// Name of the scalar in the contract.
  let name: StaticString
  /// What the type is, for hints.
  let doc: StaticString
  /// Length in bytes of UTF-8, prefix included.
  let bytes: ClosedRange<Int>
  /// Fewest characters, where bytes are not what counts.
  let charactersMin: Int
  /// The characters allowed after the prefix; nil allows all.
  let alphabet: Alphabet?
  let prefix: StaticString
  let forbiddenPrefix: StaticString
  let format: Format

  package init(
    _ name: StaticString, doc: StaticString, bytes: ClosedRange<Int>, charactersMin: Int = 0,
    alphabet: Alphabet? = nil, prefix: StaticString = "", forbiddenPrefix: StaticString = "",
    format: Format = .any
  ) {
    self.name = name
    self.doc = doc
    self.bytes = bytes
    self.charactersMin = charactersMin
    self.alphabet = alphabet
    self.prefix = prefix
    self.forbiddenPrefix = forbiddenPrefix
    self.format = format
  }

  /// Why a text breaks the rule.
  enum Breach: Equatable {
    case tooShort
    case tooLong
    case badFormat
    case unknownCurrency
  }

  /// The first breach, or nil if the text is fine.
  func breach(of text: String) -> Breach? {
    var text = text
    return text.withUTF8 { breach(of: $0) }
  }

  private func breach(of text: UnsafeBufferPointer<UInt8>) -> Breach? {
    let isFixed = bytes.lowerBound == bytes.upperBound
    if text.count > bytes.upperBound { return isFixed ? misfit : .tooLong }
    if text.count < bytes.lowerBound { return isFixed ? misfit : .tooShort }
    if !begins(text, with: prefix) { return .badFormat }
    if forbiddenPrefix.utf8CodeUnitCount > 0, begins(text, with: forbiddenPrefix) {
      return .badFormat
    }
    if let alphabet {
      for index in prefix.utf8CodeUnitCount..<text.count
      where !alphabet.contains(text[index]) {
        return misfit
      }
    }
    if charactersMin > 0, characters(in: text) < charactersMin { return .tooShort }
    return fits(text) ? nil : misfit
  }

  private var misfit: Breach { format == .currency ? .unknownCurrency : .badFormat }

  private func begins(_ text: UnsafeBufferPointer<UInt8>, with prefix: StaticString) -> Bool {
    let count = prefix.utf8CodeUnitCount
    guard text.count >= count else { return false }
    for index in 0..<count where text[index] != prefix.utf8Start[index] { return false }
    return true
  }

  /// Unicode scalars: bytes that do not continue one.
  private func characters(in text: UnsafeBufferPointer<UInt8>) -> Int {
    text.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
  }

  private func fits(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch format {
    case .any: true
    case .email: isEmail(text)
    case .url: begins(text, with: "https://") ? text.count > 8 : begins(text, with: "http://")
    case .base64: isBase64(text)
    case .eventFilter: EventType.isFilter(String(decoding: text, as: UTF8.self))
    case .currency: CurrencyTable.exponent(of: String(decoding: text, as: UTF8.self)) != nil
    }
  }

  private func isEmail(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var at: Int?
    for (index, byte) in text.enumerated() {
      if byte <= 0x20 || byte == 0x7F { return false }
      if byte == UInt8(ascii: "@") {
        if at != nil { return false }
        at = index
      }
    }
    guard let at else { return false }
    return at > 0 && at < text.count - 1
  }

  /// The alphabet is checked before; here the length and that padding stands at the end only.
  private func isBase64(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count % 4 == 0 else { return false }
    guard let padding = text.firstIndex(of: UInt8(ascii: "=")) else { return true }
    return text.count - padding <= 2 && text[padding...].allSatisfy { $0 == UInt8(ascii: "=") }
  }
}
