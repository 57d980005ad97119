/// Finds out whether a table has a text among some of its own, by its bytes.
package struct TextIndex: Sendable {
  private var spans: [TextSpan] = []
  /// A place of `spans`, counted from 1, below the hash of its text; 0 is none. As many as a power
  /// of two, at most half full. Texts are only looked at where the whole hash is the same.
  private var slots: [UInt64] = Array(repeating: 0, count: 64)

  package init() {}

  /// Makes room in an index that is empty.
  package mutating func reserve(_ count: Int) {
    spans.reserveCapacity(count)
    var size = slots.count
    while size < count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
  }

  /// - Parameter table: the same for all texts of the index.
  package mutating func insert(_ span: TextSpan, of table: EntryTable) {
    if spans.count * 2 >= slots.count { grow() }
    let hash = KeyHash.of(table.bytes, span, .charge)
    let slot = slot(of: span, hash, table, in: table)
    guard slots[slot] == 0 else { return }
    spans.append(span)
    slots[slot] = UInt64(hash) << 32 | UInt64(spans.count)
  }

  /// - Parameters:
  ///   - span: a text of another table.
  ///   - table: the one whose texts were inserted.
  package func holds(_ span: TextSpan, of other: EntryTable, in table: EntryTable) -> Bool {
    slots[slot(of: span, KeyHash.of(other.bytes, span, .charge), other, in: table)] != 0
  }

  /// Where a text is, or would be.
  private func slot(
    of span: TextSpan, _ hash: UInt32, _ other: EntryTable, in table: EntryTable
  ) -> Int {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let place = Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
      if slots[slot] >> 32 == UInt64(hash), EntryTable.same(other, span, table, spans[place]) {
        break
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    let filled = slots.filter { $0 != 0 }
    slots = Array(repeating: 0, count: slots.count * 4)
    for entry in filled {
      var slot = Int(truncatingIfNeeded: entry >> 32) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }
}
