import Dispatch
import Platform

/// Watchers that hear every new order, and one writer that makes them.
final class Fanout {

  /// What is asked of a run.
  struct Plan: Sendable {
    let watchers: Int
    /// Orders a second; 0 makes the next when the last is answered.
    let rate: Int64
    let seconds: Int
    let create: RequestTemplate
    let firstNumber: Int64
  }

  private final class Watcher {
    var channel: StreamChannel?
    var lines = LineCutter()
    /// Events heard so far: the n-th is of the n-th order.
    var heard = 0
  }

  struct Outcome: Sendable {
    var delays: Histogram
    var orders: Int64
    var events: Int64
    var nanoseconds: Int64
    var use: ProcessorUse.Shares
  }

  private let plan: Plan
  /// A watcher is told of what comes from now on.
  private let ready: DispatchSemaphore
  private let done: DispatchSemaphore
  private var watchers: [Watcher] = []
  private var writer: StreamChannel?
  private var writerLines = LineCutter()
  private var sentNanoseconds: [Int64] = []
  private var answered = 0
  private var delays = Histogram()
  private var events: Int64 = 0
  private var startNanoseconds: Int64 = 0
  private var isWriting = false
  private var isOver = false
  private var failure: String?

  private init(_ plan: Plan, ready: DispatchSemaphore, done: DispatchSemaphore) {
    self.plan = plan
    self.ready = ready
    self.done = done
  }

  private static let subscribe = Array(
    (#"{"id":10,"method":"events.subscribe","params":{"after":"now","types":["order.created"]}}"#
      + "\n" + #"{"id":11,"method":"protocol.ping"}"# + "\n").utf8)

  static func run(_ plan: Plan, daemonID: Int32, _ socketPath: String) throws -> Outcome {
    let queue = Queues.root("fanout")
    let loop = try SocketLoop(queue: queue)
    let (ready, done) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let fanout = Confined(Fanout(plan, ready: ready, done: done), on: queue)
    try fanout.wait { fanout in Result { try fanout.connect(loop, socketPath) } }.get()
    for _ in 0..<plan.watchers { ready.wait() }
    // The streams begin at the end of the log as it was when they were asked for.
    SystemClock.sleep(milliseconds: 300)
    let pace = QueueTimer(on: queue) { fanout.withState { $0.keepPace() } }
    fanout.wait { $0.begin(pace) }
    let use = ProcessorUse(of: daemonID)
    SystemClock.sleep(milliseconds: plan.seconds * 1_000)
    fanout.wait { $0.isWriting = false }
    let shares = use.percent(over: Int64(plan.seconds) * 1_000_000_000)
    _ = done.wait(timeout: .now() + .seconds(60))
    pace.cancel()
    return try fanout.wait { fanout in Result { try fanout.end(shares) } }.get()
  }

  private func connect(_ loop: SocketLoop, _ socketPath: String) throws {
    for _ in 0..<plan.watchers {
      let watcher = Watcher()
      watcher.channel = try connect(loop, socketPath) { [self, watcher] bytes in
        heard(watcher, bytes)
      }
      watchers.append(watcher)
    }
    writer = try connect(loop, socketPath) { [self] bytes in replied(bytes) }
    for watcher in watchers {
      watcher.channel?.start()
      watcher.channel?.send(Self.subscribe)
    }
    writer?.start()
  }

  private func connect(
    _ loop: SocketLoop, _ path: String,
    _ body: @escaping (UnsafeRawBufferPointer) -> Void
  ) throws -> StreamChannel {
    try StreamChannel(
      try UnixSocket.connect(to: path), on: loop,
      owner: StreamCallbacks(
        onBytes: { _, bytes in body(bytes) }, onEnd: { $0.close() },
        onClosed: { [self] _, reason in
          if !isOver, failure == nil { failure = "a connection was closed: \(reason)" }
        }))
  }

  private func begin(_ pace: QueueTimer) {
    startNanoseconds = SystemClock.monotonicNanoseconds()
    isWriting = true
    guard plan.rate > 0 else { return write() }
    pace.scheduleRepeating(everyMilliseconds: max(1, Int(1_000 / plan.rate)))
  }

  private func keepPace() {
    guard isWriting else { return endIfAllHeard() }
    let passed = SystemClock.monotonicNanoseconds() - startNanoseconds
    let due = passed / 1_000 * plan.rate / 1_000_000
    // The daemon takes 32 in flight.
    while Int64(sentNanoseconds.count) < due, sentNanoseconds.count - answered < 32 { write() }
  }

  private func write() {
    var line: [UInt8] = []
    let index = sentNanoseconds.count
    plan.create.append(
      to: &line, slot: index % 32, number: plan.firstNumber + Int64(index))
    sentNanoseconds.append(SystemClock.monotonicNanoseconds())
    writer?.send(line)
  }

  private func replied(_ bytes: UnsafeRawBufferPointer) {
    writerLines.take(bytes) { line in
      switch LineHead(line) {
      case .result: answered += 1
      case .error: failure = failure ?? String(decoding: line, as: UTF8.self)
      case .event, .other: return
      }
      if plan.rate == 0, isWriting { write() }
    }
    endIfAllHeard()
  }

  private func heard(_ watcher: Watcher, _ bytes: UnsafeRawBufferPointer) {
    let now = SystemClock.monotonicNanoseconds()
    watcher.lines.take(bytes) { line in
      switch LineHead(line) {
      case .event:
        guard watcher.heard < sentNanoseconds.count else { return }
        delays.record(now - sentNanoseconds[watcher.heard])
        watcher.heard += 1
        events += 1
      case .result(id: 11): ready.signal()
      case .error, .result: failure = failure ?? String(decoding: line, as: UTF8.self)
      case .other: break
      }
    }
    endIfAllHeard()
  }

  private func endIfAllHeard() {
    guard !isWriting, !isOver, startNanoseconds > 0, answered == sentNanoseconds.count,
      events == Int64(answered) * Int64(plan.watchers)
    else { return }
    isOver = true
    done.signal()
  }

  private func end(_ use: ProcessorUse.Shares) throws -> Outcome {
    let isComplete = isOver
    isOver = true
    for watcher in watchers { watcher.channel?.close() }
    writer?.close()
    if let failure { throw BenchFault("fan-out: \(failure)") }
    guard isComplete else { throw BenchFault("fan-out: events are missing after a minute") }
    return Outcome(
      delays: delays, orders: Int64(answered), events: events,
      nanoseconds: SystemClock.monotonicNanoseconds() - startNanoseconds, use: use)
  }
}
