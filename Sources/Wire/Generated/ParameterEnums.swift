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
  /// Held by risk or support, or until a refund or weak money is decided.
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
  /// No real money: made where there was only a sandbox, or paid at one.
  case test
  /// Paid by a gateway's weak word; neither a bill nor two people confirmed it, so its goods are
  /// held.
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

/// How one dispute stands, in the words that all gateways have in common.
package enum DisputeStatusParam: String, WireChoice {
  /// An inquiry before a dispute; no money has moved.
  case warning
  /// The gateway waits for the shop's answer.
  case needsResponse = "needs_response"
  /// Somebody decides.
  case underReview = "under_review"
  /// The money stays with the shop.
  case won
  /// The buyer keeps the money.
  case lost
  /// The inquiry ended without a dispute.
  case warningClosed = "warning_closed"
  /// Settled before it became a dispute.
  case prevented
  /// The shop gave in; the buyer keeps the money.
  case accepted
  /// The buyer took it back.
  case withdrawn
}

/// What an attachment of a dispute shows.
package enum DisputeEvidenceParam: String, WireChoice {
  /// An invoice or receipt.
  case receipt
  /// That the goods went out or arrived.
  case deliveryProof = "delivery_proof"
  /// What the buyer and the shop wrote.
  case communication
  /// Terms that the buyer agreed to.
  case policy
  /// A picture of a screen.
  case screenshot
  /// Anything else.
  case other
}

/// What became of a notification.
package enum VerdictParam: String, WireChoice {
  /// It changed a payment.
  case applied
  /// True, and known before.
  case noop
  /// Kept; the gateway is asked whether it is its own.
  case received
  /// Signed, and cannot be applied yet; kept and tried again.
  case parked
  /// Not believed; kept, never applied.
  case rejected
}

/// What a statement holds.
package enum StatementContentParam: String, WireChoice {
  /// A gateway's payments and refunds.
  case trade
  /// Every movement of the balance at a gateway.
  case fund
  /// A bank account.
  case bank
  /// What payouts are made of; its sums are proved, and it is compared with nothing.
  case settlement
}

/// How our books and a statement differ.
package enum DiscrepancyKindParam: String, WireChoice {
  /// B1: we say paid, the gateway has no such payment.
  case missingAtGateway = "missing_at_gateway"
  /// B2: the order is known, and no payment of ours is.
  case missingLocally = "missing_locally"
  /// B3: money for no order of ours.
  case unknownMoney = "unknown_money"
  /// B4: the gateway says paid, we did not know.
  case gatewaySuccessOnly = "gateway_success_only"
  /// B5: we say paid, the gateway says it is not.
  case localSuccessOnly = "local_success_only"
  /// B6: the gateway took more.
  case amountMore = "amount_more"
  /// B7: the gateway took less.
  case amountLess = "amount_less"
  /// B8: the fee is higher than it should be.
  case feeMore = "fee_more"
  /// B9: the fee is lower than it should be.
  case feeLess = "fee_less"
  /// B10: a fee was kept on a refund against the contract.
  case feeOnRefund = "fee_on_refund"
  /// B11: another currency.
  case currency
  /// B12: another number of the gateway.
  case gatewayNumber = "gateway_number"
  /// B13: one order was paid twice.
  case duplicatePayment = "duplicate_payment"
  /// B14: the same row again, in this statement or in another one.
  case duplicateRow = "duplicate_row"
  /// B15: we say refunded, the gateway has no such refund.
  case refundMissingAtGateway = "refund_missing_at_gateway"
  /// B16: the gateway refunded, we did not know.
  case refundMissingLocally = "refund_missing_locally"
  /// B17: another amount was refunded.
  case refundAmount = "refund_amount"
  /// B18: the refund is not as far as the other side says.
  case refundStatus = "refund_status"
  /// B19: it waited for the next statement and was in none.
  case carryOverAgedOut = "carry_over_aged_out"
  /// B20: a payout is not the sum of its rows.
  case payoutSum = "payout_sum"
  /// B21: a payout has not arrived at the bank.
  case payoutNotArrived = "payout_not_arrived"
  /// B22: the exchange rate does not explain the amount, or half of an exchange stands alone.
  case exchangeUnexplained = "exchange_unexplained"
  /// B23: a dispute took money, or gave it back, and we did not know.
  case unknownDispute = "unknown_dispute"
  /// B24: the statement contradicts itself, or was changed.
  case statementUnsound = "statement_unsound"
  /// B25: the bank has money that no payout explains.
  case bankRowWithoutPayout = "bank_row_without_payout"
  /// B26: delivered, and not paid.
  case deliveredNotPaid = "delivered_not_paid"
  /// B27: paid, and not delivered.
  case paidNotDelivered = "paid_not_delivered"
  /// B28: a row of another merchant.
  case wrongMerchant = "wrong_merchant"
}

