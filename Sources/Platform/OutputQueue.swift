/// Bytes that wait to be written, in one piece, so that one call can take them all.
///
/// An idle queue holds no memory, and one message that waits alone is not copied.
struct OutputQueue {
  private var bytes: [UInt8] = []
  /// The bytes before this index are written.
  private var head = 0

  var count: Int { bytes.count - head }
  var isEmpty: Bool { bytes.count == head }

  /// Adds bytes at the end; `offset` of them are written already.
  mutating func append(_ more: [UInt8], from offset: Int = 0) {
    guard offset < more.count else { return }
    if bytes.isEmpty {
      bytes = more
      head = offset
      return
    }
    // Moving the rest only when it is at most half keeps the cost of a byte constant.
    if head > 0, head * 2 >= bytes.count {
      bytes.removeSubrange(..<head)
      head = 0
    }
    bytes.append(contentsOf: more[offset...])
  }

  /// Lends out what waits.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[head...])) }
  }

  /// The first `count` bytes are written.
  mutating func removeFirst(_ count: Int) {
    precondition(count <= self.count, "no more is written than waits")
    head += count
    if head == bytes.count { removeAll() }
  }

  mutating func removeAll() {
    bytes = []
    head = 0
  }
}
