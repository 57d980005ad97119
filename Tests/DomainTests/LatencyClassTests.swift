import Domain
import Testing

@Suite("Latencies in classes")
struct LatencyClassTests {
  @Test("a class holds every time once, and reads at most a quarter too long")
  func classes() {
    var previous: Int64 = 0
    for time in Int64(1)...20_000 {
      let upper = LatencyClass(milliseconds: time).upperMilliseconds
      #expect(upper >= time)
      #expect(upper * 4 <= time * 5 + 3)
      #expect(upper >= previous)
      previous = upper
    }
    #expect(LatencyClass(milliseconds: 0).upperMilliseconds == 1)
    #expect(
      LatencyClass(milliseconds: .max).upperMilliseconds == LatencyClass.longestMilliseconds)
  }

  @Test("its counter's name leads back to it; other counters are none")
  func names() {
    for time in [Int64(1), 9, 90, 1500] {
      let latency = LatencyClass(milliseconds: time)
      #expect(LatencyClass(counter: latency.counter) == latency)
    }
    #expect(LatencyClass(counter: "calls") == nil)
    #expect(LatencyClass(counter: "latency_") == nil)
  }

  @Test("quantiles are those of the sorted list")
  func quantiles() {
    #expect(LatencyClass.quantile(thousandths: 500, of: []) == nil)
    let counts: [(latency: LatencyClass, count: Int64)] = [
      (LatencyClass(milliseconds: 400), 1), (LatencyClass(milliseconds: 20), 98),
      (LatencyClass(milliseconds: 100), 1),
    ]
    #expect(LatencyClass.quantile(thousandths: 500, of: counts) == 20)
    #expect(LatencyClass.quantile(thousandths: 980, of: counts) == 20)
    #expect(LatencyClass.quantile(thousandths: 990, of: counts) == 112)
    #expect(LatencyClass.quantile(thousandths: 1000, of: counts) == 448)
  }
}
