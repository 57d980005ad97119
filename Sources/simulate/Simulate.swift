import Platform
import Simulation

/// From the command line to the runs.
enum Simulate {
  /// - Returns: the exit status.
  static func run(_ words: [String]) -> Int32 {
    do throws(OptionFault) {
      guard let options = try SimulateOptions.parse(words) else {
        show(SimulateOptions.help)
        return 0
      }
      switch options.mode {
      case .seeds: return runSeeds(options)
      case .named: return runNamed()
      case .latency: return measure(options)
      case .behaviours:
        for behaviour in Behaviour.allCases { show("\(behaviour.rawValue)\n") }
        show("\(Behaviour.allCases.count) behaviours\n")
        return 0
      }
    } catch {
      show("simulate: \(error.text)\n")
      return 2
    }
  }

  // MARK: seeds

  private static func runSeeds(_ options: SimulateOptions) -> Int32 {
    let begun = SystemClock.monotonicMilliseconds()
    var tally = Tally()
    var seed = options.seed ?? 1
    let count = options.count ?? (options.seconds == nil ? 1 : .max)
    while tally.runs < count {
      if let seconds = options.seconds,
        SystemClock.monotonicMilliseconds() - begun >= seconds * 1000
      {
        break
      }
      // The first of a run without a seed is drawn: each run on each machine tries something new.
      let isDrawn = options.seed == nil && options.seconds != nil && tally.runs == 0
      let chosen = isDrawn ? Entropy.word() % 1_000_000_000 : seed
      tally.add(one(chosen, options))
      if !isDrawn { seed += 1 }
    }
    tally.show(showsStrikes: options.showsStrikes)
    return tally.broken == 0 ? 0 : 1
  }

  private static func runNamed() -> Int32 {
    var tally = Tally()
    for named in NamedRun.met + NamedRun.drawn {
      show("\(named): ")
      let outcome = named.run()
      show(outcome.violation.map { "BROKEN \($0.rule): \($0.text)\n" } ?? "ok\n")
      tally.add(outcome)
    }
    tally.show(showsStrikes: false)
    return tally.broken == 0 ? 0 : 1
  }

  private static func one(_ seed: UInt64, _ options: SimulateOptions) -> SimulatedRun.Outcome {
    // Before the run, so that the seed stands there even when the process dies.
    show("seed \(seed): ")
    let outcome = SimulatedRun(
      seed: seed, behaviours: options.only, inPieces: options.inPieces
    ).run()
    let figures =
      "\(outcome.runs) steps, \(outcome.exchanges) exchanges, \(outcome.crashes) crashes, "
      + "\(outcome.events) events, log \(outcome.logHash.prefix(16))"
    guard let violation = outcome.violation else {
      show("\(figures): ok\n")
      trace(outcome, options)
      return outcome
    }
    show("\(figures): BROKEN \(violation.rule): \(violation.text)\n")
    let pieces = options.inPieces ? " --pieces" : ""
    show("  see it again: simulate --seed \(seed) --seeds 1\(pieces) --trace TEXT\n")
    trace(outcome, options)
    return outcome
  }

  private static func trace(_ outcome: SimulatedRun.Outcome, _ options: SimulateOptions) {
    guard let text = options.trace else { return }
    for line in outcome.lines where line.contains(text) { show(line + "\n") }
  }

  private struct Tally {
    var runs: UInt64 = 0
    var broken = 0
    var steps = 0
    var crashes = 0
    var virtualMilliseconds: Int64 = 0
    var struck: [Behaviour: Int] = [:]

    mutating func add(_ outcome: SimulatedRun.Outcome) {
      runs += 1
      if outcome.violation != nil { broken += 1 }
      steps += outcome.runs
      crashes += outcome.crashes
      virtualMilliseconds += outcome.virtualMilliseconds
      struck.merge(outcome.struck) { $0 + $1 }
    }

    func show(showsStrikes: Bool) {
      if showsStrikes {
        for behaviour in Behaviour.allCases {
          Simulate.show("\(behaviour.rawValue)  \(struck[behaviour] ?? 0)\n")
        }
      }
      Simulate.show(
        "\(runs) seeds, \(steps) steps, \(crashes) crashes, \(virtualMilliseconds / 86_400_000) "
          + "days of virtual time, \(struck.count) of \(Behaviour.allCases.count) behaviours; "
          + "\(broken) broken\n")
    }
  }

  // MARK: latency

  private static func measure(_ options: SimulateOptions) -> Int32 {
    do {
      let rows = try LatencyRun(seed: options.seed ?? 1, orders: options.orders).run()
      show(
        "every callback lost | orders | p50 ms | p95 ms | p99 ms | longest | questions | never\n")
      for row in rows {
        show(
          "\(row.name) | \(row.orders) | \(row.p50) | \(row.p95) | \(row.p99) | \(row.longest) | "
            + "\(row.questionsHundredths / 100).\(row.questionsHundredths % 100) | "
            + "\(row.neverCount)\n")
      }
      return rows.allSatisfy { $0.neverCount == 0 } ? 0 : 1
    } catch {
      show("simulate: \(error)\n")
      return 1
    }
  }

  static func show(_ text: String) {
    _ = Terminal.write(Array(text.utf8), to: Terminal.standardOutput)
  }
}
