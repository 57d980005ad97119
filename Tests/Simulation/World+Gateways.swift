import Crypto
import Domain
import Engine
import Gateways
import JSON

/// The real adapters as a shop configures them, and who is behind each.
extension World {
  func serve(_ exchange: GatewayExchange) -> FakeAnswer? {
    switch exchange.gateway {
    case SandboxSide.name: sandbox?.serve(exchange.request)
    case FakeVmq.name: site.serve(exchange.request, at: now)
    case FakeStripe.name: stripe.serve(exchange.request, at: now)
    case FakePayPal.name: payPal.serve(exchange.request, at: now)
    case FakeAirwallex.name: airwallex.serve(exchange.request, at: now)
    default: alipay.serve(exchange.request, at: now)
    }
  }

  static func adapter() throws -> any Gateway {
    let files: [String: [UInt8]] = [
      "merchant": try FixedKeys.merchant.pkcs8PEM().withBytes { Array($0) },
      "gateway": FixedKeys.publicText(of: FixedKeys.gateway),
    ]
    let fields = JSONObject([
      ("app_id", .string(FakeAlipay.applicationID)), ("seller_id", .string(FakeAlipay.sellerID)),
      ("app_private_key_file", .string("merchant")),
      ("alipay_public_key_file", .string("gateway")),
      ("notify_url", .string("https://shop.example/notify")),
    ])
    return try GatewayRegistry.make(
      GatewaySettings(name: "alipay", kind: "alipay", fields: fields) {
        path throws(GatewaySettingsError) in files[path] ?? []
      })
  }

  static func transferAdapter() throws -> any Gateway {
    let fields = JSONObject([
      ("account_name", .string("Tea Shop")), ("account_number", .string("6222021234567890")),
      ("bank_name", .string("Bank")),
    ])
    return try GatewayRegistry.make(
      GatewaySettings(name: BankAccount.transfers, kind: "transfer", fields: fields) {
        _ throws(GatewaySettingsError) in []
      })
  }

  static func phoneAdapter() throws -> any Gateway {
    let fields = JSONObject([
      ("url", .string(FakeVmq.root)), ("key_file", .string("key")),
      ("notify_url", .string("https://shop.example/notify/phone")),
      ("slack", .integer(FakeVmq.slack)),
    ])
    return try GatewayRegistry.make(
      GatewaySettings(name: FakeVmq.name, kind: "vmq", fields: fields) {
        _ throws(GatewaySettingsError) in Array(FakeVmq.key.utf8)
      })
  }

  static func cardAdapter() throws -> any Gateway {
    let fields = JSONObject([
      ("url", .string(FakeStripe.root)), ("secret_key_file", .string("key")),
      ("webhook_secret_file", .string("webhook")),
    ])
    return try GatewayRegistry.make(
      GatewaySettings(name: FakeStripe.name, kind: "stripe", fields: fields) {
        path throws(GatewaySettingsError) in
        Array((path == "key" ? FakeStripe.secretKey : FakeStripe.webhookSecret).utf8)
      })
  }

  static func airwallexAdapter() throws -> any Gateway {
    let fields = JSONObject([
      ("url", .string(FakeAirwallex.root)), ("client_id", .string("client")),
      ("settlement_currencies", .array([.string("CNY")])),
      ("api_key_file", .string("key")), ("webhook_secret_file", .string("webhook")),
    ])
    return try GatewayRegistry.make(
      GatewaySettings(name: FakeAirwallex.name, kind: "airwallex", fields: fields) {
        path throws(GatewaySettingsError) in
        Array((path == "key" ? "simulated-key" : FakeAirwallex.webhookSecret).utf8)
      })
  }

  static func walletAdapter() throws -> any Gateway {
    let fields = JSONObject([
      ("url", .string(FakePayPal.root)), ("client_id", .string("client")),
      ("client_secret_file", .string("secret")), ("webhook_id", .string("WEBHOOK")),
    ])
    return try GatewayRegistry.make(
      GatewaySettings(name: FakePayPal.name, kind: "paypal", fields: fields) {
        _ throws(GatewaySettingsError) in Array("simulated-secret".utf8)
      })
  }
}
