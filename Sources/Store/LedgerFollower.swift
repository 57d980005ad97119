package import Domain

/// The sums of the books in memory, brought up to date by what was recorded since they were last
/// asked for. After a start they go on from what was kept of them.
package struct LedgerFollower: Sendable {
  private var walk: LedgerWalk?
  private var sums = LedgerSums()
  /// What is to be kept: everything after this place, in these hours.
  private var keptTo: Int64 = 0
  private var changed: Set<Int64> = []
  private var dues: [LedgerNote] = []

  /// So long a stretch becomes a note of its own: the writer is not held up by years at once.
  private static let noteMost: Int64 = 100_000

  package init() {}

  /// The books before a moment, in the state of the store that is read.
  ///
  /// - Parameters:
  ///   - last: the place of the newest event in that state.
  ///   - moment: nil is now.
  /// - Returns: nil where another reader has seen a newer state.
  package mutating func standing(
    in store: StoreReader, last: Int64, before moment: Timestamp?
  ) throws -> LedgerStanding? {
    guard try follow(store, last: last) else { return nil }
    guard let moment else { return try sums.standing() }
    let hour = LedgerSums.hour(of: moment)
    guard !LedgerSums.knows(before: moment), let present = sums.hour(hour) else {
      return try sums.standing(beforeHour: LedgerSums.knows(before: moment) ? hour : hour + 1)
    }
    var records: [LedgerRecord] = []
    try Self.read(present.firstSequence...present.lastSequence, in: store) { record in
      if LedgerSums.hour(of: record.entry.at) == hour, record.entry.at < moment {
        records.append(record)
      }
      return true
    }
    return try sums.standing(beforeHour: hour, beside: records)
  }

  /// Entries that moved an account, by their numbers.
  ///
  /// - Parameters:
  ///   - times: of the events; our wall clock.
  ///   - number: only those after it.
  /// - Returns: nil where another reader has seen a newer state.
  package mutating func trace(
    _ side: LedgerHour.Side, in store: StoreReader, last: Int64, _ times: Range<Timestamp>,
    after number: Int64, limit: Int
  ) throws -> [LedgerRecord]? {
    guard try follow(store, last: last) else { return nil }
    guard !times.isEmpty else { return [] }
    var found: [LedgerRecord] = []
    let hours = LedgerSums.hour(of: times.lowerBound)...LedgerSums.hour(of: times.upperBound)
    for stretch in sums.stretches(of: side, in: hours)
    where (stretch.upperBound + 1) * LedgerRecord.perEvent > number && found.count < limit {
      let first = max(stretch.lowerBound, number / LedgerRecord.perEvent)
      try Self.read(first...stretch.upperBound, in: store) { record in
        let touches = record.entry.lines.contains {
          $0.account == side.account && $0.debit.currency == side.currency
        }
        if touches, record.number > number, times.contains(record.entry.at) {
          found.append(record)
        }
        return found.count < limit
      }
    }
    return found
  }

  /// What is worth keeping of the sums since the last time, for the writer.
  ///
  /// - Parameter least: events that are worth a commit.
  package mutating func takeNotes(least: Int64 = 2_000) -> [LedgerNote] {
    if let sequence = walk?.sequence, sequence - keptTo >= least { note(upTo: sequence) }
    defer { dues = [] }
    return dues
  }

  // MARK: Reading on

  private mutating func follow(_ store: StoreReader, last: Int64) throws -> Bool {
    var walk = try walk ?? begin(store)
    guard walk.sequence <= last else { return false }
    // One owner at a time: what the walk holds is changed in place.
    self.walk = nil
    do {
      while let records = try walk.next(in: store) {
        for record in records { changed.insert(try sums.add(record)) }
        if walk.sequence - keptTo >= Self.noteMost { note(upTo: walk.sequence) }
      }
    } catch {
      // What was half done is worth nothing.
      self = LedgerFollower()
      throw error
    }
    self.walk = walk
    return true
  }

  private mutating func begin(_ store: StoreReader) throws -> LedgerWalk {
    let kept = try store.ledgerKept()
    sums = LedgerSums(kept.hours)
    keptTo = kept.position
    return LedgerWalk(after: kept.position)
  }

  private mutating func note(upTo sequence: Int64) {
    dues.append(
      LedgerNote(from: keptTo, to: sequence, hours: changed.sorted().compactMap(sums.hour)))
    keptTo = sequence
    changed = []
  }

  /// - Parameter body: returns whether to go on.
  private static func read(
    _ stretch: ClosedRange<Int64>, in store: StoreReader, _ body: (LedgerRecord) -> Bool
  ) throws {
    var walk = LedgerWalk(after: stretch.lowerBound - 1)
    while walk.sequence < stretch.upperBound, let records = try walk.next(in: store) {
      for record in records where record.sequence <= stretch.upperBound {
        guard body(record) else { return }
      }
    }
  }
}

/// Sums of the books to be kept: the hours that changed between two places in the log, as they
/// stand after the second.
package struct LedgerNote: Hashable, Sendable {
  package let from: Int64
  package let to: Int64
  package let hours: [LedgerHour]
}
