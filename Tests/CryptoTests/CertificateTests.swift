import Crypto
import Foundation
import Testing

@Suite("certificates")
struct CertificateTests {
  /// The serial number one gateway asks for: MD5 over issuer and decimal serial.
  private func digestSerial(_ certificate: Certificate) -> String {
    MD5.hex(utf8: certificate.issuerReversed + certificate.serialDecimal)
  }

  @Test("a published gateway certificate gives its published issuer, serial and digest")
  func applicationCertificate() throws {
    let certificate = try Certificate(try VectorFile.bytes("alipay-app-certificate.pem"))
    #expect(
      certificate.issuerReversed
        == "CN=Ant Financial Certification Authority Class 2 R1 test,"
        + "OU=Certification Authority test,O=Ant Financial test,C=CN")
    #expect(certificate.serialDecimal == "42717148566940702771351790021258524976")
    #expect(digestSerial(certificate) == "e90dd23a37c5c7b616e003970817ff82")
    #expect(certificate.isRSASigned)
    #expect(certificate.signatureAlgorithm == "1.2.840.113549.1.1.11")
    // 2023-06-07T08:46:07Z and 2024-06-11T08:46:07Z.
    #expect(certificate.notBeforeMilliseconds == 1_686_127_567_000)
    #expect(certificate.notAfterMilliseconds == 1_718_095_567_000)
    #expect(certificate.isValid(atMilliseconds: 1_718_095_567_000))
    #expect(!certificate.isValid(atMilliseconds: 1_718_095_567_001))
    #expect(!certificate.isValid(atMilliseconds: 1_686_127_566_999))
    #expect(try certificate.publicKey().bits == 2048)
  }

  @Test("a published root bundle gives its published digests, from its RSA certificates only")
  func rootBundle() throws {
    let bundle = try CertificateBundle(try VectorFile.bytes("alipay-root-bundle.pem"))
    #expect(bundle.certificates.count == 4)
    #expect(bundle.certificates.map(\.isRSASigned) == [false, true, false, true])
    let serials = bundle.certificates.filter(\.isRSASigned).map { digestSerial($0) }
    #expect(
      serials.joined(separator: "_")
        == "687b59193f3f462dd5336e5abf83c5d8_02941eef3187dddf3d3b83462e1dfcf6")
    for certificate in bundle.certificates where certificate.isRSASigned {
      #expect(certificate.isIssued(by: certificate))
    }
  }

  @Test("a bundle passes over what is no certificate and counts it")
  func brokenBlocks() throws {
    let good = try VectorFile.bytes("alipay-app-certificate.pem")
    let noise = Array("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n".utf8)
    let bundle = try CertificateBundle(noise + good + (try keyText("spki.pem")) + good + noise)
    #expect(bundle.certificates.count == 2)
    #expect(bundle.skippedCount == 3)
    let trailing =
      Array("-----BEGIN CERTIFICATE-----\n".utf8)
      + Array(Base64.encode(try keyText("root.der") + [0]).utf8)
      + Array("\n-----END CERTIFICATE-----\n".utf8)
    #expect(try CertificateBundle(trailing + good).skippedCount == 1)
    #expect(throws: CryptoError.unreadable) { try CertificateBundle(noise) }
    #expect(throws: CryptoError.empty) { try CertificateBundle([]) }
    #expect(throws: CryptoError.empty) { try CertificateBundle("no block here") }
    #expect(throws: CryptoError.armourNotClosed(label: "CERTIFICATE")) {
      try CertificateBundle(good.dropLast(10) + [])
    }
    let many = (0...CryptoLimits.bundleBlockCountMax).flatMap { _ in noise }
    #expect(throws: CryptoError.tooManyBlocks(blockCountMax: 256)) { try CertificateBundle(many) }
    let long = [UInt8](repeating: 32, count: CryptoLimits.bundleTextByteCountMax + 1)
    #expect(throws: CryptoError.tooLong(byteCount: long.count, byteCountMax: 1024 * 1024)) {
      try CertificateBundle(long)
    }
  }

  @Test("names keep their UTF-8, serials their sign and every digit")
  func namesAndSerials() throws {
    let root = try Certificate(try keyText("root.pem"))
    #expect(root.issuerReversed == "CN=root,OU=till,O=商户,C=CN")
    #expect(root.subjectReversed == root.issuerReversed)
    #expect(root.serialHex == "E2AC000000000000000000000000000001")
    #expect(root.serialDecimal == "77132442139407098272862116093947835056129")
    let leaf = try Certificate(try keyText("leaf.pem"))
    #expect(leaf.serialDecimal == "0")
    #expect(leaf.issuerReversed == root.subjectReversed)
    #expect(leaf.signatureAlgorithm == "1.2.840.113549.1.1.5")
    #expect(leaf.isRSASigned)
    let curve = try Certificate(try keyText("ec-root.pem"))
    #expect(curve.signatureAlgorithm == "1.2.840.10045.4.3.2")
    #expect(!curve.isRSASigned)
  }

  @Test("PEM, bare base64 and DER give the same certificate")
  func forms() throws {
    let certificate = try Certificate(try keyText("root.pem"))
    #expect(try Certificate(try bareBase64("root.pem")) == certificate)
    #expect(try Certificate(try keyText("root.der")) == certificate)
    #expect(try certificate.fingerprint == SHA256.hash(keyText("root.der")).hex)
    let pair = try RSAPrivateKey(try keyText("pkcs8.pem"))
    #expect(pair.belongs(to: try certificate.publicKey()))
  }

  @Test("a link of a chain holds only for the authority that signed")
  func links() throws {
    let root = try Certificate(try keyText("root.pem"))
    let leaf = try Certificate(try keyText("leaf.pem"))
    let stray = try Certificate(try keyText("not-by-authority.pem"))
    let curve = try Certificate(try keyText("ec-root.pem"))
    #expect(leaf.isIssued(by: root))
    #expect(root.isIssued(by: root))
    #expect(curve.isIssued(by: curve))
    #expect(!root.isIssued(by: leaf))
    #expect(!leaf.isIssued(by: leaf))
    #expect(!leaf.isIssued(by: curve))
    #expect(!stray.isIssued(by: root))
    // The leaf did sign it, but nobody allowed the leaf to issue.
    #expect(!stray.isIssued(by: leaf))
  }

  @Test("what is no certificate is named")
  func refusals() throws {
    let texts: [(String, String)] = [
      ("pkcs8.pem", "this is a private key where a certificate belongs"),
      ("spki.pem", "this is a public key where a certificate belongs"),
      ("request.pem", "this is a certificate request where a certificate belongs"),
    ]
    for (form, sentence) in texts {
      let text = try keyText(form)
      let refusal = #expect(throws: CryptoError.self) { try Certificate(text) }
      #expect(try "\(#require(refusal))" == sentence)
    }
    #expect(throws: CryptoError.notRSA(algorithm: "EC")) {
      try Certificate(try keyText("ec-root.pem")).publicKey()
    }
  }

  @Test("a certificate cut short anywhere is refused")
  func truncated() throws {
    let der = try keyText("root.der")
    for length in stride(from: 1, to: der.count, by: 5) {
      let text = Base64.encode(Array(der.prefix(length)))
      #expect(throws: CryptoError.self) { try Certificate(text) }
    }
  }
}
