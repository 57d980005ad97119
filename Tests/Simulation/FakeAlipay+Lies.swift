import Chance
import Crypto
import Foundation
import Gateways

/// What the gateway says that is not so, and how it signs.
extension FakeAlipay {
  func tellLies(_ speech: inout AlipaySpeech, _ call: AlipayCall, at now: Int64) {
    switch call.method {
    case "alipay.trade.query":
      if let lie = temper.strike(.trade), lieAboutTrade(lie, &speech, call) { temper.note(lie) }
    case "alipay.trade.precreate":
      guard let lie = temper.strike(.create), ![.createRefused, .codeGivenOnce].contains(lie)
      else { return }
      temper.note(lie)
      switch lie {
      case .createRefusalLie: speech = .refusal(call.method, "ACQ.PARTNER_ERROR", .refused)
      case .actionMissing: speech.set("qr_code", nil)
      default: speech = .refusal(call.method, "ACQ.SYSTEM_ERROR")
      }
    default: break
    }
  }

  /// - Returns: whether the lie fits what there is to say.
  private func lieAboutTrade(
    _ lie: Behaviour, _ speech: inout AlipaySpeech, _ call: AlipayCall
  ) -> Bool {
    guard let trade = trade(call.number) else { return false }
    let aboutStatus: [Behaviour] = [.statusUnknown, .statusMissing, .keyTwice]
    if speech.statement == .absent, aboutStatus.contains(lie) { return false }
    switch lie {
    case .notExistLie: speech = .refusal(call.method, "ACQ.TRADE_NOT_EXIST", .absent)
    case .codeUnknown: speech = .refusal(call.method, "ACQ.SOMETHING_NEW")
    case .otherMerchant: speech.set("seller_id", AlipaySpeech.quoted("2088999999999999"))
    case .otherApplication: speech.set("app_id", AlipaySpeech.quoted("2021999999999999"))
    case .otherNumber: speech.set("out_trade_no", AlipaySpeech.quoted("SOMEBODYELSES"))
    case .extraMembers:
      speech.set("fund_bill_list", "[{\"amount\":\"1.00\",\"fund_channel\":\"ALIPAYACCOUNT\"}]")
      return true
    case .closedLie:
      guard trade.status == .waiting else { return false }
      speech.set("trade_status", AlipaySpeech.quoted("TRADE_CLOSED"))
      speech.statement = .closed
      return true
    case .statusUnknown: speech.set("trade_status", AlipaySpeech.quoted("TRADE_DREAMING"))
    case .statusMissing: speech.set("trade_status", nil)
    case .keyTwice:
      speech.members.append((name: "trade_status", value: AlipaySpeech.quoted("TRADE_SUCCESS")))
    default: return lieAboutMoney(lie, &speech, trade)
    }
    if lie != .notExistLie { speech.statement = nil }
    return true
  }

  private func lieAboutMoney(
    _ lie: Behaviour, _ speech: inout AlipaySpeech, _ trade: Trade
  ) -> Bool {
    guard case .paid = speech.statement else { return false }
    func says(_ minor: Int64, _ transaction: String, _ currency: String = "CNY") {
      speech.set("total_amount", AlipaySpeech.quoted(Self.yuan(minor)))
      speech.set("trade_no", AlipaySpeech.quoted(transaction))
      speech.statement = .paid(minor: minor, currency: currency, transaction: transaction)
    }
    func amount(_ value: String?) {
      speech.set("total_amount", value)
      speech.statement = nil
    }
    switch lie {
    case .amountMore: says(trade.taken + 100, trade.transaction)
    case .amountLess:
      guard trade.taken > 1 else { return false }
      says(trade.taken - 1, trade.transaction)
    case .otherCurrency:
      speech.set("trans_currency", AlipaySpeech.quoted("USD"))
      says(trade.taken, trade.transaction, "USD")
    case .amountMissing: amount(nil)
    case .amountTooFine: amount(AlipaySpeech.quoted(Self.yuan(trade.taken) + "1"))
    case .amountHuge: amount(AlipaySpeech.quoted("92233720368547758.09"))
    case .amountNegative: amount(AlipaySpeech.quoted("-" + Self.yuan(trade.taken)))
    case .amountZero: amount(AlipaySpeech.quoted("0.00"))
    case .amountAsNumber: amount(Self.yuan(trade.taken))
    case .transactionMissing:
      speech.set("trade_no", nil)
      speech.statement = nil
    case .transactionOfAnother:
      guard let other = trades[random.pick(numbers)], other.status == .paid,
        other.number != trade.number
      else { return false }
      says(trade.taken, other.transaction)
    case .transactionChanges: says(trade.taken, newTransaction())
    case .unpaidLie:
      speech.set("trade_status", AlipaySpeech.quoted("WAIT_BUYER_PAY"))
      speech.statement = .unpaid
    case .clockSkewed:
      speech.set("send_pay_date", AlipaySpeech.quoted(Self.time(trade.paidAt + 86_400_000)))
    default: return false
    }
    return true
  }

