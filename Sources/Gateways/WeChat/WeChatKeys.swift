import Crypto
import Domain
import JSON

/// The keys of one merchant: its own to sign with, WeChat's to verify with, the APIv3 key to open
/// notices with.
struct WeChatKeys: Sendable {
  /// One key that WeChat signs with. Several may be in force at a time: during a change of keys
  /// either may sign.
  struct Platform: Sendable {
    /// `PUB_KEY_ID_…` of a public key, else the certificate's number in capital hexadecimal.
    let serial: String
    let key: RSAPublicKey
    /// Nil for a bare public key, which has no dates.
    let certificate: Certificate?
  }

  static let platformKeysMax = 16
  static let publicKeyPrefix = "PUB_KEY_ID_"

  let privateKey: RSAPrivateKey
  /// Number of the certificate that vouches for `privateKey`.
  let merchantSerial: String
  let merchantCertificate: Certificate?
  let noticeKey: AESGCMKey
  /// In the order of the configuration.
  let platform: [Platform]

  func platformKey(_ serial: String) -> RSAPublicKey? {
    platform.first { $0.serial.hasSameBytes(as: serial) }?.key
  }

  /// The key that WeChat is asked to answer with while it changes keys: the first public key, else
  /// the certificate that began last among those in force.
  func preferredSerial(at now: Timestamp) -> String {
    if let bare = platform.first(where: { $0.certificate == nil }) { return bare.serial }
    let valid = platform.filter {
      $0.certificate?.isValid(atMilliseconds: now.milliseconds) ?? false
    }
    let newest = valid.max {
      ($0.certificate?.notBeforeMilliseconds ?? 0) < ($1.certificate?.notBeforeMilliseconds ?? 0)
    }
    return (newest ?? platform[0]).serial
  }

  /// The end of what ends first; nil where nothing has a date. Milliseconds since 1970 UTC.
  var notAfterMilliseconds: Int64? {
    // An old certificate beside its successor may end.
    let platformEnd = platform.contains { $0.certificate == nil }
      ? nil : platform.compactMap { $0.certificate?.notAfterMilliseconds }.max()
    return [platformEnd, merchantCertificate?.notAfterMilliseconds].compactMap { $0 }.min()
  }
}

// MARK: Reading

extension WeChatKeys {
  init(_ reader: MemberReader) throws(GatewaySettingsError) {
    privateKey = try reader.privateKey("merchant_private_key_file")
    (merchantSerial, merchantCertificate) = try Self.merchantSerial(reader, privateKey)
    noticeKey = try Self.noticeKey(reader)
    platform = try Self.platform(reader, privateKey)
  }

  /// From the certificate, which proves that number and key belong together, or as given.
  private static func merchantSerial(
    _ reader: MemberReader, _ privateKey: RSAPrivateKey
  ) throws(GatewaySettingsError) -> (String, Certificate?) {
    let given = try reader.optional("merchant_serial")
    if let given, !isSerial(given) {
      throw reader.flaw(
        "merchant_serial", "must be the certificate's number, 40 hexadecimal digits")
    }
    guard try reader.optional("merchant_certificate_file") != nil else {
      guard let given else {
        throw reader.flaw(
          "merchant_serial", "is missing; give it or merchant_certificate_file")
      }
      return (given.uppercased(), nil)
    }
    let member = "merchant_certificate_file"
    let bytes = try reader.keyFile(member)
    let certificate: Certificate
    let key: RSAPublicKey
    do throws(CryptoError) {
      certificate = try Certificate(bytes)
      key = try certificate.publicKey()
    } catch {
      throw reader.flaw(member, "cannot be used: \(error.description)")
    }
    guard privateKey.belongs(to: key) else {
      throw reader.flaw(
        member, "does not belong to merchant_private_key_file: the keys differ")
    }
    if let given, !given.uppercased().hasSameBytes(as: certificate.serialHex) {
      throw reader.flaw(
        "merchant_serial", "is not the number of the certificate: \(certificate.serialHex)")
    }
    return (certificate.serialHex, certificate)
  }

