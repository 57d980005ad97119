import Platform

/// From the command line to the table.
enum Bench {
  /// - Returns: the exit status.
  static func run(_ words: [String]) -> Int32 {
    BrokenPipe.ignore()
    Leftovers.shared.cleanWhenInterrupted()
    do {
      guard let options = try BenchOptions.parse(words) else {
        Report.show(BenchOptions.help)
        return 0
      }
      let limits = try Resources.descriptorLimit()
      try Resources.setDescriptorLimit(limits.maximum)
      let outcome = try measure(options)
      Report.show(
        Report.markdown(
          outcome.rows, machine: Machine.read(), durableWrites: outcome.durableWrites))
      return 0
    } catch {
      Report.note("till-bench: \(error)")
      Leftovers.shared.cleanNow()
      return 1
    }
  }

  private struct Outcome {
    var rows: [Row]
    var durableWrites: Int64?
  }

  private static func measure(_ options: BenchOptions) throws -> Outcome {
    switch options.workload {
    case .poll: return Outcome(rows: [try PollRates.run(options)])
    case .open: return Outcome(rows: try Backlog.run(options))
    case .start: return Outcome(rows: try Starting.run(options))
    case .rss: return Outcome(rows: [try Starting.memory(options)])
    case .mainJob: return Outcome(rows: try MainJob.run(options))
    case .reconcile: return Outcome(rows: try Reconciling.run(options))
    case .reconcileFiles: return Outcome(rows: [try Reconciling.runFiles(options)])
    case .reconcileStore: return Outcome(rows: try Persisting.run(options))
    case .ping, .create, .createFull, .get, .mixed, .lone, .fanout, .all:
      return try loads(options)
    }
  }

  private static func loads(_ options: BenchOptions) throws -> Outcome {
    let daemon = try BenchDaemon(options)
    defer { daemon.discard() }
    let suite = LoadSuite(options, daemon, Machine.read())
    let durable = try daemon.folder.map { try Durability.writesPerSecond(in: $0) }
    var outcome = Outcome(rows: [], durableWrites: durable)
    if options.workload != .ping, options.workload != .fanout {
      try suite.warmUp(options.warmupOrders)
    }
    outcome.rows = try load(options, daemon, suite)
    daemon.discard()
    if options.workload == .all { outcome.rows += try others(options) }
    return outcome
  }

  private static func load(
    _ options: BenchOptions, _ daemon: BenchDaemon, _ suite: LoadSuite
  ) throws -> [Row] {
    let (clients, depth) = (options.clients, options.depth)
    switch options.workload {
    case .ping: return [try suite.ping(clients: clients, depth: depth)]
    case .get: return [try suite.get(clients: clients, depth: depth)]
    case .create: return [try suite.create(clients: clients, depth: depth)]
    case .createFull: return [try suite.create(clients: clients, depth: depth, full: true)]
    case .mixed: return [try suite.mixed(clients: clients, depth: depth)]
    case .lone: return try suite.lone()
    case .fanout: return [try fanout(options, daemon, suite, rate: options.rate)]
    case .poll, .open, .start, .rss, .mainJob, .reconcile, .reconcileFiles, .reconcileStore, .all:
      break
    }
    return [
      try suite.ping(clients: clients, depth: 1), try suite.ping(clients: clients, depth: 16),
      try suite.get(clients: clients, depth: 1), try suite.get(clients: clients, depth: 16),
      try suite.create(clients: clients, depth: 1),
      try suite.create(clients: clients, depth: 16),
      try suite.create(clients: clients, depth: 1, full: true),
      try suite.mixed(clients: clients, depth: 1),
    ] + (try suite.lone()) + [
      try fanout(options, daemon, suite, rate: 100), try fanout(options, daemon, suite, rate: 0),
    ]
  }

  private static func fanout(
    _ options: BenchOptions, _ daemon: BenchDaemon, _ suite: LoadSuite, rate: Int64
  ) throws -> Row {
    let plan = Fanout.Plan(
      watchers: options.watchers, rate: rate, seconds: options.seconds,
      create: suite.requests.create, firstNumber: suite.takeNumbers(10_000_000))
    let outcome = try Fanout.run(plan, daemonID: daemon.processID, daemon.socketPath)
    let perSecond = outcome.events * 1_000_000_000 / max(1, outcome.nanoseconds)
    Report.note("fan-out at \(rate): \(Report.grouped(perSecond)) events a second")
    return Row(
      measured: "events to \(options.watchers) watchers, "
        + (rate > 0 ? "\(rate) orders a second" : "orders without pause"),
      command: "fanout --watchers \(options.watchers) --rate \(rate)",
      figure: "\(Report.grouped(perSecond)) events/s", latency: outcome.delays, use: outcome.use,
      perSecond: perSecond,
      limit: rate > 0
        ? "the rate; time is from the writer's request to the watcher"
        : "one line for each watcher and event")
  }

  private static func others(_ options: BenchOptions) throws -> [Row] {
    var rows: [Row] = []
    var own = options
    own.scale = 1_000
    rows.append(try PollRates.run(own))
    own.watchers = 10_000
    rows.append(try Starting.memory(own))
    rows += try Starting.run(own)
    own.scale = 10
    own.orders = 400
    rows += try MainJob.run(own)
    return rows
  }
}
