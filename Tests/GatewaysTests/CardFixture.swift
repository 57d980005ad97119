import Crypto
import Domain
import JSON

@testable import Gateways

/// Stripe, PayPal and Airwallex with keys of the tests' own.
enum CardFixture {
  static let now = GatewayFixture.now
  static let number = "PAY01JD8QZ7M2V9K3XT5W6Y"
  static let stripeSecrets = ["whsec_first", "whsec_second"]
  static let airwallexSecret = "whsec_airwallex"
  static let webhookID = "4JH86294D6297924G"

  private static let back = ("return_url", JSONValue.string("https://shop.example/back"))

  static let stripeFields: [(String, JSONValue)] = [
    ("secret_key_file", .string("key")), ("webhook_secret_file", .string("hook")), back,
  ]
  static let stripeFiles: [String: [UInt8]] = [
    "key": Array("sk_test_4711\n".utf8),
    "hook": Array(stripeSecrets.joined(separator: "\n").utf8),
    "publishable": Array("pk_test_4711".utf8),
    "live": Array("sk_live_4711".utf8),
  ]
  static let paypalFields: [(String, JSONValue)] = [
    ("client_id", .string("client")), ("client_secret_file", .string("secret")),
    ("webhook_id", .string(webhookID)), ("webhook_certificate_file", .string("pinned")), back,
  ]
  static let paypalFiles: [String: [UInt8]] = [
    "secret": Array("hush".utf8), "same": Array("client".utf8),
    "pinned": Array(TestCertificate.pem(of: GatewayFixture.gatewayKey, serial: [7]).utf8),
  ]
  static let airwallexFields: [(String, JSONValue)] = [
    ("client_id", .string("client")), ("api_key_file", .string("key")),
    ("webhook_secret_file", .string("hook")), back,
  ]
  static let airwallexFiles: [String: [UInt8]] = [
    "key": Array("hush".utf8), "hook": Array(airwallexSecret.utf8),
  ]

  static let stripe = GatewayFixture.gateway("stripe", stripeFields, files: stripeFiles)
  static let paypal = GatewayFixture.gateway("paypal", paypalFields, files: paypalFiles)
  static let airwallex = GatewayFixture.gateway(
    "airwallex", airwallexFields, files: airwallexFiles)

  /// - Parameter id: the gateway's own number of the payment, where it is known.
  static func payment(
    _ amount: Money = GatewayFixture.money("USD", 1999), method: String = "checkout",
    id: String? = nil, charge: String? = nil, isWanted: Bool = true, takenAt: Timestamp? = nil
  ) -> PaymentFacts {
    PaymentFacts(
      outTradeNumber: number, amount: amount, subject: "VIP", method: method, returnURL: nil,
      clientIP: nil, createdAt: now, expiresAt: now.adding(milliseconds: 900_000),
      gatewayTransaction: charge, gatewayPayment: id, isWanted: isWanted, takenAt: takenAt)
  }

  /// What an answer says of a payment; nil where it says something else or more.
  static func sighting(
    _ gateway: any Gateway, _ body: String, _ question: Question, step: String? = nil
  ) throws -> PaymentSighting? {
    let answer = GatewayFixture.answer(body).ending(step)
    switch try gateway.read(answer, to: question, at: now) {
    case .payment(let sighting): return sighting
    case .findings(let sighting, _): return sighting
    default: return nil
    }
  }

  static func post(_ body: [UInt8], _ headers: [(String, String)]) -> RawNotification {
    RawNotification(
      httpMethod: "POST", query: "", headers: headers.map { Header($0.0, $0.1) }, body: body)
  }

  static func body(_ request: GatewayRequest) throws -> JSONValue {
    try JSONReader.read(request.body, profile: .document)
  }
}
