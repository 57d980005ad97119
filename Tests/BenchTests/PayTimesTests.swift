import Chance
import Testing

@testable import till_bench

@Suite("pay times")
struct PayTimesTests {
  private static func times(sigmaPermille: Int64 = 1_000, seed: UInt64 = 7) -> PayTimes {
    PayTimes(medianMilliseconds: 40_000, sigmaPermille: sigmaPermille, seed: seed)
  }

  @Test("powers of two agree with the square roots of two")
  func powers() {
    // 2^0, 2^(1/2), 2^(3/4), and the largest fraction, with 30 binary places.
    #expect(PayTimes.powerOfTwo(fraction: 0) == 1_073_741_824)
    #expect(abs(PayTimes.powerOfTwo(fraction: 1 << 19) - 1_518_500_250) <= 1)
    #expect(abs(PayTimes.powerOfTwo(fraction: 3 << 18) - 1_805_811_301) <= 2)
    #expect(abs(PayTimes.powerOfTwo(fraction: 0xF_FFFF) - 2_147_482_228) <= 24)
  }

  @Test("a deviation of n multiplies the median by e to the n")
  func exponential() {
    let times = Self.times()
    #expect(times.time(deviation: 0) == 40_000)
    // 40 000 × e, e², e⁻¹, e⁻³
    #expect(abs(times.time(deviation: 1 << 20) - 108_731) <= 1)
    #expect(abs(times.time(deviation: 2 << 20) - 295_562) <= 2)
    #expect(abs(times.time(deviation: -1 << 20) - 14_715) <= 1)
    #expect(abs(times.time(deviation: -3 << 20) - 1_991) <= 1)
  }

  @Test("longer deviations are longer times, within the bounds")
  func monotone() {
    let times = Self.times(sigmaPermille: 2_000)
    var before: Int64 = 0
    for step in Int64(-600)...600 {
      let time = times.time(deviation: (step << 20) / 100)
      #expect(time >= before)
      #expect(PayTimes.milliseconds.contains(time))
      before = time
    }
  }

  @Test("without spread everybody takes the median")
  func noSpread() {
    var times = Self.times(sigmaPermille: 0)
    for _ in 0..<100 { #expect(times.next() == 40_000) }
  }

  @Test("the quantiles of many are those of the log-normal distribution")
  func distribution() {
    var times = Self.times()
    var histogram = Histogram()
    for _ in 0..<200_000 { histogram.record(times.next()) }
    // 40 s × e^(z) for the normal quantiles z = −1.2816, 0, 0.6745, 1.2816, 2.3263, to 3 %.
    for (share, expected) in [
      (Int64(10), Int64(11_104)), (50, 40_000), (75, 78_520), (90, 144_100), (99, 409_600),
    ] {
      let found = histogram.quantile(share, of: 100)
      #expect(abs(found - expected) * 100 <= expected * 3, "\(share) %: \(found)")
    }
  }

  @Test("the same seed gives the same times, another seed others")
  func seeds() {
    var (one, same, other) = (Self.times(), Self.times(), Self.times(seed: 8))
    let first = (0..<50).map { _ in one.next() }
    #expect(first == (0..<50).map { _ in same.next() })
    #expect(first != (0..<50).map { _ in other.next() })
  }

  @Test("random numbers are the published ones of SplitMix64")
  func splitMix() {
    // First outputs for the seed 1234567, as the reference implementation prints them.
    var random = SeededRandom(seed: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
    #expect(random.next() == 9_817_491_932_198_370_423)
  }

  @Test("numbers below a bound stay below it and reach it")
  func bounded() {
    var random = SeededRandom(seed: 3)
    var seen: Set<Int64> = []
    for _ in 0..<1_000 { seen.insert(random.next(below: 7)) }
    #expect(seen == Set(0..<7))
  }
}
