import Chance
import JSON
import Platform

/// The main job with every callback lost: how long after the gateway's success an order is paid.
///
/// Orders arrive at random within the default budget of questions, buyers take a log-normal time,
/// the sandbox tells nobody. Half of the orders are waited for with `order.wait`. With a scale the
/// daemon's gaps, the arrivals and the buyers are all so much faster, and what is measured is
/// multiplied by it: the true share of processing is then overstated, never the schedule.
final class MainJob {
  private enum Action {
    case arrive
    case pay(String)
  }

  /// An order that is not paid here yet.
  private struct Open {
    let isWatched: Bool
    /// When the sandbox had the money.
    var success: Int64?
    /// When the event came, should it be first.
    var heard: Int64?
  }

  /// Virtual time between two arrivals on average; the default budget of ten questions a second
  /// is used to about two thirds by such a stream.
  private static let arrivalMilliseconds: Int64 = 2_500
  private static let stepMilliseconds: Int64 = 10
  private static let defaultQueriesPerSecond: Int64 = 10
  private static let defaultConcurrency: Int64 = 8
  private static let medianMilliseconds: Int64 = 40_000
  /// Virtual: buyers later than this have lost their code.
  private static let lateMilliseconds: Int64 = 840_000

  private let options: BenchOptions
  private let daemon: BenchDaemon
  private let desk: Conversation
  private let events: Conversation
  private var waits: [String: Conversation] = [:]
  private var idle: [Conversation] = []
  private var actions: [(at: Int64, action: Action)] = []
  private var open: [String: Open] = [:]
  private var random: SeededRandom
  private var payTimes: PayTimes
  private var arrived: Int64 = 0
  private var unpaid: Int64 = 0
  private(set) var watched = Histogram()
  private(set) var unwatched = Histogram()

  init(_ options: BenchOptions, _ daemon: BenchDaemon) throws {
    self.options = options
    self.daemon = daemon
    desk = try Conversation(daemon.socketPath)
    events = try Conversation(daemon.socketPath)
    random = SeededRandom(seed: options.seed)
    payTimes = PayTimes(
      medianMilliseconds: Self.medianMilliseconds, sigmaPermille: options.sigmaPermille,
      seed: options.seed &+ 1)
  }

  static func run(_ options: BenchOptions) throws -> [Row] {
    let daemon = try BenchDaemon(
      options,
      BenchDaemon.Wishes(
        timeScale: options.scale, queriesPerSecond: defaultQueriesPerSecond * options.scale,
        concurrency: defaultConcurrency))
    defer { daemon.discard() }
    let job = try MainJob(options, daemon)
    return try job.run()
  }

  private func run() throws -> [Row] {
    try events.start(
      "events.subscribe", [("after", "oldest"), ("types", .array([.string("order.paid")]))])
    let use = ProcessorUse(of: daemon.processID)
    let start = SystemClock.monotonicNanoseconds()
    plan(.arrive, afterVirtual: 0)
    while !actions.isEmpty || !open.isEmpty { try step() }
    let shares = use.percent(over: SystemClock.monotonicNanoseconds() - start)
    return [row("watched", watched, shares), row("unwatched", unwatched, shares)]
  }

  private func row(_ name: String, _ latency: Histogram, _ use: ProcessorUse.Shares) -> Row {
    Row(
      measured: "every callback lost: gateway success to local paid, \(name)",
      command: "main-job --orders \(options.orders) --scale \(options.scale)",
      figure: "p95 \(Report.time(latency.quantile(95, of: 100))), "
        + "\(latency.count) orders",
      latency: latency, use: use, limit: "the schedule of questions (`decisions` of the README)")
  }

  // MARK: Time

  private func real(_ virtualMilliseconds: Int64) -> Int64 {
    virtualMilliseconds * 1_000_000 / options.scale
  }

  private func plan(_ action: Action, afterVirtual milliseconds: Int64) {
    let at = SystemClock.monotonicNanoseconds() + real(milliseconds)
    let place = actions.firstIndex { $0.at > at } ?? actions.endIndex
    actions.insert((at, action), at: place)
  }

  private func step() throws {
    let now = SystemClock.monotonicNanoseconds()
    if let first = actions.first, first.at <= now {
      actions.removeFirst()
      switch first.action {
      case .arrive: try arrive()
      case .pay(let order): try pay(order)
      }
    }
    let next = actions.first.map { ($0.at - SystemClock.monotonicNanoseconds()) / 1_000_000 }
    try listen(milliseconds: Int(max(0, min(next ?? 1_000, 1_000))))
  }

