import Platform

/// How long a start takes with many orders in the database, and what idle watchers cost.
enum Starting {
  private static let repeats = 7

  static func run(_ options: BenchOptions) throws -> [Row] {
    let daemon = try BenchDaemon(options)
    defer { daemon.discard() }
    let suite = LoadSuite(options, daemon, Machine.read())
    try suite.warmUp(options.orders)
    let clean = try starts(daemon, signal: "TERM")
    let killed = try starts(daemon, signal: "KILL")
    let orders = Report.grouped(options.orders)
    let command = "start --orders \(options.orders)"
    return [
      Row(
        measured: "exec to first answer, \(orders) orders, stopped cleanly", command: command,
        figure: Report.time(clean.quantile(50, of: 100)), latency: clean, use: nil,
        limit: "loading the program, opening the database (files in the page cache)"),
      Row(
        measured: "exec to first answer, \(orders) orders, killed", command: command,
        figure: Report.time(killed.quantile(50, of: 100)), latency: killed, use: nil,
        limit: "the same and reading the write-ahead log"),
    ]
  }

  private static func starts(_ daemon: BenchDaemon, signal: String) throws -> Histogram {
    var times = Histogram()
    for _ in 0..<repeats {
      try daemon.stop(signal: signal)
      let nanoseconds = try daemon.start()
      Report.note("start after \(signal): \(Report.time(nanoseconds))")
      times.record(nanoseconds)
    }
    return times
  }

  /// Memory of the daemon with watchers that hear nothing.
  static func memory(_ options: BenchOptions) throws -> Row {
    let daemon = try BenchDaemon(options)
    defer { daemon.discard() }
    let alone = ProcessFigures.residentKibibytes(daemon.processID) ?? 0
    var conversations: [Conversation] = []
    for _ in 0..<options.watchers {
      let conversation = try Conversation(daemon.socketPath)
      try conversation.start("events.subscribe", [("after", "now")])
      try conversation.exchange(Array("{\"id\":10,\"method\":\"protocol.ping\"}\n".utf8))
      conversations.append(conversation)
    }
    SystemClock.sleep(milliseconds: 2_000)
    let full = ProcessFigures.residentKibibytes(daemon.processID) ?? 0
    let use = ProcessorUse(of: daemon.processID)
    SystemClock.sleep(milliseconds: options.seconds * 1_000)
    let shares = use.percent(over: Int64(options.seconds) * 1_000_000_000)
    let each = (full - alone) * 1_024 / Int64(options.watchers)
    return withExtendedLifetime(conversations) {
      Row(
        measured: "memory with \(Report.grouped(Int64(options.watchers))) idle watchers",
        command: "rss --watchers \(options.watchers)",
        figure: "\(full / 1_024) MiB (\(alone / 1_024) without)", latency: nil, use: shares,
        limit: "\(Report.grouped(each)) bytes a watcher")
    }
  }
}
