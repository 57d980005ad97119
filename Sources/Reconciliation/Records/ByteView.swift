/// Bytes that stand still while they are looked at. Every look is held against their count; the
/// view itself must not outlive the call that it was made in.
struct ByteView {
  // unsafe: a view is made within `withUnsafe…` of the array that owns the bytes, and given down
  // only. Many functions read the same line, and an array given to each would be counted each time.
  private let buffer: UnsafeRawBufferPointer

  @inline(__always)
  init(_ buffer: UnsafeRawBufferPointer) { self.buffer = buffer }

  @inline(__always)
  init(_ buffer: UnsafeBufferPointer<UInt8>) { self.buffer = UnsafeRawBufferPointer(buffer) }

  var count: Int {
    @inline(__always) get { buffer.count }
  }

  @inline(__always)
  subscript(place: Int) -> UInt8 {
    precondition(place >= 0 && place < buffer.count, "a byte outside of those in view")
    return buffer[place]
  }

  /// Eight bytes, the first of them lowest.
  @inline(__always)
  func word(at place: Int) -> UInt64 {
    precondition(place >= 0 && place <= buffer.count - 8, "a word outside of the bytes in view")
    return UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self))
  }

  /// The first bytes of a field, eight at most and the first of them lowest; zeros behind them.
  @inline(__always)
  func head(of field: Range<Int>) -> UInt64 {
    let count = field.count
    if count >= 8 { return word(at: field.lowerBound) }
    if field.lowerBound <= buffer.count - 8 {
      return word(at: field.lowerBound) & ~(UInt64.max << UInt64(count * 8))
    }
    var head: UInt64 = 0
    for place in field.reversed() { head = head << 8 | UInt64(self[place]) }
    return head
  }

  /// The bytes of a field, to be copied.
  @inline(__always)
  func slice(_ field: Range<Int>) -> Slice<UnsafeRawBufferPointer> {
    precondition(
      field.lowerBound >= 0 && field.upperBound <= buffer.count, "a field outside of the bytes")
    return buffer[field]
  }

  /// Whether two fields, of one view or of two, are the same bytes.
  @inline(__always)
  static func same(
    _ one: ByteView, _ field: Range<Int>, _ other: ByteView, _ otherField: Range<Int>
  ) -> Bool {
    let count = field.count
    guard count == otherField.count else { return false }
    var (left, right) = (field.lowerBound, otherField.lowerBound)
    if count < 8 {
      while left < field.upperBound {
        if one[left] != other[right] { return false }
        left += 1
        right += 1
      }
      return true
    }
    let last = field.upperBound - 8
    while left < last {
      if one.word(at: left) != other.word(at: right) { return false }
      left += 8
      right += 8
    }
    // The last word may overlap the one before it.
    return one.word(at: last) == other.word(at: otherField.upperBound - 8)
  }

  func string(_ field: Range<Int>) -> String { String(decoding: slice(field), as: UTF8.self) }
}
