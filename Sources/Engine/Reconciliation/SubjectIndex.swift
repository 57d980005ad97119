import Domain

/// Subjects of our books in the order in which they were added, each found again by itself.
struct SubjectIndex: Sendable {
  private(set) var subjects: [LocalSubject] = []
  /// A place of `subjects`, counted from 1, below half of its hash; 0 is none. As many as a power
  /// of two, at most half full. Subjects are only looked at where that half is the same.
  private var slots: [UInt64] = Array(repeating: 0, count: 64)

  /// Makes room in an index that is empty.
  mutating func reserve(_ count: Int) {
    subjects.reserveCapacity(count)
    var size = slots.count
    while size < count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
  }

  /// - Returns: false where it is there already.
  mutating func insert(_ subject: LocalSubject) -> Bool {
    if subjects.count * 2 >= slots.count { grow() }
    let mark = Self.hash(subject) >> 32
    let slot = slot(of: subject, mark)
    guard slots[slot] == 0 else { return false }
    subjects.append(subject)
    slots[slot] = mark << 32 | UInt64(subjects.count)
    return true
  }

  func place(of subject: LocalSubject) -> Int? {
    let entry = slots[slot(of: subject, Self.hash(subject) >> 32)]
    return entry == 0 ? nil : Self.place(entry)
  }

  private static func place(_ entry: UInt64) -> Int { Int(entry & 0xFFFF_FFFF) - 1 }

  /// Where a subject is, or would be.
  private func slot(of subject: LocalSubject, _ mark: UInt64) -> Int {
    var slot = Int(mark) & (slots.count - 1)
    while slots[slot] != 0 {
      if slots[slot] >> 32 == mark, subjects[Self.place(slots[slot])] == subject { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  /// Most of an identifier is random already.
  private static func hash(_ subject: LocalSubject) -> UInt64 {
    var hash = QuickHash()
    switch subject {
    case .payment(let id): hash.add(id.high, id.low)
    case .refund(let id): hash.add(id.high, ~id.low)
    case .reversal(let id): hash.add(~id.high, id.low)
    case .refundReturn(let id): hash.add(id.low, ~id.high)
    case .order(let id): hash.add(~id.high, ~id.low)
    case .dispute(let id, let movement):
      hash.add(id.low, id.high)
      hash.add(Int64(movement))
    }
    return hash.value
  }

  private mutating func grow() {
    let filled = slots.filter { $0 != 0 }
    slots = Array(repeating: 0, count: slots.count * 4)
    for entry in filled {
      var slot = Int(entry >> 32) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }
}

/// A quick hash of words within one process: it tells values apart that nobody chose to look alike.
struct QuickHash {
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func add(_ word: UInt64) {
    let (high, low) = (value ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    value = (high ^ low) &+ 0x9E37_79B9_7F4A_7C15
  }

  mutating func add(_ one: UInt64, _ other: UInt64) {
    add(one)
    add(other)
  }

  mutating func add(_ number: Int64) { add(UInt64(bitPattern: number)) }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var place = 0
    while place + 8 <= bytes.count {
      // unsafe: a whole word is loaded, within the bytes that were given.
      add(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      place += 8
    }
    var rest = UInt64(bytes.count) << 56
    while place < bytes.count {
      rest = rest << 8 ^ UInt64(bytes[place])
      place += 1
    }
    add(rest)
  }
}
