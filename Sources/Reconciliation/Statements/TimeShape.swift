import Domain

/// How a file writes times. No guessing: a shape is declared.
package struct TimeShape: Hashable, Sendable {
  package enum Order: Sendable {
    case yearMonthDay
    case dayMonthYear
    case monthDayYear
  }
  package var order: Order
  /// Minutes east of UTC of the clock the file was written by.
  package var offsetMinutes: Int64

  package init(_ order: Order, offsetMinutes: Int64) {
    self.order = order
    self.offsetMinutes = offsetMinutes
  }
}

/// Reads times of one shape; keeps the last two days, because rows of one file share theirs.
struct TimeReader: Sendable {
  let shape: TimeShape
  private var lastDay = KnownDay()
  private var dayBefore = KnownDay()

  /// The digits of a date as `2026-11-21`, and the moment that it begins at.
  private struct KnownDay: Sendable {
    var head: UInt64 = 0
    // No two bytes make this number, so no date is known at first.
    var tail = UInt64.max
    /// As if the clock were that of UTC, milliseconds.
    var midnight: Int64 = 0
  }

  init(_ shape: TimeShape) { self.shape = shape }

  mutating func read(_ bytes: [UInt8], _ field: Range<Int>) -> Timestamp? {
    bytes.withUnsafeBufferPointer { read(ByteView($0), field) }
  }

  /// `2026-11-21 08:00:00`, `21/11/2026 08:00`, `20261121080000`, `2026年11月21日`, `…T…Z`: three
  /// numbers of the date, then up to three of the time. A fraction of a second is dropped; a `Z` or
  /// an offset at the end wins over the shape's. Nil for anything impossible.
  mutating func read(_ bytes: ByteView, _ field: Range<Int>) -> Timestamp? {
    if field.count == 19, let moment = readUsual(bytes, field) { return moment }
    var place = field.lowerBound
    let end = field.upperBound
    var numbers: (Int64, Int64, Int64) = (0, 0, 0)
    if field.count >= 8, digits(bytes, place, 8, end) != nil {
      let yearFirst = shape.order == .yearMonthDay
      guard let one = digits(bytes, place, yearFirst ? 4 : 2, end),
        let two = digits(bytes, place + (yearFirst ? 4 : 2), 2, end),
        let three = digits(bytes, place + (yearFirst ? 6 : 4), yearFirst ? 2 : 4, end)
      else { return nil }
      numbers = (one, two, three)
      place += 8
    } else {
      guard let one = number(bytes, &place, end), skip(bytes, &place, end),
        let two = number(bytes, &place, end), skip(bytes, &place, end),
        let three = number(bytes, &place, end)
      else { return nil }
      numbers = (one, two, three)
    }
    guard let midnight = midnight(numbers) else { return nil }
    return clock(bytes, place..<end, midnight)
  }

  /// Ten bytes of a date, one between, and `08:00:00`. Nil for any other form, right or wrong.
  @inline(__always)
  private mutating func readUsual(_ bytes: ByteView, _ field: Range<Int>) -> Timestamp? {
    let start = field.lowerBound
    guard bytes[start + 10] == 0x20 || bytes[start + 10] == 0x54, bytes[start + 13] == 0x3A,
      bytes[start + 16] == 0x3A, let hour = digits(bytes, start + 11, 2, field.upperBound),
      let minute = digits(bytes, start + 14, 2, field.upperBound),
      let second = digits(bytes, start + 17, 2, field.upperBound), hour < 24, minute < 60,
      second < 61, let midnight = midnight(bytes, of: start)
    else { return nil }
    let seconds = hour * 3600 + minute * 60 + second - shape.offsetMinutes * 60
    return Timestamp(milliseconds: midnight + seconds * 1000)
  }

