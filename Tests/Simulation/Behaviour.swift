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
  case amountTooFine  // Three decimals.
  case amountHuge  // More than 64 bits hold.
  case amountNegative, amountZero
  case amountAsNumber  // A JSON number where a text belongs.
  case statusUnknown, statusMissing, transactionMissing
  case transactionOfAnother  // The transaction number of somebody else's payment.
  case transactionChanges  // Another transaction number than last time.
  case keyTwice  // A key that stands twice, with two meanings.
  case notExistLie  // Denies a trade that it has.
  case unpaidLie  // Says "waiting for the buyer" about what is paid.
  case closedLie  // Says "closed" about what can still be paid.
  case clockSkewed  // Its clock is a day off.
  case extraMembers  // Members that nobody documented.
  case codeUnknown  // A business code that is in no table.

  // MARK: making a payment
  case createRefusalLie  // Refuses for good, signed, and makes the trade all the same.
  case createRefused  // Refuses for good, and means it.
  case actionMissing  // Success without the code to show.
  case createErrorAfter  // "System error" after the trade was made.
  case codeGivenOnce  // Gives the way to pay out once; whoever missed it cannot have it again.

  // MARK: closing
  case closeLie  // Says "closed" and leaves it payable.
  case paidAfterClose  // Closes, and takes the buyer's money later all the same.
  case paidOnClose  // The buyer pays in the moment in which it is to be closed.
  case closeRefused  // Refuses to close what is open.

  // MARK: giving back
  case refundSaidNothing  // Done, but the answer says that no money moved.
  case refundRefusalLie  // Done, but refused, signed.
  case refundRefused  // Refused and not done.
  case refundErrorAfter  // "System error" after it was done.
  case refundSumLess  // The sum in the answer is less than the refund.
  case refundHidden  // Done, but not to be seen for an hour.
  case refundDenied  // Denies a refund that it has made.
  case refundOtherAmount  // Reports another amount of it.
  case refundOtherNumber  // Answers about another refund.
  case refundStatusUnknown

  // MARK: the gateway's own people
  case refundedAtDesk  // Somebody refunds the whole trade at the gateway's own desk.
  case reversedAtOnce  // The gateway takes the money and gives it back before anybody asked.

  // MARK: notices
  case noticeLost, noticeDoubled, noticeLate
  case noticeEarly  // Before the answer to the call that made the trade.
  case noticeReordered  // An older state, told after a newer one.
  case noticeUnsigned, noticeStrangerSigned
  case noticeTampered  // Genuine, with another amount written in.
  case noticeOtherApplication, noticeOtherMerchant
  case noticeUnknownNumber  // Well signed, about a number that was never made.
  case noticeCut, noticeGarbage, noticeFieldTwice
  case noticeMelted  // Two fields melted into one, with a signature that covers both readings.
  case noticeExtraFields, noticeByGet, noticeOversized, noticeSkewed, noticeUnknownStatus

  // MARK: the gateway's key is in a thief's hands
  case leakedPaid  // "Paid", perfectly signed, about what nobody paid.
  case leakedAmount  // "Paid", of another amount.
  case leakedClosed  // "Closed", about what can still be paid.

  // MARK: for a while
  case outage  // Nothing can be reached.
  case limitedPeriod  // Every call is answered 429.
  case keyRotated  // Everything is signed with a key that the shop does not know yet.
  case amnesia  // The gateway knows no trade at all.

  // MARK: buyers
  case paysAtExpiry  // Pays within a moment of the expiry.
  case paysAfterExpiry  // Pays a code whose time is over, and the gateway lets him.
  case paysTwice  // Pays the closed code too, beside the new one.

  // MARK: only the built-in gateway
  case bankReturnsRefund  // Refunded, and the bank sends the money back.
  case bankProcesses  // The buyer's bank works on it for a while.
  case bankDeclines  // The buyer's bank declines.
  case bankTakesOther  // The bank takes less or more than was asked.
  case bankMisbehaves  // The bank lies in one of the ways of `sandbox.behave`.

  // MARK: disputes, at the built-in gateway
  case disputed  // The buyer's bank asks for all of the money, and decides later.
  case disputedPartly  // It asks for a part.
  case disputeWarned  // It inquires first.
  case disputeReopened  // It decides, and decides otherwise afterwards.
  case disputeOutOfTurn  // Its notices come in another order than its decisions.
  case disputeDueSoon  // There are hours to answer, not days.
  case disputeUnheard  // The dispute is known by its outcome alone: the first notice got lost.

  // MARK: money that nobody tells of but the bill
  /// Pays days after the end, by a code that should be dead, and no notice is sent.
  case paysUnheard

  // MARK: bills: whether they come
  case billLate  // Not made yet, for hours.
  case billBroken  // "System error" instead of the address.
  case billForeignHost  // The address leads to somebody else's machine.
  case billExpired  // A page instead of the file.
  case billTorn  // The archive lacks its end.
  case billGarbage
  case billOfAnotherDay  // The file of the day before.

  // MARK: bills: what stands in them
  case billRowMissing, billRowDoubled
  case billRowUnknown  // A row about money of somebody else.
  case billAmountMore, billAmountLess
  case billNumberChanged  // A charge with another transaction number.
  case billTotalsWrong  // Its own totals are not those of its rows.
  case billEmptied  // A heading without rows.
  case billReissued  // What was wrong in it is put right later, in a new file.

  // MARK: bank transfers
  case transferOther  // The buyer sends another sum.
  case transferTwice
  case transferUnnamed  // Without our number.
  case transferNamesTwo  // With the number of another payment beside the own one.
  case transferLate  // After the order is over.

  // MARK: the bank's files
  case transferFileAgain  // Holds movements that an earlier file held.
  case transferFileWrong  // Contradicts itself.

  // MARK: money that a phone watches
  case phoneAsleep  // The phone tells of it hours later.
  /// It tells twice of one payment, by which time the sum may be another buyer's.
  case phoneTellsTwice
  case phoneMisreads  // It reads another sum from its screen.
  case phonePaidPrice  // The buyer overlooks the cents by which the site tells orders apart.
  case phonePaidLate  // The buyer pays when the site has dropped the order.

  // MARK: the site behind the phone
  case siteSilent  // Carried out; no answer comes.
  case siteSaysPaid  // Calls an order paid that nobody paid.

  // MARK: the site's notices
  case siteNoticeLate  // Hours later, when the order is long over.
  case siteNoticeForged  // Somebody guesses the key.
  case siteKeyStolen  // Somebody has the key.

  // MARK: disputes of cards, at Stripe
  case cardDisputed, cardDisputedPartly
  case cardDisputedLate  // Days after the goods, also after a refund.
  case cardWarned  // The bank inquires first.
  case cardDisputeDue  // The bank waits for an answer until a moment that comes.
  case cardFundsLate  // Won, and the money comes back later.
  case cardDisputeReopened

  // MARK: Stripe's answers and notices
  case cardSilent  // Carried out; no answer comes.
  case cardNoticeLost, cardNoticeDoubled
  case cardNoticeLate  // Hours late, behind newer ones.

  // MARK: the list of Stripe's balance: whether it comes
  case cardBillBroken  // "Try again" in the middle of the list.
  case cardBillTorn  // Half a page.
  case cardBillStands  // Says that there is more, and ends where the page before ended.
  case cardBillOfAnotherDay  // The rows of the day before.

  // MARK: what stands in the list of Stripe's balance
  case cardRowMissing
  case cardRowDoubled  // A row stands on two pages.
  case cardRowUnknown  // A charge that somebody made at Stripe's own desk.
  case cardRowOtherAmount
  case cardRowUnnamed  // Without our number: only Stripe's own tells what it is about.

  // MARK: what is none of ours at Stripe
  /// Another system sells by the same account, and its buyer's bank takes the money back.
  case cardOutside

  // MARK: what Stripe's balance gets of another currency
  case cardPaidAbroad  // The buyer pays in another one than the balance is kept in.
  case cardPaidInYen  // In one without decimals.

  // MARK: and of what goes back
  case cardRateMoves  // It is exchanged at another rate than the payment was.

  // MARK: what Stripe's list says of it
  case cardRowOffRate  // The balance got another sum than the rate beside it gives.

  // MARK: disputes of what was paid by wallet, at PayPal
  case walletDisputed, walletDisputedPartly
  case walletInquiry  // It asks first.
  case walletDisputedTwice  // One is withdrawn, and another is opened.
  case walletDisputeAppealed  // Decided, appealed and decided otherwise.
  case walletMoneyUntold  // It never says what moved: only the status does.
  case walletChargedBack  // The buyer's bank takes the money back.

  // MARK: PayPal's answers
  case walletSilent  // Carried out; no answer comes.
  case walletAtWork  // HTTP 500 after it was carried out.

  // MARK: PayPal's list of disputes
  case walletDisputesForbidden  // The application may not see them.
  case walletDisputesLate  // It does not show them yet.

  // MARK: PayPal's notices
  case walletNoticeLost, walletNoticeDoubled
  case walletNoticeLate  // Hours late, behind newer ones.
  case walletNoticeForged  // Somebody else's, about a payment of ours.

  // MARK: PayPal's report of a day: whether it comes
  case walletBillLate  // The search has not come so far.
  case walletBillFresh  // It says so by a refusal without a code of its own.
  case walletBillBroken  // HTTP 503, also in the middle of the report.
  case walletBillTorn  // Half a page.

  // MARK: what stands in PayPal's report
  case walletRowMissing
  case walletRowDoubled  // Also on two pages.
  case walletRowOtherAmount
  case walletRowOtherFee  // PayPal kept more than it told with the payment.
  case walletRowUnnamed

  // MARK: PayPal's report as a whole
  case walletRowUnknown
  case walletPageMissing  // It ends before its last row, and says how many it has.
  case walletRowTouched  // A row of an earlier day, because it was touched on this one.

  // MARK: money that moves by itself at PayPal
  case walletExchanged  // Some of the balance is exchanged for another currency.

  // MARK: what is none of ours at PayPal
  case walletOutside  // As `cardOutside`.

  // MARK: disputes at Airwallex
  case airDisputed, airDisputedPartly
  case airInquiry  // The bank inquires first.
  case airDisputeReopened
  case airDisputeDue  // It waits for an answer until a moment that comes.
  case airDisputeLostAtOnce  // Nothing is taken before it is lost.
  case airDisputeHasty  // The money goes, comes back and goes for good within a second.

  // MARK: Airwallex' answers and notices
  case airSilent  // Carried out; no answer comes.
  case airNoticeLost, airNoticeDoubled
  case airNoticeLate  // Hours late, behind newer ones.
  case airNoticeForged  // Signed with a stranger's secret.

  // MARK: Airwallex' list of movements: whether it comes
  case airBillBroken, airBillTorn
  case airBillStands  // Says that there is more, and ends.

  // MARK: what stands in Airwallex' list
  case airRowMissing, airRowDoubled, airRowOtherAmount

  // MARK: Airwallex' list as a whole
  case airRowUnknown

  // MARK: what Airwallex settles
  case airSettlementOff  // It says of itself what its records do not add up to.
  case airRecordMissing  // One of them is not listed.

  // MARK: refunds at Airwallex
  case airRefundSlow  // Under way for days.
  case airRefundUntold  // Carried out, and for more than a day no answer about it comes.

  // MARK: what is none of ours at Airwallex
  case airOutside  // As `cardOutside`.

  // MARK: payouts on their way to the bank
  case payoutLate  // Days after the gateway promised.
  case payoutNever  // It stays away, and nobody says why.
  case payoutBankFee  // The bank keeps its fee from it.
  case payoutsTogether  // It comes in one row with another one.
  case payoutSplit  // It comes in two rows.
  case payoutUnnamed  // The bank's text lacks its number.
  case payoutReturned  // The bank turns it away, and it is in the gateway's balance again.
  case payoutRecalled  // The same, days after it came.
  /// The bank rests on weekends and holidays, and it comes on its last business day.
  case payoutAfterRest

  // MARK: payouts in the gateway's list
  case payoutRowMissing, payoutRowDoubled

  // MARK: exports beside the bills
  case exportBesideDays  // One file of several days beside the bill of each of them.
  case exportOfAnother  // It holds rows of another merchant, and another one holds nothing else.

  // MARK: the moment between a decision and its answer
  case keepingFull  // The disk is full when what was decided is to be kept.
  case keepingBroken  // It breaks.
  case keptUnsaid  // It keeps it, and says that it did not.
  case diesAnswering  // The process dies with its answers half told.
}
