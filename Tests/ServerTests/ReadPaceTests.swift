import Testing

@testable import Server

@Suite struct ReadPaceTests {
  /// A thread whose time and waits are told.
  private final class Thread {
    var now: Int64 = 1_000
    var waits: Int64 = 0
  }

  private func pace(_ thread: Thread, quickMilliseconds: Int64 = 4) -> ReadPace {
    ReadPace(
      quickMilliseconds: quickMilliseconds, clock: { thread.now }, waits: { thread.waits })
  }

  @Test("a long bunch that only shared its processor leaves the reads where they are")
  func shared() {
    let thread = Thread()
    var pace = pace(thread)
    for _ in 0..<10 {
      pace.measure { thread.now += 20 }
      #expect(pace.isQuick)
    }
  }

  @Test("two long bunches, the second with a wait in it, tell a slow store for a second")
  func slow() {
    let thread = Thread()
    var pace = pace(thread)
    pace.measure {
      thread.now += 20
      thread.waits += 1
    }
    #expect(pace.isQuick, "its waits were not counted yet")
    pace.measure {
      thread.now += 20
      thread.waits += 1
    }
    #expect(!pace.isQuick)
    thread.now += 999
    #expect(!pace.isQuick)
    thread.now += 1
    #expect(pace.isQuick)
  }

  @Test("waits of quick bunches, and those long after a long one, tell nothing")
  func quick() {
    let thread = Thread()
    var pace = pace(thread)
    pace.measure { thread.now += 20 }
    pace.measure {
      thread.now += 4
      thread.waits += 3
    }
    #expect(pace.isQuick)
    thread.now += 1_000
    pace.measure {
      thread.now += 20
      thread.waits += 1
    }
    #expect(pace.isQuick)
  }

  @Test("below zero no store is quick")
  func never() {
    let thread = Thread()
    #expect(!pace(thread, quickMilliseconds: -1).isQuick)
  }
}
