/// The compared rows of a table by the hash of their key: an open table of hashes, and chains of
/// the few rows that share one. Only hashes are kept; the caller compares.
struct RowsByKey: Sendable {
  /// The hash above, and below it the first row and one; 0 where nothing stands.
  private var slots: [UInt64]
  private let mask: Int
  private let shift: UInt32
  /// The next row of the same hash.
  private var following: [Int32: Int32] = [:]

  init(_ table: EntryTable) {
    var bits = 4
    while 1 << bits < table.count * 3 / 2 { bits += 1 }
    mask = 1 << bits - 1
    shift = UInt32(32 - bits)
    slots = [UInt64](repeating: 0, count: 1 << bits)
    // From the back, so that a chain gives rows in their order.
    for row in table.entries.indices.reversed() {
      let entry = table.entries[row]
      // What a dispute moved has one key for every time: it is joined by itself.
      guard Self.isCompared(entry.kind), entry.kind != .dispute, !table.keySpan(entry).isEmpty
      else { continue }
      add(Int32(row), entry.keyHash)
    }
  }

  private mutating func add(_ row: Int32, _ hash: UInt32) {
    var slot = Int(hash >> shift)
    while slots[slot] != 0 {
      if UInt32(slots[slot] >> 32) == hash {
        following[row] = Self.row(slots[slot])
        break
      }
      slot = (slot + 1) & mask
    }
    slots[slot] = UInt64(hash) << 32 | UInt64(row + 1)
  }

  private static func row(_ slot: UInt64) -> Int32 { Int32(slot & 0xFFFF_FFFF) - 1 }

  static func isCompared(_ kind: EntryKind) -> Bool {
    switch kind {
    case .charge, .refund, .refundReturn, .dispute: true
    case .fee, .payout, .payoutReturn, .adjustment, .transfer, .bank, .order, .conversion: false
    }
  }

  /// The first row whose key may have this hash; -1 for none.
  @inline(__always)
  func first(_ hash: UInt32) -> Int32 {
    var slot = Int(hash >> shift)
    while slots[slot] != 0 {
      if UInt32(slots[slot] >> 32) == hash { return Self.row(slots[slot]) }
      slot = (slot + 1) & mask
    }
    return -1
  }

  func after(_ row: Int32) -> Int32 { following[row] ?? -1 }
}
