/// A difference that earlier runs have told of, as it is found now: what was told of it, and what
/// people decided, oldest first. What has ended stays ended; a difference that comes back, or that
/// is of another amount by now, is told anew, as the rest that no decision has explained.
package struct DiscrepancyHistory: Sendable {
  /// What a run finds.
  package enum Telling: Hashable, Sendable {
    /// It was told: this one stands for it.
    case known(DiscrepancyRecord)
    case new(DiscrepancyFacts)
  }

  private let told: [DiscrepancyRecord]

  /// - Parameter told: all that have the mark of the difference, or one that goes on from it.
  package init(_ told: [DiscrepancyRecord]) { self.told = told }

  package func telling(of found: DiscrepancyFacts) -> Telling {
    guard let newest = told.last else { return .new(found) }
    let before = explained(told.dropLast())
    let isSame =
      newest.facts.currency == found.currency
      && newest.facts.expectedCurrency == found.expectedCurrency
      && newest.facts.balanceChange == found.balanceChange &- before
    switch newest.resolution {
    case nil where isSame, .leftOut where isSame, .adjudicated where isSame: return .known(newest)
    case .adjudicated:
      let all = explained(told[...])
      if found.balanceChange != 0, found.balanceChange == all { return .known(newest) }
      return .new(anew(found, less: all))
    case nil, .leftOut, .filledBack, .agrees: return .new(anew(found, less: before))
    }
  }

  private func anew(_ found: DiscrepancyFacts, less minor: Int64) -> DiscrepancyFacts {
    found.toldAnew(as: "\(found.mark)\(Self.joint)\(told.count + 1)", less: minor)
  }

  /// What people's decisions account for: minor units of balance.
  private func explained(_ records: ArraySlice<DiscrepancyRecord>) -> Int64 {
    records.reduce(0) { sum, record in
      // Else the gateway is asked to put it right: what it does not is found again.
      guard record.isDecidedByPeople, record.adjudication?.verb.takesIn ?? false else { return sum }
      return sum &+ record.facts.balanceChange
    }
  }

  /// Between the mark of a difference and the count of those that go on from it.
  private static let joint = "|="

  /// The mark of the difference that one goes on from; its own where it goes on from none.
  package static func origin(of mark: String) -> String {
    let (bytes, digits) = (mark.utf8, UInt8(ascii: "0")...UInt8(ascii: "9"))
    let rest = bytes.reversed().prefix { digits.contains($0) }.count
    let end = bytes.count - rest - joint.utf8.count
    guard rest > 0, end > 0, bytes.dropFirst(end).starts(with: joint.utf8) else { return mark }
    return String(bytes.prefix(end)) ?? mark
  }

  /// The marks of all that go on from one, as a half-open range of texts in the order of bytes.
  package static func marks(goingOnFrom mark: String) -> (from: String, to: String) {
    (mark + joint, mark + "|>")
  }
}

extension DiscrepancyFacts {
  /// The same, found again: what is explained already is expected now.
  ///
  /// - Parameter minor: of `balanceChange`.
  fileprivate func toldAnew(as mark: String, less minor: Int64) -> DiscrepancyFacts {
    let settled = kind.concern == .fee ? 0 &- minor : minor
    let (sum, overflow) = expected.addingReportingOverflow(settled)
    let rest = overflow || balanceChange == 0 ? expected : sum
    return DiscrepancyFacts(
      run: run, statement: statement, gateway: gateway, kind: kind, level: level(ofRest: rest),
      expected: rest, actual: actual,
      currency: currency, expectedCurrency: expectedCurrency,
      // What the row cost was booked with the decision before.
      theirs: minor == 0 ? theirs : theirs?.costing(fee: nil, coupon: nil, credited: nil),
      bank: bank,
      ours: ours, order: order, suggestions: suggestions, dueAt: dueAt, mark: mark)
  }

  /// Where it goes by the amount, it goes by that which is left: more may be than was found.
  private func level(ofRest expected: Int64) -> HandlingLevel {
    let (left, overflow) = actual.subtractingReportingOverflow(expected)
    guard kind.level == nil, level != .machine, currency == expectedCurrency, !overflow else {
      return level
    }
    return HandlingLevel(amount: left)
  }
}
