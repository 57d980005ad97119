/// Finds out whether a table has a text among some of its own, by its bytes.
package struct TextIndex {
  private var spans: [TextSpan] = []
  /// Places of `spans` by their hashes; -1 is none. A power of two, at most half full.
  private var slots: [Int32] = Array(repeating: -1, count: 64)

  package init() {}

  /// Makes room in an index that is empty.
  package mutating func reserve(_ count: Int) {
    spans.reserveCapacity(count)
    var size = slots.count
    while size < count * 2 { size *= 2 }
    slots = Array(repeating: -1, count: size)
  }

  /// - Parameter table: the same for all texts of the index.
  package mutating func insert(_ span: TextSpan, of table: EntryTable) {
    if spans.count * 2 >= slots.count { grow(table) }
    let slot = slot(of: span, table, in: table)
    guard slots[slot] < 0 else { return }
    slots[slot] = Int32(spans.count)
    spans.append(span)
  }

  /// - Parameters:
  ///   - span: a text of another table.
  ///   - table: the one whose texts were inserted.
  package func holds(_ span: TextSpan, of other: EntryTable, in table: EntryTable) -> Bool {
    slots[slot(of: span, other, in: table)] >= 0
  }

  /// Where a text is, or would be.
  private func slot(of span: TextSpan, _ other: EntryTable, in table: EntryTable) -> Int {
    var slot = Int(KeyHash.of(other.bytes, span, .charge)) & (slots.count - 1)
    while slots[slot] >= 0, !EntryTable.same(other, span, table, spans[Int(slots[slot])]) {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow(_ table: EntryTable) {
    slots = Array(repeating: -1, count: slots.count * 4)
    for (place, span) in spans.enumerated() {
      slots[slot(of: span, table, in: table)] = Int32(place)
    }
  }
}
