package import Domain

/// Rows of one side with the bytes they point into. Rows are only ever added.
package struct EntryTable: Sendable {
  package private(set) var entries: [Entry] = []
  /// UTF-8 of all texts, one after the other.
  private(set) var bytes: [UInt8] = []
  /// Merchants and payouts; word n has the number n + 1.
  private var words: [TextSpan] = []
  private var wordNumbers: [[UInt8]: UInt32] = [:]
  private var lastWord: UInt32 = 0
  private var kindCounts = [Int](repeating: 0, count: EntryKind.allCases.count)
  /// Those that some row was added with.
  private(set) var flags: EntryFlags = []
  /// By row, ascending; only rows settled in another currency have one.
  package private(set) var settlements: [(row: Int, settlement: Settlement)] = []
  /// By row, ascending; only rows of which the balance gets less or more than the amount have one.
  /// Minor units, signed as the amount.
  package private(set) var receipts: [(row: Int, minor: Int64)] = []

  /// Ascending: rows of money that had been asked for before the time that the file is of. It may
  /// stand in the file of that time already.
  package private(set) var touched: [Int] = []

  package init() {}

  package var count: Int { entries.count }

  /// Whether there is a row of this kind.
  package func has(_ kind: EntryKind) -> Bool { kindCounts[Int(kind.rawValue)] > 0 }

  package mutating func reserve(rows: Int, textBytes: Int) {
    entries.reserveCapacity(rows)
    bytes.reserveCapacity(textBytes)
  }

  /// Makes room for what another table has.
  mutating func reserve(as other: EntryTable) {
    reserve(rows: other.count, textBytes: other.bytes.count)
  }

  /// Makes room for so many times what is there, and an eighth more.
  mutating func reserve(times: Int) {
    reserve(
      rows: entries.count * times / 8 * 9 + 16, textBytes: bytes.count * times / 8 * 9 + 1024)
  }

  /// Keeps a text and gives where it stands.
  package mutating func keep(_ text: some Collection<UInt8>) -> TextSpan {
    guard !text.isEmpty else { return .empty }
    let offset = bytes.count
    bytes.append(contentsOf: text)
    return TextSpan(offset: offset, count: bytes.count - offset)
  }

  /// The same without anything generic, which another module could not have made for its type.
  package mutating func keep(_ text: UnsafeRawBufferPointer) -> TextSpan {
    guard !text.isEmpty else { return .empty }
    let offset = bytes.count
    bytes.append(contentsOf: text)
    return TextSpan(offset: offset, count: text.count)
  }

  package mutating func keep(_ text: String) -> TextSpan { keep(text.utf8) }

  @inline(__always)
  mutating func keep(_ text: ByteView, _ field: Range<Int>) -> TextSpan {
    keep(UnsafeRawBufferPointer(rebasing: text.slice(field)))
  }

  /// The number of a word that many rows share; the empty word is 0.
  package mutating func number(of word: some Collection<UInt8>) -> UInt32 {
    guard !word.isEmpty else { return 0 }
    if lastWord > 0, text(words[Int(lastWord) - 1]).elementsEqual(word) { return lastWord }
    let key = Array(word)
    lastWord = wordNumbers[key] ?? add(word: key)
    return lastWord
  }

  @inline(__always)
  mutating func number(of text: ByteView, _ field: Range<Int>) -> UInt32 {
    if lastWord > 0, isWord(lastWord, text, field) { return lastWord }
    return number(of: Array(text.slice(field)))
  }

  /// Whether a field says this word again.
  @inline(__always)
  private func isWord(_ number: UInt32, _ text: ByteView, _ field: Range<Int>) -> Bool {
    let span = words[Int(number) - 1]
    guard span.count == field.count else { return false }
    return bytes.withUnsafeBufferPointer {
      ByteView.same(ByteView($0), span.range, text, field)
    }
  }

  private mutating func add(word: [UInt8]) -> UInt32 {
    words.append(keep(word))
    let number = UInt32(words.count)
    wordNumbers[word] = number
    return number
  }

  var wordCount: Int { words.count }

  /// By kind.
  var countsOfKinds: [Int] { kindCounts }

  /// The number that a word has already; 0 where it has none.
  func knownNumber(of word: [UInt8]) -> UInt32 { wordNumbers[word] ?? 0 }

  /// - Parameter received: what the balance gets of the amount; nil is all of it.
  package mutating func add(
    _ entry: Entry, settlement: Settlement? = nil, received: Int64? = nil
  ) {
    var entry = entry
    if let received, received != entry.gross { receipts.append((entries.count, received)) }
    let key = entry.reference.isEmpty ? entry.transaction : entry.reference
    entry.keyHash = KeyHash.of(bytes, key, entry.kind)
    if let settlement { settlements.append((entries.count, settlement)) }
    kindCounts[Int(entry.kind.rawValue)] += 1
    flags.formUnion(entry.flags)
    entries.append(entry)
  }

  /// Adds a row of a file whose rows need not stand on lines of their own. One that shares its line
  /// with others before it gets the next number: a row is known by its line.
  mutating func addNumbered(
    _ entry: Entry, settlement: Settlement? = nil, isTouched: Bool = false
  ) {
    var entry = entry
    if let last = entries.last?.line, entry.line <= last {
      precondition(last < .max, "a file has fewer rows than 2^32")
      entry.line = last + 1
    }
    if isTouched { touched.append(entries.count) }
    add(entry, settlement: settlement)
  }

  /// Adds another table's rows behind this one's.
  ///
  /// - Parameter lines: of the file before those the other table counts from.
  package mutating func append(_ other: EntryTable, linesBefore lines: Int = 0) {
    let shift = bytes.count
    bytes.append(contentsOf: other.bytes)
    let numbers = other.words.map { number(of: other.text($0)) }
    let firstRow = entries.count
    entries.reserveCapacity(entries.count + other.entries.count)
    for entry in other.entries {
      var moved = entry
      if entry.line > 0 { moved.line = UInt32(clamping: Int(entry.line) + lines) }
      moved.transaction = entry.transaction.moved(by: shift)
      moved.reference = entry.reference.moved(by: shift)
      moved.parent = entry.parent.moved(by: shift)
      if entry.merchant > 0 { moved.merchant = numbers[Int(entry.merchant) - 1] }
      if entry.batch > 0 { moved.batch = numbers[Int(entry.batch) - 1] }
      entries.append(moved)
    }
    for (row, settlement) in other.settlements {
      settlements.append((firstRow + row, settlement))
    }
    for (row, minor) in other.receipts { receipts.append((firstRow + row, minor)) }
    touched += other.touched.map { firstRow + $0 }
    for kind in kindCounts.indices { kindCounts[kind] += other.kindCounts[kind] }
    flags.formUnion(other.flags)
  }

  /// Says of each row of a bank's statement what a comparison with one gateway may make of it.
  ///
  /// - Parameters:
  ///   - kind: the gateway's adapter. A row that names other gateways only is none of its payouts.
  ///   - taken: lines that are payouts of other runs.
  package mutating func prepareBankRows(gatewayKind kind: String, taken: Set<UInt32>) {
    for row in entries.indices {
      let named = BankText.gateways(in: text(entries[row].parent))
      let isNamed = named.contains { $0.utf8.elementsEqual(kind.utf8) }
      entries[row].flags.subtract([.namesGateway, .taken])
      if isNamed { entries[row].flags.insert(.namesGateway) }
      if taken.contains(entries[row].line) || (!named.isEmpty && !isNamed) {
        entries[row].flags.insert(.taken)
      }
    }
  }

  /// Rows that need not be looked for any more.
  package mutating func mark(_ rows: [Int], _ flag: EntryFlags) {
    for row in rows { entries[row].flags.insert(flag) }
  }

  package func settlement(ofRow row: Int) -> Settlement? {
    Self.place(of: row, among: settlements.count) { settlements[$0].row }
      .map { settlements[$0].settlement }
  }

  /// What the balance gets of a row before fees.
  package func received(ofRow row: Int) -> Int64 {
    Self.place(of: row, among: receipts.count) { receipts[$0].row }
      .map { receipts[$0].minor } ?? entries[row].gross
  }

  /// Where a row stands in a list of rows that ascend.
  private static func place(of row: Int, among count: Int, _ rowAt: (Int) -> Int) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if rowAt(middle) < row { low = middle + 1 } else { high = middle }
    }
    return low < count && rowAt(low) == row ? low : nil
  }

  /// The fee that a row should have had, learnt after it was added.
  package mutating func set(fee: Int64, ofRow row: Int) {
    entries[row].fee = fee
    entries[row].flags.insert(.hasFee)
    flags.insert(.hasFee)
  }

  /// What a row changed the balance by, in the currency of the balance: the minor units are nil
  /// where they do not fit.
  package func balanceChange(ofRow row: Int) -> (minor: Int64?, currency: Currency) {
    if let settlement = settlement(ofRow: row) {
      return (settlement.net, settlement.amount.currency)
    }
    return (net(ofRow: row), entries[row].currency)
  }

  /// What a row brings the balance after its fee, in the row's currency; nil where that does not
  /// fit.
  package func net(ofRow row: Int) -> Int64? {
    guard !receipts.isEmpty else { return entries[row].net }
    let (net, overflow) = received(ofRow: row).subtractingReportingOverflow(entries[row].fee)
    return overflow ? nil : net
  }

  /// What a coupon that the merchant pays for took of a row, signed as its amount.
  package func coupon(ofRow row: Int) -> Int64 {
    // Both have one sign.
    receipts.isEmpty ? 0 : entries[row].gross &- received(ofRow: row)
  }

  package func text(_ span: TextSpan) -> ArraySlice<UInt8> {
    bytes[span.offset..<span.offset + span.count]
  }

  package func string(_ span: TextSpan) -> String { String(decoding: text(span), as: UTF8.self) }

  /// The word with this number; empty for 0.
  package func word(_ number: UInt32) -> ArraySlice<UInt8> {
    number == 0 ? [] : text(words[Int(number) - 1])
  }

  /// What rows are joined by: our number, or the gateway's where the row has none of ours.
  package func key(_ row: Int) -> ArraySlice<UInt8> {
    let entry = entries[row]
    return text(entry.reference.isEmpty ? entry.transaction : entry.reference)
  }
}

