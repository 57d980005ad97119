import Domain
import JSON
import Platform
import Testing

@testable import till

private func money(_ text: String) -> Money? { try? parseMoney(text) }

@Suite("typed values")
struct ValueTests {
  @Test("an amount has its currency before or after it")
  func moneyForms() {
    #expect(money("58.00CNY")?.minor == 5_800)
    #expect(money("CNY:58.00")?.minor == 5_800)
    #expect(money("58CNY")?.minor == 5_800)
    #expect(money("58.5CNY")?.minor == 5_850)
    #expect(money("1200JPY")?.minor == 1_200)
    #expect(money("1.234KWD")?.minor == 1_234)
    #expect(money("0.01USD")?.minor == 1)
  }

  @Test(
    "what is not exactly an amount is refused, never rounded or guessed",
    arguments: [
      "58.00", "58.001CNY", "12.5JPY", "58,00CNY", "1,000.00CNY", "-5CNY", "CNY:-5", "5.CNY",
      ".5CNY", "58.00cny", "58.00 CNY", "+5CNY", "5e2CNY", "58.00XYZ", "CNY", "CNY:", "", ":58",
      "1.2.3CNY", "90071992547409.92CNY", "99999999999999999999CNY", "58.00ＣＮＹ", "٥CNY",
    ])
  func moneyRefused(_ text: String) {
    #expect(throws: UsageError.self) { try parseMoney(text) }
  }

  @Test("too many decimals say how many the currency has")
  func decimalsSaid() {
    #expect(
      throws: UsageError(
        "'12.5JPY' is finer than JPY, which has no decimals", hints: ["amounts are never rounded"])
    ) {
      try parseMoney("12.5JPY")
    }
  }

  @Test("minor units need a whole number and a currency")
  func minorUnits() throws {
    #expect(try parseMinorUnits("5800", currency: "CNY").minor == 5_800)
    #expect(throws: UsageError.self) { try parseMinorUnits("58.00", currency: "CNY") }
    #expect(throws: UsageError.self) { try parseMinorUnits("-1", currency: "CNY") }
    #expect(throws: UsageError.self) { try parseMinorUnits("1", currency: "cny") }
  }

  @Test("a duration always has its unit")
  func durations() throws {
    #expect(try parseDuration("250ms") == 250)
    #expect(try parseDuration("30s") == 30_000)
    #expect(try parseDuration("1h30m") == 5_400_000)
    #expect(try parseDuration("2d") == 172_800_000)
    for text in [
      "", "30", "s", "30 s", "-5s", "5x", "1.5h", "99999999999999999999s", "9999999999999999d",
    ] {
      #expect(throws: UsageError.self) { try parseDuration(text) }
    }
  }

  @Test(
    "a duration is written so that it reads back",
    arguments: [1, 999, 1_000, 60_000, 5_400_000, 86_400_001])
  func durationRoundTrip(_ milliseconds: Int64) throws {
    #expect(try parseDuration(durationText(milliseconds: milliseconds)) == milliseconds)
  }

  @Test("times have an offset, or are local, or count from now")
  func times() throws {
    let now: Int64 = 1_795_000_000_000
    #expect(try parseTime("2026-11-21T10:00:00+08:00", now: now) == 1_795_226_400_000)
    #expect(try parseTime("2026-11-21T02:00:00Z", now: now) == 1_795_226_400_000)
    #expect(try parseTime("2026-11-21T02:00:00.123Z", now: now) == 1_795_226_400_123)
    #expect(try parseTime("2026-11-20T22:30-03:30", now: now) == 1_795_226_400_000)
    #expect(try parseTime("now", now: now) == now)
    #expect(try parseTime("now-2h", now: now) == now - 7_200_000)
    #expect(try parseTime("now+15m", now: now) == now + 900_000)
    #expect(try parseTime("@17", now: now) == 17)
    #expect(try parseTime("2024-02-29T00:00:00Z", now: now) == 1_709_164_800_000)
    let refused = [
      "", "today", "2026-13-01", "2026-02-30", "2025-02-29T00:00:00Z", "2026-11-21T24:00:00Z",
      "2026-11-21T10", "2026-11-21T10:00:00+8", "1732176000000", "now-", "@x",
    ]
    for text in refused {
      #expect(throws: UsageError.self) { try parseTime(text, now: now) }
    }
  }

  @Test(
    "a local time is written so that it reads back",
    arguments: [0, 1_709_164_800_000, 1_795_226_400_000])
  func localTimeRoundTrip(_ milliseconds: Int64) throws {
    let text = timeText(milliseconds: milliseconds, style: .local)
    #expect(try parseTime(text, now: 0) == milliseconds)
    let withoutOffset = String(text.prefix(19))
    #expect(try parseTime(withoutOffset, now: 0) == milliseconds)
  }

  @Test("times are shown as asked")
  func timeStyles() {
    #expect(timeText(milliseconds: 1_795_226_400_123, style: .utc) == "2026-11-21T02:00:00Z")
    #expect(timeText(milliseconds: 1_795_226_400_123, style: .ms) == "1795226400123")
  }

  @Test("JSON of the command line is read by the rules of the wire")
  func json() throws {
    #expect(try jsonValue(Array("5800".utf8)) == .integer(5_800))
    #expect(try jsonValue(Array(" [1, \"a\"] ".utf8)) == .array([.integer(1), .string("a")]))
    for text in ["", "1.5", "01", "{\"a\":1,\"a\":2}", "1,\"w\":2", "1}", "NaN", "'a'"] {
      #expect(throws: UsageError.self) { try jsonValue(Array(text.utf8)) }
    }
  }

  @Test("base64 has the vectors of RFC 4648")
  func base64() {
    let vectors = [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ]
    for (plain, text) in vectors { #expect(base64Text(Array(plain.utf8)) == text) }
    #expect(base64Text([0xFB, 0xFF, 0xBF]) == "+/+/")
  }

  @Test("SHA-256 has the vectors of FIPS 180")
  func digests() {
    #expect(
      hexadecimal(sha256([])) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      hexadecimal(sha256(Array("abc".utf8)))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      hexadecimal(sha256([UInt8](repeating: 0x61, count: 1_000)))
        == "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3")
    for count in 54...66 { #expect(sha256([UInt8](repeating: 1, count: count)).count == 32) }
  }

  @Test("a word is quoted so that a shell reads it back")
  func shellWords() {
    #expect(shellWord("A-1.2/x") == "A-1.2/x")
    #expect(shellWord("") == "''")
    #expect(shellWord("two words") == "'two words'")
    #expect(shellWord("it's") == "'it'\\''s'")
    #expect(shellWord("$(rm)") == "'$(rm)'")
    #expect(shellWord("a\u{1B}b") == "$'a\\u001bb'")
  }

  @Test("the nearest name is found, a far one is not")
  func suggestions() {
    #expect(nearest(to: "creat", among: ["get", "create"]) == "create")
    #expect(nearest(to: "subjetc", among: ["subject", "source"]) == "subject")
    #expect(nearest(to: "zzz", among: ["subject", "source"]) == nil)
    #expect(nearest(to: "time", among: ["timeout", "timeline"]) == "timeout")
  }
}
