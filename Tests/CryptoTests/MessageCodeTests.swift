import Crypto
import Foundation
import Testing

@Suite("message codes")
struct MessageCodeTests {
  @Test("all Wycheproof HMAC-SHA256 cases are judged as published")
  func wycheproof() throws {
    let rows = try VectorFile.rows("wycheproof-hmac-sha256.txt")
    #expect(rows.count == 174)
    for row in rows {
      let key = HMACSHA256Key(SecretBytes(try Hex.decode(row[3])))
      let message = try Hex.decode(row[4])
      let tag = try Hex.decode(row[5])
      let valid = row[2] == "valid"
      // A truncated tag is never taken; its published verdict is about the first bytes.
      let start = Array(key.code(for: message).bytes.prefix(tag.count))
      #expect(ConstantTime.equal(start, tag) == valid, "case \(row[1])")
      #expect(key.isValid(tag, for: message) == (valid && tag.count == 32), "case \(row[1])")
    }
  }

  @Test("published codes of a gateway's SDK come out the same")
  func gatewayCodes() throws {
    let rows = try VectorFile.rows("gateway-hmac.txt")
    #expect(rows.count == 3)
    for row in rows {
      let code = HMACSHA256Key(utf8: row[1]).code(for: try Base64.decode(row[2]))
      #expect(code.hex == row[3])
    }
  }

  @Test("an empty key and an empty message have a code")
  func empty() {
    #expect(
      HMACSHA256Key(utf8: "").code(for: []).hex
        == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
  }

  @Test("every flipped bit and every other length makes a code invalid")
  func tampering() {
    let key = HMACSHA256Key(utf8: "whsec_test")
    let message = Array("1700000000.{}".utf8)
    let code = key.code(for: message).bytes
    #expect(key.isValid(code, for: message))
    for bit in 0..<256 {
      var other = code
      other[bit / 8] ^= 1 << (bit % 8)
      #expect(!key.isValid(other, for: message), "bit \(bit)")
    }
    for length in 0..<32 { #expect(!key.isValid(Array(code.prefix(length)), for: message)) }
    #expect(!key.isValid(code + [0], for: message))
  }

  @Test("one key serves many threads")
  func concurrent() async {
    let key = HMACSHA256Key(utf8: "shared")
    let codes = await withTaskGroup(of: [SHA256Digest].self) { group in
      for _ in 0..<8 {
        group.addTask { (0..<200).map { key.code(for: [UInt8($0)]) } }
      }
      return await group.reduce(into: Set<[SHA256Digest]>()) { $0.insert($1) }
    }
    #expect(codes.count == 1)
  }

  @Test("constant-time comparison agrees with ordinary comparison")
  func constantTime() {
    let samples: [[UInt8]] = [[], [0], [1], [0, 0], [0, 1], [1, 0], [255, 255]]
    for left in samples {
      for right in samples {
        #expect(ConstantTime.equal(left, right) == (left == right))
      }
    }
    let digest = SHA256.hash([1])
    #expect(ConstantTime.equal(digest, digest))
    #expect(!ConstantTime.equal(digest, SHA256.hash([2])))
  }

  @Test("no verifying source compares with ==, and one file calls the library's comparison")
  func comparisonsInSource() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Crypto").standardizedFileURL
    func source(_ name: String) throws -> String {
      try String(contentsOf: sources.appending(path: name), encoding: .utf8)
    }
    let code = try source("MessageCode.swift").split(separator: "func isValid").last ?? ""
    #expect(code.contains("ConstantTime.equal"))
    #expect(!code.contains("=="))
    let secret = try source("SecretBytes.swift").split(separator: "func == ").last ?? ""
    #expect(secret.contains("ConstantTime.equal"))
    #expect(try source("ConstantTime.swift").contains("CRYPTO_memcmp"))
  }
}