  private static func noticeKey(
    _ reader: MemberReader
  ) throws(GatewaySettingsError) -> AESGCMKey {
    let member = "api_v3_key_file"
    var bytes = try reader.keyFile(member)
    defer { SecretBytes.wipe(&bytes) }
    if bytes.starts(with: "-----BEGIN".utf8) {
      throw reader.flaw(member, "holds a PEM key; the APIv3 key is 32 characters set by yourself")
    }
    let isBlank: (UInt8) -> Bool = { $0 <= 0x20 }
    let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? 0
    let start = bytes.firstIndex { !isBlank($0) } ?? end
    var text = Array(bytes[min(start, end)..<end])
    defer { SecretBytes.wipe(&text) }
    guard text.count == AESGCMKey.byteCount else {
      throw reader.flaw(
        member, "must hold the APIv3 key of 32 characters; it holds \(text.count)")
    }
    do throws(CryptoError) {
      return try AESGCMKey(SecretBytes(text))
    } catch {
      throw reader.flaw(member, "cannot be used: \(error.description)")
    }
  }

  private static func platform(
    _ reader: MemberReader, _ privateKey: RSAPrivateKey
  ) throws(GatewaySettingsError) -> [Platform] {
    let member = "platform_keys"
    guard let items = reader.settings.fields[member]?.arrayValue, !items.isEmpty else {
      throw reader.flaw(
        member, "is missing: a list as [{\"file\": \"pub_key.pem\", \"serial\": \"PUB_KEY_ID_…\"}]")
    }
    guard items.count <= platformKeysMax else {
      throw reader.flaw(member, "has more than \(platformKeysMax) keys")
    }
    var keys: [Platform] = []
    for item in items {
      let found = try platformKey(item, reader, member)
      guard !privateKey.belongs(to: found.key) else {
        throw reader.flaw(
          member,
          "holds the merchant's own key; WeChat's is what the console offers as "
            + "WeChat Pay public key or platform certificate")
      }
      guard !keys.contains(where: { $0.serial.hasSameBytes(as: found.serial) }) else {
        throw reader.flaw(member, "names \(found.serial) twice")
      }
      keys.append(found)
    }
    return keys
  }

  private static func platformKey(
    _ item: JSONValue, _ reader: MemberReader, _ member: String
  ) throws(GatewaySettingsError) -> Platform {
    guard let object = item.objectValue, let path = object["file"]?.stringValue, !path.isEmpty,
      object.keys.allSatisfy({ $0 == "file" || $0 == "serial" })
    else { throw reader.flaw(member, "must be objects with file, and serial for a public key") }
    let given = object["serial"]?.stringValue
    var bytes = try reader.keyFile(at: path, of: member)
    // Someone may have put a private key here by mistake.
    defer { SecretBytes.wipe(&bytes) }
    // try?: what is no certificate is read as a key, and that says what is wrong.
    if let certificate = try? Certificate(bytes) {
      if let given, !given.uppercased().hasSameBytes(as: certificate.serialHex) {
        throw reader.flaw(
          member, "names \(given), but \(path) has the number \(certificate.serialHex)")
      }
      return Platform(
        serial: certificate.serialHex,
        key: try usable(path, reader, member) { () throws(CryptoError) in
          try certificate.publicKey()
        }, certificate: certificate)
    }
    let key = try usable(path, reader, member) { () throws(CryptoError) in
      try RSAPublicKey(bytes)
    }
    guard let given, given.hasPrefix(publicKeyPrefix), WeChatRecord.isNumber(given) else {
      throw reader.flaw(
        member, "needs the serial of \(path): the public key's id, as PUB_KEY_ID_0…")
    }
    return Platform(serial: given, key: key, certificate: nil)
  }

  private static func usable(
    _ path: String, _ reader: MemberReader, _ member: String,
    _ read: () throws(CryptoError) -> RSAPublicKey
  ) throws(GatewaySettingsError) -> RSAPublicKey {
    do throws(CryptoError) {
      return try read()
    } catch {
      throw reader.flaw(member, "cannot use \(path): \(error.description)")
    }
  }

  private static func isSerial(_ text: String) -> Bool {
    (8...64).contains(text.utf8.count) && text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
  }
}
