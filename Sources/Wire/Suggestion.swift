/// Known names near one that is not known, for `did_you_mean`.
///
/// Names are compared without regard to the case of ASCII letters, by edits: a byte inserted,
/// removed, replaced, or two neighbours swapped (optimal string alignment).
package enum Suggestion {
  /// A longer name gets no suggestions: the work is bounded by this.
  package static let nameSizeMax = 64
  /// Names given at most.
  package static let countMax = 3

  /// The nearest names, nearest first, equally near ones in the order of their bytes.
  ///
  /// A name of 1–5 bytes may differ in one edit, of 6–8 in two, longer ones in three; no name of
  /// which not a byte is left is suggested.
  package static func names(near name: String, among known: [String]) -> [String] {
    let wanted = lowered(name)
    guard (1...nameSizeMax).contains(wanted.count) else { return [] }
    let limit = max(1, min(3, wanted.count / 3))
    var found: [(distance: Int, name: String)] = []
    for candidate in known where candidate.utf8.count <= nameSizeMax {
      let bytes = lowered(candidate)
      guard let distance = distance(wanted, bytes, limit: limit), distance < bytes.count
      else { continue }
      found.append((distance, candidate))
    }
    found.sort { left, right in
      if left.distance != right.distance { return left.distance < right.distance }
      return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
    return found.prefix(countMax).map(\.name)
  }

  private static func lowered(_ name: String) -> [UInt8] {
    name.utf8.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
  }

  /// The number of edits, or nil above the limit.
  private static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int? {
    guard abs(left.count - right.count) <= limit else { return nil }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in 1..<(left.count + 1) {
      var current = beforeLast
      current[0] = row
      for column in 1..<(right.count + 1) {
        let isSame = left[row - 1] == right[column - 1]
        var edits = min(last[column], current[column - 1]) + 1
        edits = min(edits, last[column - 1] + (isSame ? 0 : 1))
        let isSwap =
          row > 1 && column > 1 && left[row - 1] == right[column - 2]
          && left[row - 2] == right[column - 1]
        if isSwap { edits = min(edits, beforeLast[column - 2] + 1) }
        current[column] = edits
      }
      guard current.contains(where: { $0 <= limit }) else { return nil }
      beforeLast = last
      last = current
    }
    return last[right.count] <= limit ? last[right.count] : nil
  }
}
