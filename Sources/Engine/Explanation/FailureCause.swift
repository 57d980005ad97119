package import Domain

/// Why a payment or a refund did not go as asked, in words, and whose move it is.
///
/// The one table of causes. Codes come from `Reason.code`; adapters map their gateway's codes to
/// them. A code without a row gets a line that says so and names the gateway's own code.
package struct FailureCause: Hashable, Sendable {
  /// Who can do something about it.
  package enum Mover: String, Sendable, CaseIterable {
    /// The buyer, with the same account and method.
    case buyer
    /// The buyer, with another account, card or method.
    case buyerElsewhere = "buyer_elsewhere"
    /// The gateway or a bank; Till keeps asking.
    case gateway
    /// The shop: its contract, its keys, its balance.
    case shop
    /// A person of the shop has to look.
    case support
  }

  package let code: String
  package let words: Phrase
  package let mover: Mover
  /// The table has a row for it. Else the words name the gateway's own code already.
  package let isListed: Bool

  private init(
    _ code: String, _ mover: Mover, zh: String, en: String, isListed: Bool = true
  ) {
    self.code = code
    self.mover = mover
    self.isListed = isListed
    words = Phrase(zh: zh, en: en)
  }

  /// The cause of a reason; always one.
  package static func of(_ reason: Reason) -> FailureCause {
    for row in rows where row.code.utf8.elementsEqual(reason.code.utf8) { return row }
    let code = shownCode(reason.gatewayCode ?? reason.code)
    return FailureCause(
      reason.code, .support, zh: "渠道代码 \(code)，原因尚未归类",
      en: "the gateway's code \(code), a cause that is not classified yet", isListed: false)
  }

  /// The cause of a refund's reason: the account that is short of money is the shop's there.
  package static func ofRefund(_ reason: Reason) -> FailureCause {
    guard reason.code.utf8.elementsEqual("balance_low".utf8) else { return of(reason) }
    return of(Reason(code: "shop_balance_low", gatewayCode: reason.gatewayCode, text: reason.text))
  }

  /// What the buyer can do, for a page that can still be paid.
  package var buyerAdvice: Phrase {
    switch mover {
    case .buyer: Phrase(zh: "您可以重新支付。", en: "You can try to pay again.")
    case .buyerElsewhere:
      Phrase(
        zh: "请更换付款账户、银行卡或支付方式后重新支付。",
        en: "Please pay with another account, card or way of paying.")
    case .gateway:
      Phrase(
        zh: "问题在支付渠道一侧，可稍后重试或更换支付方式。",
        en: "The trouble is on the gateway's side: try again later, or pay another way.")
    case .shop:
      Phrase(
        zh: "问题在本店一侧，可更换支付方式或联系客服。",
        en: "The trouble is on the shop's side: pay another way, or ask support.")
    case .support:
      Phrase(
        zh: "可更换支付方式，或凭订单号联系客服。",
        en: "You can pay another way, or ask support with the order number.")
    }
  }

  /// A gateway's code as it may be shown: printable ASCII, at most 64 characters.
  static func shownCode(_ code: String) -> String {
    var shown = ""
    for scalar in code.unicodeScalars.prefix(64) {
      let isPlain = scalar.value > 0x20 && scalar.value < 0x7F
      shown.unicodeScalars.append(isPlain ? scalar : "?")
    }
    return shown.isEmpty ? "?" : shown
  }

  package static let rows: [FailureCause] = buyerRows + gatewayRows + shopRows + refundRows
}

