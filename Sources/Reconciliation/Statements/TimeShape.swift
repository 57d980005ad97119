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

/// Reads times of one shape; keeps the last day, because rows of one file share theirs.
struct TimeReader: Sendable {
  let shape: TimeShape
  private var lastDay: [UInt8] = []
  private var lastMidnight: Int64 = 0

  init(_ shape: TimeShape) { self.shape = shape }

  /// `2026-11-21 08:00:00`, `21/11/2026 08:00`, `20261121080000`, `2026年11月21日`, `…T…Z`: three
  /// numbers of the date, then up to three of the time. A fraction of a second is dropped; a `Z` or
  /// an offset at the end wins over the shape's. Nil for anything impossible.
  mutating func read(_ bytes: [UInt8], _ field: Range<Int>) -> Timestamp? {
    var place = field.lowerBound
    if let midnight = midnightOfLastDay(bytes, field) {
      place += lastDay.count
      return clock(bytes, place..<field.upperBound, midnight)
    }
    var numbers: (Int64, Int64, Int64) = (0, 0, 0)
    let isPlain = field.count >= 8 && digits(bytes, place, 8, field.upperBound) != nil
    if isPlain {
      let yearFirst = shape.order == .yearMonthDay
      guard let one = digits(bytes, place, yearFirst ? 4 : 2, field.upperBound),
        let two = digits(bytes, place + (yearFirst ? 4 : 2), 2, field.upperBound),
        let three = digits(bytes, place + (yearFirst ? 6 : 4), yearFirst ? 2 : 4, field.upperBound)
      else { return nil }
      numbers = (one, two, three)
      place += 8
    } else {
      let end = field.upperBound
      guard let one = number(bytes, &place, end), skip(bytes, &place, end),
        let two = number(bytes, &place, end), skip(bytes, &place, end),
        let three = number(bytes, &place, end)
      else { return nil }
      numbers = (one, two, three)
    }
    guard let midnight = midnight(numbers) else { return nil }
    lastDay = Array(bytes[field.lowerBound..<place])
    lastMidnight = midnight
    return clock(bytes, place..<field.upperBound, midnight)
  }

  private func midnightOfLastDay(_ bytes: [UInt8], _ field: Range<Int>) -> Int64? {
    guard !lastDay.isEmpty, field.count >= lastDay.count else { return nil }
    for index in lastDay.indices where bytes[field.lowerBound + index] != lastDay[index] {
      return nil
    }
    let next = field.lowerBound + lastDay.count
    // `2026-11-2` is no prefix of `2026-11-21`; a plain date may run on into its time.
    let runsOn = next < field.upperBound && bytes[next] &- 0x30 <= 9
    return runsOn && lastDay.count != 8 ? nil : lastMidnight
  }

  private func midnight(_ numbers: (Int64, Int64, Int64)) -> Int64? {
    let (year, month, day) =
      switch shape.order {
      case .yearMonthDay: numbers
      case .dayMonthYear: (numbers.2, numbers.1, numbers.0)
      case .monthDayYear: (numbers.2, numbers.0, numbers.1)
      }
    let full = year < 100 ? 2000 + year : year
    guard (1970...9999).contains(full), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    let text =
      "\(CivilTime.padded(full, 4))-\(CivilTime.padded(month, 2))-\(CivilTime.padded(day, 2))"
    return CivilTime.read(text + " 00:00:00", offsetMinutes: 0)?.milliseconds
  }

  /// The rest of the field: a clock, or nothing for midnight.
  private func clock(_ bytes: [UInt8], _ rest: Range<Int>, _ midnight: Int64) -> Timestamp? {
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
      guard let written = zone(bytes, place..<end) else { return nil }
      offset = written
    }
    return Timestamp(milliseconds: midnight + (seconds - offset * 60) * 1000)
  }

  /// `Z`, `UTC`, `GMT`, `+08:00`, `+0800`; minutes east.
  private func zone(_ bytes: [UInt8], _ field: Range<Int>) -> Int64? {
    let field = FieldText.trimmed(bytes, field)
    for word in ["Z", "UTC", "GMT"] where bytes[field].elementsEqual(word.utf8) { return 0 }
    guard field.count >= 5, let sign = [0x2B: Int64(1), 0x2D: -1][Int(bytes[field.lowerBound])],
      let hours = digits(bytes, field.lowerBound + 1, 2, field.upperBound),
      let minutes = digits(bytes, field.upperBound - 2, 2, field.upperBound), hours < 15
    else { return nil }
    return sign * (hours * 60 + minutes)
  }

  private func digits(_ bytes: [UInt8], _ place: Int, _ count: Int, _ end: Int) -> Int64? {
    guard place >= 0, place + count <= end else { return nil }
    var value: Int64 = 0
    for index in place..<place + count {
      let digit = bytes[index] &- 0x30
      guard digit <= 9 else { return nil }
      value = value * 10 + Int64(digit)
    }
    return value
  }

  private func number(_ bytes: [UInt8], _ place: inout Int, _ end: Int) -> Int64? {
    let start = place
    var value: Int64 = 0
    while place < end, place - start < 4, bytes[place] &- 0x30 <= 9 {
      value = value * 10 + Int64(bytes[place] &- 0x30)
      place += 1
    }
    return place > start ? value : nil
  }

  /// One separator: a sign of ASCII, or one character of several bytes.
  private func skip(_ bytes: [UInt8], _ place: inout Int, _ end: Int) -> Bool {
    let start = place
    while place < end, bytes[place] > 0x7F { place += 1 }
    if place == start, place < end, [0x2D, 0x2F, 0x2E].contains(bytes[place]) { place += 1 }
    return place > start
  }
}
