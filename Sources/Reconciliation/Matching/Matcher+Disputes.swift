import Domain

/// What disputes took and gave back. One dispute has a row for every time, all with its number, so
/// the direction and the amount tell them apart.
extension Matcher {
  func joinDisputes(_ left: inout Left, _ result: inout MatchResult) {
    let comparison = PairComparison(input: input, rules: rules)
    let rows = left.statement.filter {
      input.statement.entries[Int($0)].kind == .dispute && !comparison.isOfAnother(Int($0))
    }
    let locals = left.local.filter { input.local.entries[Int($0)].kind == .dispute }
    guard !rows.isEmpty, !locals.isEmpty else { return }
    var free: [[UInt8]: [Int32]] = [:]
    for local in locals { free[key(input.local, local), default: []].append(local) }
    var copies = RowCopies(input.statement)
    let copied = rows.filter { copies.isCopy(input.statement.entries[Int($0)]) }
    // The gateway's order: rows told of before stand behind those of the bill.
    let own = rows.filter { !copied.contains($0) }.sorted { isEarlier($0, $1) }
    for isExact in [true, false] {
      for row in own where result.partners[Int(row)] < 0 {
        take(row, isExact: isExact, &free, &result)
      }
    }
    joinThereAndBack(own, &result)
    for copy in copied { leaveOut(copy, own, &result) }
    left.statement.removeAll { result.statementBuckets[Int($0)] != .unassigned }
    left.local.removeAll { result.localBuckets[Int($0)] != .unassigned }
  }

  private func isEarlier(_ row: Int32, _ other: Int32) -> Bool {
    let entries = input.statement.entries
    return (entries[Int(row)].at, row) < (entries[Int(other)].at, other)
  }

  private func key(_ table: EntryTable, _ row: Int32) -> [UInt8] {
    Array(table.text(table.keySpan(table.entries[Int(row)])))
  }

  /// - Parameter isExact: of its amount; else of its direction.
  private func take(
    _ row: Int32, isExact: Bool, _ free: inout [[UInt8]: [Int32]], _ result: inout MatchResult
  ) {
    let entry = input.statement.entries[Int(row)]
    let key = key(input.statement, row)
    let place = free[key]?.firstIndex { local in
      let ours = input.local.entries[Int(local)]
      return isExact
        ? ours.gross == entry.gross && ours.currency == entry.currency
        : (ours.gross < 0) == (entry.gross < 0)
    }
    guard let place, let local = free[key]?.remove(at: place) else { return }
    result.compare(row, local, PairComparison(input: input, rules: rules))
  }

  /// What was taken and given back without our hearing of it leaves nothing: the two rows are parts
  /// of a movement that we know, where the bill has one of the same dispute.
  private func joinThereAndBack(_ rows: [Int32], _ result: inout MatchResult) {
    for (place, row) in rows.enumerated() where result.partners[Int(row)] < 0 {
      let known = rows.first { result.partners[Int($0)] >= 0 && isOfOne(row, $0) }
      guard let partner = known.map({ result.partners[Int($0)] }) else { continue }
      let back = rows[(place + 1)...].first { other in
        result.partners[Int(other)] < 0 && isOfOne(row, other) && areOpposite(row, other)
      }
      guard let back else { continue }
      for part in [row, back] {
        result.statementBuckets[Int(part)] = .grouped
        result.partners[Int(part)] = partner
      }
    }
  }

  private func isOfOne(_ row: Int32, _ other: Int32) -> Bool {
    let (one, two) = (input.statement.entries[Int(row)], input.statement.entries[Int(other)])
    for part in [\Entry.parent, \Entry.transaction] where !one[keyPath: part].isEmpty {
      let (span, another) = (one[keyPath: part], two[keyPath: part])
      if EntryTable.same(input.statement, span, input.statement, another) { return true }
    }
    return key(input.statement, row) == key(input.statement, other)
  }

  private func areOpposite(_ row: Int32, _ other: Int32) -> Bool {
    let (one, two) = (input.statement.entries[Int(row)], input.statement.entries[Int(other)])
    let (sum, overflow) = one.gross.addingReportingOverflow(two.gross)
    return !overflow && sum == 0 && one.currency == two.currency && one.status == .succeeded
      && two.status == .succeeded
  }

  private func leaveOut(_ copy: Int32, _ rows: [Int32], _ result: inout MatchResult) {
    let entry = input.statement.entries[Int(copy)]
    let first = rows.first { row in
      key(input.statement, row) == key(input.statement, copy)
        && input.statement.entries[Int(row)].at == entry.at
    }
    let local = first.map { result.partners[Int($0)] } ?? -1
    guard local >= 0 else { return }
    result.statementBuckets[Int(copy)] = .duplicate
    result.discrepancies.append(
      Discrepancy(
        .duplicateRow, statement: Int(copy), local: Int(local), expected: 0, actual: entry.gross,
        currency: entry.currency))
  }
}
