/// A currency of ISO 4217, known to the contract's table.
///
/// Shape: three upper-case letters. The number of decimals comes from `Protocol/currencies.json`.
package struct Currency: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The three letters, first letter in the highest byte, so that order is alphabetic.
  private let letters: UInt32
  /// Decimals of the minor unit: 0, 2, 3 or 4.
  package let exponent: UInt8

  /// Nil for text that is not a code of the table. No case folding: `cny` is not a currency.
  package init?(code: String) {
    guard let letters = Currency.pack(code.utf8) else { return nil }
    let table = Currency.table
    var low = 0
    var high = table.count
    while low < high {
      let middle = (low + high) / 2
      if table[middle].letters < letters { low = middle + 1 } else { high = middle }
    }
    guard low < table.count, table[low].letters == letters else { return nil }
    self = table[low]
  }

  private init(letters: UInt32, exponent: UInt8) {
    self.letters = letters
    self.exponent = exponent
  }

  private static func pack(_ code: some Sequence<UInt8>) -> UInt32? {
    var packed: UInt32 = 0
    var count = 0
    for byte in code {
      guard byte >= 0x41, byte <= 0x5A, count < 3 else { return nil }
      packed = packed << 8 | UInt32(byte)
      count += 1
    }
    return count == 3 ? packed : nil
  }

  private static let table: [Currency] = CurrencyTable.exponents.map { row in
    let bytes = UnsafeBufferPointer(start: row.code.utf8Start, count: row.code.utf8CodeUnitCount)
    guard let letters = pack(bytes) else {
      preconditionFailure("the currency table holds a code that is not three letters")
    }
    return Currency(letters: letters, exponent: row.exponent)
  }.sorted()

  package var code: String {
    String(
      decoding: [UInt8(letters >> 16), UInt8(letters >> 8 & 0xFF), UInt8(letters & 0xFF)],
      as: UTF8.self)
  }

  /// The three letters as one number: another one for each currency.
  package var number: UInt32 { letters }

  package var description: String { code }

  package static func < (one: Currency, other: Currency) -> Bool { one.letters < other.letters }
}