  // MARK: Buyers

  private func arrive() throws {
    arrived += 1
    let isWatched = arrived % 2 == 0
    let key = "main-job-\(String(Entropy.word(), radix: 36))"
    let order = try desk.ask("order.create", [
      ("amount", .object([("currency", "CNY"), ("minor", .integer(5_800))])),
      ("subject", "Gift card"), ("idempotency_key", .string(key)),
      ("expires_in_ms", .integer(2_592_000_000)),
    ])
    guard let id = order["order"]?["id"]?.stringValue else { throw BenchFault("no order came") }
    let payment = try desk.ask("payment.create", [
      ("order", .string(id)), ("gateway", "sandbox"), ("idempotency_key", .string("p" + key)),
    ])
    guard let paymentID = payment["payment"]?["id"]?.stringValue else {
      throw BenchFault("no payment came")
    }
    open[id] = Open(isWatched: isWatched)
    payments[id] = paymentID
    if isWatched { try wait(id) }
    plan(.pay(id), afterVirtual: min(payTimes.next(), Self.lateMilliseconds))
    guard arrived < options.orders else { return }
    var gap = Self.stepMilliseconds
    while random.next(below: Self.arrivalMilliseconds / Self.stepMilliseconds) != 0 {
      gap += Self.stepMilliseconds
    }
    plan(.arrive, afterVirtual: gap)
  }

  private var payments: [String: String] = [:]

  private func pay(_ order: String) throws {
    guard let payment = payments.removeValue(forKey: order) else { return }
    _ = try desk.ask("sandbox.pay", [("payment", .string(payment)), ("callback", "lose")])
    open[order]?.success = SystemClock.monotonicNanoseconds()
    settle(order)
  }

  /// The page of the buyer: it stays until the order is paid.
  private func wait(_ order: String) throws {
    let conversation = try idle.popLast() ?? Conversation(daemon.socketPath)
    try conversation.start("order.wait", [
      ("order", .string(order)), ("until", .array([.string("paid")])),
      ("wait_ms", .integer(60_000)), ("timeout_ms", .integer(61_000)),
    ])
    waits[order] = conversation
  }

  // MARK: What comes back

  private func listen(milliseconds: Int) throws {
    let waiting = waits.keys.sorted().compactMap { order in
      waits[order].map { (order, $0) }
    }
    var entries = [events.readiness] + waiting.map { $0.1.readiness }
    let deadline = Deadline(afterMilliseconds: milliseconds)
    guard try Readiness.wait(&entries, until: deadline) else { return }
    let now = SystemClock.monotonicNanoseconds()
    if entries[0].isReady { try hear(now) }
    for (entry, (order, conversation)) in zip(entries.dropFirst(), waiting) where entry.isReady {
      try answer(order, conversation)
    }
  }

  private func hear(_ now: Int64) throws {
    try events.receive(until: Deadline(afterMilliseconds: 1_000))
    while let line = events.lineThere() {
      guard line.withUnsafeBytes({ LineHead($0) }) == .event else { continue }
      let message = try JSONReader.read(line, profile: .document)
      guard let order = message["params"]?["event"]?["order"]?.stringValue else { continue }
      open[order]?.heard = now
      settle(order)
    }
  }

  private func settle(_ order: String) {
    guard let entry = open[order], let success = entry.success, let heard = entry.heard else {
      return
    }
    let nanoseconds = max(0, heard - success) * options.scale
    if entry.isWatched { watched.record(nanoseconds) } else { unwatched.record(nanoseconds) }
    open[order] = nil
    let count = watched.count + unwatched.count
    if count % 50 == 0 { Report.note("main job: \(count) of \(options.orders) orders paid") }
  }

  /// A wait ended: the order is paid, or the wait is repeated as a page does.
  private func answer(_ order: String, _ conversation: Conversation) throws {
    try conversation.receive(until: Deadline(afterMilliseconds: 1_000))
    while let line = conversation.lineThere() {
      let message = try JSONReader.read(line, profile: .document)
      guard message["id"] != nil else { continue }
      guard let result = message["result"] else {
        throw BenchFault("order.wait: \(String(decoding: line, as: UTF8.self))")
      }
      waits[order] = nil
      idle.append(conversation)
      if result["timed_out"]?.boolValue == true { try wait(order) }
    }
  }
}
