import Domain
import Reconciliation
import Store

/// Our side of a comparison: rows of the store as entries, with what each of them is.
struct BooksTable: Sendable {
  private(set) var table = EntryTable()
  /// By row of the table.
  private(set) var rows: [BookRow] = []
  private(set) var subjects = SubjectIndex()
  /// What `BooksMark` knows them again by.
  private(set) var digests: [UInt64] = []
  /// Our numbers, and the gateways' of what they gave back without us.
  private var numbers = TextIndex()
  /// Orders that are paid and not handed out; each is told of once.
  private var waitingForGoods: Set<OrderID> = []
  private let fees: FeeBook
  /// `out_trade_no` of the payments of which a gateway gave back something without us.
  private(set) var reversed: Set<[UInt8]> = []
  /// By rows of the bill without a number that is known: rows of ours that each may be.
  private(set) var candidates: [Int: [Int]] = [:]
  /// What the bill itself will end of our refunds, by `out_trade_no` of their payments.
  private let ended: [[UInt8]: Int64]
  /// Goods go out through us: an order without any is waiting for them.
  private let watchesDeliveries: Bool

  init(_ fees: FeeBook, watchesDeliveries: Bool, ended: [[UInt8]: Int64] = [:]) {
    self.fees = fees
    self.ended = ended
    self.watchesDeliveries = watchesDeliveries
  }

  /// Makes room for as many rows as a bill has.
  mutating func reserve(_ count: Int) {
    table.reserve(rows: count, textBytes: count * 64)
    rows.reserveCapacity(count)
    digests.reserveCapacity(count)
    subjects.reserve(count)
    numbers.reserve(count)
  }

  /// Adds a row once.
  ///
  /// - Parameter isCarried: it was left waiting by an earlier run.
  mutating func add(_ known: BookRow, _ texts: BookTexts, isCarried: Bool = false) {
    guard let row = afterRefunds(known, texts), subjects.insert(row.subject) else { return }
    var flags = EntryFlags()
    if isCarried { flags.insert(.carried) }
    if watchesDeliveries, Self.isOwed(row), let order = row.order,
      waitingForGoods.insert(order).inserted
    {
      flags.insert(.deliverable)
    }
    let fee = expectedFee(row, texts)
    if fee != nil { flags.insert(.hasFee) }
    var entry = Entry(
      kind: kind(row), status: status(row), at: row.at, gross: row.amount.minor, fee: fee ?? 0,
      currency: row.amount.currency, flags: flags)
    switch row.subject {
    case .reversal:
      entry.gross = -row.amount.minor
      reversed.insert(Array(texts.parent))
    case .refund: entry.gross = -row.amount.minor
    case .dispute: entry.gross = row.isReinstatement ? row.amount.minor : -row.amount.minor
    case .payment, .refundReturn, .order: break
    }
    entry.transaction = table.keep(texts.transaction)
    let number = table.keep(texts.number)
    if row.isWithoutUs { entry.flags.insert(.withoutUs) } else { entry.reference = number }
    entry.parent = table.keep(texts.parent)
    numbers.insert(number, of: table)
    table.add(entry)
    rows.append(row)
    digests.append(BooksMark.digest(known, texts))
  }

  /// - Parameter row: of the bill.
  mutating func suggest(_ row: Int, _ subject: LocalSubject) {
    guard let place = subjects.place(of: subject) else { return }
    candidates[row, default: []].append(place)
  }

  /// What the gateway gave back without us is what our refunds do not account for, so it shrinks by
  /// those that the bill ends.
  private func afterRefunds(_ row: BookRow, _ texts: BookTexts) -> BookRow? {
    guard !ended.isEmpty, case .reversal = row.subject,
      let minor = ended[Array(texts.parent)]
    else { return row }
    return row.less(minor)
  }

  /// Whether a row has this number of ours.
  func hasNumber(_ span: TextSpan, of other: EntryTable) -> Bool {
    numbers.holds(span, of: other, in: table)
  }

  var hasContracts: Bool { !fees.isEmpty }

  /// What the gateway should have kept: as it told itself, else by its contract. Nil where neither
  /// says. The share of a refund in part depends on those before it.
  ///
  /// - Parameter share: what the balance gets of the amounts, where a coupon of ours took the rest;
  ///   the gateway takes its fee of that.
  private func expectedFee(
    _ row: BookRow, _ texts: BookTexts, of share: Ratio? = nil
  ) -> Int64? {
    if let known = row.fee, known.currency == row.amount.currency { return known.minor }
    guard let contract = fees.contract(method: texts.method, at: row.at) else { return nil }
    switch row.subject {
    case .payment: return expectedFee(ofCharge: row.amount.minor, contract, of: share)
    case .refund, .reversal: return expectedReturn(row, texts, contract, of: share)
    case .refundReturn, .order, .dispute: return nil
    }
  }

  private func expectedFee(
    ofCharge minor: Int64, _ contract: FeeContract, of share: Ratio?
  ) -> Int64? {
    guard let share else { return contract.fee(ofCharge: minor) }
    return share.applied(to: minor, .halfUp).flatMap { contract.fee(ofCharge: $0) }
  }

  /// The bill says what of a row of ours the balance gets.
  mutating func takeFee(of known: BookRow, _ texts: BookTexts, by share: Ratio) {
    guard let place = subjects.place(of: known.subject),
      let fee = expectedFee(known, texts, of: share)
    else { return }
    table.set(fee: fee, ofRow: place)
  }

  private func expectedReturn(
    _ row: BookRow, _ texts: BookTexts, _ contract: FeeContract, of share: Ratio?
  ) -> Int64? {
    guard let charged = row.charged, charged.currency == row.amount.currency,
      let fee = expectedFee(ofCharge: charged.minor, contract, of: share)
    else { return nil }
    let charge = (gross: charged.minor, fee: fee)
    var before: (gross: Int64, fee: Int64) = (0, 0)
    for part in texts.refundedBefore {
      guard let back = contract.fee(ofRefund: part, charge: charge, before: before) else {
        return nil
      }
      before = (before.gross + part, before.fee - back)
    }
    return contract.fee(ofRefund: row.amount.minor, charge: charge, before: before)
  }

  /// Paid by our books, and nothing went out.
  private static func isOwed(_ row: BookRow) -> Bool {
    guard case .payment = row.subject, row.payState == .paid else { return false }
    switch row.deliveryState {
    case .pending, .reserved, .delivering, .failed: return true
    case .none, .held, .delivered, .revoked: return false
    }
  }

  func holds(_ subject: LocalSubject) -> Bool { subjects.place(of: subject) != nil }

  private func kind(_ row: BookRow) -> EntryKind {
    switch row.subject {
    case .payment: .charge
    case .refund, .reversal: .refund
    case .refundReturn: .refundReturn
    case .order: .order
    case .dispute: .dispute
    }
  }

  private func status(_ row: BookRow) -> EntryStatus {
    switch row.standing {
    case .succeeded: .succeeded
    case .pending: .pending
    case .failed: .failed
    }
  }
}
