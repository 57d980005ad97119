import Crypto
import JSON

/// The keys of one application: ours to sign with, Alipay's to verify with.
struct AlipayKeys: Sendable {
  /// Serial numbers of certificate mode, as Alipay computes them: lower-case hexadecimal MD5.
  struct Serials: Hashable, Sendable {
    let application: String
    let alipay: String
    /// Those of every RSA root in the file, in file order, joined by `_`.
    let root: String
    /// The earlier end of the two certificates' validity, milliseconds since 1970 UTC.
    let notAfterMilliseconds: Int64
  }

  let privateKey: RSAPrivateKey
  /// The one in force, and behind it the one before it where that is still named.
  let gatewayKeys: [RSAPublicKey]
  /// Nil in key mode.
  let serials: Serials?

  init(_ reader: MemberReader) throws(GatewaySettingsError) {
    privateKey = try reader.privateKey("app_private_key_file")
    let certificateMembers = [
      "app_certificate_file", "alipay_certificate_file", "alipay_root_certificate_file",
    ]
    let given = certificateMembers.first { reader.settings.fields[$0] != nil }
    guard let given else {
      let key = try reader.publicKey("alipay_public_key_file")
      serials = nil
      try Self.refuseOwnKey(privateKey, key, reader, member: "alipay_public_key_file")
      gatewayKeys = [key] + (try Self.formerKey(reader, privateKey))
      return
    }
    guard reader.settings.fields["alipay_public_key_file"] == nil else {
      throw reader.flaw(
        given, "and alipay_public_key_file exclude each other: an application uses one mode")
    }
    let key: RSAPublicKey
    (key, serials) = try Self.certificates(reader, privateKey)
    gatewayKeys = [key] + (try Self.formerKey(reader, privateKey))
  }

  /// What Alipay signed with before a change: notices that it repeats for a day, and calls that
  /// were under way. A key or a certificate, in either mode.
  private static func formerKey(
    _ reader: MemberReader, _ privateKey: RSAPrivateKey
  ) throws(GatewaySettingsError) -> [RSAPublicKey] {
    let member = "alipay_former_key_file"
    guard reader.settings.fields[member] != nil else { return [] }
    let key = try reader.publicKey(member)
    try refuseOwnKey(privateKey, key, reader, member: member)
    return [key]
  }

  /// MD5 of the issuer's name and the serial number in decimal digits.
  static func serial(_ certificate: Certificate) -> String {
    MD5.hex(utf8: certificate.issuerReversed + certificate.serialDecimal)
  }

  /// Roots signed with elliptic curves do not count at Alipay.
  static func rootSerial(_ bundle: CertificateBundle) -> String {
    bundle.certificates.filter(\.isRSASigned).map(serial).joined(separator: "_")
  }

  private static func certificates(
    _ reader: MemberReader, _ privateKey: RSAPrivateKey
  ) throws(GatewaySettingsError) -> (RSAPublicKey, Serials) {
    let application = try bundle(reader, "app_certificate_file").certificates[0]
    let applicationKey = try key(of: application, reader, "app_certificate_file")
    guard privateKey.belongs(to: applicationKey) else {
      throw reader.flaw(
        "app_certificate_file", "does not belong to app_private_key_file: the keys differ")
    }
    // The file also holds the authority that issued it; the first one is Alipay's own.
    let alipay = try bundle(reader, "alipay_certificate_file").certificates[0]
    let alipayKey = try key(of: alipay, reader, "alipay_certificate_file")
    try refuseOwnKey(privateKey, alipayKey, reader, member: "alipay_certificate_file")
    let root = rootSerial(try bundle(reader, "alipay_root_certificate_file"))
    guard !root.isEmpty else {
      throw reader.flaw("alipay_root_certificate_file", "holds no certificate signed with RSA")
    }
    let serials = Serials(
      application: serial(application), alipay: serial(alipay), root: root,
      notAfterMilliseconds: min(application.notAfterMilliseconds, alipay.notAfterMilliseconds))
    return (alipayKey, serials)
  }

  private static func bundle(
    _ reader: MemberReader, _ member: String
  ) throws(GatewaySettingsError) -> CertificateBundle {
    let bytes = try reader.keyFile(member)
    do throws(CryptoError) {
      return try CertificateBundle(bytes)
    } catch {
      throw reader.flaw(member, "cannot be used: \(error.description)")
    }
  }

  private static func key(
    of certificate: Certificate, _ reader: MemberReader, _ member: String
  ) throws(GatewaySettingsError) -> RSAPublicKey {
    do throws(CryptoError) {
      return try certificate.publicKey()
    } catch {
      throw reader.flaw(member, "cannot be used: \(error.description)")
    }
  }

  /// The most frequent mistake of all: then nothing Alipay signs would ever verify.
  private static func refuseOwnKey(
    _ privateKey: RSAPrivateKey, _ gatewayKey: RSAPublicKey, _ reader: MemberReader,
    member: String
  ) throws(GatewaySettingsError) {
    guard !privateKey.belongs(to: gatewayKey) else {
      throw reader.flaw(
        member,
        "is the application's own key; Alipay's is the other one that the console shows "
          + "beside it after the application's key was uploaded")
    }
  }
}
