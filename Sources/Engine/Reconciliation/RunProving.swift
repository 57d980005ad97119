import Domain
import Reconciliation
import Store

/// Adds up both sides of a comparison (I15), and what the books do not know of fees.
struct RunProving {
  let result: MatchResult
  let theirs: EntryTable
  let books: BooksTable
  private var pairs: [[Int]]
  /// Rows that a discrepancy about money names.
  private var namedRows: Set<Int> = []
  private var namedOurs: Set<Int> = []
  /// Rows of ours whose fee differs: there our books follow what was expected.
  private var disputedFees: Set<Int> = []
  private var proofs: [Currency: RunProof] = [:]
  private var fees: [Currency: Int64] = [:]

  init(_ result: MatchResult, _ theirs: EntryTable, _ books: BooksTable) {
    self.result = result
    self.theirs = theirs
    self.books = books
    pairs = [[Int]](repeating: [], count: books.rows.count)
    for (row, partner) in result.partners.enumerated()
    where partner >= 0 && theirs.entries[row].status == .succeeded {
      pairs[Int(partner)].append(row)
    }
    for found in result.discrepancies
    where found.kind.concern != .nothing || found.kind == .currency {
      if let row = found.statementRow { namedRows.insert(row) }
      if let row = found.localRow { namedOurs.insert(row) }
      if found.kind.concern == .fee, let row = found.localRow { disputedFees.insert(row) }
    }
  }

  /// - Returns: by currency, in the order of their codes.
  mutating func run() -> (proofs: [RunProof], fees: [Money]) {
    for place in books.rows.indices where result.localBuckets[place] != .apart { addOurs(place) }
    for (row, entry) in theirs.entries.enumerated()
    where result.partners[row] < 0 && entry.status == .succeeded {
      addAlone(row, entry)
    }
    let sorted = fees.filter { $0.value != 0 }.sorted { $0.key < $1.key }
    return (
      proofs.values.sorted { $0.currency < $1.currency },
      sorted.map { Money($0.value, $0.key) }
    )
  }

  private mutating func add(
    _ minor: Int64, _ currency: Currency, to figures: WritableKeyPath<RunProof, Int64>...
  ) {
    guard minor != 0 else { return }
    var proof = proofs[currency] ?? RunProof(currency)
    for figure in figures { proof.add(minor, to: figure) }
    proofs[currency] = proof
  }

  private mutating func addOurs(_ place: Int) {
    let row = books.rows[place]
    var ours: [Currency: Int64] = [:]
    for money in row.posted {
      ours[money.currency] = ours[money.currency, default: 0]
        .addingReportingOverflow(money.minor).partialValue
    }
    let isFilled = row.standing != .succeeded && !pairs[place].isEmpty
    if isFilled {
      let money = Self.filled(row, theirs.entries[pairs[place][0]])
      ours[money.currency] = ours[money.currency, default: 0]
        .addingReportingOverflow(money.minor).partialValue
    }
    if result.localBuckets[place] == .pooled {
      for (currency, minor) in ours { add(minor, currency, to: \.books, \.booksWaiting) }
      return
    }
    let fee = unknownFee(place, isFilled: isFilled)
    if let fee {
      // No fee is larger than its payment, so these sums fit.
      ours[fee.currency, default: 0] -= fee.minor
      fees[fee.currency, default: 0] += fee.minor
    }
    for fee in convertedFees(place) {
      ours[fee.untold.currency, default: 0] -= fee.untold.minor
    }
    var effects = ours.mapValues { 0 - max($0, -Int64.max) }
    for (currency, minor) in ours { add(minor, currency, to: \.books) }
    for pair in pairs[place] {
      let entry = theirs.entries[pair]
      let net = entry.net ?? .max
      add(net, entry.currency, to: \.bill)
      effects[entry.currency] = effects[entry.currency, default: 0].addingReportingOverflow(net)
        .partialValue
    }
    for fee in convertedFees(place) {
      add(-fee.whole.minor, fee.whole.currency, to: \.bill)
      effects[fee.whole.currency, default: 0] -= fee.whole.minor
    }
    let isNamed = namedOurs.contains(place) || pairs[place].contains { namedRows.contains($0) }
    guard isNamed else { return }
    for (currency, minor) in effects { add(minor, currency, to: \.differences) }
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
    guard let first = pairs[place].first else { return nil }
    let row = books.rows[place]
    let currency = theirs.entries[first].currency
    guard currency == row.amount.currency, row.standing == .succeeded || isFilled else {
      return nil
    }
    var fee: Int64 = 0
    for pair in pairs[place] where theirs.entries[pair].flags.contains(.hasFee) {
      fee = fee.addingReportingOverflow(theirs.entries[pair].fee).partialValue
    }
    if disputedFees.contains(place) { fee = books.table.entries[place].fee }
    var known = row.fee.map { $0.currency == currency ? $0.minor : 0 } ?? 0
    if isFilled, case .payment = row.subject {
      let entry = theirs.entries[first]
      known = entry.flags.contains(.hasFee) ? entry.fee : 0
    }
    let (unknown, overflow) = fee.subtractingReportingOverflow(known)
    guard !overflow, unknown != 0, unknown.magnitude <= row.amount.minor.magnitude else {
      return nil
    }
    return Money(unknown, currency)
  }

  /// Fees that were kept in the currency of the balance, where another one was charged: what the
  /// bill says, and what of it nobody had told before. The books take them with the conversion.
  private func convertedFees(_ place: Int) -> [(whole: Money, untold: Money)] {
    pairs[place].enumerated().compactMap { number, pair in
      guard let settlement = theirs.settlement(ofRow: pair),
        settlement.fee.magnitude <= Limits.amountMinor
      else { return nil }
      let whole = Money(settlement.fee, settlement.amount.currency)
      return (whole, number == 0 ? books.rows[place].untold(of: whole) : whole)
    }
  }

  /// A row of the bill without one of ours.
  private mutating func addAlone(_ row: Int, _ entry: Entry) {
    switch entry.kind {
    case .charge, .refund, .dispute: break
    case .fee, .payout, .adjustment, .transfer, .bank, .order, .conversion: return
    }
    let net = entry.net ?? .max
    switch result.statementBuckets[row] {
    case .duplicate, .apart: return
    case .pooled: add(net, entry.currency, to: \.bill, \.billWaiting)
    default:
      add(net, entry.currency, to: \.bill)
      if namedRows.contains(row) { add(net, entry.currency, to: \.differences) }
    }
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
