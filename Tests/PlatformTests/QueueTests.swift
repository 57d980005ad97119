import Dispatch
@preconcurrency import Glibc
import Platform
import Testing

@Suite struct QueueTests {
  @Test("a confined state takes work in order from many threads")
  func confined() {
    let queue = Queues.serial("test.inner", on: Queues.root("test.outer"))
    let confined = Confined([Int](), on: queue)
    for index in 0..<1_000 { confined.enter { $0.append(index) } }
    #expect(confined.wait { $0 } == Array(0..<1_000))
    queue.sync { confined.withState { $0.removeAll() } }
    DispatchQueue.concurrentPerform(iterations: 100) { index in
      confined.enter { $0.append(index) }
    }
    #expect(confined.wait { $0.sorted() } == Array(0..<100))
  }

  @Test("a confined state cannot be reached from another queue")
  func confinedElsewhere() async {
    await #expect(processExitsWith: .failure) {
      let confined = Confined(0, on: Queues.root("test.state"))
      Queues.root("test.other").sync { confined.withState { $0 += 1 } }
    }
  }

  @Test("at most so many jobs run at once, all of them run, in order of a free lane")
  func workLimit() {
    let work = WorkQueue("test.work", limit: 3)
    struct Counts: Sendable {
      var running = 0
      var runningMax = 0
      var done = 0
    }
    let counts = Watched(Counts())
    for _ in 0..<300 {
      let isTaken = work.submit {
        counts.change {
          $0.running += 1
          $0.runningMax = max($0.runningMax, $0.running)
        }
        SystemClock.sleep(milliseconds: 1)
        counts.change {
          $0.running -= 1
          $0.done += 1
        }
      }
      #expect(isTaken)
    }
    #expect(counts.wait { $0.done == 300 })
    #expect(counts.current.runningMax <= 3)
    let idle = Watched(false)
    while !idle.current {
      let load = work.load
      idle.change { $0 = load.running == 0 && load.waiting == 0 }
    }
  }

  @Test("a job too many is refused, and taken again when there is room")
  func workRefusal() {
    let work = WorkQueue("test.refusal", limit: 1, waitingCountMax: 2)
    let gate = DispatchSemaphore(value: 0)
    let done = Watched(0)
    #expect(work.submit { gate.wait() })
    #expect(work.submit { done.change { $0 += 1 } })
    #expect(work.submit { done.change { $0 += 1 } })
    #expect(!work.submit { done.change { $0 += 100 } })
    #expect(work.load.running == 1 && work.load.waiting == 2)
    gate.signal()
    #expect(done.wait { $0 == 2 })
    #expect(work.submit { done.change { $0 += 1 } })
    #expect(done.wait { $0 == 3 })
  }

  @Test("jobs of one lane run in the order they came")
  func workOrder() {
    let work = WorkQueue("test.order", limit: 1)
    let seen = Watched([Int]())
    for index in 0..<1_000 { work.submit { seen.change { $0.append(index) } } }
    #expect(seen.wait { $0.count == 1_000 })
    #expect(seen.current == Array(0..<1_000))
  }

  @Test("blocked jobs do not hold up other queues")
  func blockedWork() {
    let work = WorkQueue("test.blocked", limit: 16)
    let gate = DispatchSemaphore(value: 0)
    for _ in 0..<16 { work.submit { gate.wait() } }
    let done = Watched(false)
    Queues.root("test.free").async { done.change { $0 = true } }
    #expect(done.wait { $0 })
    for _ in 0..<16 { gate.signal() }
  }

  @Test("a timer fires once, again when scheduled again, and not when taken back")
  func timer() {
    let queue = Queues.root("test.timer")
    let fired = Watched(0)
    let timer = QueueTimer(on: queue) { fired.change { $0 += 1 } }
    let started = SystemClock.monotonicMilliseconds()
    timer.schedule(afterMilliseconds: 20)
    #expect(fired.wait { $0 == 1 })
    #expect(SystemClock.monotonicMilliseconds() - started >= 20)
    timer.schedule(afterMilliseconds: 0)
    #expect(fired.wait { $0 == 2 })
    timer.schedule(afterMilliseconds: 30)
    timer.unschedule()
    let other = Watched(0)
    let later = QueueTimer(on: queue) { other.change { $0 += 1 } }
    later.schedule(afterMilliseconds: 80)
    #expect(other.wait { $0 == 1 })
    #expect(fired.current == 2)
    timer.cancel()
  }

  @Test("a repeating timer goes on until it is dropped")
  func repeating() {
    let queue = Queues.root("test.repeating")
    let fired = Watched(0)
    var timer: QueueTimer? = QueueTimer(on: queue) { fired.change { $0 += 1 } }
    timer?.scheduleRepeating(everyMilliseconds: 5)
    #expect(fired.wait { $0 >= 5 })
    timer = nil
    queue.sync {}
    let after = fired.current
    SystemClock.sleep(milliseconds: 40)
    #expect(fired.current <= after + 1)
  }

  @Test("signals reach the handler once it says it is ready, and do not end the process")
  func signals() async {
    await #expect(processExitsWith: .success) {
      let queue = Queues.root("test.signals")
      let ready = Watched(false)
      let seen = Watched([ProcessSignal]())
      let watch = SignalWatch(
        ProcessSignal.allCases, on: queue, onReady: { ready.change { $0 = true } },
        handler: { signal in seen.change { $0.append(signal) } })
      precondition(ready.wait { $0 })
      for (index, signal) in ProcessSignal.allCases.enumerated() {
        kill(getpid(), signal.rawValue)
        precondition(seen.wait { $0.count == index + 1 })
        precondition(seen.current.last == signal)
      }
      watch.cancel()
    }
  }

  @Test("a write to a closed pipe is an error, not the end of the process")
  func brokenPipe() async {
    await #expect(processExitsWith: .success) {
      BrokenPipe.ignore()
      let ends = try FileDescriptor.socketPair().taken()
      close(ends.1)
      let descriptor = FileDescriptor(owning: ends.0)
      do throws(TransferFault) {
        try descriptor.write([1])
        preconditionFailure("nobody reads")
      } catch {
        guard case .system(let system) = error, system.isPeerGone else {
          preconditionFailure("another error")
        }
      }
    }
  }
}

