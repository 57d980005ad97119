import Crypto
import JSON

/// Members of other shapes than plain text.
extension MemberReader {
  /// True or false; what is not given is `standard`.
  func flag(_ member: String, standard: Bool) throws(GatewaySettingsError) -> Bool {
    guard let value = settings.fields[member] else { return standard }
    guard let flag = value.boolValue else { throw flaw(member, "must be true or false") }
    return flag
  }

  /// One of a few words; what is not given is the first of them.
  func choice<Word: RawRepresentable & CaseIterable>(
    _ member: String, of type: Word.Type, standard: Word
  ) throws(GatewaySettingsError) -> Word where Word.RawValue == String {
    guard let text = try optional(member) else { return standard }
    guard let word = type.allCases.first(where: { $0.rawValue.hasSameBytes(as: text) }) else {
      let known = type.allCases.map(\.rawValue).joined(separator: ", ")
      throw flaw(member, "must be one of \(known)")
    }
    return word
  }

  /// A list of texts, each once; nil where the member is not given.
  func words(
    _ member: String, countMax: Int, isGood: (String) -> Bool
  ) throws(GatewaySettingsError) -> [String]? {
    guard let value = settings.fields[member] else { return nil }
    guard let items = value.arrayValue, !items.isEmpty, items.count <= countMax else {
      throw flaw(member, "must be a list of 1 to \(countMax) texts")
    }
    var words: [String] = []
    for item in items {
      guard let word = item.stringValue, isGood(word),
        !words.contains(where: { $0.hasSameBytes(as: word) })
      else { throw flaw(member, "holds something that is not allowed, or the same twice") }
      words.append(word)
    }
    return words
  }

  /// Letters and digits as gateways number merchants and orders.
  func number(
    _ member: String, bytes: ClosedRange<Int>, alsoAllowed: String = ""
  ) throws(GatewaySettingsError) -> String {
    let text = try required(member)
    guard bytes.contains(text.utf8.count), GatewayText.isWord(text, alsoAllowed: alsoAllowed) else {
      let marks = alsoAllowed.isEmpty ? "" : " and \(alsoAllowed)"
      throw flaw(
        member,
        "must be \(bytes.lowerBound) to \(bytes.upperBound) letters, digits\(marks)")
    }
    return text
  }

  /// A short text of visible ASCII, as an account's number.
  func identifier(_ member: String) throws(GatewaySettingsError) -> String {
    let text = try required(member)
    guard text.utf8.count <= 128, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw flaw(member, "must be visible ASCII of at most 128 bytes")
    }
    return text
  }
}

/// Members that name files with keys.
extension MemberReader {
  static let secretBytesMax = 512

  /// A shared secret: the only line of the file, visible ASCII.
  func secretText(
    _ member: String, bytes range: ClosedRange<Int>
  ) throws(GatewaySettingsError) -> String {
    let text = try secretLines(member, max: 1)[0]
    guard range.contains(text.utf8.count) else {
      throw flaw(
        member, "must hold \(range.lowerBound) to \(range.upperBound) visible ASCII characters")
    }
    return text
  }

  /// The secrets of a file, one a line; there is at least one.
  func secretLines(_ member: String, max: Int) throws(GatewaySettingsError) -> [String] {
    var bytes = try keyFile(member)
    defer { SecretBytes.wipe(&bytes) }
    let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }
      .map { Self.trimmed($0) }
      .filter { !$0.isEmpty }
    guard !lines.isEmpty else { throw flaw(member, "is empty") }
    guard lines.count <= max else {
      throw flaw(member, max == 1 ? "must hold one line" : "holds more than \(max) lines")
    }
    for line in lines {
      guard line.count <= Self.secretBytesMax, line.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
        throw flaw(member, "holds a line that is no key: blanks, or too long")
      }
    }
    return lines.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
    var line = line.drop(while: isBlank)
    while let last = line.last, isBlank(last) { line.removeLast() }
    return line
  }

  func privateKey(_ member: String) throws(GatewaySettingsError) -> RSAPrivateKey {
    var bytes = try keyFile(member)
    defer { SecretBytes.wipe(&bytes) }
    do throws(CryptoError) {
      return try RSAPrivateKey(bytes)
    } catch {
      throw flaw(member, "cannot be used: \(error.description)")
    }
  }

  func publicKey(_ member: String) throws(GatewaySettingsError) -> RSAPublicKey {
    var bytes = try keyFile(member)
    // Someone may have put the private key here by mistake.
    defer { SecretBytes.wipe(&bytes) }
    do throws(CryptoError) {
      return try RSAPublicKey(bytes)
    } catch {
      throw flaw(member, "cannot be used: \(error.description)")
    }
  }

  /// A key of the gateway's. Ours in its place is the most frequent mistake of all: then nothing
  /// that the gateway signs would ever verify.
  func gatewayKey(
    _ member: String, otherThan own: RSAPrivateKey
  ) throws(GatewaySettingsError) -> RSAPublicKey {
    let key = try publicKey(member)
    guard !own.belongs(to: key) else {
      throw flaw(member, "is the merchant's own key; the gateway's is another one")
    }
    return key
  }
}
