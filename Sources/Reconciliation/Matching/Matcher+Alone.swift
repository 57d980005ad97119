import Domain

/// Rows that stand alone: they wait, or they are discrepancies.
extension Matcher {
  /// A row of the bill beside which nothing of ours stands.
  func tell(_ kind: DiscrepancyKind, ofTheirs row: Int, _ result: inout MatchResult) {
    let entry = input.statement.entries[row]
    result.discrepancies.append(
      Discrepancy(
        kind, statement: row, expected: 0, actual: entry.gross, currency: entry.currency))
  }

  func placeAlone(_ left: Left, _ result: inout MatchResult) {
    let orders = OrderNumbers(input.local)
    var copies = RowCopies(input.statement)
    for row in left.statement {
      let entry = input.statement.entries[Int(row)]
      let isCopy = copies.isCopy(entry)
      if !isCopy, suggest(Int(row), &result) { continue }
      let (bucket, kind) =
        isCopy ? (.duplicate, .duplicateRow) : verdict(ofTheirs: entry, Int(row), orders)
      result.statementBuckets[Int(row)] = bucket
      if let kind { tell(kind, ofTheirs: Int(row), &result) }
    }
    for row in left.local where result.localBuckets[Int(row)] == .unassigned {
      let entry = input.local.entries[Int(row)]
      let (bucket, kind) = verdict(ofOurs: entry)
      result.localBuckets[Int(row)] = bucket
      guard let kind else { continue }
      result.discrepancies.append(
        Discrepancy(
          kind, local: Int(row), expected: entry.gross, actual: 0, currency: entry.currency))
    }
  }

  private func verdict(
    ofTheirs entry: Entry, _ row: Int, _ orders: OrderNumbers
  ) -> (Bucket, DiscrepancyKind?) {
    let comparison = PairComparison(input: input, rules: rules)
    if input.touched.contains(row) { return (.apart, nil) }
    // What failed moved no money, and nobody expects a row for it.
    guard entry.status != .failed else { return (.apart, nil) }
    if comparison.isOfAnother(entry) { return (.oneSided, .wrongMerchant) }
    // Of no refund that we know, or told of by another statement.
    if entry.kind == .refundReturn { return (.apart, nil) }
    if entry.kind == .dispute { return (.oneSided, .unknownDispute) }
    if entry.kind == .charge, input.rivals.contains(row) {
      return entry.status == .succeeded ? (.oneSided, .duplicatePayment) : (.apart, nil)
    }
    if !input.told.contains(row), let waiting = waiting(entry) { return waiting }
    if entry.kind == .refund { return (.oneSided, .refundMissingLocally) }
    guard entry.status == .succeeded else { return (.apart, nil) }
    return (.oneSided, orders.hold(entry, input.statement) ? .missingLocally : .unknownMoney)
  }

  private func verdict(ofOurs entry: Entry) -> (Bucket, DiscrepancyKind?) {
    if entry.kind == .refund, entry.status == .pending {
      let isOld = rules.asOf.milliseconds(since: entry.at) > rules.refundLimitMilliseconds
      return isOld ? (.oneSided, .refundStatus) : (.apart, nil)
    }
    guard entry.status == .succeeded, entry.kind != .dispute, entry.kind != .refundReturn else {
      return (.apart, nil)
    }
    if let waiting = waiting(entry) { return waiting }
    return (.oneSided, entry.kind == .refund ? .refundMissingAtGateway : .missingAtGateway)
  }

  /// Nil for a row that has nothing to wait for.
  func waiting(_ entry: Entry) -> (Bucket, DiscrepancyKind?)? {
    if entry.flags.contains(.carried),
      rules.asOf.milliseconds(since: entry.at) > rules.carryLimitMilliseconds
    {
      return (.oneSided, .carryOverAgedOut)
    }
    let waits = entry.flags.contains(.carried) || rules.mayStandElsewhere(entry.at)
    return waits ? (.pooled, nil) : nil
  }

  /// What was handed out without money, and what was paid and not handed out.
  ///
  /// - Parameter rows: of ours; asked for where deliveries are known.
  func checkDeliveries(
    of rows: @autoclosure () -> [Int], _ result: inout MatchResult
  ) {
    guard !input.local.flags.isDisjoint(with: [.delivered, .deliverable]) else { return }
    var paidByStatement = [Bool](repeating: false, count: input.local.count)
    for (row, partner) in result.partners.enumerated()
    where partner >= 0 && input.statement.entries[row].status == .succeeded {
      paidByStatement[Int(partner)] = true
    }
    for row in rows() {
      let entry = input.local.entries[row]
      guard entry.kind == .charge, !entry.flags.isDisjoint(with: [.delivered, .deliverable])
      else { continue }
      let isPaid = entry.status == .succeeded || paidByStatement[row]
      let age = rules.asOf.milliseconds(since: entry.at)
      if entry.flags.contains(.delivered) {
        guard !isPaid else { continue }
        result.discrepancies.append(
          Discrepancy(
            .deliveredNotPaid, local: row, expected: entry.gross, actual: 0,
            currency: entry.currency))
      } else if isPaid, age > rules.deliveryLimitMilliseconds {
        result.discrepancies.append(
          Discrepancy(
            .paidNotDelivered, local: row, expected: 0, actual: entry.gross,
            currency: entry.currency))
      }
    }
  }

