import Crypto
import Domain
import Foundation
import Gateways

/// A site of the v免签 class, the phone that tells it of money, and the account itself.
///
/// It shares no code with the adapter. The account holds what really came; the site believes what
/// the phone says, and whoever knows its key may speak in its name.
final class FakeVmq {
  /// As the gateway is configured.
  static let name = "phone"
  static let key = "5d41402abc4b2a76b9719d911017c592"
  static let root = "https://pay.example"
  /// Fen by which the sum may differ and still count as the price.
  static let slack: Int64 = 3
  /// How long the site keeps an order open.
  static let lifeMilliseconds: Int64 = 300_000
  /// Open orders of one price that it can tell apart.
  private static let centsMax: Int64 = 8

  struct Order {
    let number: String
    let site: String
    let price: Int64
    let really: Int64
    let madeAt: Int64
    var isPaid = false

    func isOpen(at now: Int64) -> Bool { !isPaid && now < madeAt + FakeVmq.lifeMilliseconds }
  }

  /// By our number.
  private(set) var orders: [String: Order] = [:]
  private(set) var numbers: [String] = []
  /// The sums that the site, or a thief in its name, has called paid, by our number.
  private(set) var saidPaid: [String: Set<Int64>] = [:]
  private(set) var saidDropped: Set<String> = []
  private(set) var saidRefused: Set<String> = []
  /// What the shop asked that no honest shop would ask.
  private(set) var complaints: [String] = []
  /// The behaviour that strikes now, counted.
  var strike: (Behaviour.Stage) -> Behaviour? = { _ in nil }
  /// Called with the query of a notice.
  var tell: (String) -> Void = { _ in }

  // MARK: the site

  func serve(_ request: GatewayRequest, at now: Int64) -> FakeAnswer {
    guard request.method == "GET", request.url.hasPrefix(Self.root + "/"),
      let parts = URLComponents(string: request.url)
    else {
      complaints.append("the site was asked for \(request.method) \(request.url)")
      return .json(200, #"{"code":-1,"msg":"?"}"#)
    }
    let road = strike(.site)
    var fields: [String: String] = [:]
    for item in parts.queryItems ?? [] { fields[item.name] = item.value }
    let isCreate = parts.path == "/createOrder"
    let said = isCreate ? create(fields, at: now) : state(fields, road, at: now)
    return road == .siteSilent ? .lost : .json(200, said)
  }

  private func create(_ fields: [String: String], at now: Int64) -> String {
    let number = fields["payId"] ?? ""
    let price = Self.fen(fields["price"] ?? "")
    let signed = number + (fields["param"] ?? "") + (fields["type"] ?? "") + (fields["price"] ?? "")
    guard !number.isEmpty, price > 0, fields["sign"] == MD5.hex(utf8: signed + Self.key) else {
      complaints.append("a create of \(number) is not signed by the shop")
      return #"{"code":-1,"msg":"签名校验不通过"}"#
    }
    guard orders[number] == nil else { return #"{"code":-1,"msg":"商户订单号已存在"}"# }
    let taken = Set(orders.values.filter { $0.isOpen(at: now) }.map(\.really))
    guard let cents = (0..<Self.centsMax).first(where: { !taken.contains(price + $0) }) else {
      saidRefused.insert(number)
      return #"{"code":-1,"msg":"订单超出负荷，请稍后重试"}"#
    }
    let order = Order(
      number: number, site: "\(20_270_000 + numbers.count)", price: price, really: price + cents,
      madeAt: now)
    orders[number] = order
    numbers.append(number)
    return text(of: order, state: 0)
  }

  private func state(_ fields: [String: String], _ road: Behaviour?, at now: Int64) -> String {
    guard let order = orders.values.first(where: { $0.site == fields["orderId"] }) else {
      return #"{"code":-1,"msg":"订单不存在"}"#
    }
    guard order.isPaid || road == .siteSaysPaid else {
      guard order.isOpen(at: now) else {
        saidDropped.insert(order.number)
        return text(of: order, state: -1)
      }
      return text(of: order, state: 0)
    }
    note(order)
    return text(of: order, state: 1)
  }

  private func text(of order: Order, state: Int) -> String {
    """
    {"code":1,"msg":"成功","data":{"payId":"\(order.number)","orderId":"\(order.site)","payType":1,\
    "price":\(Self.yuan(order.price)),"reallyPrice":\(Self.yuan(order.really)),\
    "payUrl":"wxp://f2f\(order.site)","isAuto":1,"state":\(state),"timeOut":5,"date":1}}
    """
  }

  private func note(_ order: Order) {
    let isNear = order.really - order.price <= Self.slack
    saidPaid[order.number, default: []].insert(isNear ? order.price : order.really)
  }

  // MARK: the phone

  /// The phone tells the site that so much came: the open order over it is paid, and the shop is
  /// told. What fits no order is money of nobody's.
  func hear(_ minor: Int64, at now: Int64) {
    let open = numbers.compactMap { orders[$0] }
    guard let order = open.first(where: { $0.really == minor && $0.isOpen(at: now) }) else {
      return
    }
    orders[order.number]?.isPaid = true
    note(order)
    tell(notice(of: order, key: Self.key))
  }

  /// "Paid" about an order that nobody paid, by somebody who has the key or only says so.
  func forge(_ number: String, hasKey: Bool) -> String? {
    guard let order = orders[number], !order.isPaid else { return nil }
    if hasKey { note(order) }
    return notice(of: order, key: hasKey ? Self.key : "guessed")
  }

  private func notice(of order: Order, key: String) -> String {
    let sums = Self.yuan(order.price) + Self.yuan(order.really)
    let sign = MD5.hex(utf8: order.number + "till" + "1" + sums + key)
    return "payId=\(order.number)&param=till&type=1&price=\(Self.yuan(order.price))"
      + "&reallyPrice=\(Self.yuan(order.really))&sign=\(sign)"
  }

  // MARK: yuan as Java writes a double

  private static func yuan(_ minor: Int64) -> String {
    let text = FakeAlipay.yuan(minor)
    return text.hasSuffix("0") ? String(text.dropLast()) : text
  }

  private static func fen(_ text: String) -> Int64 {
    let parts = text.split(separator: ".")
    guard parts.count == 2, let yuan = Int64(parts[0]), (1...2).contains(parts[1].count),
      let rest = Int64(parts[1])
    else { return 0 }
    return yuan * 100 + (parts[1].count == 1 ? rest * 10 : rest)
  }
}
