import Chance
package import Domain
import Reconciliation

/// One fault of each kind, and the clean rows that look like faults.
extension PlantedDay {
  mutating func plant(_ kind: DiscrepancyKind, _ number: Int) {
    var (theirs, ours) = isAboutRefunds(kind) ? refundPair(number) : pair(number)
    var hasTheirs = true
    var hasOurs = true
    switch kind {
    case .missingAtGateway, .refundMissingAtGateway: hasTheirs = false
    case .missingLocally:
      ours.kind = .order
      ours.flags = []
    case .unknownMoney, .refundMissingLocally: hasOurs = false
    case .gatewaySuccessOnly: ours.status = number % 2 == 0 ? .pending : .failed
    case .localSuccessOnly: theirs.status = .failed
    case .amountMore: theirs.gross += chance.next(in: 1...999)
    case .amountLess: theirs.gross -= chance.next(in: 1...99)
    case .feeMore: theirs.fee += chance.next(in: 2...50)
    case .feeOnRefund:
      ours.fee -= 100
      theirs.fee = ours.fee + chance.next(in: 2...50)
    case .feeLess:
      ours.fee += 100
      theirs.fee = ours.fee - chance.next(in: 2...50)
    case .currency: theirs.currency = dollars
    case .gatewayNumber: theirs.transaction = "9" + theirs.transaction
    case .duplicatePayment:
      var again = theirs
      again.transaction = "8" + theirs.transaction
      add(again, nil)
    case .duplicateRow: add(theirs, nil)
    case .refundAmount: theirs.gross += chance.next(in: 1...99)
    case .refundStatus: theirs.status = number % 2 == 0 ? .pending : .failed
    case .carryOverAgedOut:
      ours.at = Self.from.adding(milliseconds: -4 * Self.day)
      ours.flags.insert(.carried)
      hasTheirs = false
    case .exchangeUnexplained: exchange(&theirs, &ours)
    case .unknownDispute:
      theirs.kind = .dispute
      theirs.gross = -theirs.gross
      hasOurs = false
    case .deliveredNotPaid:
      ours.status = .failed
      ours.flags.insert(.delivered)
      hasTheirs = false
    case .paidNotDelivered: ours.flags.insert(.deliverable)
    case .wrongMerchant: theirs.merchant = "1900000109"
    case .bankRowWithoutPayout: return plantBankRow(number)
    // Planted among payouts, and in the bill as it was first issued.
    case .payoutSum, .payoutNotArrived, .statementUnsound: return
    }
    add(hasTheirs ? theirs : nil, hasOurs ? ours : nil)
    expect(theirs.reference, kind)
  }

  private func isAboutRefunds(_ kind: DiscrepancyKind) -> Bool {
    switch kind {
    case .refundMissingAtGateway, .refundMissingLocally, .refundAmount, .refundStatus,
      .feeOnRefund:
      true
    default: false
    }
  }

  private mutating func exchange(_ theirs: inout PlantedRow, _ ours: inout PlantedRow) {
    let quoted = Money(theirs.gross * 7 / 50, dollars)
    theirs.settlement = Settlement(
      amount: Money(quoted.minor - chance.next(in: 2...20), dollars), rate: .millionths(140_000))
    ours.settlement = Settlement(amount: quoted, rate: .millionths(140_000))
  }

  private mutating func plantBankRow(_ number: Int) {
    let key = "BX\(1_000_000 + number)"
    addBank(
      PlantedRow(
        kind: .bank, at: Self.from.adding(milliseconds: Self.day),
        gross: chance.next(in: 900_000_000...990_000_000), fee: 0, currency: yuan,
        flags: [.namesGateway], transaction: key, reference: "", parent: "TENPAY SETTLEMENT"))
    expect(key, .bankRowWithoutPayout)
  }

  /// Rows that are right though they look wrong: no discrepancy may name one.
  mutating func noise(_ number: inout Int) {
    func next() -> Int {
      number += 1
      return number
    }
    let end = Self.from.adding(milliseconds: Self.day)
    // Two clocks at midnight, on either side and either end.
    for (shift, isOurs) in [(Int64(-1_000), true), (-1_000, false)] {
      var (row, _) = pair(next())
      row.at = end.adding(milliseconds: shift)
      add(isOurs ? nil : row, isOurs ? row : nil)
    }
    var (early, _) = pair(next())
    early.at = Self.from.adding(milliseconds: 1_000)
    add(early, nil)
    // An attempt that failed on our side and was never seen on theirs, and the reverse.
    var (failed, _) = pair(next())
    failed.status = .failed
    add(nil, failed)
    var (theirFailed, _) = pair(next())
    theirFailed.status = .failed
    add(theirFailed, nil)
    // One payment that their books hold in two captures.
    var (part, whole) = pair(next())
    var rest = part
    part.gross /= 3
    part.fee = 0
    rest.gross -= part.gross
    rest.transaction = "7" + rest.transaction
    add(part, nil)
    add(rest, whole)
    // A row without our number is found by theirs.
    var (nameless, known) = pair(next())
    nameless.reference = ""
    known.flags.insert(.delivered)
    add(nameless, known)
    // Settled in another currency within the one minor unit of rounding.
    var (foreign, foreignOurs) = pair(next())
    let quoted = Money(foreign.gross * 7 / 50, dollars)
    foreign.settlement = Settlement(
      amount: Money(quoted.minor - 1, dollars), rate: .millionths(140_000))
    foreignOurs.settlement = Settlement(amount: quoted, rate: .millionths(140_000))
    add(foreign, foreignOurs)
    number += 1
  }

  /// Several faults on one pair, and faults that cancel out in the totals.
  mutating func several(_ number: inout Int) {
    var (one, oneOurs) = pair(number)
    one.gross += 5
    one.fee += 3
    one.transaction = "9" + one.transaction
    add(one, oneOurs)
    for kind in [DiscrepancyKind.amountMore, .feeMore, .gatewayNumber] {
      expect(one.reference, kind)
    }
    var (two, twoOurs) = pair(number + 1)
    twoOurs.status = .pending
    two.gross -= 5
    two.merchant = "1900000109"
    add(two, twoOurs)
    for kind in [DiscrepancyKind.gatewaySuccessOnly, .amountLess, .wrongMerchant] {
      expect(two.reference, kind)
    }
    var (three, threeOurs) = pair(number + 2)
    var (four, fourOurs) = pair(number + 3)
    swap(&three.transaction, &four.transaction)
    threeOurs.flags.insert(.deliverable)
    fourOurs.status = .succeeded
    add(three, threeOurs)
    add(four, fourOurs)
    expect(three.reference, .gatewayNumber)
    expect(three.reference, .paidNotDelivered)
    expect(four.reference, .gatewayNumber)
    number += 4
  }
}

extension PlantedDay {
  /// What a fault of a kind needs beside a bill's row and one of ours; nil where those suffice.
  package static func need(of kind: DiscrepancyKind) -> String? {
    switch kind {
    case .missingLocally: "an order without a payment"
    case .carryOverAgedOut: "a row of ours that waited for days"
    case .payoutSum: "a payout over rows of the bill"
    case .payoutNotArrived, .bankRowWithoutPayout: "the bank's statement"
    case .exchangeUnexplained: "a settlement in another currency"
    case .unknownDispute: "a row about a dispute"
    case .statementUnsound: "the bill as it was first issued"
    case .deliveredNotPaid, .paidNotDelivered: "our deliveries"
    default: nil
    }
  }
}
