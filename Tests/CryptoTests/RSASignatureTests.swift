import Crypto
import Testing

@Suite("RSA signatures")
struct RSASignatureTests {
  private let message = Array("amount=1.00&n=中".utf8)

  @Test("all Wycheproof RSA-2048 SHA-256 cases are judged as published")
  func wycheproof() throws {
    var key: RSAPublicKey?
    var cases = 0
    for row in try VectorFile.rows("wycheproof-rsa-2048-sha256.txt") {
      if row[0] == "key" {
        key = try RSAPublicKey(try Hex.decode(row[1]))
        let bare = try RSAPublicKey(try Hex.decode(row[2]))
        #expect(bare.publicKeyFingerprint == key?.publicKeyFingerprint)
        continue
      }
      cases += 1
      let judged = try #require(key).isValid(
        try Hex.decode(row[4]), for: try Hex.decode(row[3]), .sha256WithRSA)
      // The one acceptable case leaves out a NULL that the standard allows to leave out; strict
      // is safer, and no signer in use writes it that way.
      #expect(judged == (row[2] == "valid"), "case \(row[1]), \(row[2])")
    }
    #expect(cases == 259)
  }

  @Test("published signatures of gateways verify, and none over a changed message")
  func gatewaySignatures() throws {
    let rows = try VectorFile.rows("gateway-rsa.txt")
    #expect(rows.count == 7)
    for row in rows {
      let key = try RSAPublicKey(row[2])
      var message = try Base64.decode(row[3])
      let signature = try Base64.decode(row[4])
      #expect(key.isValid(signature, for: message, .sha256WithRSA), "\(row[1])")
      #expect(!key.isValid(signature, for: message, .sha1WithRSA), "\(row[1])")
      message[message.count / 2] ^= 1
      #expect(!key.isValid(signature, for: message, .sha256WithRSA), "\(row[1])")
    }
  }

  @Test("our signatures are byte for byte those of the openssl command")
  func sameAsCommand() throws {
    let key = try RSAPrivateKey(try keyText("pkcs8.pem"))
    #expect(try keyText("message") == message)
    let sha256 = try key.signature(for: message, .sha256WithRSA)
    #expect(try sha256 == keyText("message.sha256-signature"))
    #expect(try key.signature(for: message, .sha1WithRSA) == keyText("message.sha1-signature"))
    #expect(sha256.count == 256)
  }

  @Test("a signature verifies under its key and scheme only")
  func roundTrip() throws {
    let key = try RSAPrivateKey(try keyText("pkcs1.pem"))
    let mine = try key.publicKey()
    let other = try RSAPublicKey(try keyText("other-spki.pem"))
    for scheme in [RSASignatureScheme.sha256WithRSA, .sha1WithRSA] {
      let signature = try key.signature(for: message, scheme)
      let otherScheme: RSASignatureScheme =
        scheme == .sha1WithRSA ? .sha256WithRSA : .sha1WithRSA
      #expect(mine.isValid(signature, for: message, scheme))
      #expect(!mine.isValid(signature, for: message, otherScheme))
      #expect(!other.isValid(signature, for: message, scheme))
      #expect(!mine.isValid(Array(signature.dropLast()), for: message, scheme))
      #expect(!mine.isValid(signature + [0], for: message, scheme))
      #expect(!mine.isValid([0] + signature, for: message, scheme))
      #expect(!mine.isValid([], for: message, scheme))
    }
    #expect(mine.isValid(try key.signature(for: [], .sha256WithRSA), for: [], .sha256WithRSA))
  }

  @Test("one key signs and verifies on many threads")
  func concurrent() async throws {
    let key = try RSAPrivateKey(try keyText("pkcs8.pem"))
    let publicKey = try key.publicKey()
    let expected = try key.signature(for: message, .sha256WithRSA)
    let agreed = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask { [message] in
          for _ in 0..<10 {
            let signature = try key.signature(for: message, .sha256WithRSA)
            guard signature == expected,
              publicKey.isValid(signature, for: message, .sha256WithRSA)
            else { return false }
          }
          return true
        }
      }
      return try await group.reduce(true) { $0 && $1 }
    }
    #expect(agreed)
  }
}
