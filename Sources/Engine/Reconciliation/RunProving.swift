import Domain
import Reconciliation
import Store

/// Adds up both sides of a comparison (I15), and what the books do not know: of fees, and of what
/// our own coupons took. Of a row of the bill counts what the balance got of it.
struct RunProving {
  let result: MatchResult
  let theirs: EntryTable
  let books: BooksTable
  /// By row of ours the first row of the bill that it is paired with, by row of the bill the next
  /// one of the same; -1 is none.
  private var firstPairs: [Int32]
  private var nextPairs: [Int32]
  /// Rows that a discrepancy about money names.
  private var namedRows: [Bool]
  private var namedOurs: [Bool]
  /// Rows of ours whose fee differs: there our books follow what was expected.
  private var disputedFees: [Bool]
  private var figures: [Figures] = []
  private var fees = CurrencySums()
  private var coupons = CurrencySums()
  /// Of rows of earlier statements, which are no part of those sums.
  private var carriedFees: [Int: Money] = [:]
  private var carriedCoupons: [Int: Money] = [:]
  /// Rows of the bill itself.
  private let ownCount: Int
  /// Of the present row: what our books hold of it, and what is left of it beside the bill.
  private var ours = CurrencySums()
  private var effects = CurrencySums()

  /// - Parameter ownCount: behind so many rows stand those of earlier statements.
  init(_ result: MatchResult, _ theirs: EntryTable, ownCount: Int, _ books: BooksTable) {
    self.ownCount = ownCount
    self.result = result
    self.theirs = theirs
    self.books = books
    firstPairs = Array(repeating: -1, count: books.rows.count)
    nextPairs = Array(repeating: -1, count: theirs.count)
    for row in result.partners.indices.reversed()
    where result.partners[row] >= 0 && theirs.entries[row].status == .succeeded {
      nextPairs[row] = firstPairs[Int(result.partners[row])]
      firstPairs[Int(result.partners[row])] = Int32(row)
    }
    namedRows = Array(repeating: false, count: theirs.count)
    namedOurs = Array(repeating: false, count: books.rows.count)
    disputedFees = Array(repeating: false, count: books.rows.count)
    for found in result.discrepancies
    where found.kind.concern != .nothing
      || found.kind == .currency || found.kind == .wrongMerchant
    {
      if let row = found.statementRow { namedRows[row] = true }
      if let row = found.localRow { namedOurs[row] = true }
      if found.kind.concern == .fee, let row = found.localRow { disputedFees[row] = true }
    }
  }

  /// - Returns: by currency, in the order of their codes.
  mutating func run() -> Findings {
    for place in books.rows.indices where result.localBuckets[place] != .apart { addOurs(place) }
    for row in theirs.entries.indices
    where result.partners[row] < 0 && theirs.entries[row].status == .succeeded {
      addAlone(row, theirs.entries[row])
    }
    return Findings(
      proofs: figures.map(\.proof).sorted { $0.currency < $1.currency }, fees: fees.inOrder,
      coupons: coupons.inOrder, carriedFees: carriedFees, carriedCoupons: carriedCoupons)
  }

  private mutating func add(
    _ minor: Int64, _ currency: Currency, to part: Figures.Part, _ also: Figures.Part? = nil
  ) {
    guard minor != 0 else { return }
    var place = 0
    while place < figures.count, figures[place].currency != currency { place += 1 }
    if place == figures.count { figures.append(Figures(currency)) }
    figures[place].add(minor, to: part)
    if let also { figures[place].add(minor, to: also) }
  }

  private mutating func addOurs(_ place: Int) {
    ours.removeAll()
    if let money = books.rows[place].posted { ours.add(money) }
    if let money = books.rows[place].postedFee { ours.add(money) }
    let first = Int(firstPairs[place])
    let isFilled = first >= 0 && books.rows[place].standing != .succeeded
    if isFilled { ours.add(Self.filled(books.rows[place], theirs.entries[first])) }
    if result.localBuckets[place] == .pooled {
      for money in ours.sums { add(money.minor, money.currency, to: .books, .booksWaiting) }
      return
    }
    if let fee = unknownFee(place, isFilled: isFilled) {
      // No fee is larger than any amount, so these sums fit.
      ours.add(Money(0 - fee.minor, fee.currency))
      addFee(fee, place)
    }
    if let coupon = coupon(place, isFilled: isFilled) {
      ours.add(Money(0 - coupon.minor, coupon.currency))
      addCoupon(coupon, place)
    }
    let beside = feesBeside(place, isFilled: isFilled)
    for fee in beside { ours.add(Money(0 - fee.untold.minor, fee.untold.currency)) }
    effects.removeAll()
    for money in ours.sums {
      add(money.minor, money.currency, to: .books)
      effects.add(Money(0 - max(money.minor, -Int64.max), money.currency))
    }
    var isNamed = namedOurs[place]
    var pair = first
    while pair >= 0 {
      let (net, currency) = (theirs.net(ofRow: pair) ?? .max, theirs.entries[pair].currency)
      add(net, currency, to: .bill)
      effects.add(Money(net, currency))
      isNamed = isNamed || namedRows[pair]
      pair = Int(nextPairs[pair])
    }
    for fee in beside {
      add(-fee.whole.minor, fee.whole.currency, to: .bill)
      effects.add(Money(0 - fee.whole.minor, fee.whole.currency))
    }
    guard isNamed else { return }
    for money in effects.sums { add(money.minor, money.currency, to: .differences) }
  }

