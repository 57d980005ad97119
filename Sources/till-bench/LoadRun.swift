import Chance
import Dispatch
import Platform

/// Runs a `LoadPlan` from one queue, cheaply: it shares the machine with what it measures.
final class LoadRun {

  private enum Phase {
    case runUp
    case counting
    case ending
    case over
  }

  /// One connection with its requests in flight.
  private final class Client {
    var channel: StreamChannel?
    var lines = LineCutter()
    /// When each slot was sent, and as what kind.
    var sentNanoseconds: [Int64]
    var kinds: [UInt8]
    var outgoing: [UInt8] = []
    var inFlight = 0

    init(depth: Int) {
      sentNanoseconds = [Int64](repeating: 0, count: depth)
      kinds = [UInt8](repeating: 0, count: depth)
    }
  }

  private let plan: LoadPlan
  private let done: DispatchSemaphore
  private let daemonID: Int32
  private var clients: [Client] = []
  private var phase = Phase.runUp
  private var random: SeededRandom
  private var following: [Int64]
  private var latencies: [Histogram]
  private var inFlight = 0
  private var sentCount: Int64 = 0
  private var count: Int64 = 0
  private var errorCount: Int64 = 0
  private var firstError: String?
  private var startNanoseconds: Int64 = 0
  private var endNanoseconds: Int64 = 0
  private var use: ProcessorUse
  private var shares = ProcessorUse.Shares(daemon: 0, client: 0)
  /// Ends the running up, then the counting.
  private var timer: QueueTimer?

  private init(_ plan: LoadPlan, daemonID: Int32, done: DispatchSemaphore) {
    precondition(plan.depth <= 32, "the daemon takes 32 requests in flight a connection")
    self.plan = plan
    self.daemonID = daemonID
    self.done = done
    random = SeededRandom(seed: plan.seed)
    latencies = plan.kinds.map { _ in Histogram() }
    following = plan.kinds.map {
      if case .following(let first) = $0.numbers { return first }
      return 0
    }
    use = ProcessorUse(of: daemonID)
  }

  /// Connects, puts the load on and waits for its end.
  static func run(
    _ plan: LoadPlan, daemonID: Int32, _ socketPath: String
  ) throws -> LoadOutcome {
    let queue = Queues.root("load")
    let loop = try SocketLoop(queue: queue)
    let done = DispatchSemaphore(value: 0)
    let load = Confined(LoadRun(plan, daemonID: daemonID, done: done), on: queue)
    let timer = QueueTimer(on: queue) { load.withState { $0.timeIsUp() } }
    try load.wait { load in
      Result {
        try load.connect(loop, socketPath)
        load.begin(timer)
      }
    }.get()
    done.wait()
    timer.cancel()
    return load.wait { $0.end() }
  }

  private func connect(_ loop: SocketLoop, _ socketPath: String) throws {
    for _ in 0..<plan.clients {
      let client = Client(depth: plan.depth)
      client.channel = try StreamChannel(
        try UnixSocket.connect(to: socketPath), on: loop,
        owner: StreamCallbacks(
          onBytes: { [self, client] _, bytes in received(client, bytes) },
          onEnd: { $0.close() },
          onClosed: { [self, client] _, reason in closed(client, reason) }))
      clients.append(client)
    }
  }

  private func end() -> LoadOutcome {
    for client in clients { client.channel?.close() }
    return LoadOutcome(
      latencies: latencies, count: count, nanoseconds: endNanoseconds - startNanoseconds,
      errorCount: errorCount, firstError: firstError, use: shares)
  }

  private func begin(_ timer: QueueTimer) {
    self.timer = timer
    startCounting()
    if case .seconds = plan.goal {
      phase = .runUp
      timer.schedule(afterMilliseconds: LoadPlan.runUpMilliseconds)
    }
    let now = SystemClock.monotonicNanoseconds()
    for client in clients {
      client.channel?.start()
      for slot in 0..<plan.depth where mayAsk { ask(client, slot, now) }
      flush(client)
    }
  }

  /// Whether another request may be sent.
  private var mayAsk: Bool {
    switch (phase, plan.goal) {
    case (.runUp, _): true
    case (.counting, .seconds): true
    case (.counting, .requests(let wanted)): sentCount < wanted
    case (.ending, _), (.over, _): false
    }
  }

  private func startCounting() {
    phase = .counting
    use = ProcessorUse(of: daemonID)
    startNanoseconds = SystemClock.monotonicNanoseconds()
  }

  private func timeIsUp() {
    switch phase {
    case .runUp:
      startCounting()
      guard case .seconds(let seconds) = plan.goal else { return }
      timer?.schedule(afterMilliseconds: seconds * 1_000)
    case .counting:
      stopCounting()
      phase = .ending
      endIfIdle()
    case .ending, .over: break
    }
  }

  private func stopCounting() {
    endNanoseconds = SystemClock.monotonicNanoseconds()
    shares = use.percent(over: endNanoseconds - startNanoseconds)
  }

  private func endIfIdle() {
    guard inFlight == 0 else { return }
    if case .requests = plan.goal, phase == .counting, !mayAsk {
      stopCounting()
      phase = .ending
    }
    guard phase == .ending else { return }
    phase = .over
    done.signal()
  }

  // MARK: Requests

  private func ask(_ client: Client, _ slot: Int, _ now: Int64) {
    var index = 0
    if plan.kinds.count > 1 {
      var place = random.next(below: 100)
      while index < plan.kinds.count - 1, place >= plan.kinds[index].percent {
        place -= plan.kinds[index].percent
        index += 1
      }
    }
    let number: Int64
    switch plan.kinds[index].numbers {
    case .following:
      number = following[index]
      following[index] += 1
    case .anyOf(let first, let count): number = first + random.next(below: count)
    }
    plan.kinds[index].template.append(to: &client.outgoing, slot: slot, number: number)
    client.sentNanoseconds[slot] = now
    client.kinds[slot] = UInt8(index)
    client.inFlight += 1
    inFlight += 1
    sentCount += 1
  }

  private func flush(_ client: Client) {
    guard !client.outgoing.isEmpty else { return }
    client.channel?.send(client.outgoing)
    client.outgoing.removeAll(keepingCapacity: true)
  }

  // MARK: Replies

  private func received(_ client: Client, _ bytes: UnsafeRawBufferPointer) {
    let now = SystemClock.monotonicNanoseconds()
    client.lines.take(bytes) { line in
      switch LineHead(line) {
      case .result(let id): answered(client, id - RequestTemplate.firstID, now, nil)
      case .error(let id): answered(client, id - RequestTemplate.firstID, now, line)
      case .event, .other: break
      }
    }
    flush(client)
    endIfIdle()
  }

  private func answered(
    _ client: Client, _ slot: Int, _ now: Int64, _ error: UnsafeRawBufferPointer?
  ) {
    guard (0..<plan.depth).contains(slot) else { return }
    client.inFlight -= 1
    inFlight -= 1
    if phase == .counting {
      count += 1
      latencies[Int(client.kinds[slot])].record(now - client.sentNanoseconds[slot])
    }
    if let error {
      errorCount += 1
      if firstError == nil { firstError = String(decoding: error, as: UTF8.self) }
    }
    if mayAsk { ask(client, slot, now) }
  }

  private func closed(_ client: Client, _ reason: CloseReason) {
    guard phase != .over else { return }
    errorCount += 1
    if firstError == nil { firstError = "a connection was closed: \(reason)" }
    inFlight -= client.inFlight
    client.inFlight = 0
    // The figure would tell of another load: this run is over.
    if phase == .counting { stopCounting() }
    phase = .ending
    endIfIdle()
  }
}
