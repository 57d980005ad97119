import CCrypto

/// MD5, broken as a promise of integrity and here only because gateways demand it (MD5 request
/// signatures, serial numbers of certificates). A match proves little: confirm by a query.
package enum MD5 {
  /// The 16 bytes.
  package static func hash(_ bytes: [UInt8]) -> [UInt8] {
    legacyDigest(bytes, LibraryAlgorithms.shared.md5, byteCount: 16)
  }

  /// 32 lower-case hexadecimal digits.
  package static func hex(_ bytes: [UInt8]) -> String { Hex.encode(hash(bytes)) }

  /// 32 lower-case hexadecimal digits of the text's UTF-8.
  package static func hex(utf8 text: String) -> String { hex(Array(text.utf8)) }
}

/// SHA-1, for old signatures and fingerprints only.
package enum SHA1 {
  /// The 20 bytes.
  package static func hash(_ bytes: [UInt8]) -> [UInt8] {
    legacyDigest(bytes, LibraryAlgorithms.shared.sha1, byteCount: 20)
  }

  /// 40 lower-case hexadecimal digits.
  package static func hex(_ bytes: [UInt8]) -> String { Hex.encode(hash(bytes)) }
}

private func legacyDigest(
  _ bytes: [UInt8], _ algorithm: OpaquePointer, byteCount: Int
) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: byteCount) { output, initializedCount in
    let hashed = bytes.withUnsafeBytes {
      EVP_Digest($0.baseAddress, $0.count, output.baseAddress, nil, algorithm, nil)
    }
    precondition(hashed == 1, "libcrypto could not compute a digest (out of memory)")
    initializedCount = byteCount
  }
}
