package import Domain

/// What a row is about.
package enum EntryKind: UInt8, Sendable, CaseIterable {
  case charge
  case refund
  /// A fee that stands in a row of its own.
  case fee
  /// Money the gateway sent to the bank account.
  case payout
  case dispute
  /// Anything the gateway put right, held or released by itself.
  case adjustment
  /// Money moved between accounts of our own.
  case transfer
  /// A row of a bank statement.
  case bank
  /// Ours only: an order exists, though no payment of this gateway does.
  case order
  /// One half of an exchange within the balance: what was given, or what came for it.
  case conversion
  /// A payout that the bank turned away, with the number of that payout.
  case payoutReturn
  /// A refund that came back to us, with the numbers of that refund.
  case refundReturn
}

/// What a row says became of the money.
package enum EntryStatus: UInt8, Sendable, CaseIterable {
  case succeeded
  case pending
  case failed
}

/// Facts about a row of ours that no gateway knows.
package struct EntryFlags: OptionSet, Sendable, Hashable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// `fee` is known: from a contract on our side, from a column on the gateway's.
  package static let hasFee = EntryFlags(rawValue: 1)
  /// The goods went out.
  package static let delivered = EntryFlags(rawValue: 2)
  /// Goods are to go out once this is paid.
  package static let deliverable = EntryFlags(rawValue: 4)
  /// Was left in the timing pool by an earlier run.
  package static let carried = EntryFlags(rawValue: 8)
  /// The text of the row names a gateway: of a bank row that is compared, the gateway compared.
  package static let namesGateway = EntryFlags(rawValue: 16)
  /// A bank row that another run has found to be another payout, or that names another gateway; a
  /// payout that was found in another statement of the bank; what gave one of another bill back.
  package static let taken = EntryFlags(rawValue: 32)
  /// Given back without us: rows of the other side are known by the charge that they belong to
  /// alone, and may be several.
  package static let withoutUs = EntryFlags(rawValue: 64)
  /// A payout that a bill of another day gave back.
  package static let returned = EntryFlags(rawValue: 128)
  /// Its file has no column of fees, and so says nothing of them.
  package static let saysNoFee = EntryFlags(rawValue: 256)
}

/// A piece of the bytes of an `EntryTable`: at most 16 MiB, within the first TiB.
package struct TextSpan: Hashable, Sendable {
  private let packed: UInt64

  package static let empty = TextSpan(offset: 0, count: 0)

  init(offset: Int, count: Int) {
    precondition(offset < 1 << 40 && count < 1 << 24, "a text span is out of its table's reach")
    packed = UInt64(offset) << 24 | UInt64(count)
  }

  var offset: Int { Int(packed >> 24) }
  package var count: Int { Int(packed & 0xFF_FFFF) }
  package var isEmpty: Bool { count == 0 }
}

/// One row of a statement or of our own books, in one shape.
///
/// Amounts are minor units of `currency`, signed as the balance with the gateway sees them: a
/// charge is positive, a refund, a payout and a lost dispute are negative. A bank row is positive
/// where the account received.
package struct Entry: Sendable {
  /// The gateway's time, or the bank's booking day; milliseconds since 1970 UTC.
  package var at: Timestamp
  package var gross: Int64
  /// What the gateway kept: positive costs us, negative comes back to us.
  package var fee: Int64
  package var currency: Currency
  package var kind: EntryKind
  package var status: EntryStatus
  package var flags: EntryFlags
  /// The gateway's (or the bank's) number of the movement.
  package var transaction: TextSpan
  /// Our number: `out_trade_no` of a charge, `refund_no` of a refund, the order number of an order.
  /// Of a movement of a dispute, whose `transaction` is the dispute's number, the row's own where
  /// it has one.
  package var reference: TextSpan
  /// Our number of the charge that a refund or dispute belongs to; the text of a bank row; the
  /// number of a movement of the balance, whose `transaction` says what it was made for.
  package var parent: TextSpan
  /// Words kept once per table; 0 is none.
  package var merchant: UInt32
  /// The payout that the gateway says the row went into; 0 is none.
  package var batch: UInt32
  /// The line of the file, from 1; 0 for rows of ours. No two rows of a file have the same one:
  /// where several stand on a line, they are counted on from it.
  package var line: UInt32
  /// Taken from the key by the table when the row is added.
  package internal(set) var keyHash: UInt32 = 0

  package init(
    kind: EntryKind, status: EntryStatus = .succeeded, at: Timestamp, gross: Int64,
    fee: Int64 = 0, currency: Currency, flags: EntryFlags = [], transaction: TextSpan = .empty,
    reference: TextSpan = .empty, parent: TextSpan = .empty, merchant: UInt32 = 0,
    batch: UInt32 = 0, line: UInt32 = 0
  ) {
    self.at = at
    self.gross = gross
    self.fee = fee
    self.currency = currency
    self.kind = kind
    self.status = status
    self.flags = flags
    self.transaction = transaction
    self.reference = reference
    self.parent = parent
    self.merchant = merchant
    self.batch = batch
    self.line = line
  }

  /// What reached the balance: gross less fee. Nil where that does not fit.
  package var net: Int64? {
    let (net, overflow) = gross.subtractingReportingOverflow(fee)
    return overflow ? nil : net
  }
}

/// A row's amount in the currency it is paid out in.
package struct Settlement: Hashable, Sendable {
  /// What the gateway credited, signed like `Entry.gross`, before its fee.
  package let amount: Money
  /// Settlement units of one unit charged, in minor units: the amount is about gross times this.
  package let rate: Ratio
  /// What the gateway kept of the credited amount, in its currency, signed like `Entry.fee`; the
  /// row's own fee is nothing then.
  package let fee: Int64

  package init(amount: Money, rate: Ratio, fee: Int64 = 0) {
    self.amount = amount
    self.rate = rate
    self.fee = fee
  }

  /// What reached the balance. Nil where that does not fit.
  package var net: Int64? {
    let (net, overflow) = amount.minor.subtractingReportingOverflow(fee)
    return overflow ? nil : net
  }
}
