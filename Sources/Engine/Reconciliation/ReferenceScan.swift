import Domain

/// Finds numbers of ours in what a bank wrote beside a movement.
///
/// Banks put blanks, line ends and marks of their own (`?21`) into a text and write capitals small,
/// and people type O for zero and I for one. None of that can make another number of it.
enum ReferenceScan {
  /// How much older than its row a payment may be, and how much younger: a booking day has no time
  /// of day and no zone. Milliseconds.
  private static let ageMax: Int64 = 400 * 86_400_000
  private static let leadMax: Int64 = 2 * 86_400_000
  private static let lettersCount = 26
  /// Stands where no number goes on.
  private static let gap: UInt8 = 0

  /// What a text could hold as `out_trade_no` of a payment, each once, in the order of the text.
  ///
  /// - Parameter day: when the row was booked.
  static func numbers(in text: ArraySlice<UInt8>, booked day: Timestamp) -> [String] {
    let letters = letters(of: text)
    var found: [String] = []
    guard letters.count >= lettersCount else { return found }
    for start in 0...letters.count - lettersCount where letters[start] == UInt8(ascii: "0") {
      let window = letters[start..<start + lettersCount]
      guard !window.contains(gap) else { continue }
      let number = String(decoding: window, as: UTF8.self)
      guard let madeAt = time(of: number), !found.contains(number) else { continue }
      let age = day.milliseconds(since: madeAt)
      if age <= ageMax, age >= -leadMax { found.append(number) }
    }
    return found
  }

  /// Our numbers are the letters of an identifier, which begins with the time that it was made.
  private static func time(of number: String) -> Timestamp? {
    PaymentID(text: "pay_" + number).map { Timestamp(milliseconds: Int64($0.high >> 16)) }
  }

  private static func letters(of text: ArraySlice<UInt8>) -> [UInt8] {
    var letters: [UInt8] = []
    var place = text.startIndex
    while place < text.endIndex {
      let byte = text[place]
      place += 1
      if byte == UInt8(ascii: "?"), text[place...].prefix(2).count == 2,
        text[place..<place + 2].allSatisfy({ $0 &- 0x30 <= 9 })
      {
        place += 2
        continue
      }
      guard let letter = letter(byte) else { continue }
      letters.append(letter)
    }
    return letters
  }

  /// Nil for what stands between letters.
  private static func letter(_ byte: UInt8) -> UInt8? {
    let upper = byte &- 0x61 < 26 ? byte & 0xDF : byte
    switch upper {
    case UInt8(ascii: "O"): return UInt8(ascii: "0")
    case UInt8(ascii: "I"), UInt8(ascii: "L"): return UInt8(ascii: "1")
    case UInt8(ascii: "U"): return gap
    case 0x30...0x39, 0x41...0x5A: return upper
    default: return nil
    }
  }
}
