/// Rows by key: a table of chains. Only hashes are kept; the caller compares.
struct KeyIndex {
  private var heads: [Int32]
  private var next: [Int32]
  private let mask: UInt32

  /// - Parameter hashes: of the rows 0 ..< count, in their order.
  init(hashes: [UInt32]) {
    var size = 16
    while size < hashes.count * 2 { size *= 2 }
    mask = UInt32(size - 1)
    heads = [Int32](repeating: -1, count: size)
    next = [Int32](repeating: -1, count: hashes.count)
    // From the back, so that a chain gives rows in their order.
    for place in hashes.indices.reversed() {
      let slot = Int(hashes[place] & mask)
      next[place] = heads[slot]
      heads[slot] = Int32(place)
    }
  }

  /// The first place whose hash may be this one; -1 for none.
  func first(_ hash: UInt32) -> Int32 { heads[Int(hash & mask)] }
  func after(_ place: Int32) -> Int32 { next[Int(place)] }
}
