import Domain

/// Facts as they stand in sentences. Each can only be made from a real value, so a template that
/// takes them cannot be filled with nothing.

/// An amount: `¥99.90` for CNY, `99.90 USD` for every other currency, in both languages.
struct AmountText: Hashable, CustomStringConvertible {
  let description: String

  init(_ money: Money) {
    description = money.currency.code == "CNY" ? "¥\(money.decimalText)" : money.description
  }
}

/// The shop's clock: turns moments into text at its offset from UTC.
struct ShopClock: Hashable {
  let now: Timestamp
  let offsetMinutes: Int64
  /// False where the sentence around the times says of which zone they are.
  var namesZone = true

  /// `14:23:05 UTC+08:00` for today, `2026-11-22 14:23:05 UTC+08:00` for any other day.
  func moment(_ moment: Timestamp) -> MomentText {
    let (civil, today) = (
      CivilTime(moment, offsetMinutes: offsetMinutes), CivilTime(now, offsetMinutes: offsetMinutes)
    )
    let isToday = civil.dateText == today.dateText
    return isToday ? text(civil.timeText) : text("\(civil.dateText) \(civil.timeText)")
  }

  /// `2026-11-21 14:23:05 UTC+08:00`, whatever day it is.
  func full(_ moment: Timestamp) -> MomentText {
    let civil = CivilTime(moment, offsetMinutes: offsetMinutes)
    return text("\(civil.dateText) \(civil.timeText)")
  }

  private func text(_ civil: String) -> MomentText {
    MomentText(namesZone ? "\(civil) \(zoneText)" : civil)
  }

  /// `UTC+08:00`
  var zoneText: String {
    let sign = offsetMinutes < 0 ? "-" : "+"
    let size = offsetMinutes.magnitude
    let hours = CivilTime.padded(Int64(size / 60), 2)
    return "UTC\(sign)\(hours):\(CivilTime.padded(Int64(size % 60), 2))"
  }

  /// How long ago, never negative.
  func waited(since moment: Timestamp) -> WaitText {
    WaitText(seconds: max(0, now.milliseconds(since: moment)) / 1000)
  }
}

/// A point in time in the shop's zone.
struct MomentText: Hashable, CustomStringConvertible {
  let description: String

  fileprivate init(_ text: String) { description = text }
}

/// A length of time: `1 分 12 秒`, `1 min 12 s`; from an hour on without seconds.
struct WaitText: Hashable {
  let seconds: Int64

  var words: Phrase {
    let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60)
    if hours > 0 { return Phrase(zh: "\(hours) 小时 \(minutes) 分", en: "\(hours) h \(minutes) min") }
    let rest = seconds % 60
    if minutes > 0 { return Phrase(zh: "\(minutes) 分 \(rest) 秒", en: "\(minutes) min \(rest) s") }
    return Phrase(zh: "\(rest) 秒", en: "\(rest) s")
  }
}

/// A gateway as people know it.
struct Channel: Hashable {
  let words: Phrase

  init(kind: String, name: String) {
    switch kind {
    case "alipay": words = Phrase(zh: "支付宝", en: "Alipay")
    case "wechat", "wechat_pay": words = Phrase(zh: "微信支付", en: "WeChat Pay")
    case "stripe": words = Phrase(zh: "Stripe", en: "Stripe")
    case "paypal": words = Phrase(zh: "PayPal", en: "PayPal")
    case "sandbox": words = Phrase(zh: "测试网关", en: "the test gateway")
    default:
      let shown = FailureCause.shownCode(name)
      words = Phrase(zh: "支付渠道 \(shown)", en: "gateway \(shown)")
    }
  }

  init(_ payment: Payment) { self.init(kind: payment.kind, name: payment.gateway) }

  var zh: String { words.zh }
  var en: String { words.en }
}

/// A gateway's number as outsiders see it: the last four characters of eight or more.
struct MaskedNumber: Hashable {
  let tail: String

  init(_ number: String) {
    let shown = FailureCause.shownCode(number)
    tail = shown.utf8.count >= 8 ? String(shown.suffix(4)) : "****"
  }
}

/// Money that a gateway took, with everything that a sentence about it must say.
struct Charge: Hashable {
  let payment: PaymentID
  let channel: Channel
  let money: Money
  let at: Timestamp
  let gatewayNumber: String
  let isLate: Bool

  /// Nil for a payment that has taken nothing.
  init?(_ payment: Payment) {
    guard payment.isCharged, let money = payment.captured, let at = payment.paidAt,
      let number = payment.gatewayTransaction
    else { return nil }
    self.payment = payment.id
    channel = Channel(payment)
    self.money = money
    self.at = at
    gatewayNumber = number
    isLate = payment.isLate
  }

  var amount: AmountText { AmountText(money) }
}

/// One charge or more: a sentence about received money cannot be made without one.
struct Charges: Hashable {
  let first: Charge
  let others: [Charge]

  init?(_ aggregate: OrderAggregate) {
    let all = aggregate.payments.compactMap { Charge($0) }
    guard let first = all.first else { return nil }
    self.first = first
    others = Array(all.dropFirst())
  }

  var all: [Charge] { [first] + others }

  /// The sum, or the amounts beside each other where currencies differ.
  var total: Phrase { Sums.shown(first.money, others.map(\.money)) }

  /// `支付宝于 14:22:01 收款（交易号尾号 1234）`; with each amount where there are several.
  func received(_ clock: ShopClock) -> Phrase {
    Phrase.listed(
      all.map { charge in
        let (at, number) = (clock.moment(charge.at), MaskedNumber(charge.gatewayNumber))
        let amount = others.isEmpty ? nil : charge.amount.description
        return Phrase(
          zh: "\(charge.channel.zh)于 \(at) 收款\(amount ?? "")（交易号尾号 \(number.tail)）",
          en: "\(amount ?? "taken") by \(charge.channel.en) at \(at)"
            + " (transaction ending in \(number.tail))")
      })
  }
}

/// Sums that never mix currencies.
enum Sums {
  static func shown(_ first: Money, _ others: [Money]) -> Phrase {
    var sums = [first]
    for amount in others {
      guard let place = sums.firstIndex(where: { $0.currency == amount.currency }) else {
        sums.append(amount)
        continue
      }
      // try?: a sum that does not fit stands as its parts.
      guard let sum = try? sums[place].adding(amount) else {
        sums.append(amount)
        continue
      }
      sums[place] = sum
    }
    let texts = sums.map { AmountText($0).description }
    return Phrase(zh: texts.joined(separator: " 和 "), en: texts.joined(separator: " and "))
  }
}
