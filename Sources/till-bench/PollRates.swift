import JSON
import Platform

/// How many questions a second reach the gateway when many payments are open.
enum PollRates {
  private static let queriesPerSecond: Int64 = 10_000
  /// Exchanges at the same time: opening many payments would take hours with a few.
  static let concurrency: Int64 = 256

  static func run(_ options: BenchOptions) throws -> Row {
    let daemon = try BenchDaemon(
      options,
      BenchDaemon.Wishes(
        timeScale: options.scale, queriesPerSecond: queriesPerSecond, concurrency: concurrency))
    defer { daemon.discard() }
    let requests = RequestCatalogue(salt: "p" + String(Entropy.word(), radix: 36))
    try open(requests, options, daemon)
    let conversation = try Conversation(daemon.socketPath)
    let before = try asked(conversation)
    let use = ProcessorUse(of: daemon.processID)
    let start = SystemClock.monotonicNanoseconds()
    SystemClock.sleep(milliseconds: options.seconds * 1_000)
    // Reading the counts takes a while in which questions go on: the clock stops after it.
    let after = try asked(conversation)
    let nanoseconds = max(1, SystemClock.monotonicNanoseconds() - start)
    let shares = use.percent(over: nanoseconds)
    let rate = (after - before) * 1_000_000_000 / nanoseconds
    Report.note("poll: \(Report.grouped(rate)) questions a second")
    return Row(
      measured: "questions to the gateway, \(Report.grouped(options.payments)) open payments",
      command: "poll --payments \(options.payments) --scale \(options.scale)",
      figure: "\(Report.grouped(rate))/s", latency: nil, use: shares, perSecond: rate,
      limit: "call rows and answers written by the one writer; the sandbox's own books")
  }

  /// Makes orders numbered from 1, each with an open payment.
  static func open(
    _ requests: RequestCatalogue, _ options: BenchOptions, _ daemon: BenchDaemon
  ) throws {
    Report.note("opening \(Report.grouped(options.payments)) payments")
    for template in [requests.createNumbered, requests.pay] {
      let plan = LoadPlan(
        clients: 32, depth: 8,
        kinds: [
          LoadKind(name: "open", template: template, percent: 100, numbers: .following(1))
        ],
        goal: .requests(options.payments), seed: options.seed)
      let outcome = try LoadRun.run(plan, daemonID: daemon.processID, daemon.socketPath)
      if let error = outcome.firstError { throw BenchFault("opening payments: \(error)") }
    }
  }

  /// Questions asked about all payments so far.
  private static func asked(_ conversation: Conversation) throws -> Int64 {
    var sum: Int64 = 0
    var page: String?
    repeat {
      var params: [(String, JSONValue)] = [("limit", .integer(200))]
      if let page { params.append(("page", .string(page))) }
      let result = try conversation.ask("payment.list", JSONObject(params))
      for payment in result["payments"]?.arrayValue ?? [] {
        sum += payment["queries"]?.integerValue ?? 0
      }
      page = result["next"]?.stringValue
    } while page != nil
    return sum
  }
}
