/// The certificates of a PEM file with several blocks, in file order.
package struct CertificateBundle: Sendable, Equatable {
  /// Those that could be read.
  package let certificates: [Certificate]
  /// How many blocks were passed over: no certificate, or one that libcrypto cannot read. Bundles
  /// in the wild hold such blocks beside good ones, so they are no error.
  package let skippedCount: Int

  /// Reads block by block. Text outside the blocks is ignored.
  ///
  /// - Throws: `empty` if there is no block, `armourNotClosed`, `tooLong`; `unreadable` if no
  ///   block could be read.
  package init(_ text: [UInt8]) throws(CryptoError) {
    guard text.count <= CryptoLimits.bundleTextByteCountMax else {
      throw .tooLong(byteCount: text.count, byteCountMax: CryptoLimits.bundleTextByteCountMax)
    }
    var certificates: [Certificate] = []
    var skippedCount = 0
    var offset = 0
    while let block = try KeyText.nextBlock(in: text, from: offset) {
      guard certificates.count + skippedCount < CryptoLimits.bundleBlockCountMax else {
        throw .tooManyBlocks(blockCountMax: CryptoLimits.bundleBlockCountMax)
      }
      // try?: a block that cannot be read is counted and passed over, as promised above.
      if let certificate = try? Self.certificate(block, in: text) {
        certificates.append(certificate)
      } else {
        skippedCount += 1
      }
      offset = block.body.upperBound
    }
    guard !certificates.isEmpty else { throw skippedCount == 0 ? .empty : .unreadable }
    self.certificates = certificates
    self.skippedCount = skippedCount
  }

  /// Reads a bundle from a text; see the other initialiser.
  package init(_ text: String) throws(CryptoError) {
    try self.init(Array(text.utf8))
  }

  private static func certificate(
    _ block: KeyText.Block, in text: [UInt8]
  ) throws(CryptoError) -> Certificate {
    try Certificate(der: KeyText.der(of: block, in: text))
  }
}
