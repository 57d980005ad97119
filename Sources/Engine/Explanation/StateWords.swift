import Domain

/// The states in words, for support and for explanations.
enum StateWords {
  static func of(_ state: PayState) -> Phrase {
    switch state {
    case .created: Phrase(zh: "待支付（没有进行中的支付）", en: "waiting for a payment")
    case .awaiting: Phrase(zh: "待支付（等待付款人）", en: "waiting for the buyer")
    case .processing: Phrase(zh: "处理中", en: "being processed")
    case .expired: Phrase(zh: "已过期", en: "expired")
    case .cancelled: Phrase(zh: "已取消", en: "cancelled")
    case .review: Phrase(zh: "款项已到，金额核对中", en: "in review")
    case .paid: Phrase(zh: "已支付", en: "paid")
    case .partiallyRefunded: Phrase(zh: "部分退款", en: "partially refunded")
    case .refunded: Phrase(zh: "已全额退款", en: "refunded in full")
    case .chargedBack: Phrase(zh: "争议扣回", en: "charged back")
    }
  }

  static func of(_ state: DeliveryState) -> Phrase {
    switch state {
    case .none: Phrase(zh: "未开始", en: "not begun")
    case .pending: Phrase(zh: "待发放", en: "waiting to be delivered")
    case .held: Phrase(zh: "暂缓发放", en: "held back")
    case .reserved: Phrase(zh: "已被领取，等待发放结果", en: "claimed by one worker")
    case .delivering: Phrase(zh: "正在发放", en: "being delivered")
    case .delivered: Phrase(zh: "已发放", en: "delivered")
    case .failed: Phrase(zh: "发放失败", en: "failed")
    case .revoked: Phrase(zh: "已撤销发放", en: "revoked")
    }
  }

  static func of(_ state: RiskState) -> Phrase {
    switch state {
    case .clear: Phrase(zh: "无风险标记", en: "no risk mark")
    case .flagged: Phrase(zh: "已标记风险，不影响发放", en: "marked as a risk, not stopped")
    case .held: Phrase(zh: "因风险暂停发放", en: "held for risk")
    case .verifying: Phrase(zh: "正在核实风险，暂停发放", en: "held while the risk is verified")
    case .cleared: Phrase(zh: "风险已由人工解除", en: "the risk was cleared by a person")
    case .refused: Phrase(zh: "因风险拒绝发放", en: "refused for risk")
    }
  }

  static func of(_ state: DisputeState) -> Phrase {
    switch state {
    case .none: Phrase(zh: "无争议", en: "no dispute")
    case .open: Phrase(zh: "支付争议处理中", en: "a payment dispute is open")
    case .won: Phrase(zh: "支付争议已胜诉", en: "a payment dispute was won")
    case .lost: Phrase(zh: "支付争议已败诉，款项被扣回", en: "a payment dispute was lost")
    }
  }

  static func of(_ state: PaymentState) -> Phrase {
    switch state {
    case .initial: Phrase(zh: "尚未提交渠道", en: "not sent yet")
    case .submitted: Phrase(zh: "已提交，等待渠道受理", en: "sent, no answer yet")
    case .awaitingBuyer: Phrase(zh: "等待付款人付款", en: "waiting for the buyer")
    case .processing: Phrase(zh: "渠道处理中", en: "being processed by the gateway")
    case .unknown: Phrase(zh: "渠道未答复，结果未知", en: "unknown, the gateway gave no answer")
    case .stale: Phrase(zh: "长时间没有最终结果", en: "long without a final answer")
    case .closing: Phrase(zh: "正在关闭，等待渠道证明", en: "being closed, not proven yet")
    case .closed: Phrase(zh: "已关闭，渠道证明未收款", en: "closed, proven unpaid")
    case .failed: Phrase(zh: "支付失败", en: "failed")
    case .succeeded: Phrase(zh: "已收款", en: "charged")
    case .reversed: Phrase(zh: "渠道已撤销收款", en: "reversed by the gateway")
    }
  }

