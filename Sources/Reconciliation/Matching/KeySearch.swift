import Domain

/// Looks up each row of the statement among ours. The rows of one side are met in their order and
/// those of the other lie anywhere, so the rows are taken in blocks: one look over a block finds
/// the rows of ours, the next takes their numbers and the last their texts. No look waits for the
/// one before it, and the processor makes many at once.
struct KeySearch {
  /// Few enough to stay in the nearest cache.
  private static let blockRows = 256
  /// Pieces that the work is shared out in; more than processors, as they do not end together.
  private static let tasks = 16

  /// What is known of a row of the statement.
  struct Finding: Sendable {
    /// The first of ours whose key has the hash; -1 where there is none.
    let local: Int32
    let isCompared: Bool
    let isSameKey: Bool
    /// Nothing differs.
    let agrees: Bool
  }

  private let comparison: PairComparison
  private let statement: EntryTable
  private let local: EntryTable
  private let index: RowsByKey

  init(_ comparison: PairComparison, _ index: RowsByKey) {
    self.comparison = comparison
    statement = comparison.input.statement
    local = comparison.input.local
    self.index = index
  }

  /// The findings of all rows, in their order.
  func run(_ forEach: ForEach) -> [[Finding]] {
    let shelf = Shelf<[Finding]>(count: Self.tasks)
    let count = statement.count
    forEach(Self.tasks) { task in
      let rows = count * task / Self.tasks..<count * (task + 1) / Self.tasks
      var findings: [Finding] = []
      findings.reserveCapacity(rows.count)
      var block = [Candidate](repeating: Candidate(), count: Self.blockRows)
      for first in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.blockRows) {
        look(first..<min(first + Self.blockRows, rows.upperBound), &block, &findings)
      }
      shelf.put(findings, at: task)
    }
    return (0..<Self.tasks).map { shelf.take($0) }
  }

  private struct Candidate {
    var local: Int32 = -1
    var isSameKey = false
    var agrees = false
    var key = (theirs: TextSpan.empty, ours: TextSpan.empty)
    var transaction = (theirs: TextSpan.empty, ours: TextSpan.empty)
    var reference = (theirs: TextSpan.empty, ours: TextSpan.empty)
  }

  private func look(
    _ rows: Range<Int>, _ block: inout [Candidate], _ findings: inout [Finding]
  ) {
    for (place, row) in rows.enumerated() {
      let entry = statement.entries[row]
      block[place].isSameKey = false
      block[place].local = RowsByKey.isCompared(entry.kind) ? index.first(entry.keyHash) : -1
    }
    for (place, row) in rows.enumerated() where block[place].local >= 0 {
      takeNumbers(row, &block[place])
    }
    statement.withTexts { theirs in
      local.withTexts { ours in
        for place in 0..<rows.count where block[place].isSameKey {
          Self.takeTexts(theirs, ours, &block[place])
        }
      }
    }
    for (place, row) in rows.enumerated() {
      let candidate = block[place]
      findings.append(
        Finding(
          local: candidate.local,
          isCompared: candidate.local >= 0 || RowsByKey.isCompared(statement.entries[row].kind),
          isSameKey: candidate.isSameKey, agrees: candidate.agrees))
    }
  }

  @inline(__always)
  private func takeNumbers(_ row: Int, _ candidate: inout Candidate) {
    let theirs = statement.entries[row]
    let ours = local.entries[Int(candidate.local)]
    candidate.key = (statement.keySpan(theirs), local.keySpan(ours))
    candidate.isSameKey = theirs.kind == ours.kind && !candidate.key.theirs.isEmpty
    candidate.agrees = comparison.agreesInNumbers(theirs, ours)
    candidate.transaction = (theirs.transaction, ours.transaction)
    candidate.reference = (theirs.reference, ours.reference)
  }

  @inline(__always)
  private static func takeTexts(
    _ theirs: ByteView, _ ours: ByteView, _ candidate: inout Candidate
  ) {
    func same(_ spans: (theirs: TextSpan, ours: TextSpan)) -> Bool {
      ByteView.same(theirs, spans.theirs.range, ours, spans.ours.range)
    }
    func differ(_ spans: (theirs: TextSpan, ours: TextSpan)) -> Bool {
      !spans.theirs.isEmpty && !spans.ours.isEmpty && !same(spans)
    }
    candidate.isSameKey = same(candidate.key)
    candidate.agrees =
      candidate.agrees && !differ(candidate.transaction) && !differ(candidate.reference)
  }
}