/// Where a discrepancy stands.
package enum DiscrepancyStateParam: String, WireChoice {
  /// Nobody has decided.
  case open
  /// Somebody named a day until which it waits.
  case waiting
  /// One person has decided; a second must agree.
  case proposed
  /// It is settled; resolution tells how.
  case resolved
}

/// What a case is about.
package enum CaseKindParam: String, WireChoice {
  /// Differences that one person may not decide.
  case discrepancy
  /// A payment without a final answer for a day.
  case stalePayment = "stale_payment"
  /// More came than was due.
  case excess
  /// Money that was given back came back to us.
  case refundReturned = "refund_returned"
  /// A buyer says that he has paid, or did not get what he paid for.
  case buyerClaim = "buyer_claim"
  /// A refund.
  case refund
  /// A dispute.
  case dispute
  /// A delivery.
  case delivery
  /// A gateway.
  case gateway
  /// Something else.
  case other
}

/// How much hangs on a case.
package enum CaseSeverityParam: String, WireChoice {
  /// One person resolves it.
  case normal
  /// One person names the cause, a second must agree.
  case high
}

/// Where a case stands.
package enum CaseStateParam: String, WireChoice {
  /// Nobody has taken it up.
  case open
  /// Its owner works on it.
  case assigned
  /// The buyer was asked.
  case waitingBuyer = "waiting_buyer"
  /// The gateway was asked.
  case waitingGateway = "waiting_gateway"
  /// The bank was asked.
  case waitingBank = "waiting_bank"
  /// One person has named the cause; a second must agree.
  case proposed
  /// It is done; cause tells why it came to it.
  case resolved
  /// Nothing is left, in the case and in what it is about.
  case closed
}

/// Whom the work waits for.
package enum CaseWaitParam: String, WireChoice {
  /// The owner goes on.
  case nobody
  /// The buyer.
  case buyer
  /// The gateway.
  case gateway
  /// The bank.
  case bank
}

/// Why it came to it. Counted, so that what happens often is mended at its root.
package enum CauseCodeParam: String, WireChoice {
  /// A notification never came.
  case callbackLost = "callback_lost"
  /// The gateway was late.
  case gatewayDelay = "gateway_delay"
  /// The gateway was wrong.
  case gatewayError = "gateway_error"
  /// The bank was late.
  case bankDelay = "bank_delay"
  /// The bill was wrong.
  case billWrong = "bill_wrong"
  /// The fee is not what the contract says.
  case feeContract = "fee_contract"
  /// The buyer paid twice.
  case paidTwice = "paid_twice"
  /// Another amount came than was asked.
  case wrongAmount = "wrong_amount"
  /// The buyer's account has a problem.
  case accountAbnormal = "account_abnormal"
  /// The buyer's region is not served.
  case regionLimit = "region_limit"
  /// The buyer made a mistake.
  case buyerError = "buyer_error"
  /// Somebody cheated.
  case fraud
  /// We made a mistake.
  case ourError = "our_error"
  /// Nothing was wrong.
  case noFault = "no_fault"
  /// Something else; a note tells what.
  case other
}

/// How far a rule goes.
package enum RuleModeParam: String, WireChoice {
  /// It proposes; a person confirms each difference or turns it down.
  case suggest
  /// It decides at once.
  case close
}

/// What people can decide about a discrepancy.
package enum AdjudicationVerbParam: String, WireChoice {
  /// The gateway is right; our books follow it.
  case acceptGateway = "accept_gateway"
  /// We are right; the gateway is asked, our books stay.
  case acceptLocal = "accept_local"
  /// Not worth pursuing: the amount becomes a loss or a gain.
  case writeOff = "write_off"
  /// Kept apart until somebody knows what it is.
  case moveToSuspense = "move_to_suspense"
  /// Too much came: a refund of it is asked for.
  case refundBuyer = "refund_buyer"
  /// Too much was taken: the gateway owes it to us.
  case claimFromGateway = "claim_from_gateway"
  /// This and another one are the two halves of one movement.
  case mergeMatch = "merge_match"
  /// The next statements are awaited until a day.
  case waitUntil = "wait_until"
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
  /// delivery_state: Held by risk or support, or until a refund or weak money is decided.
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

/// What a gateway's bill is about.
package enum BillKindParam: String, WireChoice {
  /// A row for each payment and each refund.
  case trade
  /// A row for each movement of the balance: fees and withdrawals too.
  case fund
  /// What each payout is made of.
  case settlement
}
