import Crypto
import Foundation
import Testing

@Suite("RSA keys")
struct RSAKeyTests {
  @Test(
    "a private key loads from every form, always the same key",
    arguments: ["pkcs8.pem", "pkcs1.pem", "pkcs1.der"])
  func privateForms(form: String) throws {
    let fingerprint = try RSAPublicKey(try keyText("spki.pem")).publicKeyFingerprint
    let key = try RSAPrivateKey(try keyText(form))
    #expect(key.publicKeyFingerprint == fingerprint)
    #expect(key.bits == 2048)
    if form.hasSuffix(".pem") {
      #expect(try RSAPrivateKey(try bareBase64(form)).publicKeyFingerprint == fingerprint)
    }
  }

  @Test(
    "a public key loads from every form, always the same key",
    arguments: ["spki.pem", "spki.der", "public-pkcs1.pem", "root.pem", "root.der"])
  func publicForms(form: String) throws {
    let key = try RSAPublicKey(try keyText(form))
    #expect(try key.publicKeyFingerprint == SHA256.hash(keyText("spki.der")).hex)
    #expect(key.bits == 2048)
    if form.hasSuffix(".pem") {
      let bare = try RSAPublicKey(try bareBase64(form))
      #expect(bare.publicKeyFingerprint == key.publicKeyFingerprint)
    }
  }

  @Test("blanks, CR LF, a byte-order mark, text around and a wrong label do no harm")
  func untidyTexts() throws {
    let pem = String(decoding: try keyText("pkcs8.pem"), as: UTF8.self)
    let bare = String(decoding: try bareBase64("pkcs8.pem"), as: UTF8.self)
    let untidy = [
      pem.replacingOccurrences(of: "\n", with: "\r\n"),
      "\u{FEFF}" + pem, "Bag Attributes\n  name: shop\n" + pem + "\ntrailing words",
      pem.replacingOccurrences(of: "PRIVATE KEY", with: "RSA PRIVATE KEY"),
      pem.replacingOccurrences(of: "\n", with: "\n  "),
      "\u{FEFF}" + bare + "\r\n", "  " + bare.prefix(100) + "\t" + bare.dropFirst(100) + "\n\n",
    ]
    let fingerprint = try RSAPrivateKey(pem).publicKeyFingerprint
    for text in untidy {
      #expect(try RSAPrivateKey(text).publicKeyFingerprint == fingerprint)
    }
  }

  @Test("whether two halves belong together is known")
  func pairs() throws {
    let key = try RSAPrivateKey(try keyText("pkcs8.pem"))
    #expect(key.belongs(to: try RSAPublicKey(try keyText("root.pem"))))
    #expect(key.belongs(to: try key.publicKey()))
    #expect(!key.belongs(to: try RSAPublicKey(try keyText("other-spki.pem"))))
  }

  @Test("a generated key signs, and its PKCS#8 reads back")
  func generated() throws {
    let key = try RSAPrivateKey.generate(bits: 2048)
    let again = try key.pkcs8PEM().withBytes { bytes in
      Result { try RSAPrivateKey(Array(bytes)) }
    }.get()
    #expect(again.publicKeyFingerprint == key.publicKeyFingerprint)
    let text = try key.publicKey().pem
    #expect(try RSAPublicKey(text).publicKeyFingerprint == key.publicKeyFingerprint)
    let signature = try again.signature(for: [1], .sha256WithRSA)
    #expect(try key.publicKey().isValid(signature, for: [1], .sha256WithRSA))
    #expect(throws: CryptoError.keyTooShort(bits: 1024, bitsMin: 2048)) {
      try RSAPrivateKey.generate(bits: 1024)
    }
    #expect(throws: CryptoError.keyTooLong(bits: 16384, bitsMax: 8192)) {
      try RSAPrivateKey.generate(bits: 16384)
    }
  }

  @Test("keys never show themselves, alone or as a member")
  func redacted() throws {
    struct Configuration {
      let name = "alipay"
      let key: RSAPrivateKey
      let verifying: RSAPublicKey
      let code: HMACSHA256Key
      let secret: SecretBytes
      let sealing: AESGCMKey
    }
    let key = try RSAPrivateKey(try keyText("pkcs8.pem"))
    let word = "hunter2-hunter2-hunter2-hunter2!"
    let configuration = Configuration(
      key: key, verifying: try key.publicKey(), code: HMACSHA256Key(utf8: word),
      secret: SecretBytes(utf8: word), sealing: try AESGCMKey(SecretBytes(utf8: word)))
    var dumped = ""
    dump(configuration, to: &dumped)
    let shown = ["\(configuration)", String(reflecting: configuration), dumped]
    for text in shown {
      #expect(text.contains("[redacted]"))
      #expect(!text.contains("hunter2"))
      #expect(!text.contains("0x"))
    }
    #expect("\(key)" == "[redacted]")
    #expect(String(reflecting: configuration.secret) == "[redacted]")
    #expect(Mirror(reflecting: key).children.isEmpty)
    #expect(Mirror(reflecting: configuration.sealing).children.isEmpty)
  }
}
