/// The well-formed byte sequences of UTF-8 (Unicode 15, table 3-7).
enum UTF8Sequence {
  /// The size of the sequence that starts at `index`, or 0 if it is ill-formed or cut off.
  ///
  /// Refuses overlong forms, surrogates (ED A0–BF) and everything above U+10FFFF.
  static func size(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let available = bytes.count - index
    let first = bytes[index]
    if first < 0x80 { return 1 }
    if first < 0xC2 || first > 0xF4 || available < 2 { return 0 }
    let second = bytes[index + 1]
    if first < 0xE0 { return isContinuation(second) ? 2 : 0 }
    if first < 0xF0 {
      let lowest: UInt8 = first == 0xE0 ? 0xA0 : 0x80
      let highest: UInt8 = first == 0xED ? 0x9F : 0xBF
      guard available >= 3, second >= lowest, second <= highest else { return 0 }
      return isContinuation(bytes[index + 2]) ? 3 : 0
    }
    let lowest: UInt8 = first == 0xF0 ? 0x90 : 0x80
    let highest: UInt8 = first == 0xF4 ? 0x8F : 0xBF
    guard available >= 4, second >= lowest, second <= highest else { return 0 }
    return isContinuation(bytes[index + 2]) && isContinuation(bytes[index + 3]) ? 4 : 0
  }

  private static func isContinuation(_ byte: UInt8) -> Bool {
    byte & 0xC0 == 0x80
  }
}