  /// What the file says of itself, and of the bill it takes the place of.
  func checkStatement(_ changes: [StatementChange], _ result: inout MatchResult) {
    guard let currency = input.statement.entries.first?.currency ?? Currency(code: "CNY") else {
      return
    }
    for check in input.checks where !check.agrees {
      result.discrepancies.append(
        Discrepancy(
          .statementUnsound, expected: check.stated, actual: check.found, currency: currency))
    }
    for change in changes {
      result.discrepancies.append(
        Discrepancy(
          .statementUnsound, statement: change.newRow, expected: change.before,
          actual: change.after, currency: currency))
    }
  }
}

/// Finds rows that stand in the bill twice.
package struct RowCopies {
  private let table: EntryTable
  private var first: [ArraySlice<UInt8>: [Entry]] = [:]

  package init(_ table: EntryTable) { self.table = table }

  /// Whether a row with the same transaction said all the same before. Without a number of the
  /// gateway nothing shows that two rows are one.
  package mutating func isCopy(_ entry: Entry) -> Bool {
    guard !entry.transaction.isEmpty else { return false }
    let key = table.text(entry.transaction)
    let isKnown = first[key, default: []].contains { other in
      other.kind == entry.kind && other.gross == entry.gross && other.at == entry.at
        && other.currency == entry.currency && other.status == entry.status
        && EntryTable.same(table, other.reference, table, entry.reference)
    }
    if !isKnown { first[key, default: []].append(entry) }
    return isKnown
  }
}

/// The order numbers we know, whether or not a payment belongs to them.
struct OrderNumbers {
  private let numbers: Set<[UInt8]>

  init(_ table: EntryTable) {
    var numbers: Set<[UInt8]> = []
    if table.has(.order) {
      for entry in table.entries where entry.kind == .order {
        numbers.insert(Array(table.text(entry.reference)))
      }
    }
    self.numbers = numbers
  }

  func hold(_ entry: Entry, _ table: EntryTable) -> Bool {
    guard !numbers.isEmpty else { return false }
    return [entry.reference, entry.parent].contains { span in
      !span.isEmpty && numbers.contains(Array(table.text(span)))
    }
  }
}

/// A row that differs between a bill and the one issued in its place.
package struct StatementChange: Sendable, Hashable {
  /// Nil where the new bill has it no more.
  package let newRow: Int?
  /// Of the old bill; nil where it stands in the new one.
  package let oldRow: Int?
  /// Minor units; 0 where the row was not there.
  package let before: Int64
  package let after: Int64

  /// By key and kind, each row of either side used once; in the order of the new rows, then the
  /// old.
  package static func between(_ old: EntryTable, _ new: EntryTable) -> [StatementChange] {
    let index = KeyIndex(hashes: old.entries.map(\.keyHash))
    var used = [Bool](repeating: false, count: old.count)
    var changes: [StatementChange] = []
    for (row, entry) in new.entries.enumerated() {
      var place = index.first(entry.keyHash)
      var found = -1
      while place >= 0 {
        let other = old.entries[Int(place)]
        if !used[Int(place)], other.kind == entry.kind,
          EntryTable.same(new, new.keySpan(entry), old, old.keySpan(other)),
          EntryTable.same(new, entry.transaction, old, other.transaction)
        {
          found = Int(place)
          break
        }
        place = index.after(place)
      }
      if found >= 0 { used[found] = true }
      let before = found >= 0 ? old.entries[found] : nil
      let isSame =
        before.map {
          $0.gross == entry.gross && $0.fee == entry.fee && $0.status == entry.status
            && $0.currency == entry.currency
        } ?? false
      if !isSame {
        changes.append(
          StatementChange(
            newRow: row, oldRow: nil, before: before?.gross ?? 0, after: entry.gross))
      }
    }
    for (row, entry) in old.entries.enumerated() where !used[row] {
      changes.append(StatementChange(newRow: nil, oldRow: row, before: entry.gross, after: 0))
    }
    return changes
  }
}
