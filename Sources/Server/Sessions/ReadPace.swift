import Platform

/// Whether a loop makes short reads itself, or leaves them to others because the disk keeps it
/// waiting.
///
/// A bunch of reads that took long may only have shared its processor with somebody else. So after
/// a long one the waits of the thread are counted for a second, and a long one with a wait in it
/// tells a slow store.
struct ReadPace {
  /// Both how long waits are counted after a long bunch, and how long others read after a slow one.
  private static let rememberedMilliseconds: Int64 = 1_000

  private let quickMilliseconds: Int64
  /// Monotonic milliseconds.
  private let clock: () -> Int64
  private let waits: () -> Int64
  private var countsUntil: Int64 = 0
  private var isSlowUntil: Int64 = 0

  /// - Parameter quickMilliseconds: a bunch that takes longer is a long one; below zero no store
  ///   is quick.
  /// - Parameter waits: how often this thread has waited so far.
  init(
    quickMilliseconds: Int64, clock: @escaping () -> Int64 = SystemClock.monotonicMilliseconds,
    waits: @escaping () -> Int64 = Resources.threadWaitCount
  ) {
    self.quickMilliseconds = quickMilliseconds
    self.clock = clock
    self.waits = waits
  }

  /// Whether to read on this thread.
  var isQuick: Bool { quickMilliseconds >= 0 && clock() >= isSlowUntil }

  /// Runs a bunch of reads on this thread.
  mutating func measure(_ read: () -> Void) {
    let begun = clock()
    let before = begun < countsUntil ? waits() : nil
    read()
    let ended = clock()
    guard ended - begun > quickMilliseconds else { return }
    countsUntil = ended + Self.rememberedMilliseconds
    if let before, waits() > before { isSlowUntil = ended + Self.rememberedMilliseconds }
  }
}
