import Chance
import Platform

/// Loads of many connections on one daemon that has orders already.
final class LoadSuite {
  private let options: BenchOptions
  private let daemon: BenchDaemon
  private let machine: Machine
  /// Next unused number of an order.
  private var nextNumber: Int64 = 1
  /// Orders that requests may name.
  private var numbered: ClosedRange<Int64>?
  let requests: RequestCatalogue

  init(_ options: BenchOptions, _ daemon: BenchDaemon, _ machine: Machine) {
    self.options = options
    self.daemon = daemon
    self.machine = machine
    requests = RequestCatalogue(salt: "b" + String(Entropy.word(), radix: 36))
  }

  /// Reserves numbers for orders; returns the first.
  func takeNumbers(_ count: Int64) -> Int64 {
    defer { nextNumber += count }
    return nextNumber
  }

  /// Makes orders that later requests name.
  func warmUp(_ count: Int64) throws {
    let first = takeNumbers(count)
    Report.note("making \(Report.grouped(count)) orders")
    let plan = LoadPlan(
      clients: 32, depth: 16,
      kinds: [
        LoadKind(
          name: "create", template: requests.createNumbered, percent: 100,
          numbers: .following(first))
      ],
      goal: .requests(count), seed: options.seed)
    let outcome = try checked(LoadRun.run(plan, daemonID: daemon.processID, daemon.socketPath))
    numbered = min(numbered?.lowerBound ?? first, first)...(first + count - 1)
    Report.note("made them at \(Report.grouped(outcome.perSecond))/s")
  }

  /// Waits until the daemon has put the orders made so far into its search index: that is work of
  /// theirs and not of the reads measured next.
  private func waitForRest() {
    Report.note("waiting until the new orders are in the search index")
    let end = SystemClock.monotonicMilliseconds() + Self.restMilliseconds
    var written: Int64?
    while SystemClock.monotonicMilliseconds() < end {
      SystemClock.sleep(milliseconds: 1_500)
      let before = written
      written = ProcessFigures.writtenByteCount(daemon.processID)
      if written == before { return }
    }
  }

  /// Longer nobody waits for the index.
  private static let restMilliseconds: Int64 = 300_000

  func ping(clients: Int, depth: Int) throws -> Row {
    try measure(
      "ping", clients, depth,
      [
        LoadKind(
          name: "ping", template: requests.ping, percent: 100, numbers: .following(1))
      ])
  }

  func get(clients: Int, depth: Int) throws -> Row {
    waitForRest()
    return try measure("get", clients, depth, [getKind(percent: 100)])
  }

  func create(clients: Int, depth: Int, full: Bool = false) throws -> Row {
    try measure(full ? "create-full" : "create", clients, depth, [createKind(100, full: full)])
  }

  func mixed(clients: Int, depth: Int) throws -> Row {
    try measure(
      "mixed", clients, depth, [getKind(percent: 90), createKind(10, full: false)])
  }

  private func getKind(percent: Int64) -> LoadKind {
    let range = numbered ?? 1...1
    return LoadKind(
      name: "get", template: requests.get, percent: percent,
      numbers: .anyOf(first: range.lowerBound, count: Int64(range.count)))
  }

  private func createKind(_ percent: Int64, full: Bool) -> LoadKind {
    LoadKind(
      name: "create", template: full ? requests.createFull : requests.create, percent: percent,
      numbers: .following(nextNumber))
  }

  private func measure(
    _ name: String, _ clients: Int, _ depth: Int, _ kinds: [LoadKind]
  ) throws -> Row {
    let plan = LoadPlan(
      clients: clients, depth: depth, kinds: kinds, goal: .seconds(options.seconds),
      seed: options.seed)
    let outcome = try checked(LoadRun.run(plan, daemonID: daemon.processID, daemon.socketPath))
    // More numbers than can have been used.
    nextNumber += outcome.count * 2 + 1_000_000
    Report.note("\(name), \(clients) clients: \(Report.grouped(outcome.perSecond))/s")
    return Row(
      measured: title(name), command: "\(name) --clients \(clients) --depth \(depth)",
      figure: "\(Report.grouped(outcome.perSecond))/s", latency: outcome.all, use: outcome.use,
      perSecond: outcome.perSecond,
      limit: limit(outcome, isWriting: kinds.contains { $0.name == "create" }))
  }

  private func title(_ name: String) -> String {
    switch name {
    case "ping": "`protocol.ping`"
    case "get": "`order.get`"
    case "create": "`order.create`, durable"
    case "create-full": "the same with lines, buyer, metadata"
    default: "90 % `order.get`, 10 % `order.create`"
    }
  }

  private func limit(_ outcome: LoadOutcome, isWriting: Bool) -> String {
    let all = outcome.use.daemon + outcome.use.client
    let whole = Int64(machine.cores) * 100
    if all * 100 >= whole * 85 { return "all \(machine.cores) cores are busy" }
    if isWriting { return "the one writer: its own work and the disk" }
    return all * 100 >= whole * 60 ? "processors, and turns between threads" : "round trips"
  }

  private func checked(_ outcome: LoadOutcome) throws -> LoadOutcome {
    guard outcome.errorCount == 0 else {
      throw BenchFault(
        "\(outcome.errorCount) requests failed, the first: \(outcome.firstError ?? "unknown")")
    }
    return outcome
  }

  // MARK: One client

  /// Round trips of a single client that waits for each answer.
  func lone() throws -> [Row] {
    waitForRest()
    let range = numbered ?? 1...1
    var random = SeededRandom(seed: options.seed)
    let ping = try roundTrips("ping", requests.ping) { _ in 1 }
    let get = try roundTrips("get", requests.get) { _ in
      range.lowerBound + random.next(below: Int64(range.count))
    }
    let create = try roundTrips("create", requests.create) { [nextNumber] in nextNumber + $0 }
    nextNumber += 10_000_000
    return [ping, get, create]
  }

  private func roundTrips(
    _ name: String, _ template: RequestTemplate, _ number: (Int64) -> Int64
  ) throws -> Row {
    let conversation = try Conversation(daemon.socketPath)
    var latency = Histogram()
    var line: [UInt8] = []
    // A tenth of the time is not counted.
    let start = SystemClock.monotonicNanoseconds()
    let length = Int64(options.seconds) * 1_000_000_000
    let counted = start + length / 10
    var use = ProcessorUse(of: daemon.processID)
    var isCounting = false
    var index: Int64 = 0
    var now = start
    while now < start + length {
      if !isCounting, now >= counted {
        isCounting = true
        use = ProcessorUse(of: daemon.processID)
      }
      line.removeAll(keepingCapacity: true)
      template.append(to: &line, slot: 0, number: number(index))
      index += 1
      let sent = SystemClock.monotonicNanoseconds()
      try conversation.exchange(line)
      now = SystemClock.monotonicNanoseconds()
      if isCounting { latency.record(now - sent) }
    }
    let shares = use.percent(over: now - counted)
    let perSecond = latency.count * 1_000_000_000 / max(1, now - counted)
    Report.note("one client, \(name): \(Report.time(latency.quantile(50, of: 100)))")
    return Row(
      measured: "one client: \(name)", command: "lone",
      figure: "\(Report.grouped(perSecond))/s", latency: latency, use: shares,
      perSecond: perSecond,
      limit: name == "create" ? "one durable write each" : "waking two threads")
  }
}
