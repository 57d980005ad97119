/// How long buyers take to pay: log-normal, in whole numbers only.
///
/// The logarithm is normal: twelve uniform numbers less six, which has variance one and differs
/// from the normal distribution by less than a hundredth up to the 99th percentile.
package struct PayTimes: Sendable {
  package let medianMilliseconds: Int64
  /// Standard deviation of the natural logarithm, in thousandths.
  package let sigmaPermille: Int64
  private var random: SeededRandom

  /// Longer times than this are cut to it: a day.
  package static let milliseconds = Int64(1)...86_400_000

  package init(medianMilliseconds: Int64, sigmaPermille: Int64, seed: UInt64) {
    precondition((1...3_600_000).contains(medianMilliseconds), "a median of at most an hour")
    precondition((0...2_000).contains(sigmaPermille), "a spread of at most two")
    self.medianMilliseconds = medianMilliseconds
    self.sigmaPermille = sigmaPermille
    random = SeededRandom(seed: seed)
  }

  /// The next buyer's time in milliseconds.
  package mutating func next() -> Int64 {
    // Twelve numbers of 20 bits: their sum less six is the normal number with 20 binary places.
    var sum: Int64 = 0
    for _ in 0..<12 { sum += Int64(random.next() >> 44) }
    return time(deviation: sum - (6 << 20))
  }

  /// `median × e^(sigma × deviation)`, the deviation with 20 binary places.
  package func time(deviation: Int64) -> Int64 {
    // e^x is 2^(x × log2 e).
    let exponent = (deviation * sigmaPermille / 1_000 * Self.log2OfE) >> 20
    let whole = exponent >> 20
    let scaled = medianMilliseconds * Self.powerOfTwo(fraction: exponent & 0xF_FFFF)
    let shift = 30 - whole
    guard shift > 0 else { return Self.milliseconds.upperBound }
    let time = shift < 63 ? scaled >> shift : 0
    return min(max(time, Self.milliseconds.lowerBound), Self.milliseconds.upperBound)
  }

  /// 2 to the power of a fraction with 20 binary places, as a number with 30.
  package static func powerOfTwo(fraction: Int64) -> Int64 {
    var result: Int64 = 1 << 30
    for (index, root) in roots.enumerated() where fraction & (1 << (19 - index)) != 0 {
      result = (result * root) >> 30
    }
    return result
  }

  private static let log2OfE: Int64 = 1_512_775
  /// 2^(1/2), 2^(1/4), 2^(1/8) and so on, with 30 binary places.
  private static let roots: [Int64] = [
    1_518_500_250, 1_276_901_417, 1_170_923_762, 1_121_280_436, 1_097_253_708, 1_085_434_106,
    1_079_572_136, 1_076_653_033, 1_075_196_443, 1_074_468_888, 1_074_105_294, 1_073_923_544,
    1_073_832_680, 1_073_787_251, 1_073_764_537, 1_073_753_181, 1_073_747_502, 1_073_744_663,
    1_073_743_244, 1_073_742_534,
  ]
}
