// What two files came to, as objects: the members that `recon.get` has, as far as files tell.

import Domain
import Intake
import JSON
import Reconciliation

struct FileRun {
  let match: FileMatch
  /// The paths, as they were given.
  let bill: String
  let books: String
  /// Milliseconds since 1970 UTC.
  let madeAt: Int64
  /// Rows without a partner that may stand in the file of a day beside, ours of other days left
  /// out: which side, and the row.
  let waiting: [(side: Side, row: Int)]
  private let otherDays: Int
  private let statementTotals: BucketTotals
  private let localTotals: BucketTotals
  /// The members of a run, as far as there are.
  private(set) var run = JSONObject()
  /// Each kind that was found, with how many there are and what they add up to, by currency.
  private(set) var kinds: [JSONValue] = []

  init(_ match: FileMatch, bill: String, books: String, madeAt: Int64) {
    self.match = match
    self.bill = bill
    self.books = books
    self.madeAt = madeAt
    let found = match.found
    let (rules, edge) = (match.rules, match.rules.cutOffMilliseconds)
    let days = rules.from.adding(milliseconds: -edge)..<rules.to.adding(milliseconds: edge)
    var waiting: [(side: Side, row: Int)] = []
    for (row, bucket) in found.result.statementBuckets.enumerated() where bucket == .pooled {
      waiting.append((.statement, row))
    }
    var others = 0
    for (row, bucket) in found.result.localBuckets.enumerated() where bucket == .pooled {
      guard let place = found.local.place(of: row),
        days.contains(found.local.table.entries[place].at)
      else {
        others += 1
        continue
      }
      waiting.append((.local, row))
    }
    self.waiting = waiting
    otherDays = others
    (statementTotals, localTotals) = (found.statementTotals, found.localTotals)
    run = summary()
    kinds = kindsFound()
  }

  private var result: MatchResult { match.found.result }

  var differenceCount: Int { result.discrepancies.count }

  /// Rows of the bill that agree.
  var agreeing: Int {
    [Bucket.matched, .tolerated, .grouped].reduce(0) { $0 + statementTotals[$1].rows }
  }

  // MARK: The whole

  private func summary() -> JSONObject {
    let (theirs, ours) = (match.statement, match.local)
    func count(_ value: Int) -> JSONValue { .integer(Int64(value)) }
    return JSONObject([
      ("statement", .string(bill)), ("books", .string(books)),
      ("gateway", .string(theirs.format.gatewayKind ?? theirs.format.name)),
      ("layout", .string(theirs.format.name)), ("charset", .string(theirs.charset)),
      ("books_layout", .string(ours.format.name)), ("books_charset", .string(ours.charset)),
      ("from_at", .integer(match.rules.from.milliseconds)),
      ("to_at", .integer(match.rules.to.milliseconds)), ("made_at", .integer(madeAt)),
      ("statement_rows", count(theirs.rows)), ("local_rows", count(ours.rows)),
      ("statement_skipped", count(theirs.skippedRows)),
      ("local_skipped", count(ours.skippedRows)), ("matched", count(agreeing)),
      ("differences", count(differenceCount)), ("waiting", count(waiting.count)),
      ("other_days", count(otherDays)),
      ("statement_buckets", Self.buckets(statementTotals)),
      ("local_buckets", Self.buckets(localTotals)),
      ("figures", .array(theirs.checks.map(Self.figure))), ("verified", .bool(theirs.isVerified)),
      ("left_out", .array(theirs.leftOut.map { .string($0) })),
    ])
  }

  private static func buckets(_ totals: BucketTotals) -> JSONValue {
    var rows: [JSONValue] = []
    for bucket in Bucket.allCases {
      let total = totals[bucket]
      for (place, sum) in total.sums.enumerated() {
        rows.append(
          .object(
            JSONObject([
              ("bucket", .string(bucket.word)),
              ("rows", .integer(place == 0 ? Int64(total.rows) : 0)),
              ("sum", moneyValue(Money(sum.minor ?? .max, sum.currency))),
            ])))
      }
    }
    return .array(rows)
  }

  private static func figure(_ check: StatementCheck) -> JSONValue {
    .object(
      JSONObject([
        ("subject", .string(check.subject.rawValue)), ("stated", .integer(check.stated)),
        ("found", .integer(check.found)),
      ]))
  }

