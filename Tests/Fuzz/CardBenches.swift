import Domain
import Gateways

/// Stripe, PayPal and Airwallex: signed notices; answers that TLS vouches for.
extension GatewayBench {
  static let stripe: GatewayBench = {
    let secret = "whsec_0123456789abcdef0123456789abcdef"
    let gateway = make(
      "stripe", [("secret_key_file", "key"), ("webhook_secret_file", "webhook")],
      [
        "key": Array("sk_test_0123456789abcdef0123456789abcdef".utf8),
        "webhook": Array(secret.utf8),
      ])
    return GatewayBench(
      gateway: gateway,
      notice: { body in
        let seconds = "\(now.milliseconds / 1000)"
        let code = code("\(seconds).", body, secret: secret)
        return posted(body, [("Stripe-Signature", "t=\(seconds),v1=\(code)")])
      }, answer: unsigned, signsAnswers: false)
  }()

  /// Without a pinned certificate, where a notice may only wake a question.
  static let paypal = GatewayBench(
    gateway: make(
      "paypal",
      [("client_id", "AX0123456789"), ("client_secret_file", "secret"), ("webhook_id", "8PT5")],
      ["secret": Array("EL0123456789abcdef".utf8)]),
    notice: { body in
      posted(
        body,
        [
          ("Paypal-Transmission-Id", "69cd13f0"), ("Paypal-Auth-Algo", "SHA256withRSA"),
          ("Paypal-Transmission-Time", "2026-11-21T08:00:00Z"),
          ("Paypal-Transmission-Sig", "QUJD"),
          ("Paypal-Cert-Url", "https://api.paypal.com/v1/notifications/certs/CERT-1"),
        ])
    }, answer: unsigned, signsAnswers: false)

  static let airwallex: GatewayBench = {
    let secret = "0123456789abcdef0123456789abcdef"
    let gateway = make(
      "airwallex",
      [
        ("client_id", "client"), ("api_key_file", "key"), ("webhook_secret_file", "webhook"),
      ], ["key": Array("0123456789abcdef".utf8), "webhook": Array(secret.utf8)])
    return GatewayBench(
      gateway: gateway,
      notice: { body in
        let moment = "\(now.milliseconds)"
        return posted(
          body, [("x-timestamp", moment), ("x-signature", code(moment, body, secret: secret))])
      }, answer: unsigned, signsAnswers: false)
  }()
}
