import Domain
import Testing

@Suite("Money")
struct MoneyTests {
  static let codes = ["JPY", "CNY", "KWD", "UYW"]

  @Test(
    "decimal text has exactly the currency's decimals",
    arguments: [
      ("CNY", 5800, "58.00"), ("CNY", 5, "0.05"), ("CNY", 0, "0.00"), ("CNY", -5, "-0.05"),
      ("CNY", -5800, "-58.00"), ("JPY", 58, "58"), ("JPY", -1, "-1"), ("KWD", 1, "0.001"),
      ("KWD", 1234, "1.234"), ("UYW", 1, "0.0001"), ("UYW", 123_456, "12.3456"),
    ] as [(String, Int64, String)])
  func formatting(_ code: String, _ minor: Int64, _ text: String) {
    #expect(Money(minor, currency(code)).decimalText == text)
  }

  @Test("the smallest and the largest amount can be written")
  func extremes() {
    #expect(Money(.max, currency("JPY")).decimalText == "9223372036854775807")
    #expect(Money(.min, yuan).decimalText == "-92233720368547758.08")
  }

  @Test(
    "text with fewer decimals is read",
    arguments: [
      ("58", 5800), ("58.0", 5800), ("58.00", 5800), ("0.5", 50), ("-0.05", -5), ("007", 700),
    ]
      as [(String, Int64)])
  func reading(_ text: String, _ minor: Int64) {
    #expect(Money(decimalText: text, currency: yuan) == Money(minor, yuan))
  }

  @Test(
    "text that is no plain decimal is refused, never rounded",
    arguments: [
      "", "-", ".", "5.", ".5", "5.123", "1e3", "+5", " 5", "5 ", "5,00", "--5", "5-", "1.2.3", "٥",
      "92233720368547758.08", "99999999999999999999", "5\0",
    ])
  func badText(_ text: String) {
    #expect(Money(decimalText: text, currency: yuan) == nil)
  }

  @Test("writing and reading gives the same amount, for 20 000 amounts of each kind of currency")
  func roundTrip() {
    let words = IdentifierSource(seed: (11, 12, 13, 14))
    for code in Self.codes {
      let unit = currency(code)
      for _ in 0..<20_000 {
        let shift = words.word() % 63
        let minor = Int64(bitPattern: words.word()) >> Int64(shift)
        guard minor != .min else { continue }
        let money = Money(minor, unit)
        #expect(Money(decimalText: money.decimalText, currency: unit) == money)
      }
    }
  }

  @Test("sums, differences and products that do not fit are errors")
  func overflow() throws {
    let most = Money(.max, yuan)
    let one = Money(1, yuan)
    #expect(throws: MoneyError.overflow) { try most.adding(one) }
    #expect(throws: MoneyError.overflow) { try Money(.min, yuan).subtracting(one) }
    #expect(throws: MoneyError.overflow) { try most.multiplied(by: 2) }
    #expect(throws: MoneyError.overflow) { try Money(.min, yuan).multiplied(by: -1) }
    #expect(try one.adding(one) == Money(2, yuan))
    #expect(try one.subtracting(Money(3, yuan)) == Money(-2, yuan))
    #expect(try Money(7, yuan).multiplied(by: 6) == Money(42, yuan))
  }

  @Test("two currencies are never added")
  func mixed() {
    let yen = Money(1, currency("JPY"))
    #expect(throws: MoneyError.currencyMismatch) { try yen.adding(Money(1, yuan)) }
    #expect(throws: MoneyError.currencyMismatch) { try yen.subtracting(Money(1, yuan)) }
  }

  @Test("addition agrees with wide arithmetic wherever it is allowed")
  func addition() {
    let words = IdentifierSource(seed: (5, 6, 7, 8))
    for _ in 0..<20_000 {
      let one = Int64(bitPattern: words.word()) >> Int64(words.word() % 4)
      let other = Int64(bitPattern: words.word()) >> Int64(words.word() % 4)
      let wide = Int128(one) + Int128(other)
      let sum = try? Money(one, yuan).adding(Money(other, yuan))
      #expect(sum?.minor == Int64(exactly: wide))
    }
  }

  @Test(
    "only codes of the table in upper case are currencies",
    arguments: ["cny", "CN", "CNYY", "", "ZZZ", "C1Y", "CNÝ", "XXX"])
  func badCurrency(_ code: String) { #expect(Currency(code: code) == nil) }

  @Test("every currency of the table is found by its code and has 0 to 4 decimals")
  func table() {
    #expect(CurrencyTable.exponents.count > 150)
    for row in CurrencyTable.exponents {
      let code = "\(row.code)"
      #expect(Currency(code: code)?.code == code)
      #expect(Currency(code: code)?.exponent == row.exponent)
      #expect(CurrencyTable.exponent(of: code) == row.exponent)
      #expect(row.exponent <= 4)
    }
  }
}
