import Testing

@testable import till_bench

@Suite("histogram")
struct HistogramTests {
  @Test("values under 128 are kept exactly")
  func smallValues() {
    for value in Int64(0)..<128 {
      #expect(Histogram.upperBound(of: Histogram.bucket(of: value)) == value)
    }
  }

  @Test("a bucket is at most a 64th of its values wide, at every size")
  func bucketWidth() {
    var value: Int64 = 1
    while value < Int64.max / 3 {
      for near in [value - 1, value, value + 1] {
        let bound = Histogram.upperBound(of: Histogram.bucket(of: near))
        #expect(bound >= near)
        #expect(bound - near <= near / 64)
      }
      value = value * 3 / 2 + 1
    }
    #expect(Histogram.upperBound(of: Histogram.bucket(of: .max)) == .max)
  }

  @Test("buckets follow one another without a gap or an overlap")
  func neighbours() {
    for bucket in 0..<2_000 {
      let bound = Histogram.upperBound(of: bucket)
      #expect(Histogram.bucket(of: bound) == bucket)
      #expect(Histogram.bucket(of: bound + 1) == bucket + 1)
    }
  }

  @Test("quantiles of one to a hundred are those numbers")
  func quantiles() {
    var histogram = Histogram()
    for value in Int64(1)...100 { histogram.record(value) }
    #expect(histogram.quantile(50, of: 100) == 50)
    #expect(histogram.quantile(99, of: 100) == 99)
    #expect(histogram.quantile(999, of: 1_000) == 100)
    #expect(histogram.quantile(0, of: 100) == 1)
    #expect(histogram.mean == 50)
  }

  @Test("a quantile is never larger than the largest value")
  func largest() {
    var histogram = Histogram()
    histogram.record(1_000_003)
    #expect(histogram.quantile(50, of: 100) == 1_000_003)
    #expect(histogram.quantile(100, of: 100) == 1_000_003)
  }

  @Test("nothing recorded has the quantile 0, a negative value counts as 0")
  func edges() {
    var histogram = Histogram()
    #expect(histogram.quantile(99, of: 100) == 0)
    #expect(histogram.mean == 0)
    histogram.record(-5)
    #expect(histogram.count == 1)
    #expect(histogram.quantile(99, of: 100) == 0)
  }

  @Test("two histograms added are one of both")
  func addition() {
    var one = Histogram()
    var other = Histogram()
    var both = Histogram()
    for value in Int64(0)..<1_000 {
      if value % 3 == 0 { one.record(value * value) } else { other.record(value * value) }
      both.record(value * value)
    }
    one.add(other)
    #expect(one.count == both.count)
    #expect(one.sum == both.sum)
    for share in Int64(0)...100 {
      #expect(one.quantile(share, of: 100) == both.quantile(share, of: 100))
    }
  }
}
