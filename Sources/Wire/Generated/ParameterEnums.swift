// Generated from Protocol/ by `swift run generate`; do not edit.

/// How far an order is paid: the first rule that holds of decisions on its payments, refunds and
/// disputes.
package enum PayStateParam: String, WireChoice {
  /// No payment yet, or all failed.
  case created
  /// A payment is open and waits for the buyer.
  case awaiting
  /// A payment's outcome is not known yet.
  case processing
  /// Past its time, and no payment can still succeed.
  case expired
  /// Cancelled, and no payment can still succeed.
  case cancelled
  /// Money came that is not what was asked; a person decides.
  case review
  /// The amount due was captured.
  case paid
  /// Part of it went back.
  case partiallyRefunded = "partially_refunded"
  /// All of it went back.
  case refunded
  /// A lost dispute took the money.
  case chargedBack = "charged_back"
}

/// How far the goods are handed out.
package enum DeliveryStateParam: String, WireChoice {
  /// Not paid; nothing to deliver.
  case none
  /// May be claimed.
  case pending
  /// Held by risk or support.
  case held
  /// A worker holds a claim.
  case reserved
  /// The worker said that it began.
  case delivering
  /// Handed out.
  case delivered
  /// Not handed out, or nobody knows; a person decides.
  case failed
  /// Handed out and taken back.
  case revoked
}

/// What risk says of an order.
package enum RiskStateParam: String, WireChoice {
  /// Nothing found.
  case clear
  /// Something found; goes on.
  case flagged
  /// Delivery is held.
  case held
  /// A check is under way.
  case verifying
  /// A person cleared it.
  case cleared
  /// A person refused it.
  case refused
}

/// What is unusual about an order.
package enum OrderFlagParam: String, WireChoice {
  /// Paid after expiry or cancellation.
  case late
  /// More was captured than due, and the difference is still here.
  case excess
  /// Less was captured than due.
  case short
  /// A capture of another amount or currency than asked.
  case mismatch
  /// Two people decided without a gateway's answer.
  case forced
  /// The gateway refunded while closing.
  case autoRefunded = "auto_refunded"
  /// An invariant failed; nothing changes until a person looked.
  case frozen
  /// A person must look.
  case attention
  /// Made at a sandbox.
  case test
  /// Paid by a gateway's weak word; neither a bill nor two people confirmed it.
  case weak
}

/// One try to get an order paid at one gateway.
package enum PaymentStateParam: String, WireChoice {
  /// Written down, not sent.
  case `init`
  /// Being sent.
  case submitted
  /// The gateway waits for the buyer.
  case awaitingBuyer = "awaiting_buyer"
  /// The gateway says it is under way.
  case processing
  /// The gateway did not answer; it may exist.
  case unknown
  /// Without a final answer for long; asked rarely.
  case stale
  /// Being closed; may still succeed.
  case closing
  /// Proven closed.
  case closed
  /// The gateway refused for good.
  case failed
  /// Money was captured.
  case succeeded
  /// The gateway took the capture back.
  case reversed
}

/// Money going back for one payment.
package enum RefundStateParam: String, WireChoice {
  /// Amount reserved, waits for approval.
  case requested
  /// May be sent.
  case approved
  /// Being sent.
  case submitted
  /// The gateway says it is under way.
  case processing
  /// The gateway did not answer; asked again, same number.
  case unknown
  /// The gateway paid it back.
  case succeeded
  /// The gateway refused for good.
  case failed
  /// The buyer's bank sent it back.
  case returned
  /// A person refused it.
  case rejected
  /// The requester took it back.
  case withdrawn
}

/// What became of a notification.
package enum VerdictParam: String, WireChoice {
  /// It changed a payment.
  case applied
  /// True, and known before.
  case noop
  /// Signed, and cannot be applied yet; kept and tried again.
  case parked
  /// Not believed; kept, never applied.
  case rejected
}

/// Any pay_state or delivery_state: what an order is waited for.
package enum WaitStateParam: String, WireChoice {
  /// pay_state: No payment yet, or all failed.
  case created
  /// pay_state: A payment is open and waits for the buyer.
  case awaiting
  /// pay_state: A payment's outcome is not known yet.
  case processing
  /// pay_state: Past its time, and no payment can still succeed.
  case expired
  /// pay_state: Cancelled, and no payment can still succeed.
  case cancelled
  /// pay_state: Money came that is not what was asked; a person decides.
  case review
  /// pay_state: The amount due was captured.
  case paid
  /// pay_state: Part of it went back.
  case partiallyRefunded = "partially_refunded"
  /// pay_state: All of it went back.
  case refunded
  /// pay_state: A lost dispute took the money.
  case chargedBack = "charged_back"
  /// delivery_state: Not paid; nothing to deliver.
  case none
  /// delivery_state: May be claimed.
  case pending
  /// delivery_state: Held by risk or support.
  case held
  /// delivery_state: A worker holds a claim.
  case reserved
  /// delivery_state: The worker said that it began.
  case delivering
  /// delivery_state: Handed out.
  case delivered
  /// delivery_state: Not handed out, or nobody knows; a person decides.
  case failed
  /// delivery_state: Handed out and taken back.
  case revoked
}

/// Order of a list of orders.
package enum OrderSortParam: String, WireChoice {
  /// Created last first.
  case newest
  /// Created first first.
  case oldest
  /// Largest amount first.
  case amountDesc = "amount_desc"
  /// Smallest amount first.
  case amountAsc = "amount_asc"
  /// Paid last first; orders never paid come after all others, newest first.
  case paidDesc = "paid_desc"
}

/// A language.
package enum LangParam: String, WireChoice {
  /// Chinese.
  case zh
  /// English.
  case en
}

/// What the sandbox does with its notification of a payment.
package enum CallbackParam: String, WireChoice {
  /// Delivers it at once.
  case deliver
  /// Loses it.
  case lose
  /// Delivers it twice.
  case duplicate
  /// Delivers it after delay_ms.
  case delay
}

/// What the buyer does at the sandbox.
package enum SandboxStateParam: String, WireChoice {
  /// Pays.
  case paid
  /// Tries and fails.
  case failed
  /// Pays; the bank is not done.
  case processing
  /// Lets it be closed.
  case closed
}

/// How a sandbox misbehaves.
package enum FaultParam: String, WireChoice {
  /// Not at all; ends the others.
  case none
  /// Answers late.
  case slow
  /// Refuses connections.
  case down
  /// Takes the request and never answers.
  case hang
  /// Does it, then answers 500.
  case error5xxAfterSuccess = "error_5xx_after_success"
  /// Answers half a body.
  case tornAnswer = "torn_answer"
  /// Names another amount.
  case wrongAmount = "wrong_amount"
  /// Names another currency.
  case wrongCurrency = "wrong_currency"
  /// Signs wrongly.
  case wrongSignature = "wrong_signature"
  /// Names a status nobody knows.
  case unknownStatus = "unknown_status"
  /// Denies a payment it has.
  case notExistLie = "not_exist_lie"
  /// Is paid after it was closed.
  case successAfterClose = "success_after_close"
  /// Is paid when asked to close.
  case alreadyPaidOnClose = "already_paid_on_close"
  /// Answers 429.
  case rateLimit = "rate_limit"
  /// Refunds, then the money comes back.
  case refundReturned = "refund_returned"
}

/// Where an outgoing message stands.
package enum HookStateParam: String, WireChoice {
  /// Due.
  case ready
  /// Under way.
  case sending
  /// Failed; due again later.
  case retry
  /// Taken.
  case done
  /// Given up; hook.retry starts again.
  case dead
}
