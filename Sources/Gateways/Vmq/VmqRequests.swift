import Crypto
import Domain
import JSON

/// Questions → requests of the v免签 class.
struct VmqRequests: Sendable {
  /// A number that no order has; letters never stand in one.
  static let checkNumber = "TILLCHECK"
  /// Stands in every order's `param`: the signed text has no separators, and this keeps our number
  /// apart from the digits behind it.
  static let mark = "till"
  static let answerBytesMax = 262_144

  let settings: VmqSettings

  func create(_ payment: PaymentFacts, at now: Timestamp) throws(Fault) -> GatewayRequest {
    guard payment.amount.currency.code.hasSameBytes(as: "CNY") else {
      throw .unmade("the site takes CNY, not \(payment.amount.currency.code)")
    }
    guard now < payment.expiresAt else { throw .unmade("the payment has expired") }
    guard let type = settings.digit(of: payment.method) else {
      throw .unmade("the site has no method \(payment.method) here")
    }
    let price = Self.price(payment.amount)
    let sign = MD5.hex(
      utf8: payment.outTradeNumber + Self.mark + type + price + settings.key)
    var pairs: SortedParameters.Pairs = [
      ("payId", payment.outTradeNumber), ("param", Self.mark), ("type", type), ("price", price),
      ("sign", sign), ("isHtml", "0"), ("notifyUrl", settings.notifyURL),
    ]
    if let back = payment.returnURL { pairs.append(("returnUrl", back)) }
    return get("createOrder", pairs)
  }

  /// - Parameter number: the site's own.
  func query(_ number: String) throws(Fault) -> GatewayRequest {
    guard GatewayText.isName(number) else {
      throw .unmade("the site's number of the payment holds signs that none has")
    }
    return get("getOrder", [("orderId", number)])
  }

  /// Yuan as Java writes a `Double`, `58.0` and `58.25`: one script signs what it makes of the text
  /// and the other the text itself, so only this form suits both.
  static func price(_ amount: Money) -> String {
    var text = amount.decimalText
    if text.hasSuffix("0") { text.removeLast() }
    return text
  }

  private func get(_ path: String, _ pairs: SortedParameters.Pairs) -> GatewayRequest {
    GatewayRequest(
      method: "GET", url: "\(settings.root)/\(path)?\(FormEncoding.query(pairs))",
      headers: [Header("Accept", "application/json")], body: [],
      answerBytesMax: Self.answerBytesMax)
  }
}
