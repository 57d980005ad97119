import Crypto
import Testing

@Suite("key refusals")
struct KeyRefusalTests {
  private func privateRefusal(_ text: [UInt8]) throws -> CryptoError {
    try #require(#expect(throws: CryptoError.self) { try RSAPrivateKey(text) })
  }

  private func publicRefusal(_ text: [UInt8]) throws -> CryptoError {
    try #require(#expect(throws: CryptoError.self) { try RSAPublicKey(text) })
  }

  @Test(
    "the wrong thing where a private key belongs is named",
    arguments: [
      ("spki.pem", "this is a public key where a private key belongs"),
      ("public-pkcs1.pem", "this is a public key where a private key belongs"),
      ("root.pem", "this is a certificate where a private key belongs"),
      ("request.pem", "this is a certificate request where a private key belongs"),
      ("store.p12", "this is a PKCS#12 key store where a private key belongs"),
      (
        "encrypted-pkcs8.pem",
        "encrypted private keys are not supported; store it without a pass phrase"
      ),
      (
        "encrypted-pkcs1.pem",
        "encrypted private keys are not supported; store it without a pass phrase"
      ),
      ("short.pem", "512-bit key is too short (2048 needed)"),
      ("middling.pem", "1024-bit key is too short (2048 needed)"),
      ("ec-sec1.pem", "this is a key for EC where an RSA key belongs"),
      ("ec-pkcs8.pem", "this is a key for EC where an RSA key belongs"),
      ("pss.pem", "this is a key for RSA-PSS where an RSA key belongs"),
    ])
  func wrongPrivateKeys(form: String, sentence: String) throws {
    #expect(try "\(privateRefusal(try keyText(form)))" == sentence)
  }

  @Test(
    "the wrong thing where a public key belongs is named",
    arguments: [
      ("pkcs8.pem", "this is a private key where a public key belongs"),
      ("pkcs1.pem", "this is a private key where a public key belongs"),
      ("encrypted-pkcs8.pem", "this is an encrypted private key where a public key belongs"),
      ("ec-sec1.pem", "this is an elliptic-curve private key where a public key belongs"),
      ("request.pem", "this is a certificate request where a public key belongs"),
      ("store.p12", "this is a PKCS#12 key store where a public key belongs"),
      ("short-spki.pem", "512-bit key is too short (2048 needed)"),
      ("ec-spki.pem", "this is a key for EC where an RSA key belongs"),
      ("ec-root.pem", "this is a key for EC where an RSA key belongs"),
    ])
  func wrongPublicKeys(form: String, sentence: String) throws {
    #expect(try "\(publicRefusal(try keyText(form)))" == sentence)
  }

  @Test("text that is no key says why")
  func garbage() throws {
    let texts: [(String, CryptoError)] = [
      ("", .empty), (" \r\n\t", .empty), ("your key here", .notBase64(byteOffset: 13)),
      ("MIIE*vQI", .notBase64(byteOffset: 4)), ("MIIEvQ", .notBase64(byteOffset: 6)),
      ("MIIEvQ==", .unreadable), ("AAAA", .unreadable), ("MAA=", .unreadable),
      ("-----BEGIN PRIVATE KEY-----\nMIIE", .armourNotClosed(label: "PRIVATE KEY")),
      (
        "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PUBLIC KEY-----",
        .armourNotClosed(label: "PRIVATE KEY")
      ),
      ("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----", .empty),
      ("-----BEGIN PRIVATE KEY-----\nM?IE\n-----END PRIVATE KEY-----", .notBase64(byteOffset: 2)),
    ]
    for (text, expected) in texts {
      #expect(try privateRefusal(Array(text.utf8)) == expected, "\(text)")
      #expect(try publicRefusal(Array(text.utf8)) == expected, "\(text)")
    }
    let long = [UInt8](repeating: UInt8(ascii: "A"), count: CryptoLimits.keyTextByteCountMax + 4)
    #expect(try publicRefusal(long) == .tooLong(byteCount: 65540, byteCountMax: 65536))
  }

  @Test("a key cut short anywhere, or with bytes behind it, is refused")
  func truncated() throws {
    for form in ["pkcs1.der", "spki.der"] {
      let der = try keyText(form)
      for length in stride(from: 1, to: der.count, by: 7) {
        let text = Array(Base64.encode(Array(der.prefix(length))).utf8)
        _ = try privateRefusal(text)
        _ = try publicRefusal(text)
      }
      _ = try privateRefusal(Array(Base64.encode(der + [0]).utf8))
      _ = try publicRefusal(Array(Base64.encode(der + [0]).utf8))
    }
  }

  @Test("a damaged private key is refused when it is loaded or signs as the undamaged one")
  func damaged() throws {
    let der = try keyText("pkcs1.der")
    let sound = try RSAPrivateKey(der)
    let signature = try sound.signature(for: [1], .sha256WithRSA)
    var refused = 0
    for position in stride(from: 8, to: der.count, by: 61) {
      var damaged = der
      damaged[position] ^= 0x10
      do throws(CryptoError) {
        let key = try RSAPrivateKey(damaged)
        // libcrypto checks its shortcut and falls back to the plain exponent.
        let again = try key.signature(for: [1], .sha256WithRSA)
        #expect(again == signature, "byte \(position)")
      } catch {
        refused += 1
      }
    }
    #expect(refused > 0)
  }

  @Test("a public key with an even modulus or exponent 1 is refused")
  func unsoundPublicKey() throws {
    let der = try keyText("spki.der")
    var even = der
    // The modulus ends before the exponent: 02 03 01 00 01.
    even[der.count - 6] &= 0xFE
    #expect(try publicRefusal(even) == .keyInconsistent)
    var one = der
    one.replaceSubrange((der.count - 3)..., with: [0, 0, 1])
    _ = try publicRefusal(one)
  }

  @Test("errors carry no key bytes")
  func silentErrors() throws {
    let text = try keyText("encrypted-pkcs1.pem") + (try keyText("pkcs8.pem"))
    for error in [try privateRefusal(text), try publicRefusal(try keyText("pkcs1.pem"))] {
      var dumped = ""
      dump(error, to: &dumped)
      #expect(!dumped.contains("MII"))
      #expect("\(error)".count < 120)
    }
  }
}
