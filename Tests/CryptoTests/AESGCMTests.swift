import Crypto
import Testing

@Suite("AES-256-GCM")
struct AESGCMTests {
  @Test("all Wycheproof AES-GCM cases are judged as published; other lengths are refused by name")
  func wycheproof() throws {
    let rows = try VectorFile.rows("wycheproof-aes-gcm.txt")
    #expect(rows.count == 316)
    var judged = 0
    for row in rows {
      let fields = try row[3...].map { try Hex.decode($0) }
      let (secret, nonce, associated) = (SecretBytes(fields[0]), fields[1], fields[2])
      let (plaintext, sealed) = (fields[3], fields[4] + fields[5])
      guard secret.count == AESGCMKey.byteCount else {
        #expect(throws: CryptoError.keyLength(found: secret.count, wanted: 32)) {
          try AESGCMKey(secret)
        }
        continue
      }
      let key = try AESGCMKey(secret)
      guard nonce.count == AESGCMKey.nonceByteCount else {
        let refusal = CryptoError.nonceLength(found: nonce.count, wanted: 12)
        #expect(throws: refusal) {
          try key.open(sealed, nonce: nonce, associated: associated)
        }
        #expect(throws: refusal) {
          try key.seal(plaintext, nonce: nonce, associated: associated)
        }
        continue
      }
      judged += 1
      if row[2] == "valid" {
        #expect(try key.open(sealed, nonce: nonce, associated: associated) == plaintext)
        #expect(try key.seal(plaintext, nonce: nonce, associated: associated) == sealed)
      } else {
        #expect(throws: CryptoError.notAuthentic, "case \(row[1])") {
          try key.open(sealed, nonce: nonce, associated: associated)
        }
      }
    }
    #expect(judged == 66)
  }

  @Test("published messages of a gateway's SDK open")
  func gatewayMessages() throws {
    let rows = try VectorFile.rows("gateway-aes-gcm.txt")
    #expect(rows.count == 3)
    for row in rows {
      let key = try AESGCMKey(SecretBytes(utf8: row[2]))
      let plaintext = try key.open(
        try Base64.decode(row[5]), nonce: Array(row[3].utf8), associated: Array(row[4].utf8))
      #expect(try plaintext == Base64.decode(row[6]), "\(row[1])")
    }
  }

  @Test("sealing hides, opening returns, and two seals of one text differ")
  func roundTrip() throws {
    let key = try AESGCMKey(.random(count: 32))
    for length in [0, 1, 15, 16, 17, 4096] {
      let plaintext = RandomBytes.make(count: length)
      let first = try key.seal(plaintext, associated: [7])
      let second = try key.seal(plaintext, associated: [7])
      #expect(first != second)
      #expect(first.count == length + 28)
      #expect(try key.open(first, associated: [7]) == plaintext)
      #expect(try key.open(second, associated: [7]) == plaintext)
    }
  }

  @Test("a changed byte, another place, another key or a cut end does not open")
  func tampering() throws {
    let key = try AESGCMKey(.random(count: 32))
    let other = try AESGCMKey(.random(count: 32))
    let associated = Array("order/ord_1/email".utf8)
    let sealed = try key.seal(Array("buyer@example.com".utf8), associated: associated)
    for position in sealed.indices {
      var changed = sealed
      changed[position] ^= 1
      #expect(throws: CryptoError.notAuthentic) { try key.open(changed, associated: associated) }
      let cut = Array(sealed.prefix(position))
      #expect(throws: CryptoError.notAuthentic) { try key.open(cut, associated: associated) }
    }
    #expect(throws: CryptoError.notAuthentic) { try other.open(sealed, associated: associated) }
    #expect(throws: CryptoError.notAuthentic) { try key.open(sealed, associated: []) }
  }

  @Test("what is too long is refused by its limit")
  func limits() throws {
    let key = try AESGCMKey(.random(count: 32))
    let long = [UInt8](repeating: 0, count: CryptoLimits.associatedByteCountMax + 1)
    #expect(
      throws: CryptoError.tooLong(
        byteCount: long.count, byteCountMax: CryptoLimits.associatedByteCountMax)
    ) { try key.seal([], associated: long) }
    let text = [UInt8](repeating: 0, count: CryptoLimits.sealedByteCountMax + 1)
    #expect(
      throws: CryptoError.tooLong(
        byteCount: text.count, byteCountMax: CryptoLimits.sealedByteCountMax)
    ) { try key.seal(text, associated: []) }
  }
}
