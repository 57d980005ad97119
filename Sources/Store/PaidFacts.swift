import Domain

/// What the index `payments_paid` holds of a payment beside its day: the text of
/// `Schema.paidFacts`.
struct PaidFacts {
  /// What most rows say as the row before them did.
  struct Words {
    fileprivate var currency = RepeatedWord<Currency>()
    fileprivate var feeCurrency = RepeatedWord<Currency>()
    fileprivate var method = RepeatedWord<String>()
  }

  /// Whether the money came; it may have been given back since.
  let isTaken: Bool
  let amount: Money
  let fee: Money?
  let orderKey: Int64
  let id: PaymentID
  let method: String
  /// Where the texts stand.
  let number: Range<Int>
  let transaction: Range<Int>

  /// Nil for a text of another form.
  init?(_ text: UnsafeRawBufferPointer, _ words: inout Words) {
    var cursor = WordCursor(text)
    guard let taken = cursor.number(), let minor = cursor.number(),
      let currency = words.currency.read(cursor.word(), { .init(code: $0) })
    else { return nil }
    let (feeMinor, feeCode) = (cursor.word(), cursor.word())
    guard let orderKey = cursor.number(), let id = PaymentID(utf8: cursor.word()),
      let methodCount = cursor.number(), let numberCount = cursor.number(),
      methodCount >= 0, numberCount >= 0,
      methodCount <= text.count, numberCount <= text.count
    else { return nil }
    let methodEnd = cursor.place + Int(methodCount)
    let numberEnd = methodEnd + Int(numberCount)
    guard numberEnd <= text.count,
      let method = words.method.read(
        UnsafeRawBufferPointer(rebasing: text[cursor.place..<methodEnd]), { $0 })
    else { return nil }
    isTaken = taken == 1
    amount = Money(minor, currency)
    if feeMinor.isEmpty || feeCode.isEmpty {
      fee = nil
    } else {
      var parsed = WordCursor(feeMinor)
      guard let minor = parsed.number(),
        let currency = words.feeCurrency.read(feeCode, { .init(code: $0) })
      else { return nil }
      fee = Money(minor, currency)
    }
    self.orderKey = orderKey
    self.id = id
    self.method = method
    number = methodEnd..<numberEnd
    transaction = numberEnd..<text.count
  }
}

/// Reads words that single spaces part.
private struct WordCursor {
  // unsafe: a text that a statement lends, looked at before its next step.
  private let text: UnsafeRawBufferPointer
  /// The first byte of the next word.
  private(set) var place = 0

  init(_ text: UnsafeRawBufferPointer) { self.text = text }

  /// Empty at the end.
  mutating func word() -> UnsafeRawBufferPointer {
    let first = place
    while place < text.count, text[place] != 0x20 { place += 1 }
    let word = UnsafeRawBufferPointer(rebasing: text[first..<place])
    if place < text.count { place += 1 }
    return word
  }

  /// Nil for anything but a number that fits.
  mutating func number() -> Int64? {
    let isNegative = place < text.count && text[place] == 0x2D
    if isNegative { place += 1 }
    let first = place
    var value: Int64 = 0
    while place < text.count, text[place] != 0x20 {
      let digit = Int64(text[place]) - 0x30
      guard digit >= 0, digit <= 9 else { return nil }
      // Downwards, since the smallest number has no opposite.
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (next, carried) = tens.subtractingReportingOverflow(digit)
      guard !overflow, !carried else { return nil }
      value = next
      place += 1
    }
    guard place > first else { return nil }
    if place < text.count { place += 1 }
    return isNegative ? value : value == .min ? nil : -value
  }
}