extension TextSpan {
  var range: Range<Int> { offset..<offset + count }

  fileprivate func moved(by shift: Int) -> TextSpan {
    isEmpty ? self : TextSpan(offset: offset + shift, count: count)
  }
}

/// A quick hash of a key and its kind. It only finds candidates: bytes are always compared.
enum KeyHash {
  static func of(_ bytes: [UInt8], _ span: TextSpan, _ kind: EntryKind) -> UInt32 {
    bytes.withUnsafeBufferPointer { of(ByteView($0), span.range, kind) }
  }

  @inline(__always)
  private static func of(_ bytes: ByteView, _ field: Range<Int>, _ kind: EntryKind) -> UInt32 {
    var hash = 0x9E37_79B9_7F4A_7C15 ^ UInt64(kind.rawValue)
    var place = field.lowerBound
    while place + 8 <= field.upperBound {
      hash = mixed(hash ^ bytes.word(at: place))
      place += 8
    }
    hash = mixed(hash ^ bytes.head(of: place..<field.upperBound) ^ UInt64(field.count) << 56)
    return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    let (high, low) = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return high ^ low
  }
}

extension EntryTable {
  /// Whether two texts are the same bytes.
  @inline(__always)
  static func same(
    _ one: EntryTable, _ oneSpan: TextSpan, _ other: EntryTable, _ otherSpan: TextSpan
  ) -> Bool {
    guard oneSpan.count == otherSpan.count else { return false }
    return one.bytes.withUnsafeBufferPointer { left in
      other.bytes.withUnsafeBufferPointer { right in
        ByteView.same(ByteView(left), oneSpan.range, ByteView(right), otherSpan.range)
      }
    }
  }