  static func of(_ state: RefundState) -> Phrase {
    switch state {
    case .requested: Phrase(zh: "等待审核", en: "waiting for approval")
    case .approved: Phrase(zh: "已批准，等待提交", en: "approved, not sent yet")
    case .submitted: Phrase(zh: "已提交渠道", en: "sent to the gateway")
    case .processing: Phrase(zh: "渠道处理中", en: "being processed by the gateway")
    case .unknown: Phrase(zh: "渠道未答复，结果未知", en: "unknown, the gateway gave no answer")
    case .succeeded: Phrase(zh: "已成功", en: "done")
    case .failed: Phrase(zh: "失败", en: "failed")
    case .returned: Phrase(zh: "被收款银行退回", en: "sent back by the bank")
    case .rejected: Phrase(zh: "未获批准", en: "not approved")
    case .withdrawn: Phrase(zh: "已撤回", en: "withdrawn")
    }
  }

  static func of(_ cause: ClosingCause) -> Phrase {
    switch cause {
    case .expired: Phrase(zh: "付款期限已过", en: "its time to pay is over")
    case .cancelled: Phrase(zh: "订单被取消", en: "the order is being cancelled")
    case .replaced: Phrase(zh: "改用其他支付方式", en: "another way to pay was chosen")
    case .paid: Phrase(zh: "订单款项已到", en: "the order's money has come")
    case .requested: Phrase(zh: "有人要求关闭", en: "closing was asked for")
    }
  }

  static func of(_ source: EvidenceSource) -> Phrase {
    switch source {
    case .notice: Phrase(zh: "渠道通知", en: "the gateway's notice")
    case .query: Phrase(zh: "查询答复", en: "the answer to our query")
    case .create: Phrase(zh: "下单答复", en: "the answer to the create call")
    case .close: Phrase(zh: "关单答复", en: "the answer to the close call")
    case .refund: Phrase(zh: "退款答复", en: "the answer to the refund call")
    case .statement: Phrase(zh: "账单", en: "a statement")
    case .operators: Phrase(zh: "两名工作人员", en: "two operators")
    case .timer: Phrase(zh: "本地计时", en: "our timer")
    case .record: Phrase(zh: "我方记录：请求没有发出", en: "our own record: the call never left")
    }
  }

  /// What a gateway call was for, by its operation.
  static func ofCall(_ operation: String) -> Phrase {
    switch operation {
    case "create": Phrase(zh: "下单", en: "create")
    case "query": Phrase(zh: "查询", en: "query")
    case "close": Phrase(zh: "关单", en: "close")
    case "refund": Phrase(zh: "退款", en: "refund")
    case "dispute_query": Phrase(zh: "争议查询", en: "dispute query")
    case "refund_query": Phrase(zh: "退款查询", en: "refund query")
    default: Phrase(zh: "请求 \(operation)", en: operation)
    }
  }
}

/// Marks on an order, in words.
enum MarkWords {
  /// One phrase a flag, in the order of the contract; `attention` is told by its codes instead.
  static func of(_ flags: OrderFlags) -> [(code: String, words: Phrase)] {
    var marks: [(code: String, words: Phrase)] = []
    for word in flags.words {
      if let words = ofFlag(word) { marks.append((word, words)) }
    }
    return marks
  }

  private static func ofFlag(_ word: String) -> Phrase? {
    switch word {
    case "late": Phrase(zh: "迟到付款", en: "paid late")
    case "excess": Phrase(zh: "多收款", en: "more than due was taken")
    case "short": Phrase(zh: "少收款", en: "less than due was taken")
    case "mismatch": Phrase(zh: "金额或币种不符", en: "another amount or currency than asked")
    case "forced": Phrase(zh: "两人确认接受", en: "accepted by two operators")
    case "auto_refunded": Phrase(zh: "渠道自动退款", en: "refunded by the gateway itself")
    case "frozen": Phrase(zh: "已冻结", en: "frozen")
    case "weak": Phrase(zh: "凭据较弱，待核实", en: "paid by a weak word, to be confirmed")
    case "test": Phrase(zh: "测试订单", en: "test order")
    default: nil
    }
  }