  /// Of a date of ten bytes.
  @inline(__always)
  private mutating func midnight(_ bytes: ByteView, of start: Int) -> Int64? {
    let (head, tail) = (bytes.word(at: start), bytes.word(at: start + 2) >> 48)
    if lastDay.head == head, lastDay.tail == tail { return lastDay.midnight }
    if dayBefore.head != head || dayBefore.tail != tail {
      guard let midnight = newMidnight(bytes, of: start) else { return nil }
      dayBefore = KnownDay(head: head, tail: tail, midnight: midnight)
    }
    swap(&lastDay, &dayBefore)
    return lastDay.midnight
  }

  private func newMidnight(_ bytes: ByteView, of start: Int) -> Int64? {
    var place = start
    let end = start + 10
    guard let one = number(bytes, &place, end), skip(bytes, &place, end),
      let two = number(bytes, &place, end), skip(bytes, &place, end),
      let three = number(bytes, &place, end), place == end
    else { return nil }
    return midnight((one, two, three))
  }

  private func midnight(_ numbers: (Int64, Int64, Int64)) -> Int64? {
    let (year, month, day) =
      switch shape.order {
      case .yearMonthDay: numbers
      case .dayMonthYear: (numbers.2, numbers.1, numbers.0)
      case .monthDayYear: (numbers.2, numbers.0, numbers.1)
      }
    let full = year < 100 ? 2000 + year : year
    return CivilDay(year: full, month: month, day: day).map {
      $0.number * CivilDay.millisecondsPerDay
    }
  }

  /// The rest of the field: a clock, or nothing for midnight.
  private func clock(_ bytes: ByteView, _ rest: Range<Int>, _ midnight: Int64) -> Timestamp? {
    var place = rest.lowerBound
    let end = rest.upperBound
    var seconds: Int64 = 0
    var offset = shape.offsetMinutes
    while place < end, bytes[place] > 0x7F { place += 1 }
    if place < end, bytes[place] == 0x20 || bytes[place] == 0x54 { place += 1 }
    var part: Int64 = 3600
    while place < end, part > 0,
      let value = digits(bytes, place, 2, end) ?? digits(bytes, place, 1, end)
    {
      guard part == 3600 ? value < 24 : value < (part == 1 ? 61 : 60) else { return nil }
      seconds += value * part
      place += digits(bytes, place, 2, end) == nil ? 1 : 2
      part /= 60
      if place < end, bytes[place] == UInt8(ascii: ":") { place += 1 }
    }
    if place < end, bytes[place] == UInt8(ascii: ".") {
      place += 1
      while place < end, bytes[place] &- 0x30 <= 9 { place += 1 }
    }
    if place < end {
      guard let written = ClockZone.offsetMinutes(bytes, place..<end) else { return nil }
      offset = written
    }
    return Timestamp(milliseconds: midnight + (seconds - offset * 60) * 1000)
  }

  @inline(__always)
  private func digits(_ bytes: ByteView, _ place: Int, _ count: Int, _ end: Int) -> Int64? {
    guard place >= 0, place + count <= end else { return nil }
    var value: Int64 = 0
    for index in place..<place + count {
      let digit = bytes[index] &- 0x30
      guard digit <= 9 else { return nil }
      value = value * 10 + Int64(digit)
    }
    return value
  }

  private func number(_ bytes: ByteView, _ place: inout Int, _ end: Int) -> Int64? {
    let start = place
    var value: Int64 = 0
    while place < end, place - start < 4, bytes[place] &- 0x30 <= 9 {
      value = value * 10 + Int64(bytes[place] &- 0x30)
      place += 1
    }
    return place > start ? value : nil
  }

  /// One separator: a sign of ASCII, or one character of several bytes.
  private func skip(_ bytes: ByteView, _ place: inout Int, _ end: Int) -> Bool {
    let start = place
    while place < end, bytes[place] > 0x7F { place += 1 }
    if place == start, place < end, (0x2D...0x2F).contains(bytes[place]) { place += 1 }
    return place > start
  }
}
