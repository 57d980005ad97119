/// Finds rows that add up to an amount, within a fixed amount of work.
package struct GroupSearch: Sendable {
  /// Up to two different groups, each by ascending place. One means unique, if `isComplete`.
  package private(set) var groups: [[Int]] = []
  /// Whether everything was tried. If not, nothing found is unique.
  package private(set) var isComplete = true
  private var stepsLeft: Int

  /// The largest group sought among more rows than can be searched in full.
  package static let smallGroup = 5

  /// - Parameters:
  ///   - amounts: minor units of one currency, none of them zero.
  ///   - fullRows: up to so many rows every group is tried; at most 30.
  ///   - steps: sums looked at before the search gives up.
  package init(_ amounts: [Int64], target: Int64, fullRows: Int, steps: Int) {
    stepsLeft = steps
    guard target != 0, !amounts.isEmpty else { return }
    if amounts.count <= min(fullRows, 30) {
      meetInTheMiddle(amounts, target)
    } else {
      // Groups of more rows than this are not sought, so none found is proven to be the only one.
      isComplete = false
      var chosen: [Int] = []
      grow(amounts, target, from: 0, &chosen)
    }
  }

  /// The group, where it is the only one there can be.
  package var unique: [Int]? { isComplete && groups.count == 1 ? groups[0] : nil }

  private mutating func grow(_ amounts: [Int64], _ rest: Int64, from: Int, _ chosen: inout [Int]) {
    for place in from..<max(from, amounts.count) {
      guard stepsLeft > 0, groups.count < 2 else { return }
      stepsLeft -= 1
      let (next, overflow) = rest.subtractingReportingOverflow(amounts[place])
      guard !overflow else { continue }
      chosen.append(place)
      if next == 0 {
        groups.append(chosen)
      } else if chosen.count < Self.smallGroup {
        grow(amounts, next, from: place + 1, &chosen)
      }
      chosen.removeLast()
    }
  }

  /// All sums of each half, one of them sorted: 2 × 2^(n/2) sums in place of 2^n.
  private mutating func meetInTheMiddle(_ amounts: [Int64], _ target: Int64) {
    let half = amounts.count / 2
    let left = sums(amounts[..<half])
    let right = sums(amounts[half...]).sorted { ($0.sum, $0.mask) < ($1.sum, $1.mask) }
    for (sum, mask) in left {
      let (wanted, overflow) = target.subtractingReportingOverflow(sum)
      guard !overflow else { continue }
      var place = right.partition(before: wanted)
      while place < right.count, right[place].sum == wanted {
        groups.append(places(mask, 0) + places(right[place].mask, half))
        guard groups.count < 2 else { return }
        place += 1
      }
    }
  }

  private mutating func sums(_ amounts: ArraySlice<Int64>) -> [(sum: Int64, mask: UInt32)] {
    var all: [(sum: Int64, mask: UInt32)] = [(0, 0)]
    for (bit, amount) in amounts.enumerated() {
      for (sum, mask) in all {
        let (next, overflow) = sum.addingReportingOverflow(amount)
        if overflow { isComplete = false } else { all.append((next, mask | 1 << UInt32(bit))) }
      }
    }
    return all
  }

  private func places(_ mask: UInt32, _ first: Int) -> [Int] {
    (0..<32).filter { mask & 1 << UInt32($0) != 0 }.map { $0 + first }
  }
}

extension [(sum: Int64, mask: UInt32)] {
  /// The first place whose sum is not below this one.
  fileprivate func partition(before sum: Int64) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].sum < sum { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