  /// A call for a person, by its code.
  static func ofAttention(_ code: String) -> Phrase {
    switch code {
    case "excess_captured": Phrase(zh: "核对多收的款项", en: "decide about the excess")
    case "amount_mismatch":
      Phrase(zh: "核对金额或币种不符的收款", en: "decide about the differing charge")
    case "paid_late":
      Phrase(zh: "款项在订单结束后到账，请核对库存", en: "paid after the end, check the stock")
    case "delivery_failed":
      Phrase(zh: "核实商品是否已发出", en: "find out whether the goods went out")
    case "goods_unpaid":
      Phrase(zh: "收款已被渠道撤销，商品可能已发出", en: "goods may be out and the money was taken back")
    case "refund_failed": Phrase(zh: "处理失败的退款", en: "deal with the failed refund")
    case "refund_returned":
      Phrase(zh: "处理被银行退回的退款", en: "deal with the refund that came back")
    case "refund_contradiction":
      Phrase(zh: "退款的证据互相矛盾", en: "evidence about a refund contradicts itself")
    case "refund_mismatch":
      Phrase(zh: "退款金额与申请不一致", en: "a refund has another amount than asked")
    case "contradiction":
      Phrase(zh: "支付的证据互相矛盾", en: "evidence about a payment contradicts itself")
    case "refunded_outside":
      Phrase(
        zh: "渠道后台直接退了款，请核对", en: "money was given back at the gateway's own desk")
    case "refund_stalled":
      Phrase(zh: "退款停滞，请到渠道处理", en: "a refund is stuck until a person acts at the gateway")
    case "second_charge":
      Phrase(zh: "同一笔支付出现第二次扣款", en: "one payment was charged a second time")
    case "unknown_status":
      Phrase(zh: "渠道返回了无法识别的状态", en: "the gateway reports an unknown status")
    case "payment_stale":
      Phrase(zh: "支付长时间没有最终结果", en: "a payment is long without a final answer")
    case "payment_open_for_days":
      Phrase(
        zh: "支付三天没有最终结果，请联系支付渠道",
        en: "a payment has had no final answer for three days: ask the gateway's people")
    case "weak_unconfirmed":
      Phrase(
        zh: "弱凭据收款一天未核实，请与账户核对",
        en: "a weakly proven payment is unconfirmed for a day: compare it with the account")
    case "bank_row_ambiguous":
      Phrase(
        zh: "一笔银行流水指向多笔支付", en: "one movement at the bank names several payments")
    case "refund_open":
      Phrase(zh: "退款一天没有最终结果", en: "a refund has had no final answer for a day")
    case "refund_open_for_days":
      Phrase(
        zh: "退款三天没有最终结果，请联系支付渠道",
        en: "a refund has had no final answer for three days: ask the gateway's people")
    case "refund_after_restore":
      Phrase(
        zh: "数据已从备份恢复，批准退款前请在渠道核对此后已退的款项",
        en: "restored from a backup: see at the gateway what was given back since, then approve")
    case "foreign_transaction":
      Phrase(
        zh: "渠道交易号已属于另一笔支付", en: "the gateway's number already pays another payment")
    case "disputed": Phrase(zh: "有支付争议待处理", en: "a payment dispute is open")
    case "dispute_due":
      Phrase(zh: "支付争议的答复期限将至", en: "the time to answer a payment dispute runs out")
    case "dispute_contradiction":
      Phrase(zh: "支付争议的证据互相矛盾", en: "evidence about a dispute does not fit")
    case "dispute_unknown_status":
      Phrase(zh: "支付争议的状态无法识别", en: "a dispute has an unknown status")
    case "foreign_dispute":
      Phrase(zh: "支付争议号已属于另一笔支付", en: "a dispute's number belongs to another payment")
    case "refund_and_dispute":
      Phrase(zh: "退款与支付争议可能重复付给买家", en: "a refund and a dispute may pay the buyer twice")
    case "frozen":
      Phrase(zh: "内部检查未通过，订单已冻结", en: "an internal check failed, the order is frozen")
    default:
      Phrase(
        zh: "需要人工核对（代码 \(FailureCause.shownCode(code))）",
        en: "a person has to look (code \(FailureCause.shownCode(code)))")
    }
  }
}
