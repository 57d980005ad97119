/// Random numbers that are the same for the same seed on every machine (SplitMix64).
///
/// For benchmarks, tests and the simulator; nothing here is secret.
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// A number from 0 up to, not including, `bound`.
  package mutating func next(below bound: Int64) -> Int64 {
    precondition(bound > 0, "there is a number below the bound")
    return Int64(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number within the range, both ends included.
  package mutating func next(in range: ClosedRange<Int64>) -> Int64 {
    range.lowerBound + next(below: range.upperBound - range.lowerBound + 1)
  }

  /// True in so many of a thousand cases.
  package mutating func chance(permille: Int64) -> Bool { next(below: 1000) < permille }

  /// One of them, each as often as the others.
  package mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(next(below: Int64(elements.count)))]
  }
}