extension FailureCause {
  private static let buyerRows: [FailureCause] = [
    FailureCause("balance_low", .buyerElsewhere, zh: "余额不足", en: "the balance is too low"),
    FailureCause(
      "limit_exceeded", .buyerElsewhere, zh: "超过付款限额", en: "a payment limit was exceeded"),
    FailureCause(
      "buyer_limit", .buyerElsewhere, zh: "超过付款人在渠道的限额",
      en: "the payment is over the buyer's limit at the gateway"),
    FailureCause(
      "buyer_refused", .buyerElsewhere, zh: "渠道不接受该付款账户",
      en: "the gateway does not accept the buyer's account"),
    FailureCause(
      "password_failed", .buyer, zh: "支付密码验证未通过", en: "the payment password was not accepted"),
    FailureCause(
      "three_ds_failed", .buyer, zh: "银行卡持卡人验证未通过",
      en: "the card holder's verification failed"),
    FailureCause("login_failed", .buyer, zh: "付款账户登录失败", en: "signing in to pay failed"),
    FailureCause(
      "buyer_left", .buyer, zh: "付款页面已离开，没有完成支付",
      en: "the payment page was left before paying"),
    FailureCause("buyer_cancelled", .buyer, zh: "付款人取消了支付", en: "the buyer cancelled"),
    FailureCause(
      "network_lost", .buyer, zh: "付款时网络中断", en: "the network broke while paying"),
    FailureCause(
      "app_blocked", .buyer, zh: "付款应用被安全软件拦截",
      en: "security software blocked the payment app"),
    FailureCause(
      "risk_refused", .buyerElsewhere, zh: "渠道风控拒绝了这笔支付",
      en: "the gateway's risk control refused the payment"),
    FailureCause(
      "region_limit", .buyerElsewhere, zh: "该地区不支持此支付方式",
      en: "this way of paying is not available in the region"),
    FailureCause(
      "account_abnormal", .buyerElsewhere, zh: "付款账户状态异常",
      en: "the payer's account is restricted"),
    FailureCause(
      "instrument_invalid", .buyerElsewhere, zh: "银行卡或付款工具无效",
      en: "the card or payment instrument is not valid"),
    FailureCause("expired", .buyer, zh: "付款码已过期", en: "the payment code had expired"),
    FailureCause(
      "payment_failed", .buyer, zh: "支付没有成功", en: "the payment did not go through"),
    FailureCause(
      "buyer_paying", .buyer, zh: "付款人正在输入密码", en: "the buyer is entering the password"),
    FailureCause(
      "approved", .gateway, zh: "付款人已同意付款，正在扣款",
      en: "the buyer has agreed and the money is being taken"),
  ]

  private static let gatewayRows: [FailureCause] = [
    FailureCause(
      "bank_review", .gateway, zh: "银行正在审核这笔付款", en: "the bank is reviewing the payment"),
    FailureCause(
      "bank_working", .gateway, zh: "银行正在处理", en: "the bank is at work"),
    FailureCause(
      "authorised", .gateway, zh: "款项已授权，尚未扣款", en: "the money is authorised and not taken yet"),
    FailureCause("channel_busy", .gateway, zh: "支付渠道繁忙", en: "the gateway is busy"),
    FailureCause(
      "gateway_unreachable", .gateway, zh: "暂时连接不上支付渠道",
      en: "the gateway cannot be reached"),
    FailureCause(
      "gateway_timeout", .gateway, zh: "支付渠道没有及时答复",
      en: "the gateway did not answer in time"),
    FailureCause(
      "gateway_rate_limited", .gateway, zh: "支付渠道要求放慢请求",
      en: "the gateway asks for fewer requests"),
    FailureCause(
      "gateway_error", .gateway, zh: "支付渠道内部出错", en: "the gateway had an error of its own"),
    FailureCause(
      "gateway_bad_reply", .gateway, zh: "支付渠道的答复无法采信",
      en: "the gateway's answer could not be trusted"),
    FailureCause(
      "daemon_stopped", .gateway, zh: "本店服务在收到渠道答复前重启过",
      en: "the shop's service restarted before the gateway's answer came"),
    FailureCause(
      "trade_state", .gateway, zh: "该笔支付在渠道处于不允许此操作的状态",
      en: "the payment's state at the gateway does not allow this"),
    FailureCause(
      "trade_not_found", .gateway, zh: "渠道查不到这笔支付", en: "the gateway knows no such payment"),
    FailureCause(
      "closed_at_gateway", .buyer, zh: "该笔支付在渠道已关闭", en: "the gateway has closed the payment"),
    FailureCause(
      "expired_at_gateway", .buyer, zh: "渠道已不再等待这笔付款",
      en: "the gateway no longer waits for the payment"),
    FailureCause(
      "reference_withdrawn", .buyer, zh: "转账附言已失效",
      en: "the transfer's reference no longer counts"),
    FailureCause(
      "not_a_notice", .gateway, zh: "该渠道不发送通知", en: "the gateway sends no notices"),
    FailureCause(
      "unpaid_for_a_day", .buyer, zh: "渠道一天内没有收到付款", en: "the gateway saw no payment for a day"),
    FailureCause(
      "never_captured", .buyer, zh: "从未扣款", en: "no money was ever taken"),
    FailureCause(
      "page_required", .shop, zh: "该站点只能跳转到付款页支付",
      en: "the site takes payments on its own page only"),
    FailureCause(
      "refunded_at_gateway", .support, zh: "款项已在渠道一侧全额退回",
      en: "the money was given back in full at the gateway"),
    FailureCause(
      "complaint", .shop, zh: "买家在渠道提交了投诉", en: "the buyer complained at the gateway"),
    FailureCause(
      "unknown_status", .support, zh: "渠道返回了无法识别的状态",
      en: "the gateway reports an unknown status"),
  ]

