/// What a DER value turned out to be, judged by its outline. The label of a PEM block is not
/// asked: exporting tools get it wrong often enough.
package enum KeyMaterialKind: Sendable, CaseIterable {
  /// RSAPrivateKey of RFC 8017 ("BEGIN RSA PRIVATE KEY").
  case privateKeyPKCS1
  /// PrivateKeyInfo of RFC 5208 ("BEGIN PRIVATE KEY").
  case privateKeyPKCS8
  /// EncryptedPrivateKeyInfo of RFC 5208 ("BEGIN ENCRYPTED PRIVATE KEY").
  case privateKeyEncrypted
  /// ECPrivateKey of RFC 5915 ("BEGIN EC PRIVATE KEY").
  case privateKeyEllipticCurve
  /// SubjectPublicKeyInfo of RFC 5280 ("BEGIN PUBLIC KEY").
  case publicKeyInfo
  /// RSAPublicKey of RFC 8017 ("BEGIN RSA PUBLIC KEY").
  case publicKeyPKCS1
  /// X.509 certificate.
  case certificate
  /// PKCS#10 request for a certificate.
  case certificateRequest
  /// PKCS#12 store of key and certificates (".p12", ".pfx").
  case keyStore
  /// DER, but nothing of the above.
  case unknown
}

extension KeyMaterialKind {
  /// The kind in words, with its article.
  var phrase: String {
    switch self {
    case .privateKeyPKCS1, .privateKeyPKCS8: "a private key"
    case .privateKeyEncrypted: "an encrypted private key"
    case .privateKeyEllipticCurve: "an elliptic-curve private key"
    case .publicKeyInfo, .publicKeyPKCS1: "a public key"
    case .certificate: "a certificate"
    case .certificateRequest: "a certificate request"
    case .keyStore: "a PKCS#12 key store"
    case .unknown: "something unknown"
    }
  }

  /// Judges DER bytes; `unknown` also when they are not DER.
  init(der: [UInt8]) {
    guard let outer = DERShape.whole(der), outer.tag == DERShape.sequence,
      let members = outer.children(in: der), let first = members.first
    else {
      self = .unknown
      return
    }
    switch first.tag {
    case DERShape.integer: self = Self.startingWithInteger(der, members)
    case DERShape.sequence: self = Self.startingWithSequence(der, members)
    default: self = .unknown
    }
  }

  private static func startingWithInteger(
    _ der: [UInt8], _ members: [DERShape]
  ) -> KeyMaterialKind {
    let tags = members.map(\.tag)
    let version = Array(der[members[0].content])
    if tags == [DERShape.integer, DERShape.integer] { return .publicKeyPKCS1 }
    if tags.count >= 9, tags.prefix(9).allSatisfy({ $0 == DERShape.integer }) {
      return .privateKeyPKCS1
    }
    if tags.starts(with: [DERShape.integer, DERShape.sequence, DERShape.octetString]) {
      return .privateKeyPKCS8
    }
    if version == [1], tags.starts(with: [DERShape.integer, DERShape.octetString]) {
      return .privateKeyEllipticCurve
    }
    if version == [3], tags.starts(with: [DERShape.integer, DERShape.sequence]) {
      return .keyStore
    }
    return .unknown
  }

  private static func startingWithSequence(
    _ der: [UInt8], _ members: [DERShape]
  ) -> KeyMaterialKind {
    guard let inner = members[0].children(in: der), let first = inner.first else { return .unknown }
    switch members.map(\.tag) {
    case [DERShape.sequence, DERShape.bitString]:
      return first.tag == DERShape.objectIdentifier ? .publicKeyInfo : .unknown
    case [DERShape.sequence, DERShape.octetString]:
      return first.tag == DERShape.objectIdentifier ? .privateKeyEncrypted : .unknown
    case [DERShape.sequence, DERShape.sequence, DERShape.bitString]:
      // A certificate holds issuer, validity, subject and key; a request lacks two of them.
      return first.tag == DERShape.context0 || inner.count >= 6
        ? .certificate : .certificateRequest
    default:
      return .unknown
    }
  }
}