  /// What filling back posts to the balance: the money of a row, and the fee of a payment.
  static func filled(_ row: BookRow, _ entry: Entry) -> Money {
    guard case .payment = row.subject, entry.flags.contains(.hasFee) else {
      return Money(entry.gross, entry.currency)
    }
    return Money(entry.net ?? .max, entry.currency)
  }

  /// What the bill says was kept, beyond what was told before; where the two do not agree, what was
  /// expected, so that the difference is left for a person.
  private func unknownFee(_ place: Int, isFilled: Bool) -> Money? {
    let first = Int(firstPairs[place])
    guard first >= 0 else { return nil }
    let row = books.rows[place]
    let currency = theirs.entries[first].currency
    guard currency == row.amount.currency, row.standing == .succeeded || isFilled,
      !saysNoFee(place)
    else { return nil }
    var fee: Int64 = 0
    var pair = first
    while pair >= 0 {
      if theirs.entries[pair].flags.contains(.hasFee) {
        fee = fee.addingReportingOverflow(theirs.entries[pair].fee).partialValue
      }
      pair = Int(nextPairs[pair])
    }
    if disputedFees[place] { fee = books.table.entries[place].fee }
    var known = row.fee.map { $0.currency == currency ? $0.minor : 0 } ?? 0
    if isFilled, case .payment = row.subject {
      let entry = theirs.entries[first]
      known = entry.flags.contains(.hasFee) ? entry.fee : 0
    }
    let (unknown, overflow) = fee.subtractingReportingOverflow(known)
    // A fixed fee, of a dispute above all, may be more than what it is kept of.
    guard !overflow, unknown != 0, unknown.magnitude <= Limits.amountMinor else { return nil }
    return Money(unknown, currency)
  }

  /// What our own coupons took of it: the books hold the whole amount, the balance does not.
  private func coupon(_ place: Int, isFilled: Bool) -> Money? {
    guard !theirs.receipts.isEmpty, firstPairs[place] >= 0 else { return nil }
    let row = books.rows[place]
    guard row.standing == .succeeded || isFilled else { return nil }
    var minor: Int64 = 0
    var pair = Int(firstPairs[place])
    while pair >= 0 {
      guard theirs.entries[pair].currency == row.amount.currency else { return nil }
      minor = minor.addingReportingOverflow(theirs.coupon(ofRow: pair)).partialValue
      pair = Int(nextPairs[pair])
    }
    guard minor != 0, minor.magnitude <= row.amount.minor.magnitude else { return nil }
    return Money(minor, row.amount.currency)
  }

  /// Whether no row of the bill about it is of a file that could say what was kept.
  private func saysNoFee(_ place: Int) -> Bool {
    var pair = Int(firstPairs[place])
    guard pair >= 0 else { return false }
    while pair >= 0, theirs.entries[pair].flags.contains(.saysNoFee) { pair = Int(nextPairs[pair]) }
    return pair < 0
  }

  /// Fees that no row's own takes off: what each is in the bill, and what of it nobody had told
  /// before. Where the file says none, what the gateway told stands, and the balance got so much
  /// less.
  private func feesBeside(_ place: Int, isFilled: Bool) -> [(whole: Money, untold: Money)] {
    if !isFilled, saysNoFee(place), let kept = books.rows[place].postedFee {
      return [(Money(0 - kept.minor, kept.currency), Money(0, kept.currency))]
    }
    return convertedFees(place)
  }

  private mutating func addFee(_ fee: Money, _ place: Int) {
    guard isCarried(place) else { return fees.add(fee) }
    let entries = theirs.entries
    func kept(_ row: Int) -> Int64 { entries[row].flags.contains(.hasFee) ? entries[row].fee : 0 }
    for (row, share) in shares(of: fee, place, kept) {
      if row < ownCount { fees.add(share) } else { carriedFees[row] = share }
    }
  }

  private mutating func addCoupon(_ coupon: Money, _ place: Int) {
    guard isCarried(place) else { return coupons.add(coupon) }
    for (row, share) in shares(of: coupon, place, theirs.coupon(ofRow:)) {
      if row < ownCount { coupons.add(share) } else { carriedCoupons[row] = share }
    }
  }

  /// Whether a row of an earlier statement is about it; they stand behind those of the bill.
  private func isCarried(_ place: Int) -> Bool {
    var pair = Int(firstPairs[place])
    while pair >= 0 {
      if pair >= ownCount { return true }
      pair = Int(nextPairs[pair])
    }
    return false
  }

