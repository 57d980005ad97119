import Chance
import Crypto
import Foundation
import Gateways

/// What the gateway pushes to the shop by itself, and what others push in its name.
extension FakeAlipay {
  /// When a notice that was not taken is sent again, after the first time.
  static let noticeGaps: [Int64] = [
    240_000, 600_000, 600_000, 3_600_000, 7_200_000, 21_600_000, 54_000_000,
  ]

  private typealias Fields = [(name: String, value: String)]

  /// The notice about a trade as it stands now; nil where there is nothing to tell.
  ///
  /// - Parameter lie: how it goes wrong; nil is honest.
  func notice(_ number: String, _ lie: Behaviour?, at now: Int64) -> RawNotification? {
    settle(number, at: now)
    guard let trade = trade(number), trade.status != .code else { return nil }
    var (fields, statement) = truth(trade, at: now)
    var key = FixedKeys.gateway
    var isSigned = true
    switch lie {
    case .noticeReordered:
      fields = Self.setting("trade_status", "WAIT_BUYER_PAY", Self.setting("gmt_payment", nil, fields))
      statement = .unpaid
    case .noticeUnsigned: isSigned = false
    case .noticeStrangerSigned: key = FixedKeys.stranger
    case .noticeOtherApplication: fields = Self.setting("app_id", "2021999999999999", fields)
    case .noticeOtherMerchant: fields = Self.setting("seller_id", "2088999999999999", fields)
    case .noticeUnknownNumber: fields = Self.setting("out_trade_no", "NOBODYS\(now)", fields)
    case .noticeMelted:
      fields = Self.setting("subject", "tea&trade_status=TRADE_SUCCESS", fields)
    case .noticeExtraFields: fields.append((name: "point_amount", value: "0.00"))
    case .noticeUnknownStatus: fields = Self.setting("trade_status", "TRADE_DREAMING", fields)
    case .noticeSkewed:
      fields = Self.setting("notify_time", Self.time(now + 86_400_000), fields)
    default: break
    }
    let spoils: [Behaviour] = [
      .noticeUnsigned, .noticeStrangerSigned, .noticeOtherApplication, .noticeOtherMerchant,
      .noticeUnknownNumber, .noticeMelted, .noticeUnknownStatus,
    ]
    if let lie, spoils.contains(lie) { statement = nil }
    if let statement { word.add(statement, about: number) }
    return Self.post(Self.body(fields, isSigned ? key : nil), lie)
  }

  private static func post(_ text: String, _ lie: Behaviour?) -> RawNotification {
    var body = Array(text.utf8)
    switch lie {
    case .noticeTampered:
      body = Array(text.replacingOccurrences(of: "total_amount=", with: "total_amount=9").utf8)
    case .noticeCut: body = Array(body.prefix(body.count * 2 / 3))
    case .noticeGarbage: body = Array("%zz\u{0}\u{1}=".utf8)
    case .noticeFieldTwice: body += Array("&trade_status=TRADE_SUCCESS".utf8)
    case .noticeOversized:
      body += Array("&padding=".utf8) + Array(repeating: UInt8(ascii: "a"), count: 250_000)
    case .noticeByGet:
      return RawNotification(httpMethod: "GET", query: text, headers: [], body: [])
    default: break
    }
    return RawNotification(
      httpMethod: "POST", query: "",
      headers: [Header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
      body: body)
  }

  private func truth(
    _ trade: Trade, at now: Int64
  ) -> (Fields, GatewayWord.Statement?) {
    var fields: Fields = [
      ("notify_time", Self.time(now)), ("notify_type", "trade_status_sync"),
      ("notify_id", "N\(trade.number)\(now)"), ("app_id", Self.applicationID),
      ("charset", "utf-8"), ("version", "1.0"), ("seller_id", Self.sellerID),
      ("trade_no", trade.transaction), ("out_trade_no", trade.number),
      ("total_amount", Self.yuan(trade.asked)), ("subject", "tea"),
    ].map { (name: $0.0, value: $0.1) }
    switch trade.status {
    case .paid:
      fields.append((name: "gmt_payment", value: Self.time(trade.paidAt)))
      fields.append((name: "receipt_amount", value: Self.yuan(trade.taken)))
      guard let refund = trade.refunds.last else {
        fields.append((name: "trade_status", value: "TRADE_SUCCESS"))
        return (
          fields, .paid(minor: trade.taken, currency: "CNY", transaction: trade.transaction)
        )
      }
      let isAll = trade.given >= trade.taken
      fields.append((name: "trade_status", value: isAll ? "TRADE_CLOSED" : "TRADE_SUCCESS"))
      fields.append((name: "refund_fee", value: Self.yuan(trade.given)))
      fields.append((name: "gmt_refund", value: Self.time(now)))
      fields.append((name: "out_biz_no", value: refund.number))
      return (fields, nil)
    case .waiting:
      fields.append((name: "trade_status", value: "WAIT_BUYER_PAY"))
      return (fields, .unpaid)
    case .closed, .code:
      fields.append((name: "trade_status", value: "TRADE_CLOSED"))
      return (fields, .closed)
    }
  }

  /// A thief with the gateway's own key says something that is not so; nil where the trade gives no
  /// cause.
  func slander(_ lie: Behaviour, _ number: String, at now: Int64) -> RawNotification? {
    guard let trade = trade(number), trade.isUnpaid else {
      return nil
    }
    change(number) { $0.isSlandered = true }
    temper.note(lie)
    var paid = trade
    paid.status = .paid
    paid.taken = trade.asked
    paid.paidAt = now
    var (fields, statement) = truth(paid, at: now)
    switch lie {
    case .leakedAmount:
      fields = Self.setting("total_amount", Self.yuan(trade.asked + 500), fields)
      statement = .paid(
        minor: trade.asked + 500, currency: "CNY", transaction: trade.transaction)
    case .leakedClosed:
      fields = Self.setting("gmt_payment", nil, Self.setting("trade_status", "TRADE_CLOSED", fields))
      statement = .closed
    default: break
    }
    if let statement { word.add(statement, about: number) }
    return Self.post(Self.body(fields, FixedKeys.gateway), nil)
  }

  private static func setting(_ name: String, _ value: String?, _ fields: Fields) -> Fields {
    var others = fields.filter { $0.name != name }
    if let value { others.append((name: name, value: value)) }
    return others
  }

  private static func body(_ fields: Fields, _ key: RSAPrivateKey?) -> String {
    let text = fields.sorted { $0.name < $1.name }.map { "\($0.name)=\($0.value)" }
      .joined(separator: "&")
    var all = fields
    all.append((name: "sign_type", value: "RSA2"))
    if let key { all.append((name: "sign", value: sign(text, with: key))) }
    return all.map { "\($0.name)=\(escaped($0.value))" }.joined(separator: "&")
  }

  private static func escaped(_ text: String) -> String {
    let plain = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }
}
