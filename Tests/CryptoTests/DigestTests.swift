import Crypto
import Testing

@Suite("digests")
struct DigestTests {
  private let abc = Array("abc".utf8)
  private let abcHex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test("SHA-256 gives the values of FIPS 180-2")
  func standardValues() {
    #expect(SHA256.hash(abc).hex == abcHex)
    #expect(SHA256.hash(utf8: "abc").hex == abcHex)
    #expect(
      SHA256.hash([]).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(
      SHA256.hash(million).hex
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("two buffers hash like their concatenation, wherever the cut is")
  func twoBuffers() {
    let bytes = (0..<200).map { UInt8($0) }
    for cut in 0...bytes.count {
      #expect(
        SHA256.hash(Array(bytes[..<cut]), Array(bytes[cut...])) == SHA256.hash(bytes),
        "cut at \(cut)")
    }
  }

  @Test("a hasher is empty again after each finish")
  func hasherStartsAnew() {
    var hasher = SHA256Hasher()
    for _ in 0..<3 {
      for byte in abc { hasher.update([byte]) }
      hasher.update([])
      #expect(hasher.finish().hex == abcHex)
    }
  }

  @Test("a chain over digests hashes their 32 bytes")
  func chain() {
    var hasher = SHA256Hasher()
    hasher.update(SHA256Digest.zero)
    hasher.update(abc)
    #expect(hasher.finish() == SHA256.hash([UInt8](repeating: 0, count: 32) + abc))
  }

  @Test("a digest survives bytes and hexadecimal, and nothing but 32 bytes is one")
  func roundTrip() {
    let digest = SHA256.hash(abc)
    #expect(SHA256Digest(bytes: digest.bytes) == digest)
    #expect(SHA256Digest(hex: abcHex) == digest)
    #expect(SHA256Digest(hex: abcHex.uppercased()) == digest)
    #expect("\(digest)" == abcHex)
    #expect(Set([digest, SHA256.hash(abc)]).count == 1)
    #expect(SHA256Digest(bytes: Array(digest.bytes.dropLast())) == nil)
    #expect(SHA256Digest(bytes: digest.bytes + [0]) == nil)
    #expect(SHA256Digest(hex: String(abcHex.dropLast(2))) == nil)
    #expect(SHA256Digest(hex: "zz" + abcHex.dropFirst(2)) == nil)
  }

  @Test("MD5 and SHA-1 give the values of their RFCs, in lower case")
  func legacy() {
    #expect(MD5.hex(utf8: "") == "d41d8cd98f00b204e9800998ecf8427e")
    #expect(MD5.hex(abc) == "900150983cd24fb0d6963f7d28e17f72")
    #expect(MD5.hash(abc).count == 16)
    #expect(SHA1.hex(abc) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(SHA1.hash([]).count == 20)
  }

  @Test("published digest signatures of gateways come out the same")
  func gatewayDigests() throws {
    let rows = try VectorFile.rows("gateway-digest.txt")
    #expect(rows.count == 4)
    for row in rows {
      let text = try Base64.decode(row[2])
      #expect((row[1] == "md5" ? MD5.hex(text) : SHA256.hash(text).hex) == row[3])
    }
  }

  @Test("the library that was loaded is OpenSSL 3 or later")
  func libraryVersion() throws {
    CryptoLibrary.start()
    let major = try #require(CryptoLibrary.version.split(separator: " ").dropFirst().first?.first)
    #expect(CryptoLibrary.version.hasPrefix("OpenSSL "))
    #expect(major >= "3")
  }

  @Test("many threads may hash at once")
  func concurrent() async {
    let expected = SHA256.hash(abc)
    let agreed = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { [abc] in (0..<500).allSatisfy { _ in SHA256.hash(abc) == expected } }
      }
      return await group.reduce(true) { $0 && $1 }
    }
    #expect(agreed)
  }
}
