/// The long tables: making a payment and giving money back.
extension AlipayCodes {
  /// Codes of `alipay.trade.precreate`.
  static let create: [Row] = [
    ("SYSTEM_ERROR", .unknown),
    // The number is known at Alipay already, from an exchange whose answer was lost.
    ("TRADE_HAS_SUCCESS", .otherState),
    ("TRADE_HAS_CLOSE", .otherState),
    ("TRADE_HAS_FINISHED", .otherState),
    ("CONTEXT_INCONSISTENT", .otherState),
    ("APPLY_PC_MERCHANT_CODE_ERROR", .begunBefore),
    ("EXIST_FORBIDDEN_WORD", .refused(.subject)),
    ("INVALID_PARAMETER", .refused(.request)),
    ("NOW_TIME_AFTER_EXPIRE_TIME_ERROR", .refused(.request)),
    ("SUB_GOODS_SIZE_MAX_COUNT", .refused(.request)),
    ("RISK_MERCHANT_IP_NOT_EXIST", .refused(.request)),
    ("TOTAL_FEE_EXCEED", .refused(.merchantLimit)),
    ("BEYOND_PAY_RESTRICTION", .refused(.merchantLimit)),
    ("BEYOND_PER_RECEIPT", .refused(.merchantLimit)),
    ("MERCHANT_PERM_RECEIPT_", .refused(.merchantLimit)),
    ("ACCESS_FORBIDDEN", .refused(.merchant)),
    ("PARTNER_ERROR", .refused(.merchant)),
    ("SELLER_BEEN_BLOCKED", .refused(.merchant)),
    ("SELLER_NOT_EXIST", .refused(.merchant)),
    ("INVALID_STORE_ID", .refused(.merchant)),
    ("SECONDARY_MERCHANT_", .refused(.merchant)),
    ("TRADE_SETTLE_ERROR", .refused(.merchant)),
    ("INVALID_RECEIVE_ACCOUNT", .refused(.merchant)),
    ("DEFAULT_SETTLE_RULE_NOT_EXIST", .refused(.merchant)),
    ("MERCHANT_STATUS_NOT_NORMAL", .refused(.merchant)),
    ("BUYER_PAYMENT_AMOUNT_", .refused(.buyerLimit)),
    ("BUYER_SELLER_EQUAL", .refused(.buyer)),
    ("BUYER_NOT_MATCH", .refused(.buyer)),
    ("BUYER_NOT_EXIST", .refused(.buyer)),
    ("BUYER_ENABLE_STATUS_FORBID", .refused(.buyer)),
    ("ERROR_BUYER_CERTIFY_LEVEL_LIMIT", .refused(.buyer)),
  ]

  /// Codes of `alipay.trade.refund`. A repetition with the same number and amount is answered as a
  /// success, so a refusal speaks of this refund and not of an earlier try of it.
  static let refund: [Row] = [
    ("SYSTEM_ERROR", .unknown),
    ("SELLER_BALANCE_NOT_ENOUGH", .refused(.balance)),
    ("DISCORDANT_REPEAT_REQUEST", .refused(.refundNumber)),
    ("REASON_TRADE_REFUND_FEE_ERR", .refused(.refundAmount)),
    ("REFUND_AMT_NOT_EQUAL_TOTAL", .refused(.refundAmount)),
    ("REFUND_FEE_ERROR", .refused(.refundAmount)),
    ("ALLOC_AMOUNT_VALIDATE_ERROR", .refused(.refundAmount)),
    ("NOT_ALLOW_PARTIAL_REFUND", .refused(.refundAmount)),
    ("TRADE_NOT_EXIST", .refused(.tradeMissing)),
    ("TRADE_STATUS_ERROR", .refused(.tradeState)),
    ("TRADE_HAS_FINISHED", .refused(.tradeState)),
    ("TRADE_HAS_CLOSE", .refused(.tradeState)),
    ("REASON_TRADE_STATUS_INVALID", .refused(.tradeState)),
    ("REASON_TRADE_BEEN_FREEZEN", .refused(.tradeState)),
    ("NOT_ALLOW_REFUND", .refused(.refundForbidden)),
    ("TRADE_SETTLE_ERROR", .refused(.refundForbidden)),
    ("REFUND_CHARGE_ERROR", .refused(.refundForbidden)),
    ("ENTERPRISE_PAY_BIZ_ERROR", .refused(.refundForbidden)),
    ("OVERDRAFT_", .refused(.refundForbidden)),
    ("REFUND_ACCOUNT_NOT_EXIST", .refused(.refundForbidden)),
    ("REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST", .refused(.refundForbidden)),
    ("REFUNDALLOC_UNAUTH_LIMIT", .refused(.refundForbidden)),
    ("CUSTOMER_VALIDATE_ERROR", .refused(.refundForbidden)),
    ("USER_NOT_MATCH_ERR", .refused(.refundForbidden)),
    ("CURRENCY_NOT_SUPPORT", .refused(.request)),
    ("INVALID_PARAMETER", .refused(.request)),
    ("BUYER_NOT_EXIST", .refused(.buyer)),
    ("BUYER_ENABLE_STATUS_FORBID", .refused(.buyer)),
    ("BUYER_ERROR", .refused(.buyer)),
  ]
}

extension AlipayCodes.Refusal {
  /// A sentence without its full stop, for the reason's text.
  var phrase: String {
    switch self {
    case .request: "Alipay refused a parameter of the request"
    case .merchant: "Alipay does not let this merchant take the payment; look at the contract"
    case .merchantLimit: "the payment is over a limit of the merchant at Alipay"
    case .buyer: "Alipay refuses this buyer's account"
    case .buyerLimit: "the payment is over the buyer's limit at Alipay"
    case .subject: "Alipay does not allow a word in the subject"
    case .tradeMissing: "Alipay knows no such payment"
    case .tradeState: "the payment's state at Alipay allows no refund"
    case .refundAmount: "Alipay refuses the amount of the refund"
    case .refundNumber: "Alipay holds a refund of another amount under this number"
    case .refundForbidden: "Alipay does not allow a refund of this payment"
    case .balance: "the merchant's balance at Alipay is too low; top it up and try again"
    }
  }
}

extension AlipayCodes.Configuration {
  /// What to look at, as a sentence without its full stop.
  var phrase: String {
    switch self {
    case .key: "Alipay does not accept our signature: check app_private_key_file, app_id and url"
    case .merchant: "Alipay does not know the application: check app_id and url"
    case .clock: "Alipay does not accept our time: check this machine's clock"
    case .permission: "the application may not do this: check its contract and permissions"
    }
  }
}
