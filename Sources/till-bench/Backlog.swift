import JSON
import Platform

/// What a million open payments cost, and how soon the first is asked after a kill.
///
/// Far more are due than the gateway may be asked about, so this is harder than a quiet million.
enum Backlog {
  static func run(_ options: BenchOptions) throws -> [Row] {
    var wishes = BenchDaemon.Wishes(concurrency: PollRates.concurrency)
    let daemon = try BenchDaemon(options, wishes)
    defer { daemon.discard() }
    let requests = RequestCatalogue(salt: "b" + String(Entropy.word(), radix: 36))
    try PollRates.open(requests, options, daemon)
    let share = permille(of: daemon, options)
    let resident = ProcessFigures.residentKibibytes(daemon.processID) ?? 0
    try daemon.stop(signal: "KILL")
    let restart = try questionAfterStart(daemon)
    try daemon.stop()
    wishes.queriesPerSecond = 1
    try daemon.configure(wishes)
    try daemon.start()
    let shareOfOne = permille(of: daemon, options)
    let count = Report.grouped(options.payments)
    let command = "open --payments \(options.payments)"
    return [
      Row(
        measured: "the daemon with \(count) open payments", command: command,
        figure: "\(share / 10).\(share % 10) % of a core, \(resident / 1_024) MiB",
        latency: nil, use: nil, limit: "10 questions a second and their answers"),
      Row(
        measured: "the same at a gateway that takes one question a second", command: command,
        figure: "\(shareOfOne / 10).\(shareOfOne % 10) % of a core", latency: nil, use: nil,
        limit: "that question, and looking at the clock"),
      Row(
        measured: "exec to the first question answered, \(count) open payments, killed",
        command: command, figure: Report.time(restart), latency: nil, use: nil,
        limit: "loading the program, reading the write-ahead log"),
    ]
  }

  /// Thousandths of one core.
  private static func permille(of daemon: BenchDaemon, _ options: BenchOptions) -> Int64 {
    // What the opening left to do is not what is measured.
    SystemClock.sleep(milliseconds: 5_000)
    let before = ProcessFigures.processorMilliseconds(daemon.processID) ?? 0
    SystemClock.sleep(milliseconds: options.seconds * 1_000)
    let after = ProcessFigures.processorMilliseconds(daemon.processID) ?? before
    return (after - before) / Int64(options.seconds)
  }

  /// Nanoseconds from before the exec until the gateway has answered a question of the new process.
  private static func questionAfterStart(_ daemon: BenchDaemon) throws -> Int64 {
    let begun = SystemClock.monotonicNanoseconds()
    let begunAt = SystemClock.wallMilliseconds()
    try daemon.start()
    let conversation = try Conversation(daemon.socketPath)
    let deadline = Deadline(afterMilliseconds: 60_000)
    while !deadline.isOver {
      let health = try conversation.ask("gateway.health")
      let at = health["gateways"]?.arrayValue?.first?["last_success_at"]?.integerValue ?? 0
      if at > begunAt { return SystemClock.monotonicNanoseconds() - begun }
      SystemClock.sleep(milliseconds: 5)
    }
    throw BenchFault("nothing was asked for a minute after the start")
  }
}