  private func kindsFound() -> [JSONValue] {
    var found: [DiscrepancyKind: (count: Int64, sums: [Currency: Int64?])] = [:]
    for item in result.discrepancies {
      found[item.kind, default: (0, [:])].count += 1
      // What a bill says of itself may be a count, and is no money that differs.
      guard item.kind != .statementUnsound, let difference = item.difference else { continue }
      let sum = found[item.kind]?.sums[item.currency] ?? 0
      let next = sum.map { $0.addingReportingOverflow(difference) }
      found[item.kind]?.sums[item.currency] = .some(
        next.flatMap { $0.overflow ? nil : $0.partialValue })
    }
    return DiscrepancyKind.allCases.compactMap { kind in
      guard let (count, sums) = found[kind] else { return nil }
      let differences = sums.sorted { $0.key < $1.key }.compactMap { currency, minor in
        minor.map { moneyValue(Money($0, currency)) }
      }
      return .object(
        JSONObject([
          ("kind", .string(kind.word)), ("number", .string(kind.number)),
          ("count", .integer(count)), ("differences", .array(differences)),
        ]))
    }
  }

  /// The first differences of each kind, by their kinds: all where they are so many or fewer.
  func some(_ count: Int) -> [Int] {
    guard differenceCount > count else { return Array(0..<differenceCount) }
    let each = max(1, count / max(1, kinds.count))
    var found: [DiscrepancyKind: [Int]] = [:]
    for (place, item) in result.discrepancies.enumerated()
    where found[item.kind, default: []].count < each {
      found[item.kind, default: []].append(place)
    }
    return DiscrepancyKind.allCases.flatMap { found[$0] ?? [] }
  }

  // MARK: One of them

  func discrepancy(_ place: Int) -> JSONValue {
    let item = result.discrepancies[place]
    var object = JSONObject([
      ("kind", .string(item.kind.word)), ("number", .string(item.kind.number)),
    ])
    let figure = figureThatDiffers(item)
    if let figure {
      object["figure"] = Self.figure(figure)
    }
    if figure == nil || figure?.subject.isCount == false {
      object["expected"] = moneyValue(Money(item.expected, item.expectedCurrency))
      object["actual"] = moneyValue(Money(item.actual, item.currency))
      if let difference = item.difference {
        object["difference"] = moneyValue(Money(difference, item.currency))
      }
    }
    if let row = item.statementRow.flatMap({ self.row($0, of: .statement) }) {
      object["theirs"] = .object(row)
    }
    if let row = item.localRow.flatMap({ self.row($0, of: .local) }) {
      object["ours"] = .object(row)
    }
    if !item.suggestions.isEmpty { object["suggestions"] = suggestions(item) }
    object["cause"] = .string(item.kind.likelyCause)
    return .object(object)
  }

  /// Of what a bill says of itself: which figure.
  private func figureThatDiffers(_ item: Discrepancy) -> StatementCheck? {
    guard item.kind == .statementUnsound, item.statementRow == nil else { return nil }
    return match.statement.checks.first {
      !$0.agrees && $0.stated == item.expected && $0.found == item.actual
    }
  }

  private func suggestions(_ item: Discrepancy) -> JSONValue {
    .array(
      item.suggestions.map { rows in
        .array(
          rows.compactMap { row in
            match.found.statement.place(of: row).map {
              .integer(Int64(match.found.statement.table.entries[$0].line))
            }
          })
      })
  }

  /// - Parameter row: its number in the file; nil where it is not at hand any more.
  private func row(_ row: Int, of side: Side) -> JSONObject? {
    let rows = side == .local ? match.found.local : match.found.statement
    guard let place = rows.place(of: row) else { return nil }
    let entry = rows.table.entries[place]
    var object = JSONObject([("line", .integer(Int64(entry.line)))])
    for (name, span) in [
      ("gateway_txn_id", entry.transaction), ("reference", entry.reference),
      ("parent", entry.parent),
    ] where !span.isEmpty {
      object[name] = .string(rows.table.string(span))
    }
    object["at"] = .integer(entry.at.milliseconds)
    return object
  }

  func waitingRow(_ place: Int) -> JSONValue {
    let (side, number) = waiting[place]
    let rows = side == .local ? match.found.local : match.found.statement
    guard var object = row(number, of: side), let place = rows.place(of: number) else {
      return .object(JSONObject())
    }
    let entry = rows.table.entries[place]
    object["side"] = .string(side == .local ? "local" : "statement")
    object["kind"] = .string(entry.kind.word)
    object["amount"] = moneyValue(Money(entry.gross, entry.currency))
    return .object(object)
  }
}

extension StatementCheck.Subject {
  /// Of rows, not of money.
  var isCount: Bool {
    switch self {
    case .rows, .charges, .refunds: true
    case .gross, .refunded, .fees, .income, .expense, .closingBalance: false
    }
  }
}
