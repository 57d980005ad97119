/// One way in which the world misbehaves. One row each; another delay, status or amount of the same
/// kind is no row of its own.
package enum Behaviour: String, CaseIterable, Sendable {
  // MARK: the road: any exchange with the gateway
  case requestLost  // The request never arrives, and nobody says so.
  case connectionRefused  // The connection is refused: nothing was sent.
  case answerLost  // Carried out; the answer never comes.
  case answerSlow  // Carried out; the answer comes after ten seconds.
  case answerDripping  // Carried out; the answer drips and the line breaks before its end.
  case brokenBefore  // HTTP 500, nothing done.
  case brokenAfter  // HTTP 500 after it was carried out.
  case badGateway  // A proxy's HTML page with 502.
  case limitedBefore  // 429, nothing done.
  case limitedAfter  // 429 after it was carried out.
  case notFound  // 404 by a wrong route.
  case redirected  // 302 to another host.
  case tornAnswer  // Carried out; half of the body with status 200.
  case emptyAnswer  // Carried out; status 200 and no body.
  case garbageAnswer  // Carried out; random bytes.
  case captivePortal  // The page of somebody's network log-in, status 200.
  case brokenText  // Carried out; a body with bytes that are no UTF-8.
  case nestedAnswer  // A JSON text nested beyond every limit.
  case paddedAnswer  // The same answer with a hundred thousand blanks in front.

  // MARK: signatures of answers
  case unsignedSuccess  // Says "success" without any signature.
  case unsignedRefusal  // Says "no such trade" without any signature.
  case strangerSigned  // Signed with a stranger's key.
  case merchantSigned  // Signed with the shop's own key.
  case swappedSignature  // Carries the signature of another answer.
  case replayedForeign  // A genuine answer about another trade.
  case staleAnswer  // The first genuine answer to this very question, from a cache.
  case foreignNode  // Under the node of another method.
  case cutSignature  // Its signature lacks the last bytes.

  // MARK: lies about a trade, well signed
  case amountMore, amountLess, otherCurrency, otherMerchant, otherApplication, otherNumber
  case amountMissing
  /// Three decimals.
  case amountTooFine
  /// More than 64 bits hold.
  case amountHuge
  case amountNegative, amountZero
  /// A JSON number where a text belongs.
  case amountAsNumber
  case statusUnknown, statusMissing, transactionMissing
  /// The transaction number of somebody else's payment.
  case transactionOfAnother
  /// Another transaction number than last time.
  case transactionChanges
  /// A key that stands twice, with two meanings.
  case keyTwice
  /// Denies a trade that it has.
  case notExistLie
  case unpaidLie  // Says "waiting for the buyer" about what is paid.
  case closedLie  // Says "closed" about what can still be paid.
  /// Its clock is a day off.
  case clockSkewed
  /// Members that nobody documented.
  case extraMembers
  /// A business code that is in no table.
  case codeUnknown

  // MARK: making a payment
  /// Refuses for good, signed, and makes the trade all the same.
  case createRefusalLie
  /// Refuses for good, and means it.
  case createRefused
  /// Success without the code to show.
  case actionMissing
  /// "System error" after the trade was made.
  case createErrorAfter
  /// Gives the way to pay out once; whoever missed it cannot have it again.
  case codeGivenOnce

  // MARK: closing
  /// Says "closed" and leaves it payable.
  case closeLie
  /// Closes, and takes the buyer's money later all the same.
  case paidAfterClose
  /// The buyer pays in the moment in which it is to be closed.
  case paidOnClose
  /// Refuses to close what is open.
  case closeRefused

  // MARK: giving back
  /// Done, but the answer says that no money moved.
  case refundSaidNothing
  /// Done, but refused, signed.
  case refundRefusalLie
  /// Refused and not done.
  case refundRefused
  /// "System error" after it was done.
  case refundErrorAfter
  /// The sum in the answer is less than the refund.
  case refundSumLess
  /// Done, but not to be seen for an hour.
  case refundHidden
  /// Denies a refund that it has made.
  case refundDenied
  /// Reports another amount of it.
  case refundOtherAmount
  /// Answers about another refund.
  case refundOtherNumber
  case refundStatusUnknown

  // MARK: the gateway's own people
  /// Somebody refunds the whole trade at the gateway's own desk.
  case refundedAtDesk
  /// The gateway takes the money and gives it back before anybody asked.
  case reversedAtOnce

  // MARK: notices
  case noticeLost, noticeDoubled, noticeLate
  /// Before the answer to the call that made the trade.
  case noticeEarly
  /// An older state, told after a newer one.
  case noticeReordered
  case noticeUnsigned, noticeStrangerSigned
  /// Genuine, with another amount written in.
  case noticeTampered
  case noticeOtherApplication, noticeOtherMerchant
  /// Well signed, about a number that was never made.
  case noticeUnknownNumber
  case noticeCut, noticeGarbage, noticeFieldTwice
  /// Two fields melted into one, with a signature that covers both readings.
  case noticeMelted
  case noticeExtraFields, noticeByGet, noticeOversized, noticeSkewed, noticeUnknownStatus

  // MARK: the gateway's key is in a thief's hands
  /// "Paid", perfectly signed, about what nobody paid.
  case leakedPaid
  /// "Paid", of another amount.
  case leakedAmount
  /// "Closed", about what can still be paid.
  case leakedClosed

  // MARK: for a while
  /// Nothing can be reached.
  case outage
  /// Every call is answered 429.
  case limitedPeriod
  /// Everything is signed with a key that the shop does not know yet.
  case keyRotated
  /// The gateway knows no trade at all.
  case amnesia

  // MARK: buyers
  /// Pays within a moment of the expiry.
  case paysAtExpiry
  /// Pays a code whose time is over, and the gateway lets him.
  case paysAfterExpiry
  /// Pays the closed code too, beside the new one.
  case paysTwice

  // MARK: only the built-in gateway
  /// Refunded, and the bank sends the money back.
  case bankReturnsRefund
  /// The buyer's bank works on it for a while.
  case bankProcesses
  /// The buyer's bank declines.
  case bankDeclines
  /// The bank takes less or more than was asked.
  case bankTakesOther
  /// The bank lies in one of the ways of `sandbox.behave`.
  case bankMisbehaves

  // MARK: disputes, at the built-in gateway
  /// The buyer's bank asks for all of the money, and decides later.
  case disputed
  /// It asks for a part.
  case disputedPartly
  /// It inquires first.
  case disputeWarned
  /// It decides, and decides otherwise afterwards.
  case disputeReopened
  /// Its notices come in another order than its decisions.
  case disputeOutOfTurn
  /// There are hours to answer, not days.
  case disputeDueSoon
  /// The dispute is known by its outcome alone: the first notice got lost.
  case disputeUnheard

  // MARK: money that nobody tells of but the bill
  /// Pays days after the end, by a code that should be dead, and no notice is sent.
  case paysUnheard

  // MARK: bills: whether they come
  /// Not made yet, for hours.
  case billLate
  /// "System error" instead of the address.
  case billBroken
  /// The address leads to somebody else's machine.
  case billForeignHost
  /// A page instead of the file.
  case billExpired
  /// The archive lacks its end.
  case billTorn
  case billGarbage
  /// The file of the day before.
  case billOfAnotherDay

  // MARK: bills: what stands in them
  case billRowMissing, billRowDoubled
  /// A row about money of somebody else.
  case billRowUnknown
  case billAmountMore, billAmountLess
  /// A charge with another transaction number.
  case billNumberChanged
  /// Its own totals are not those of its rows.
  case billTotalsWrong
  /// A heading without rows.
  case billEmptied
  /// What was wrong in it is put right later, in a new file.
  case billReissued

  // MARK: bank transfers
  /// The buyer sends another sum.
  case transferOther
  case transferTwice
  /// Without our number.
  case transferUnnamed
  /// With the number of another payment beside the own one.
  case transferNamesTwo
  /// After the order is over.
  case transferLate

  // MARK: the bank's files
  /// Holds movements that an earlier file held.
  case transferFileAgain
  /// Contradicts itself.
  case transferFileWrong

  // MARK: money that a phone watches
  /// The phone tells of it hours later.
  case phoneAsleep
  /// It tells twice of one payment, by which time the sum may be another buyer's.
  case phoneTellsTwice
  /// It reads another sum from its screen.
  case phoneMisreads
  /// The buyer overlooks the cents by which the site tells orders apart.
  case phonePaidPrice
  /// The buyer pays when the site has dropped the order.
  case phonePaidLate

  // MARK: the site behind the phone
  /// Carried out; no answer comes.
  case siteSilent
  /// Calls an order paid that nobody paid.
  case siteSaysPaid

  // MARK: the site's notices
  /// Hours later, when the order is long over.
  case siteNoticeLate
  /// Somebody guesses the key.
  case siteNoticeForged
  /// Somebody has the key.
  case siteKeyStolen

  // MARK: disputes of cards, at Stripe
  case cardDisputed, cardDisputedPartly
  /// Days after the goods, also after a refund.
  case cardDisputedLate
  /// The bank inquires first.
  case cardWarned
  /// The bank waits for an answer until a moment that comes.
  case cardDisputeDue
  /// Won, and the money comes back later.
  case cardFundsLate
  case cardDisputeReopened

  // MARK: Stripe's answers and notices
  /// Carried out; no answer comes.
  case cardSilent
  case cardNoticeLost, cardNoticeDoubled
  /// Hours late, behind newer ones.
  case cardNoticeLate

  // MARK: the list of Stripe's balance: whether it comes
  /// "Try again" in the middle of the list.
  case cardBillBroken
  /// Half a page.
  case cardBillTorn
  /// Says that there is more, and ends where the page before ended.
  case cardBillStands
  /// The rows of the day before.
  case cardBillOfAnotherDay

  // MARK: what stands in the list of Stripe's balance
  case cardRowMissing
  /// A row stands on two pages.
  case cardRowDoubled
  /// A charge that somebody made at Stripe's own desk.
  case cardRowUnknown
  case cardRowOtherAmount
  /// Without our number: only Stripe's own tells what it is about.
  case cardRowUnnamed

  // MARK: what is none of ours at Stripe
  /// Another system sells by the same account, and its buyer's bank takes the money back.
  case cardOutside

  // MARK: disputes of what was paid by wallet, at PayPal
  case walletDisputed, walletDisputedPartly
  /// It asks first.
  case walletInquiry
  /// One is withdrawn, and another is opened.
  case walletDisputedTwice
  /// Decided, appealed and decided otherwise.
  case walletDisputeAppealed
  /// It never says what moved: only the status does.
  case walletMoneyUntold
  /// The buyer's bank takes the money back.
  case walletChargedBack

  // MARK: PayPal's answers
  /// Carried out; no answer comes.
  case walletSilent
  /// HTTP 500 after it was carried out.
  case walletAtWork

  // MARK: PayPal's list of disputes
  /// The application may not see them.
  case walletDisputesForbidden
  /// It does not show them yet.
  case walletDisputesLate

  // MARK: PayPal's notices
  case walletNoticeLost, walletNoticeDoubled
  /// Hours late, behind newer ones.
  case walletNoticeLate
  /// Somebody else's, about a payment of ours.
  case walletNoticeForged

  // MARK: PayPal's report of a day: whether it comes
  /// The search has not come so far.
  case walletBillLate
  /// It says so by a refusal without a code of its own.
  case walletBillFresh
  /// HTTP 503, also in the middle of the report.
  case walletBillBroken
  /// Half a page.
  case walletBillTorn

  // MARK: what stands in PayPal's report
  case walletRowMissing
  /// Also on two pages.
  case walletRowDoubled
  case walletRowOtherAmount
  /// PayPal kept more than it told with the payment.
  case walletRowOtherFee
  case walletRowUnnamed

  // MARK: PayPal's report as a whole
  case walletRowUnknown
  /// It ends before its last row, and says how many it has.
  case walletPageMissing
  /// A row of an earlier day, because it was touched on this one.
  case walletRowTouched

  // MARK: money that moves by itself at PayPal
  /// Some of the balance is exchanged for another currency.
  case walletExchanged

  // MARK: what is none of ours at PayPal
  /// As `cardOutside`.
  case walletOutside

  // MARK: disputes at Airwallex
  case airDisputed, airDisputedPartly
  /// The bank inquires first.
  case airInquiry
  case airDisputeReopened
  /// It waits for an answer until a moment that comes.
  case airDisputeDue
  /// Nothing is taken before it is lost.
  case airDisputeLostAtOnce
  /// The money goes, comes back and goes for good within a second.
  case airDisputeHasty

  // MARK: Airwallex' answers and notices
  /// Carried out; no answer comes.
  case airSilent
  case airNoticeLost, airNoticeDoubled
  /// Hours late, behind newer ones.
  case airNoticeLate
  /// Signed with a stranger's secret.
  case airNoticeForged

  // MARK: Airwallex' list of movements: whether it comes
  case airBillBroken, airBillTorn
  /// Says that there is more, and ends.
  case airBillStands

  // MARK: what stands in Airwallex' list
  case airRowMissing, airRowDoubled, airRowOtherAmount

  // MARK: Airwallex' list as a whole
  case airRowUnknown

  // MARK: what Airwallex settles
  /// It says of itself what its records do not add up to.
  case airSettlementOff
  /// One of them is not listed.
  case airRecordMissing

  // MARK: refunds at Airwallex
  /// Under way for days.
  case airRefundSlow
  /// Carried out, and for more than a day no answer about it comes.
  case airRefundUntold

  // MARK: what is none of ours at Airwallex
  /// As `cardOutside`.
  case airOutside

  // MARK: payouts on their way to the bank
  /// Days after the gateway promised.
  case payoutLate
  /// It stays away, and nobody says why.
  case payoutNever
  /// The bank keeps its fee from it.
  case payoutBankFee
  /// It comes in one row with another one.
  case payoutsTogether
  /// It comes in two rows.
  case payoutSplit
  /// The bank's text lacks its number.
  case payoutUnnamed
  /// The bank turns it away, and it is in the gateway's balance again.
  case payoutReturned
  /// The same, days after it came.
  case payoutRecalled

  // MARK: payouts in the gateway's list
  case payoutRowMissing, payoutRowDoubled

  // MARK: the moment between a decision and its answer
  /// The disk is full when what was decided is to be kept.
  case keepingFull
  /// It breaks.
  case keepingBroken
  /// It keeps it, and says that it did not.
  case keptUnsaid
  /// The process dies with its answers half told.
  case diesAnswering
}
