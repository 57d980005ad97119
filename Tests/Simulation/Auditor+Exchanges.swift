import JSON

/// What of one pair of currencies was credited in the other, and what became of the difference.
struct ConvertedSum: Equatable {
  let pair: String
  let credited: String
  private(set) var rows: Int64 = 0
  private(set) var given: Int64 = 0
  private(set) var received: Int64 = 0
  private(set) var fee: Int64 = 0
  private(set) var rate: Int64 = 0
  private(set) var margin: Int64 = 0
  private(set) var rounding: Int64 = 0
  private(set) var unexplained: Int64 = 0

  /// As a run tells it.
  init(_ row: JSONObject) {
    func money(_ name: String) -> (minor: Int64, currency: String) {
      let object = row[name]?.objectValue
      return (object?["minor"]?.integerValue ?? 0, object?["currency"]?.stringValue ?? "")
    }
    credited = money("credited").currency
    pair = "\(money("charged").currency) \(credited)"
    rows = row["rows"]?.integerValue ?? 0
    (given, received) = (money("charged").minor, money("credited").minor)
    (fee, rate, margin) = (money("fee").minor, money("rate").minor, money("margin").minor)
    (rounding, unexplained) = (money("rounding").minor, money("unexplained").minor)
  }

  fileprivate init(_ row: CardMovement, _ exchange: CardExchange) {
    credited = row.currency
    pair = "\(exchange.currency) \(credited)"
    (rows, given, received, fee) = (1, exchange.minor, row.minor, row.fee)
    let gap = row.minor - exchange.worth
    if gap.magnitude <= 1 { rounding = gap } else { unexplained = gap }
  }

  mutating func add(_ other: ConvertedSum) {
    (rows, given, received) = (rows + other.rows, given + other.given, received + other.received)
    (fee, rate, margin) = (fee + other.fee, rate + other.rate, margin + other.margin)
    rounding += other.rounding
    unexplained += other.unexplained
  }
}

/// What Stripe credited in another currency than buyers paid, added up a second time by its lists.
extension Auditor {
  /// Each row that is taken for something of ours was exchanged once, by the newest runs over all
  /// lists together, at the rate that stands in it.
  func auditConversions() throws {
    var own: [String: ConvertedSum] = [:]
    for statement in try opened.statementsInForce(of: FakeStripe.name) {
      guard let paper = try cardPaper(of: statement.id)?.paper else { continue }
      for (place, row) in paper.rows.enumerated() {
        guard let exchange = row.exchange,
          try opened.matched(statement.id, line: place + 1) != nil
        else { continue }
        Self.add(ConvertedSum(row, exchange), to: &own)
      }
    }
    var booked: [String: ConvertedSum] = [:]
    for run in bookedFees.values where run.gateway == FakeStripe.name {
      for sum in run.conversions.values { Self.add(sum, to: &booked) }
    }
    for pair in Set(own.keys).union(booked.keys).sorted() where own[pair] != booked[pair] {
      throw Violation(
        rule: "I15",
        text: "\(pair): lists make \(own[pair].map { "\($0)" } ?? "nothing"), runs booked "
          + (booked[pair].map { "\($0)" } ?? "nothing"))
    }
  }

  /// Stripe and Airwallex tell of no fee before their lists do: what was kept for each row that is
  /// taken for something of ours is booked once, by the newest runs over all lists together. Of a
  /// payment that a list was the first to tell of, the payment itself holds it.
  func auditFees() throws {
    for ledger in [stripe.ledger, airwallex.ledger] {
      var own: Int64 = 0
      for statement in try opened.statementsInForce(of: ledger.gateway) {
        guard let paper = try cardPaper(of: statement.id)?.paper else { continue }
        for (place, row) in paper.rows.enumerated() where row.fee != 0 && row.exchange == nil {
          guard let ours = try opened.matched(statement.id, line: place + 1) else { continue }
          own += row.fee - feeTold(of: ours)
        }
      }
      let booked = bookedFees.values.filter { $0.gateway == ledger.gateway }.reduce(0) {
        $0 + ($1.minor["CNY"] ?? 0)
      }
      guard own == booked else {
        throw Violation(
          rule: "I15", text: "\(ledger.gateway) kept \(own) by its lists, runs booked \(booked)")
      }
    }
  }

  /// What was told of a payment's fee with the payment itself.
  func feeTold(of payment: String) -> Int64 {
    orders.values.lazy.compactMap { $0.payment(payment)?.fee }.first ?? 0
  }

  private static func add(_ sum: ConvertedSum, to sums: inout [String: ConvertedSum]) {
    guard var known = sums[sum.pair] else {
      sums[sum.pair] = sum
      return
    }
    known.add(sum)
    sums[sum.pair] = known
  }

  /// What a list moved by currency, fees taken off. What nobody knows as ours has cost us nothing
  /// yet in the currency of the balance.
  func net(_ paper: CardPaper, _ statement: String) throws -> [String: Int64] {
    var sums: [String: Int64] = [:]
    var known: Set<CardMovement> = []
    for row in paper.rows where row.isCompared && known.insert(row).inserted {
      guard let exchange = row.exchange else {
        sums[row.currency, default: 0] += row.net
        continue
      }
      sums[exchange.currency, default: 0] += exchange.minor
      let lines = paper.rows.indices.filter { paper.rows[$0] == row }.map { $0 + 1 }
      if try lines.contains(where: { try opened.matched(statement, line: $0) != nil }) {
        sums[row.currency, default: 0] -= row.fee
      }
    }
    return sums
  }
}
