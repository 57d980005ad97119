import Chance
package import Domain
package import Reconciliation

/// A day of one merchant account with known faults among clean rows and honest noise.
package struct PlantedDay: Sendable {
  package static let merchant = "1921000401"
  /// 2026-11-20 in Beijing.
  package static let from = Timestamp(milliseconds: 1_795_104_000_000)
  package static let day: Int64 = 86_400_000

  package private(set) var statement: [PlantedRow] = []
  package private(set) var local: [PlantedRow] = []
  package private(set) var bank: [PlantedRow] = []
  /// The bill as it was first issued: some rows have another amount, one is not there.
  package private(set) var superseded: [PlantedRow] = []
  package private(set) var truth: Set<PlantedTruth> = []
  var chance: SeededRandom
  let yuan: Currency
  let dollars: Currency

  /// - Parameters:
  ///   - orders: clean ones, besides those with faults.
  ///   - perKind: faults of each kind.
  package init(orders: Int, perKind: Int, seed: UInt64) {
    guard let yuan = Currency(code: "CNY"), let dollars = Currency(code: "USD") else {
      preconditionFailure("the currency table lacks CNY or USD")
    }
    self.yuan = yuan
    self.dollars = dollars
    chance = SeededRandom(seed: seed)
    for number in 0..<orders { clean(number) }
    var number = orders
    for kind in DiscrepancyKind.allCases {
      for _ in 0..<perKind {
        plant(kind, number)
        number += 1
      }
    }
    for _ in 0..<perKind {
      noise(&number)
      several(&number)
    }
    payOut(perKind)
    issueBefore(min(perKind, orders))
    shuffle()
  }

  package var rules: MatchRules {
    var rules = MatchRules(
      from: Self.from, to: Self.from.adding(milliseconds: Self.day),
      asOf: Self.from.adding(milliseconds: 10 * Self.day))
    rules.merchant = Array(Self.merchant.utf8)
    rules.refundLimitMilliseconds = Self.day
    rules.comparesBank = true
    return rules
  }

  package var input: MatchInput {
    func table(_ rows: [PlantedRow]) -> EntryTable {
      var table = EntryTable()
      for row in rows { row.add(to: &table) }
      return table
    }
    return MatchInput(
      statement: table(statement), local: table(local), bank: table(bank),
      superseded: superseded.isEmpty ? nil : table(superseded))
  }

  /// Rows of both sides as they should be.
  mutating func pair(_ number: Int) -> (theirs: PlantedRow, ours: PlantedRow) {
    let gross = chance.next(in: 200...200_000)
    let at = Self.from.adding(milliseconds: chance.next(in: 2 * 3_600_000...22 * 3_600_000))
    let fee = Ratio.millionths(6000).applied(to: gross, .halfUp) ?? 0
    let row = PlantedRow(
      at: at, gross: gross, fee: fee, currency: yuan,
      transaction: "42000002632026\(CivilTime.padded(Int64(number), 10))",
      reference: "T\(CivilTime.padded(Int64(number) &* 7919 % 1_000_000_007, 10))X\(number)")
    return (row, row)
  }

  mutating func refundPair(_ number: Int) -> (theirs: PlantedRow, ours: PlantedRow) {
    var (theirs, _) = pair(number)
    theirs.kind = .refund
    theirs.gross = -theirs.gross
    theirs.fee = -theirs.fee
    theirs.parent = theirs.reference
    theirs.reference = "R" + theirs.reference
    theirs.transaction = "5" + theirs.transaction
    return (theirs, theirs)
  }

  private mutating func clean(_ number: Int) {
    let (theirs, ours) = number % 20 == 7 ? refundPair(number) : pair(number)
    add(theirs, ours)
  }

  mutating func add(_ theirs: PlantedRow?, _ ours: PlantedRow?) {
    if let theirs { statement.append(theirs) }
    if let ours { local.append(ours) }
  }

  mutating func addBank(_ row: PlantedRow) { bank.append(row) }

  mutating func expect(_ key: String, _ kind: DiscrepancyKind) {
    truth.insert(PlantedTruth(key, kind))
  }

  /// Payouts over all rows of the bill, in groups; some of them wrong.
  private mutating func payOut(_ perKind: Int) {
    let count = 3 * perKind + 2
    for place in statement.indices where statement[place].batch.isEmpty {
      statement[place].batch = "po_\(100_000 + place % count)"
    }
    var nets: [String: Int64] = [:]
    for row in statement where row.status == .succeeded {
      nets[row.batch, default: 0] += row.gross - row.fee
    }
    for place in 0..<count {
      let name = "po_\(100_000 + place)"
      guard let net = nets[name] else { continue }
      addPayout(name, net, perKind == 0 ? 2 : place / perKind)
    }
  }

  private mutating func addPayout(_ name: String, _ net: Int64, _ group: Int) {
    let at = Self.from.adding(milliseconds: Self.day - 1)
    var payout = PlantedRow(
      kind: .payout, at: at, gross: -net, fee: 0, currency: yuan, transaction: name,
      reference: "", batch: name)
    if group == 0 {
      // No group of rows explains this, so it stays named and open.
      payout.gross -= 1
      expect(name, .payoutSum)
    }
    if group == 1 { expect(name, .payoutNotArrived) }
    statement.append(payout)
    guard group != 1 else { return }
    bank.append(
      PlantedRow(
        kind: .bank, at: at.adding(milliseconds: Self.day), gross: -payout.gross, fee: 0,
        currency: yuan, flags: [.namesGateway], transaction: "B" + name, reference: "",
        parent: "TENPAY SETTLEMENT \(name)"))
  }

  /// The bill at hand was issued a second time: clean rows stood otherwise in the first.
  private mutating func issueBefore(_ count: Int) {
    guard count > 0 else { return }
    superseded = statement
    // The first rows are the clean ones.
    for place in 0..<count {
      expect(superseded[place].reference, .statementUnsound)
      superseded[place].gross += chance.next(in: 1...99)
    }
    superseded.remove(at: count - 1)
  }

  private mutating func shuffle() {
    statement.shuffle(using: &chance)
    local.shuffle(using: &chance)
  }
}
