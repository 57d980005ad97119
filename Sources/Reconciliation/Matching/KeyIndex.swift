/// Rows by key: a table of chains. Only hashes are kept; the caller compares.
struct KeyIndex {
  private var heads: [Int32]
  private var next: [Int32]
  private let shift: UInt32

  /// - Parameter hashes: of the rows 0 ..< count, in their order.
  init(hashes: [UInt32]) {
    var bits = 4
    while 1 << bits < hashes.count * 2 { bits += 1 }
    // Rows of one part are alike in the lowest bits.
    shift = UInt32(32 - bits)
    heads = [Int32](repeating: -1, count: 1 << bits)
    next = [Int32](repeating: -1, count: hashes.count)
    // From the back, so that a chain gives rows in their order.
    for place in hashes.indices.reversed() {
      let slot = Int(hashes[place] >> shift)
      next[place] = heads[slot]
      heads[slot] = Int32(place)
    }
  }

  /// The first place whose hash may be this one; -1 for none.
  func first(_ hash: UInt32) -> Int32 { heads[Int(hash >> shift)] }
  func after(_ place: Int32) -> Int32 { next[Int(place)] }
}
