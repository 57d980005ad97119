/// Bytes bound to a statement's parameters, one reusable buffer for each parameter.
///
/// SQLite frees and allocates a copy at every bind of text. Here each parameter keeps its buffer
/// for the life of the statement, so binding values of a known size allocates nothing.
struct BindingStorage: ~Copyable {
  /// Longer values are handed to SQLite to copy, so that one large reply does not stay in memory.
  static let keptBytesMax = 4096
  private static let keptBytesMin = 64

  private let slots: UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>

  init(parametersCount: Int) {
    slots = .allocate(capacity: parametersCount)
    slots.initialize(repeating: UnsafeMutableRawBufferPointer(start: nil, count: 0))
  }

  deinit {
    for slot in slots { slot.deallocate() }
    slots.deallocate()
  }

  /// Copies `bytes` into the buffer of a parameter (0-based) and returns its address, never nil.
  ///
  /// The address holds until the next call for the same parameter. Nil if `bytes` is too long.
  func keep(_ bytes: UnsafeRawBufferPointer, at slot: Int) -> UnsafeRawPointer? {
    guard bytes.count <= Self.keptBytesMax else { return nil }
    if slots[slot].count < max(bytes.count, 1) {
      slots[slot].deallocate()
      slots[slot] = .allocate(byteCount: Self.roomBytes(for: bytes.count), alignment: 8)
    }
    slots[slot].copyMemory(from: bytes)
    return UnsafeRawPointer(slots[slot].baseAddress)
  }

  private static func roomBytes(for count: Int) -> Int {
    var room = keptBytesMin
    while room < count { room *= 2 }
    return room
  }
}