  private static let shopRows: [FailureCause] = [
    FailureCause(
      "config_error", .shop, zh: "本店支付配置有误", en: "the shop's payment settings are wrong"),
    FailureCause(
      "signature_error", .shop, zh: "本店请求签名未被渠道接受",
      en: "the gateway did not accept the shop's signature"),
    FailureCause(
      "gateway_auth", .shop, zh: "渠道不认可本店的密钥或权限",
      en: "the gateway does not accept the shop's key or permission"),
    FailureCause(
      "gateway_rejected", .shop, zh: "渠道拒绝了本店的请求参数",
      en: "the gateway refused the shop's request"),
    FailureCause(
      "amount_illegal", .shop, zh: "渠道不接受该金额", en: "the gateway does not accept the amount"),
    FailureCause(
      "amount_refused", .shop, zh: "渠道不接受该金额", en: "the gateway does not accept the amount"),
    FailureCause(
      "currency_not_supported", .shop, zh: "渠道不支持该币种",
      en: "the gateway does not take the currency"),
    FailureCause(
      "merchant_not_permitted", .shop, zh: "本店在渠道没有此项收款权限",
      en: "the gateway does not let the shop take this payment"),
    FailureCause(
      "merchant_limit", .shop, zh: "超过本店在渠道的收款限额",
      en: "the payment is over the shop's limit at the gateway"),
    FailureCause(
      "subject_refused", .shop, zh: "渠道不接受商品名称中的词语",
      en: "the gateway does not accept a word in the subject"),
  ]

  private static let refundRows: [FailureCause] = [
    FailureCause(
      "amount_mismatch", .support, zh: "渠道报告的金额与申请不一致",
      en: "the gateway reports another amount than was asked for"),
    FailureCause(
      "shop_balance_low", .shop, zh: "本店在渠道的余额不足",
      en: "the shop's balance at the gateway is too low"),
    FailureCause(
      "refund_amount", .support, zh: "渠道不接受该退款金额",
      en: "the gateway does not accept the amount of the refund"),
    FailureCause(
      "refund_failed", .support, zh: "渠道没有退成款", en: "the gateway could not give the money back"),
    FailureCause(
      "refund_suspended", .support, zh: "渠道等待补充退款账户，请到渠道后台处理",
      en: "the gateway waits for another account to give it back to; name one in its console"),
    FailureCause(
      "refund_closed", .support, zh: "渠道已关闭该退款", en: "the gateway has closed the refund"),
    FailureCause(
      "refund_abnormal", .support, zh: "付款人的银行卡收不了退款，须在渠道后台处理",
      en: "the buyer's card takes no refund; somebody must act at the gateway"),
    FailureCause(
      "refund_returned", .support, zh: "退款被退回", en: "the refund came back"),
    FailureCause(
      "buyer_action", .buyer, zh: "须由付款人指定收款账户", en: "the buyer must say where the money shall go"),
    FailureCause(
      "accepted", .gateway, zh: "渠道已受理退款", en: "the gateway has taken the refund on"),
    FailureCause(
      "refund_number_conflict", .support, zh: "渠道已有同号但金额不同的退款",
      en: "the gateway holds a refund of another amount under this number"),
    FailureCause(
      "refund_not_allowed", .support, zh: "渠道不允许这笔支付退款",
      en: "the gateway does not allow a refund of this payment"),
    FailureCause(
      "rejected", .support, zh: "退款申请未获批准", en: "the refund was not approved"),
    FailureCause(
      "bank_returned", .support, zh: "收款银行退回了退款", en: "the bank sent the refund back"),
  ]
}
