import Crypto
import Domain

/// Self-made X.509 certificates of generated keys, written field by field.
enum TestCertificate {
  /// PEM of a version 3 certificate, issuer and subject `CN=Till Test,O=Tests,C=CN`, valid from
  /// 2020 to the year given.
  static func pem(of key: RSAPrivateKey, serial: [UInt8], endYear: Int = 2049) -> String {
    let sha256WithRSA = sequence([
      objectIdentifier([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B]), value(0x05, []),
    ])
    let name = sequence([
      attribute([0x55, 0x04, 0x06], "CN"), attribute([0x55, 0x04, 0x0A], "Tests"),
      attribute([0x55, 0x04, 0x03], "Till Test"),
    ])
    let validity = sequence([
      value(0x17, Array("200101000000Z".utf8)),
      value(0x17, Array("\(CivilTime.padded(Int64(endYear % 100), 2))0101000000Z".utf8)),
    ])
    let content = sequence([
      value(0xA0, value(0x02, [2])), value(0x02, serial), sha256WithRSA, name, validity, name,
      AlipayFixture.publicKey(key).publicKeyInfo,
    ])
    guard let signature = try? key.signature(for: content, .sha256WithRSA) else {
      preconditionFailure("a good key signs")
    }
    let whole = sequence([content, sha256WithRSA, value(0x03, [0] + signature)])
    return "-----BEGIN CERTIFICATE-----\n\(Base64.encode(whole))\n-----END CERTIFICATE-----\n"
  }

  private static func attribute(_ type: [UInt8], _ text: String) -> [UInt8] {
    value(0x31, sequence([objectIdentifier(type), value(0x0C, Array(text.utf8))]))
  }

  private static func objectIdentifier(_ bytes: [UInt8]) -> [UInt8] { value(0x06, bytes) }

  private static func sequence(_ parts: [[UInt8]]) -> [UInt8] { value(0x30, parts.flatMap { $0 }) }

  private static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    switch content.count {
    case ..<128: [tag, UInt8(content.count)] + content
    case ..<256: [tag, 0x81, UInt8(content.count)] + content
    default: [tag, 0x82, UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
    }
  }
}
