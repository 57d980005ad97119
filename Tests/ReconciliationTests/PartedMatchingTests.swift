import Chance
import Domain
import PlantedFaults
import Synchronization
import Testing

@testable import Reconciliation

@Suite("two sides compared part by part")
struct PartedMatchingTests {
  /// Cuts a table into pieces and puts them aside in any order.
  private func parted(
    _ table: EntryTable, _ parts: Int, _ chance: inout SeededRandom,
    in store: any RowStore = MemoryRows()
  ) throws -> PartedRows {
    let rows = PartedRows(parts: parts, in: store)
    var pieces: [EntryTable] = [EntryTable()]
    let length = Int(chance.next(in: 1...Int64(table.count + 1)))
    for row in 0..<table.count {
      if pieces[pieces.count - 1].count == length { pieces.append(EntryTable()) }
      pieces[pieces.count - 1].add(row, of: table)
    }
    for place in pieces.indices.shuffled(using: &chance) {
      try rows.keep(pieces[place], lines: 0, at: place)
    }
    return rows
  }

  private func expectSame(
    _ input: MatchInput, _ rules: MatchRules, parts: Int, seed: UInt64
  ) throws {
    var chance = SeededRandom(seed: seed)
    let whole = Matcher(input, rules).run()
    let matcher = PartedMatcher(
      statement: try parted(input.statement, parts, &chance),
      local: try parted(input.local, parts, &chance),
      superseded: try input.superseded.map { try parted($0, parts, &chance) },
      bank: input.bank, checks: input.checks, rules)
    let found = try matcher.run { count, work in
      for place in (0..<count).reversed() { work(place) }
    }
    let result = found.result
    #expect(result.statementBuckets == whole.statementBuckets, "seed \(seed)")
    #expect(result.localBuckets == whole.localBuckets, "seed \(seed)")
    #expect(result.bankBuckets == whole.bankBuckets, "seed \(seed)")
    #expect(result.partners == whole.partners, "seed \(seed)")
    #expect(result.arrivals == whole.arrivals, "seed \(seed)")
    #expect(result.payoutSums == whole.payoutSums, "seed \(seed)")
    #expect(result.awaited == whole.awaited, "seed \(seed)")
    #expect(result.discrepancies == whole.discrepancies, "seed \(seed)")
    for item in whole.discrepancies {
      expectTold(item.statementRow, input.statement, found.statement)
      expectTold(item.localRow, input.local, found.local)
    }
  }

  /// What is told of a row can be looked up.
  private func expectTold(_ row: Int?, _ table: EntryTable, _ rows: NumberedRows) {
    guard let row else { return }
    guard let place = rows.place(of: row) else {
      Issue.record("row \(row) is not there")
      return
    }
    let (one, other) = (table.entries[row], rows.table.entries[place])
    #expect(table.key(row).elementsEqual(rows.table.key(place)))
    #expect(one.gross == other.gross && one.at == other.at && one.line == other.line)
    #expect(table.string(one.parent) == rows.table.string(other.parent))
  }

  @Test("all kinds of faults are found as with all rows at once", arguments: [
    UInt64(1), 2, 3,
  ])
  func planted(seed: UInt64) throws {
    let day = PlantedDay(orders: 400, perKind: 4, seed: seed)
    for parts in [1, 2, 64] {
      try expectSame(day.input, day.rules, parts: parts, seed: seed)
    }
  }

  @Test("rows that share keys, numbers, sums and payouts in any way end as with all rows at once")
  func tangled() throws {
    for seed in UInt64(1)...300 {
      var tangle = Tangle(seed: seed)
      let input = tangle.input()
      try expectSame(input, tangle.rules(), parts: 1 << Int(seed % 5), seed: seed)
    }
  }