@Suite struct LineSinkTests {
  @Test("lines come out whole and in order while others wait for nothing")
  func order() throws {
    let ends = try FileDescriptor.socketPair().taken()
    let peer = PeerEnd(FileDescriptor(owning: ends.1))
    let sink = LineSink("test.sink", number: ends.0)
    for index in 0..<1_000 { #expect(sink.append(Array("line \(index)\n".utf8))) }
    let wanted = (0..<1_000).map { "line \($0)\n" }.joined()
    #expect(try peer.read(exactly: wanted.utf8.count) == Array(wanted.utf8))
    sink.drain()
    #expect(sink.takeDroppedCount() == 0)
    close(ends.0)
  }

  @Test("a reader that stands still costs dropped lines, counted, and nobody's time")
  func blocked() throws {
    let ends = try FileDescriptor.socketPair().taken()
    let peer = PeerEnd(FileDescriptor(owning: ends.1))
    let sink = LineSink("test.blocked", number: ends.0, byteCountMax: 1_000_000)
    let line = [UInt8](repeating: 65, count: 99_999) + [10]
    var taken = 0
    while taken < 1_000, sink.append(line) { taken += 1 }
    #expect(taken >= 10 && taken < 1_000)
    #expect(sink.takeDroppedCount() == 1)
    #expect(sink.takeDroppedCount() == 0)
    #expect(try peer.read(exactly: taken * 100_000).count == taken * 100_000)
    #expect(sink.append([10]))
    #expect(try peer.read(exactly: 1) == [10])
    sink.drain()
    close(ends.0)
  }
}
