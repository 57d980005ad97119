import Crypto
import Foundation
import Testing

@Suite("base64, hexadecimal, secret and random bytes")
struct TextCodingTests {
  @Test("base64 gives the values of RFC 4648")
  func standardValues() throws {
    let pairs = [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ]
    for (plain, text) in pairs {
      #expect(Base64.encode(Array(plain.utf8)) == text)
      #expect(try Base64.decode(text) == Array(plain.utf8))
    }
    #expect(Base64.encode([251, 255]) == "+/8=")
    #expect(Base64.encode([251, 255], .urlSafe) == "-_8")
    #expect(try Base64.decode("-_8", .urlSafe) == [251, 255])
    #expect(try Base64.decode("-_8=", .urlSafe) == [251, 255])
  }

  @Test("base64 agrees with Foundation on random bytes of every length")
  func againstFoundation() throws {
    for length in 0...200 {
      let bytes = RandomBytes.make(count: length)
      let text = Base64.encode(bytes)
      #expect(text == Data(bytes).base64EncodedString())
      #expect(try Base64.decode(text) == bytes)
      #expect(try Base64.decode(Base64.encode(bytes, .urlSafe), .urlSafe) == bytes)
    }
  }

  @Test("every other spelling of base64 is refused with its place")
  func strictness() {
    let refusals: [(String, Base64.Alphabet, Int)] = [
      ("Z", .standard, 1), ("Zg", .standard, 2), ("Zg=", .standard, 3), ("Zg===", .standard, 2),
      ("Zh==", .standard, 1), ("Zm9=", .standard, 2), ("Zm9v\n", .standard, 4),
      (" Zm9", .standard, 0), ("Z=g=", .standard, 1), ("====", .standard, 0),
      ("-_8=", .standard, 0), ("+/8", .urlSafe, 0), ("-_8==", .urlSafe, 5), ("Z", .urlSafe, 1),
      ("Zh", .urlSafe, 1), ("Zg=", .urlSafe, 3), ("é===", .standard, 0), ("=", .urlSafe, 1),
    ]
    for (text, alphabet, offset) in refusals {
      #expect(throws: CryptoError.notBase64(byteOffset: offset), "\(text)") {
        try Base64.decode(text, alphabet)
      }
    }
  }

  @Test("exactly one text of four characters decodes to each value of its last byte")
  func canonical() {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var accepted = Set<[UInt8]>()
    for first in alphabet {
      for second in alphabet {
        // try?: refusal is the expected answer for most of them.
        if let bytes = try? Base64.decode([first, second] + Array("==".utf8)) {
          #expect(accepted.insert(bytes).inserted)
        }
      }
    }
    #expect(accepted.count == 256)
  }

  @Test("hexadecimal reads both cases and writes the lower one")
  func hexadecimal() throws {
    let all = (0...255).map { UInt8($0) }
    let text = Hex.encode(all)
    #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
    #expect(try Hex.decode(text) == all)
    #expect(try Hex.decode(text.uppercased()) == all)
    #expect(Hex.encode([]) == "")
    #expect(try Hex.decode("") == [])
    for (bad, offset) in [("a", 1), ("abc", 3), ("0x12", 1), ("ag", 1), (" ab", 0), ("ａb", 0)] {
      #expect(throws: CryptoError.notHex(byteOffset: offset)) { try Hex.decode(bad) }
    }
  }

  @Test("secrets compare by content and wipe what they take over")
  func secrets() {
    var bytes: [UInt8] = [1, 2, 3]
    let secret = SecretBytes(wiping: &bytes)
    #expect(bytes.isEmpty)
    #expect(secret == SecretBytes([1, 2, 3]))
    #expect(secret != SecretBytes([1, 2, 4]))
    #expect(secret != SecretBytes([1, 2]))
    #expect(SecretBytes([]) == SecretBytes(utf8: ""))
    #expect(secret.withBytes { Array($0) } == [1, 2, 3])
    let two: [UInt8] = [9, 8]
    #expect(two.withUnsafeBytes { SecretBytes(copying: $0) } == SecretBytes(two))
    #expect(SecretBytes.random(count: 32) != SecretBytes.random(count: 32))
  }

  @Test("random bytes have the length asked for and do not repeat")
  func random() {
    #expect(RandomBytes.make(count: 0).isEmpty)
    var seen = Set<[UInt8]>()
    for _ in 0..<1000 { #expect(seen.insert(RandomBytes.make(count: 16)).inserted) }
    let ones = RandomBytes.make(count: 100_000).reduce(0) { $0 + $1.nonzeroBitCount }
    // 800 000 fair bits stay within eleven standard deviations for longer than the sun lasts.
    #expect(abs(ones - 400_000) < 5_000)
  }

  @Test("asking for a negative count is a bug and ends the process")
  func negativeCount() async {
    await #expect(processExitsWith: .failure) { _ = RandomBytes.make(count: -1) }
  }
}