  // MARK: signatures

  func seal(_ speech: AlipaySpeech, _ call: AlipayCall, at now: Int64) -> GatewayAnswer {
    var speech = speech
    let lie = temper.strike(.seal)
    let genuine = Spoken(
      answer: signed(speech, with: FixedKeys.gateway), statement: speech.statement,
      number: call.number)
    let memory = "\(call.method) \(call.number) \(call.refundNumber)"
    defer {
      if firstAnswers[memory] == nil { firstAnswers[memory] = genuine }
      latestAnswer = genuine
    }
    if now < rotatedUntil { return signed(speech, with: FixedKeys.stranger) }
    guard let lie else { return believed(genuine) }
    temper.note(lie)
    switch lie {
    case .unsignedSuccess: return unsigned(speech)
    case .unsignedRefusal:
      return unsigned(.refusal(call.method, "ACQ.TRADE_NOT_EXIST"))
    case .strangerSigned: return signed(speech, with: FixedKeys.stranger)
    case .merchantSigned: return signed(speech, with: FixedKeys.merchant)
    case .swappedSignature:
      return signed(speech, with: FixedKeys.gateway, over: speech.text + " ")
    case .replayedForeign:
      guard let latest = latestAnswer, latest.number != call.number else { return believed(genuine) }
      word.addStray(latest.statement, about: call.number)
      return believed(latest)
    case .staleAnswer: return believed(firstAnswers[memory] ?? genuine)
    case .foreignNode:
      speech.node = "alipay_trade_pay_response"
      return signed(speech, with: FixedKeys.gateway)
    default:
      return Self.plain(200, Self.body(speech, String(Self.sign(speech.text).dropLast(8))))
    }
  }

  /// An answer that may be believed is on record from now on.
  private func believed(_ spoken: Spoken) -> GatewayAnswer {
    if let statement = spoken.statement { word.add(statement, about: spoken.number) }
    self.spoken = spoken
    return spoken.answer
  }

  private func signed(
    _ speech: AlipaySpeech, with key: RSAPrivateKey, over text: String? = nil
  ) -> GatewayAnswer {
    Self.plain(200, Self.body(speech, Self.sign(text ?? speech.text, with: key)))
  }

  private func unsigned(_ speech: AlipaySpeech) -> GatewayAnswer {
    Self.plain(200, "{\"\(speech.node)\":\(speech.text)}")
  }

  private static func body(_ speech: AlipaySpeech, _ sign: String) -> String {
    "{\"\(speech.node)\":\(speech.text),\"sign\":\"\(sign)\"}"
  }

  static func sign(_ text: String, with key: RSAPrivateKey = FixedKeys.gateway) -> String {
    do throws(CryptoError) {
      return Data(try key.signature(for: Array(text.utf8), .sha256WithRSA)).base64EncodedString()
    } catch { preconditionFailure("a good key signs") }
  }
}
