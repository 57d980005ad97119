/// One kind of request in a load, and how often it is chosen.
struct LoadKind: Sendable {
  /// The number of a request: which order it makes or names.
  enum Numbers: Sendable {
    /// Each the next of a row that begins here.
    case following(Int64)
    /// Any of so many, from the first.
    case anyOf(first: Int64, count: Int64)
  }

  let name: String
  let template: RequestTemplate
  /// Share of all requests; the shares of a plan are 100 together.
  let percent: Int64
  let numbers: Numbers
}

/// A closed loop: every connection keeps `depth` requests in flight until the goal is reached.
struct LoadPlan: Sendable {
  enum Goal: Sendable {
    /// Measure for so long after a run-up.
    case seconds(Int)
    /// Send so many.
    case requests(Int64)
  }

  var clients: Int
  var depth: Int
  var kinds: [LoadKind]
  var goal: Goal
  var seed: UInt64

  /// Half a second in which nothing is counted.
  static let runUpMilliseconds = 500
}

/// What a load came to.
struct LoadOutcome: Sendable {
  /// Nanoseconds from request to reply, by kind.
  var latencies: [Histogram]
  /// Replies counted.
  var count: Int64
  /// Time over which they were counted.
  var nanoseconds: Int64
  var errorCount: Int64
  var firstError: String?
  /// Per cent of one core.
  var use: ProcessorUse.Shares

  var perSecond: Int64 { nanoseconds > 0 ? count * 1_000_000_000 / nanoseconds : 0 }

  var all: Histogram {
    var sum = Histogram()
    for one in latencies { sum.add(one) }
    return sum
  }
}
