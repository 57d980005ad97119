import CCrypto

/// Owns an X509 object of libcrypto for as long as its fields are read.
struct CertificateHandle: ~Copyable {
  let pointer: OpaquePointer

  init(_ der: [UInt8]) throws(CryptoError) {
    pointer = try readDER(der, { d2i_X509(nil, &$0, $1) }, free: { X509_free($0) })
  }

  deinit { X509_free(pointer) }

  func nameReversed(_ name: OpaquePointer?) throws(CryptoError) -> String {
    var parts: [String] = []
    for index in (0..<X509_NAME_entry_count(name)).reversed() {
      let entry = X509_NAME_get_entry(name, index)
      guard let kind = X509_NAME_ENTRY_get_object(entry),
        let value = utf8(X509_NAME_ENTRY_get_data(entry))
      else { throw .unreadable }
      parts.append(try shortName(kind) + "=" + value)
    }
    return parts.joined(separator: ",")
  }

  func serial() throws(CryptoError) -> (decimal: String, hex: String) {
    guard let number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(pointer), nil) else {
      clearLibraryErrors()
      throw .unreadable
    }
    defer { BN_free(number) }
    guard let decimal = BN_bn2dec(number) else { throw .library(step: "write a serial number") }
    defer { CRYPTO_free(decimal, #fileID, 0) }
    guard let hex = BN_bn2hex(number) else { throw .library(step: "write a serial number") }
    defer { CRYPTO_free(hex, #fileID, 0) }
    return (String(cString: decimal), String(cString: hex))
  }

  func signatureAlgorithm() throws(CryptoError) -> String {
    var kind: OpaquePointer?
    X509_ALGOR_get0(&kind, nil, nil, X509_get0_tbs_sigalg(pointer))
    guard let kind else { throw .unreadable }
    return try dotted(kind)
  }

  func milliseconds(_ time: UnsafePointer<ASN1_TIME>?) throws(CryptoError) -> Int64 {
    var seconds: Int64 = 0
    guard till_asn1_time_to_unix_seconds(time, &seconds) == 1 else {
      clearLibraryErrors()
      throw .unreadable
    }
    // ASN.1 times end with the year 9999, far from overflow.
    return seconds * 1000
  }

  private func shortName(_ kind: OpaquePointer) throws(CryptoError) -> String {
    let number = OBJ_obj2nid(kind)
    guard number != 0, let name = OBJ_nid2sn(number) else { return try dotted(kind) }
    return String(cString: name)
  }

  private func dotted(_ kind: OpaquePointer) throws(CryptoError) -> String {
    // RFC 5280 names nothing near this length.
    var text = [CChar](repeating: 0, count: 256)
    let count = Int(OBJ_obj2txt(&text, Int32(text.count), kind, 1))
    guard count > 0, count < text.count else { throw .unreadable }
    return String(decoding: text[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private func utf8(_ value: UnsafePointer<ASN1_STRING>?) -> String? {
    var output: UnsafeMutablePointer<UInt8>?
    let count = ASN1_STRING_to_UTF8(&output, value)
    guard count >= 0, let output else {
      clearLibraryErrors()
      return nil
    }
    defer { CRYPTO_free(output, #fileID, 0) }
    return String(decoding: UnsafeBufferPointer(start: output, count: Int(count)), as: UTF8.self)
  }
}