  @Test("a row put aside comes back as it was, whatever stands in it")
  func extremes() throws {
    var table = EntryTable()
    for (place, value) in [Int64.min, -1, 0, 1, 127, 128, .max].enumerated() {
      for kind in EntryKind.allCases {
        for status in EntryStatus.allCases {
          let entry = Entry(
            kind: kind, status: status, at: Timestamp(milliseconds: value), gross: value,
            fee: value &* 3, currency: currency(place % 2 == 0 ? "CNY" : "KWD"),
            flags: EntryFlags(rawValue: UInt16(truncatingIfNeeded: value)),
            transaction: table.keep("t\(value)"), reference: table.keep(place % 3 == 0 ? "" : "r"),
            parent: table.keep(String(repeating: "p", count: place * 100)),
            merchant: table.number(of: "m\(place % 2)".utf8),
            batch: table.number(of: place % 3 == 0 ? "".utf8 : "b\(place)".utf8),
            line: UInt32(table.count * 3 + 1))
          let rate = try #require(Ratio(value, 1 << Int64(place)))
          let settlement = Settlement(
            amount: Money(value, currency("USD")), rate: rate, fee: -(value / 2))
          table.add(
            entry, settlement: place % 2 == 0 ? settlement : nil,
            received: place % 3 == 0 ? value / 2 : nil)
        }
      }
    }
    var chance = SeededRandom(seed: 5)
    let whole = try parted(table, 8, &chance).table()
    var seen: Set<Int> = []
    for part in 0..<8 {
      let rows = try whole.part(part)
      for row in rows.table.entries.indices {
        let number = rows.number(row)
        seen.insert(number)
        let (one, other) = (table.entries[number], rows.table.entries[row])
        #expect(one.kind == other.kind && one.status == other.status && one.flags == other.flags)
        #expect(one.at == other.at && one.gross == other.gross && one.fee == other.fee)
        #expect(one.currency == other.currency && one.line == other.line)
        #expect(one.keyHash == other.keyHash)
        #expect(table.settlement(ofRow: number) == rows.table.settlement(ofRow: row))
        #expect(table.received(ofRow: number) == rows.table.received(ofRow: row))
        #expect(table.word(one.merchant).elementsEqual(rows.table.word(other.merchant)))
        #expect(table.word(one.batch).elementsEqual(rows.table.word(other.batch)))
        for text in [\Entry.transaction, \.reference, \.parent] {
          #expect(table.string(one[keyPath: text]) == rows.table.string(other[keyPath: text]))
        }
      }
    }
    #expect(seen.count == table.count)
  }

  @Test("what cannot be put aside, or does not come back, ends the comparison")
  func faults() throws {
    let day = PlantedDay(orders: 50, perKind: 1, seed: 1)
    var chance = SeededRandom(seed: 1)
    #expect(throws: RowStoreFault("full")) {
      try parted(day.input.statement, 4, &chance, in: MemoryRows(room: 2_000))
    }
    let lost = MemoryRows()
    let matcher = PartedMatcher(
      statement: try parted(day.input.statement, 4, &chance, in: lost),
      local: try parted(day.input.local, 4, &chance), day.rules)
    lost.clear()
    #expect(throws: RowStoreFault("lost")) { try matcher.run() }
  }
}

/// Rows put aside in memory, as far as there is room.
private final class MemoryRows: RowStore {
  private let bytes = Mutex<[UInt8]>([])
  private let room: Int

  init(room: Int = .max) { self.room = room }

  func add(_ more: [UInt8]) throws(RowStoreFault) -> Int {
    let start = bytes.withLock { bytes -> Int? in
      guard bytes.count + more.count <= room else { return nil }
      defer { bytes += more }
      return bytes.count
    }
    guard let start else { throw RowStoreFault("full") }
    return start
  }

  func read(_ range: Range<Int>, into buffer: inout [UInt8]) throws(RowStoreFault) {
    let found = bytes.withLock { range.upperBound <= $0.count ? Array($0[range]) : nil }
    guard let found else { throw RowStoreFault("lost") }
    buffer += found
  }

  func clear() { bytes.withLock { $0 = [] } }
}

/// Rows of few numbers and amounts, so that everything may be everything's partner.
private struct Tangle {
  private var chance: SeededRandom
  private let start = PlantedDay.from

