import Domain

/// The row before, which most rows are near to.
private struct RowBefore {
  var row: Int64 = -1
  var line: Int64 = 0
  var at: Int64 = 0
  /// Three letters; 0 is none.
  var currency: UInt32 = 0
}

private enum RowMark {
  static let kinds: UInt8 = 0x0F
  static let statusShift: UInt8 = 4
  static let sameCurrency: UInt8 = 0x40
  static let settlement: UInt8 = 0x80
}

/// Writes rows as bytes, one behind the other. What is small, or near to the row before, takes few.
struct PackedRowWriter {
  /// The most that a row takes beside its texts.
  static let rowBytes = 144

  // unsafe: a writer is made within the call that makes the bytes, and every write is held against
  // their count.
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0
  private var before = RowBefore()

  init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

  /// The next row is the first of those that are read together.
  mutating func begin() { before = RowBefore() }

  /// - Parameters:
  ///   - row: its place in the table, above that of the row before.
  ///   - words: the numbers of merchant and batch.
  ///   - received: what the balance gets of its amount.
  ///   - texts: that the row points into.
  mutating func put(
    _ entry: Entry, row: Int, words: (merchant: UInt32, batch: UInt32),
    _ settlement: Settlement?, received: Int64, _ texts: ByteView
  ) {
    let isSame = entry.currency.number == before.currency
    put(
      entry.kind.rawValue | entry.status.rawValue << RowMark.statusShift
        | (isSame ? RowMark.sameCurrency : 0) | (settlement == nil ? 0 : RowMark.settlement))
    put(number: UInt64(entry.flags.rawValue))
    if !isSame { put(currency: entry.currency) }
    put(number: UInt64(Int64(row) - before.row))
    put(signed: Int64(entry.line) - before.line)
    put(signed: entry.at.milliseconds &- before.at)
    put(signed: entry.gross)
    put(signed: entry.fee)
    // Nothing of most rows.
    put(signed: entry.gross &- received)
    put(number: UInt64(words.merchant))
    put(number: UInt64(words.batch))
    if let settlement { put(settlement) }
    put(texts, entry.transaction)
    put(texts, entry.reference)
    put(texts, entry.parent)
    before = RowBefore(
      row: Int64(row), line: Int64(entry.line), at: entry.at.milliseconds,
      currency: entry.currency.number)
  }

  private mutating func put(_ settlement: Settlement) {
    put(signed: settlement.amount.minor)
    put(currency: settlement.amount.currency)
    put(signed: settlement.rate.numerator)
    put(signed: settlement.rate.denominator)
    put(signed: settlement.fee)
  }

  private mutating func put(currency: Currency) {
    for shift: UInt32 in [16, 8, 0] { put(UInt8(currency.number >> shift & 0xFF)) }
  }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    precondition(count < buffer.count, "a packed row is longer than was thought")
    buffer[count] = byte
    count += 1
  }

  /// Seven bits a byte, the lowest first.
  @inline(__always)
  private mutating func put(number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      put(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    put(UInt8(rest))
  }

  @inline(__always)
  private mutating func put(signed value: Int64) {
    put(number: UInt64(bitPattern: value << 1 ^ value >> 63))
  }

  @inline(__always)
  private mutating func put(_ texts: ByteView, _ span: TextSpan) {
    put(number: UInt64(span.count))
    guard !span.isEmpty else { return }
    precondition(span.count <= buffer.count - count, "a packed text is longer than was thought")
    UnsafeMutableRawBufferPointer(buffer)[count..<count + span.count]
      .copyBytes(from: texts.slice(span.range))
    count += span.count
  }
}

/// Reads what `PackedRowWriter` wrote.
struct PackedRowReader {
  private let bytes: ByteView
  private var place = 0
  private var before = RowBefore()
  private var lastCurrency: (number: UInt32, currency: Currency)?

  init(_ bytes: ByteView) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  /// Adds the next row to a table.
  ///
  /// - Parameter word: the number that the table has for a word.
  /// - Returns: the row's place in the table that it came from.
  mutating func next(
    into table: inout EntryTable, linesBefore lines: Int,
    _ word: (UInt32, inout EntryTable) -> UInt32
  ) -> Int {
    let mark = byte()
    guard let kind = EntryKind(rawValue: mark & RowMark.kinds),
      let status = EntryStatus(rawValue: mark >> RowMark.statusShift & 3)
    else { preconditionFailure("a packed row came back as another") }
    let flags = EntryFlags(rawValue: UInt16(truncatingIfNeeded: number()))
    let currency = currency(mark & RowMark.sameCurrency == 0 ? letters() : before.currency)
    let row = before.row + Int64(number())
    let line = before.line + signed()
    let at = before.at &+ signed()
    before = RowBefore(row: row, line: line, at: at, currency: currency.number)
    var entry = Entry(
      kind: kind, status: status, at: Timestamp(milliseconds: at), gross: signed(), fee: signed(),
      currency: currency, flags: flags,
      line: line > 0 ? UInt32(clamping: Int(line) + lines) : 0)
    let received = entry.gross &- signed()
    entry.merchant = word(UInt32(number()), &table)
    entry.batch = word(UInt32(number()), &table)
    let settlement = mark & RowMark.settlement == 0 ? nil : settlement()
    entry.transaction = text(&table)
    entry.reference = text(&table)
    entry.parent = text(&table)
    table.add(entry, settlement: settlement, received: received)
    return Int(row)
  }

  private mutating func settlement() -> Settlement {
    let minor = signed()
    let currency = currency(letters())
    guard let rate = Ratio(signed(), signed()) else {
      preconditionFailure("a packed rate came back as another")
    }
    return Settlement(amount: Money(minor, currency), rate: rate, fee: signed())
  }

  private mutating func letters() -> UInt32 {
    UInt32(byte()) << 16 | UInt32(byte()) << 8 | UInt32(byte())
  }

  @inline(__always)
  private mutating func currency(_ number: UInt32) -> Currency {
    if let lastCurrency, lastCurrency.number == number { return lastCurrency.currency }
    let code = [16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    guard let currency = Currency(code: String(decoding: code, as: UTF8.self)) else {
      preconditionFailure("a packed currency came back as another")
    }
    lastCurrency = (number, currency)
    return currency
  }

  @inline(__always)
  private mutating func byte() -> UInt8 {
    defer { place += 1 }
    return bytes[place]
  }

  @inline(__always)
  private mutating func number() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
    }
  }

  @inline(__always)
  private mutating func signed() -> Int64 {
    let value = number()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  @inline(__always)
  private mutating func text(_ table: inout EntryTable) -> TextSpan {
    let count = Int(number())
    defer { place += count }
    return table.keep(bytes, place..<place + count)
  }
}
