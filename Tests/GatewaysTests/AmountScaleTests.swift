import Domain
import Testing

@testable import Gateways

@Suite("amounts in a gateway's own units")
struct AmountScaleTests {
  private func money(_ code: String, _ minor: Int64) -> Money {
    GatewayFixture.money(code, minor)
  }

  @Test("decimal numbers are read exactly or not at all")
  func reading() throws {
    let dollar = try #require(Currency(code: "USD"))
    let good: [(String, Int64)] = [
      ("19.99", 1999), ("19.990", 1999), ("0.1", 10), ("100", 10_000), ("2E+1", 2000),
      ("1.5e1", 1500), ("1e-2", 1), ("0.10000000000000000", 10), ("92233720368547758.07", .max),
    ]
    for (text, minor) in good { #expect(AmountScale.read(text, dollar)?.minor == minor, "\(text)") }
    let bad = [
      "", ".", ".5", "-1", "+1", "1,00", "19.999", "1e", "1e-3", "0x10", "92233720368547758.08",
      "1 ", "NaN", "1.2.3", String(repeating: "1", count: 41),
    ]
    for text in bad { #expect(AmountScale.read(text, dollar) == nil, "\(text)") }
  }

  @Test("amounts are written with exactly the gateway's decimals")
  func writing() {
    #expect(PayPalAmounts.scale.text(money("USD", 5)) == "0.05")
    #expect(PayPalAmounts.scale.text(money("USD", 1999)) == "19.99")
    #expect(PayPalAmounts.scale.text(money("JPY", 500)) == "500")
    // The forint has two decimals in ISO 4217 and none at PayPal.
    #expect(PayPalAmounts.scale.text(money("HUF", 50_000)) == "500")
    #expect(PayPalAmounts.scale.text(money("HUF", 50_050)) == nil)
    #expect(AirwallexAmounts.scale.text(money("KWD", 1234)) == "1.234")
    #expect(AirwallexAmounts.scale.text(money("USD", -1)) == nil)
  }

  @Test("Stripe counts some currencies otherwise than ISO 4217")
  func units() throws {
    #expect(StripeAmounts.scale.units(money("USD", 1999)) == 1999)
    #expect(StripeAmounts.scale.units(money("JPY", 500)) == 500)
    #expect(StripeAmounts.scale.units(money("KWD", 1230)) == 1230)
    // The krona has no decimals, and is sent with two that are zero.
    #expect(StripeAmounts.scale.units(money("ISK", 500)) == 50_000)
    let krona = try #require(Currency(code: "ISK"))
    #expect(StripeAmounts.scale.money(units: 50_000, krona)?.minor == 500)
    #expect(StripeAmounts.scale.money(units: 50_001, krona) == nil)
  }

  @Test("the engine is told the steps and limits in minor units")
  func rules() throws {
    let dinar = try #require(StripeAmounts.rules.first { $0.currency == "KWD" })
    #expect((dinar.min, dinar.step) == (1, 10))
    let dollar = try #require(StripeAmounts.rules.first { $0.currency == "USD" })
    #expect((dollar.min, dollar.max) == (50, StripeGateway.unitsMax))
    let forint = try #require(PayPalAmounts.rules.first { $0.currency == "HUF" })
    #expect((forint.min, forint.step) == (100, 100))
  }
}