  init(seed: UInt64) { chance = SeededRandom(seed: seed) }

  private mutating func isOne(in count: Int64) -> Bool { chance.next(in: 1...count) == 1 }

  mutating func rules() -> MatchRules {
    var rules = MatchRules(
      from: start, to: start.adding(milliseconds: PlantedDay.day),
      asOf: start.adding(milliseconds: PlantedDay.day * chance.next(in: 1...40)))
    rules.comparesBank = isOne(in: 2)
    rules.keepsPayouts = isOne(in: 2)
    rules.feeTolerance = chance.next(in: 0...1)
    rules.groupSteps = 200
    if isOne(in: 2) { rules.merchant = Array("m1".utf8) }
    return rules
  }

  mutating func input() -> MatchInput {
    let rows = Int(chance.next(in: 0...60))
    let statement = table(rows) { $0.theirs() }
    var input = MatchInput(
      statement: statement, local: table(Int(chance.next(in: 0...60))) { $0.ours() },
      bank: table(Int(chance.next(in: 0...5))) { $0.bank() })
    if isOne(in: 3) { input.superseded = table(Int(chance.next(in: 0...60))) { $0.theirs() } }
    if isOne(in: 3) {
      input.checks = [1, 2].map { StatementCheck(.rows, stated: 1, found: $0) }
    }
    return input
  }

  private mutating func table(
    _ count: Int, _ row: (inout Self) -> PlantedRow
  ) -> EntryTable {
    var table = EntryTable()
    for _ in 0..<count { row(&self).add(to: &table) }
    return table
  }

  private mutating func some(_ kinds: [EntryKind]) -> PlantedRow {
    let kind = chance.pick(kinds)
    let amount = chance.pick([100, 200, 300] as [Int64])
    let codes = isOne(in: 8) ? "USD" : "CNY"
    var row = PlantedRow(
      kind, at: start.adding(milliseconds: PlantedDay.day / 8 * chance.next(in: -1...9)),
      gross: kind == .charge || kind == .order ? amount : -amount, currency: currency(codes))
    if isOne(in: 3) { row.status = chance.pick(EntryStatus.allCases) }
    row.fee = chance.next(in: 0...2)
    if isOne(in: 3) { row.flags = [] }
    row.transaction = chance.pick(["", "t1", "t2", "t3", "t4", "t5"])
    row.reference = chance.pick(["", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8"])
    row.parent = chance.pick(["", "r1", "r2", "r3"])
    row.merchant = chance.pick(["", "m1", "m1", "m1", "m2"])
    if isOne(in: 6), let rate = Ratio(7, 1) {
      row.settlement = Settlement(amount: Money(amount * 7, currency("JPY")), rate: rate)
    }
    return row
  }

  private mutating func theirs() -> PlantedRow {
    var row = some([.charge, .charge, .charge, .refund, .refund, .dispute, .fee, .payout])
    if row.kind == .payout, isOne(in: 3) { (row.kind, row.gross) = (.payoutReturn, abs(row.gross)) }
    row.batch = chance.pick(["", "payout1", "payout2"])
    if isOne(in: 6) { row.flags.insert(.carried) }
    if isOne(in: 9) { row.flags.insert(.taken) }
    return row
  }

  private mutating func ours() -> PlantedRow {
    var row = some([.charge, .charge, .charge, .refund, .refund, .dispute, .order])
    if isOne(in: 6) { row.flags.insert(.carried) }
    if isOne(in: 4) { row.flags.insert(isOne(in: 2) ? .delivered : .deliverable) }
    if row.kind == .refund, isOne(in: 2) {
      row.flags.insert(.withoutUs)
      row.reference = ""
    }
    return row
  }

  private mutating func bank() -> PlantedRow {
    var row = some([.bank])
    row.gross = abs(row.gross)
    row.parent = chance.pick(["", "TENPAY payout1", "payout2 x", "payout1 payout2"])
    if isOne(in: 2) { row.flags.insert(.namesGateway) }
    return row
  }
}
