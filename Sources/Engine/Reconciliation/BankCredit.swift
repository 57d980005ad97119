import Crypto
import Domain
import Reconciliation
import Store

/// A row of a bank's statement by which money came for a payment of ours.
package struct BankCredit: Sendable {
  /// The bank's name for the movement, the same in every file that shows it: its booking day and
  /// the bank's number, or a digest of the row where it has none.
  let mark: String
  let amount: Money
  /// What it names; more than one is for people to tell apart.
  let payments: [PaymentID]
}

/// Finds them on one state of the store, beside the writer.
struct BankCreditFinder {
  /// How far a payment and the day of its row may lie apart. Milliseconds.
  private static let day: Int64 = 86_400_000

  let store: StoreReader
  /// The name that the account was given; nil where none was.
  let account: String?

  func credits(in table: EntryTable) throws(StoreError) -> [BankCredit] {
    var credits: [BankCredit] = []
    var unnamed: [(mark: String, entry: Entry)] = []
    var marks: [String: Int] = [:]
    for entry in table.entries where entry.kind == .bank && entry.gross > 0 {
      guard entry.status == .succeeded else { continue }
      let mark = Self.mark(entry, table, &marks)
      let named = try named(by: entry, table)
      if named.isEmpty {
        unnamed.append((mark, entry))
      } else {
        credits.append(
          BankCredit(mark: mark, amount: Money(entry.gross, entry.currency), payments: named))
      }
    }
    return try credits + equal(unnamed)
  }

  private func named(by entry: Entry, _ table: EntryTable) throws(StoreError) -> [PaymentID] {
    var found: [PaymentID] = []
    for span in [entry.parent, entry.reference] {
      for number in ReferenceScan.numbers(in: table.text(span), booked: entry.at) {
        guard let id = try store.payment(outTradeNumber: number), !found.contains(id) else {
          continue
        }
        found.append(id)
      }
    }
    return found
  }

  /// Weakly proven payments of the gateway whose account this is, each with the one row of its sum
  /// within a day: where there are two of either, nobody can say which is which.
  private func equal(
    _ rows: [(mark: String, entry: Entry)]
  ) throws(StoreError) -> [BankCredit] {
    let days = rows.map { $0.entry.at }
    guard let account, let first = days.min(), let last = days.max() else { return [] }
    let charges = try store.charges(
      of: account, from: first.adding(milliseconds: -Self.day),
      to: last.adding(milliseconds: 2 * Self.day))
    guard charges.contains(where: \.isWeak) else { return [] }
    var credits: [BankCredit] = []
    for (place, row) in rows.enumerated() {
      let near = charges.filter { Self.isNear($0, row.entry) }
      guard near.count == 1, near[0].isWeak else { continue }
      let isOnly = !rows.enumerated().contains { other, twin in
        other != place && Self.isNear(near[0], twin.entry)
      }
      guard isOnly else { continue }
      credits.append(
        BankCredit(mark: row.mark, amount: near[0].amount, payments: [near[0].payment]))
    }
    return credits
  }

  private static func isNear(_ charge: ChargeRow, _ entry: Entry) -> Bool {
    let after = charge.at.milliseconds(since: entry.at)
    return charge.amount == Money(entry.gross, entry.currency) && after >= -day
      && after < 2 * day
  }

  /// - Parameter marks: how often each has been given: a bank may book two movements alike.
  private static func mark(
    _ entry: Entry, _ table: EntryTable, _ marks: inout [String: Int]
  ) -> String {
    let day = CivilDay(entry.at, offsetMinutes: 0)
    var number = table.string(entry.transaction)
    if number.isEmpty {
      let row = "\(entry.gross) \(entry.currency.code) \(table.string(entry.reference)) "
        + table.string(entry.parent)
      number = String(SHA256.hash(utf8: row).hex.prefix(16))
    }
    let plain = "\(day) \(number)"
    let count = marks[plain, default: 0] + 1
    marks[plain] = count
    return count == 1 ? plain : "\(plain) #\(count)"
  }
}
