package import Domain
import Reconciliation
package import Store

/// Days of a bank of which no file is here, though payouts that still wait may have come on them.
package struct MissingBankDays: Hashable, Sendable {
  package let gateway: String
  /// The names of the banks' statements that its payouts were looked for in.
  package let accounts: [String]
  /// Ascending; days on which nothing comes may lie within one stretch.
  package let days: [ClosedRange<CivilDay>]
  /// How many payouts may have come on them.
  package let payouts: Int

  /// More files than lie in the time in which a payout is awaited.
  private static let filesMost = 1000

  package var text: String {
    let stretches = days.map {
      $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)"
    }
    let what = payouts == 1 ? "1 payout" : "\(payouts) payouts"
    return "No file of \(accounts.joined(separator: " or ")) covers "
      + "\(stretches.joined(separator: ", ")): \(what) of \(gateway) may have come then and "
      + (payouts == 1 ? "waits" : "wait") + ". Take the bank's file of those days in, and compare "
      + "the newest bill of \(gateway) with it."
  }

  /// Nil where no payout waits, or files of all days are here.
  package static func find(
    of gateway: String, in store: StoreReader, _ terms: GatewayTerms, at now: Timestamp
  ) throws(StoreError) -> MissingBankDays? {
    let accounts = try store.accounts(of: gateway)
    guard !accounts.isEmpty else { return nil }
    let waiting = try store.payoutsWaiting(of: gateway)
    guard let first = waiting.map(\.sentAt).min() else { return nil }
    var files: [StatementRecord] = []
    for account in accounts {
      files += try store.statements(
        gateway: account, content: .bank,
        from: first.adding(milliseconds: -CivilDay.millisecondsPerDay), to: now, before: nil,
        limit: filesMost)
    }
    files.removeAll { $0.supersededBy != nil }
    let calendar = terms.calendar
    let today = calendar.day(of: now)
    var missing: Set<Int64> = []
    var payouts = 0
    for payout in waiting {
      let end = min(calendar.day(of: payout.dueAt) + 1, today)
      let days = (min(calendar.day(of: payout.sentAt), end)..<end).filter { day in
        calendar.isBusinessDay(day) && !files.contains { $0.covers(day) }
      }
      if !days.isEmpty { payouts += 1 }
      missing.formUnion(days)
    }
    guard payouts > 0 else { return nil }
    return MissingBankDays(
      gateway: gateway, accounts: accounts, days: stretches(missing.sorted(), calendar),
      payouts: payouts)
  }

  private static func stretches(
    _ days: [Int64], _ calendar: BusinessCalendar
  ) -> [ClosedRange<CivilDay>] {
    var stretches: [ClosedRange<CivilDay>] = []
    for day in days {
      let present = CivilDay(number: day)
      if let last = stretches.last, !((last.upperBound.number + 1)..<day).contains(
        where: calendar.isBusinessDay)
      {
        stretches[stretches.count - 1] = last.lowerBound...present
      } else {
        stretches.append(present...present)
      }
    }
    return stretches
  }
}

extension StatementRecord {
  /// Whether it holds the day, by whatever clock it was cut.
  fileprivate func covers(_ day: Int64) -> Bool {
    let noon = Timestamp(
      milliseconds: day * CivilDay.millisecondsPerDay + CivilDay.millisecondsPerDay / 2)
    return from <= noon && noon < to
  }
}