  /// What of the costs of a row of ours each of its rows makes. What was told before is taken off
  /// the first.
  private func shares(
    of whole: Money, _ place: Int, _ cost: (Int) -> Int64
  ) -> [(row: Int, share: Money)] {
    let first = Int(firstPairs[place])
    var (all, rest) = ([(row: Int, share: Money)](), whole.minor)
    var pair = Int(nextPairs[first])
    while pair >= 0 {
      let minor = cost(pair)
      if minor != 0 { all.append((pair, Money(minor, whole.currency))) }
      rest &-= minor
      pair = Int(nextPairs[pair])
    }
    return rest == 0 ? all : [(first, Money(rest, whole.currency))] + all
  }

  /// Fees that were kept in the currency of the balance, where another one was charged: what the
  /// bill says, and what of it nobody had told before. The books take them with the conversion.
  private func convertedFees(_ place: Int) -> [(whole: Money, untold: Money)] {
    guard !theirs.settlements.isEmpty else { return [] }
    var all: [(whole: Money, untold: Money)] = []
    let first = Int(firstPairs[place])
    var pair = first
    while pair >= 0 {
      if let settlement = theirs.settlement(ofRow: pair),
        settlement.fee.magnitude <= Limits.amountMinor
      {
        let whole = Money(settlement.fee, settlement.amount.currency)
        all.append((whole, pair == first ? books.rows[place].untold(of: whole) : whole))
      }
      pair = Int(nextPairs[pair])
    }
    return all
  }

  /// A row of the bill without one of ours.
  private mutating func addAlone(_ row: Int, _ entry: Entry) {
    switch entry.kind {
    case .charge, .refund, .dispute: break
    case .fee, .payout, .payoutReturn, .refundReturn, .adjustment, .transfer, .bank, .order,
      .conversion:
      return
    }
    let net = theirs.net(ofRow: row) ?? .max
    switch result.statementBuckets[row] {
    case .duplicate, .apart: return
    case .pooled: add(net, entry.currency, to: .bill, .billWaiting)
    default:
      add(net, entry.currency, to: .bill)
      if namedRows[row] { add(net, entry.currency, to: .differences) }
    }
  }
}

extension RunProving {
  /// By currency, in the order of their codes.
  struct Findings: Sendable {
    let proofs: [RunProof]
    /// What the bill says was kept beyond what was told before.
    let fees: [Money]
    /// What our own coupons took; of refunds it is negative.
    let coupons: [Money]
    /// The same of rows of earlier statements, by these rows.
    let carriedFees: [Int: Money]
    let carriedCoupons: [Int: Money]
  }
}

extension BookRow {
  /// What of a fee in a bill the gateway had not told by itself.
  func untold(of fee: Money) -> Money {
    guard let told = self.fee, told.currency == fee.currency else { return fee }
    let (rest, overflow) = fee.minor.subtractingReportingOverflow(told.minor)
    return overflow ? fee : Money(rest, fee.currency)
  }
}

/// The figures of one currency while they are added up.
private struct Figures {
  enum Part { case bill, books, billWaiting, booksWaiting, differences }

  let currency: Currency
  private var bill: Int64 = 0
  private var books: Int64 = 0
  private var billWaiting: Int64 = 0
  private var booksWaiting: Int64 = 0
  private var differences: Int64 = 0
  private var hasOverflown = false

  init(_ currency: Currency) { self.currency = currency }

  mutating func add(_ minor: Int64, to part: Part) {
    switch part {
    case .bill: Self.add(minor, &bill, &hasOverflown)
    case .books: Self.add(minor, &books, &hasOverflown)
    case .billWaiting: Self.add(minor, &billWaiting, &hasOverflown)
    case .booksWaiting: Self.add(minor, &booksWaiting, &hasOverflown)
    case .differences: Self.add(minor, &differences, &hasOverflown)
    }
  }

  private static func add(_ minor: Int64, _ figure: inout Int64, _ hasOverflown: inout Bool) {
    let (sum, overflow) = figure.addingReportingOverflow(minor)
    if overflow { hasOverflown = true } else { figure = sum }
  }

  var proof: RunProof {
    RunProof(
      currency, bill: bill, books: books, billWaiting: billWaiting, booksWaiting: booksWaiting,
      differences: differences, hasOverflown: hasOverflown)
  }
}

/// Sums of a few currencies; a sum that does not fit wraps.
private struct CurrencySums {
  private(set) var sums: [Money] = []

  mutating func add(_ money: Money) {
    for place in sums.indices where sums[place].currency == money.currency {
      sums[place] = Money(sums[place].minor &+ money.minor, money.currency)
      return
    }
    sums.append(money)
  }

  /// Those that are something, in the order of their codes.
  var inOrder: [Money] { sums.filter { $0.minor != 0 }.sorted { $0.currency < $1.currency } }

  mutating func removeAll() { sums.removeAll(keepingCapacity: true) }
}