  /// Lends out the bytes that all texts stand in.
  @inline(__always)
  func withTexts<Result>(_ body: (ByteView) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { body(ByteView($0)) }
  }

  /// Where a row's key stands.
  @inline(__always)
  func keySpan(_ entry: Entry) -> TextSpan {
    entry.reference.isEmpty ? entry.transaction : entry.reference
  }
}

extension EntryTable {
  /// A table of the rows that stand on these lines, in their order.
  package func rows(onLines lines: Set<UInt32>, adding flags: EntryFlags) -> EntryTable {
    var table = EntryTable()
    for (row, entry) in entries.enumerated() where lines.contains(entry.line) {
      table.add(row, of: self, adding: flags)
    }
    return table
  }

  /// Adds a row of another table.
  ///
  /// - Parameter isTold: false leaves out its texts.
  mutating func add(
    _ row: Int, of other: EntryTable, adding flags: EntryFlags = [], isTold: Bool = true
  ) {
    var copy = other.entries[row]
    copy.flags.formUnion(flags)
    copy.transaction = isTold ? keep(other.text(copy.transaction)) : .empty
    copy.reference = isTold ? keep(other.text(copy.reference)) : .empty
    copy.parent = isTold ? keep(other.text(copy.parent)) : .empty
    copy.merchant = number(of: other.word(copy.merchant))
    copy.batch = number(of: other.word(copy.batch))
    add(copy, settlement: other.settlement(ofRow: row), received: other.received(ofRow: row))
  }
}
