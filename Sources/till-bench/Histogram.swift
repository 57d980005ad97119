/// Counts of values in buckets that are at most 1/64 wide, whatever the size of the value.
///
/// Fixed memory, one addition a value: recording costs the same in the first second and the last.
struct Histogram: Sendable {
  /// Each power of two is cut into so many buckets, as a power of two.
  private static let cutBits = 6
  private static let cuts = 1 << cutBits
  private static let bucketCount = (64 - cutBits) * cuts

  private var buckets = [Int64](repeating: 0, count: Histogram.bucketCount)
  private(set) var count: Int64 = 0
  private(set) var largest: Int64 = 0
  private(set) var sum: Int64 = 0

  /// Counts a value; negative ones count as 0.
  mutating func record(_ value: Int64) {
    let value = max(0, value)
    buckets[Self.bucket(of: value)] += 1
    count += 1
    sum &+= value
    if value > largest { largest = value }
  }

  mutating func add(_ other: Histogram) {
    for index in buckets.indices { buckets[index] += other.buckets[index] }
    count += other.count
    sum &+= other.sum
    largest = max(largest, other.largest)
  }

  /// The smallest bucket bound that `part` of `whole` values do not exceed; 0 if there are none.
  func quantile(_ part: Int64, of whole: Int64) -> Int64 {
    precondition(part >= 0 && part <= whole && whole > 0, "a quantile is a share")
    guard count > 0 else { return 0 }
    // Rounded up: the median of one value is that value.
    let rank = max(1, (count * part + whole - 1) / whole)
    var seen: Int64 = 0
    for (index, held) in buckets.enumerated() where held > 0 {
      seen += held
      if seen >= rank { return min(Self.upperBound(of: index), largest) }
    }
    return largest
  }

  var mean: Int64 { count > 0 ? sum / count : 0 }

  static func bucket(of value: Int64) -> Int {
    guard value >= Int64(cuts) else { return Int(value) }
    let shift = 63 - value.leadingZeroBitCount - cutBits
    return ((shift + 1) << cutBits) + Int(value >> Int64(shift)) - cuts
  }

  /// The largest value of a bucket.
  static func upperBound(of bucket: Int) -> Int64 {
    guard bucket >= cuts else { return Int64(bucket) }
    let shift = Int64((bucket >> cutBits) - 1)
    let cut = Int64((bucket & (cuts - 1)) + cuts)
    return (cut << shift) + ((1 << shift) - 1)
  }
}
