import Sandbox
import Store
import Chance
import Engine
package import Foundation

/// One run: everything from one seed.
package struct SimulatedRun: Sendable {
  /// What came of it.
  package struct Outcome: Sendable {
    package let seed: UInt64
    package var violation: Violation?
    /// SHA-256 over the whole event log, as far as it was seen.
    package var logHash = ""
    package var events: Int64 = 0
    package var runs = 0
    package var crashes = 0
    package var exchanges = 0
    package var virtualMilliseconds: Int64 = 0
    package var struck: [Behaviour: Int] = [:]
    /// The event log, one line each.
    package var lines: [String] = []
  }

  package let seed: UInt64
  /// Exactly these behaviours instead of drawn ones.
  package var behaviours: [Behaviour]?
  /// Where the databases lie; a folder of each run's own is made in it and removed.
  package var folder: URL

  /// Every comparison is written and told of as a large one is.
  package let inPieces: Bool

  package init(
    seed: UInt64, behaviours: [Behaviour]? = nil, inPieces: Bool = false, folder: URL? = nil
  ) {
    self.inPieces = inPieces
    self.seed = seed
    self.behaviours = behaviours
    self.folder = folder ?? SimulatedRun.scratch
  }

  /// A place in memory where there is one: the runs wait for no disk.
  static var scratch: URL {
    let memory = "/dev/shm"
    return FileManager.default.isWritableFile(atPath: memory)
      ? URL(fileURLWithPath: memory)
      : FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
  }

  /// How long faults go on, in virtual milliseconds.
  private static let stormMilliseconds: Int64 = 6_000_000
  /// Until the first bills come: nine hours after the end of the day in Beijing.
  private static let nightMilliseconds: Int64 = 55_000_000
  /// While bills come, are wrong, late or broken, and people decide about them, the daemon and its
  /// disk fail again.
  private static let billStormMilliseconds: Int64 = 3 * 86_400_000
  /// How long everything has to come to rest after it: a bill that was late is asked for daily.
  private static let calmMilliseconds: Int64 = 3 * 86_400_000

  package func run() -> Outcome {
    let own = folder.appending(path: "till-simulate-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: own) }
    var outcome = Outcome(seed: seed)
    do {
      try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
      var random = SeededRandom(seed: seed)
      let world = try World(
        seed: random.next(), temper: Temper(seed: random.next(), only: behaviours),
        violence: SimulatedRun.violence(&random), hasSandbox: random.chance(permille: 400),
        hasTransfers: has(Temper.transfers, 0xBA_4C), hasPhone: has(Temper.phone, 0xF0_4E),
        hasCards: hasCards, hasWallets: has(Temper.wallets, 0xFA_1E),
        hasAirwallex: hasAirwallex, paysOutByAirwallex: paysOutByAirwallex, inPieces: inPieces, folder: own)
      do { try play(world, &random) } catch { outcome.violation = SimulatedRun.told(error) }
      outcome.logHash = world.auditor.logHash
      outcome.events = world.auditor.eventsCount
      outcome.runs = world.runsCount
      outcome.crashes = world.crashesCount
      outcome.exchanges = world.exchangesCount
      outcome.virtualMilliseconds = world.now - World.start
      outcome.lines = world.auditor.lines
      outcome.struck = world.alipay.temper.struck
    } catch { outcome.violation = SimulatedRun.told(error) }
    return outcome
  }

  private static func told(_ error: any Error) -> Violation {
    error as? Violation ?? Violation(rule: "fault", text: "\(error)")
  }

  /// What is paid out, or exchanged, was paid by card before.
  private var hasCards: Bool {
    let others = Temper.payouts.union(Temper.exchanges)
    return has(Temper.cards, 0xCA_8D) || behaviours?.contains(where: others.contains) ?? false
  }

  private var hasPayouts: Bool { hasCards && has(Temper.payouts, 0x9A_07, permille: 500) }

  private var hasAirwallexSales: Bool { has(Temper.airwallex, 0xA1_4A) }

  private var hasAirwallex: Bool { hasAirwallexSales || paysOutByAirwallex }

  /// The others are paid out by Stripe.
  private var paysOutByAirwallex: Bool { hasPayouts && seed % 3 == 2 }

  /// One run in four; drawn apart, so that it changes nothing in the others.
  private func has(_ aside: Set<Behaviour>, _ mark: UInt64, permille: Int64 = 250) -> Bool {
    guard let behaviours else {
      var random = SeededRandom(seed: seed ^ mark)
      return random.chance(permille: permille)
    }
    return behaviours.contains(where: aside.contains)
  }

  private static func violence(_ random: inout SeededRandom) -> Violence {
    Violence(
      crash: random.pick([0, 2, 5, 20]), diskFault: random.pick([0, 0, 3, 10]),
      diskFull: random.pick([0, 0, 2, 8]))
  }

  private func play(_ world: World, _ random: inout SeededRandom) throws {
    let stories = (0..<Int(random.next(in: 2...10))).map { Story(index: $0, random: &random) }
    for story in stories {
      world.after(random.next(below: 1_200_000)) { story.begin($0) }
    }
    if has(Temper.transfers, 0xBA_4C) { world.planTransfers() }
    if has(Temper.phone, 0xF0_4E) { world.planPhoneSales() }
    if hasCards { world.planCardSales() }
    if hasPayouts { world.planPayouts() }
    if has(Temper.wallets, 0xFA_1E) { world.planWalletSales() }
    if hasAirwallexSales { world.planAirwallexSales() }
    world.planTroubles(within: SimulatedRun.stormMilliseconds)
    try world.advance(to: World.start + SimulatedRun.stormMilliseconds)
    let violence = world.violence
    try calm(world)
    try world.advance(to: World.start + SimulatedRun.nightMilliseconds)
    world.violence = violence.whileBillsCome
    world.planDesk(within: SimulatedRun.billStormMilliseconds)
    try world.advance(to: world.now + SimulatedRun.billStormMilliseconds)
    world.alipay.temper.areBillsCalm = true
    world.violence = .none
    world.store.faultPlan = nil
    try world.advance(to: world.now + SimulatedRun.calmMilliseconds)
    if hasPayouts {
      try world.advance(to: world.now + World.payoutMilliseconds + world.restMilliseconds)
    }
    if world.planExport() { try world.advance(to: world.now + World.exportMilliseconds) }
    try world.auditor.auditEnd(at: world.now)
    try world.auditor.auditExports()
    try world.auditor.auditBills(at: world.now, isHonest: world.isHonest)
    try world.auditor.auditCardBills(at: world.now, isHonest: world.isHonest)
    try world.auditor.auditPayouts(isUntroubled: world.isUntroubled)
    if let story = stories.first(where: { $0.order == nil }) {
      throw Violation(rule: "liveness", text: "the shop never got its order A\(story.index)")
    }
    let report = try world.store.checkAgainstLog()
    if let difference = report.differences.first {
      throw Violation(rule: "I12", text: difference)
    }
    guard world.engine.state == .ready else {
      throw Violation(rule: "liveness", text: "the daemon is \(world.engine.state) at the end")
    }
  }

  /// From now on everybody behaves.
  private func calm(_ world: World) throws {
    world.violence = .none
    world.alipay.temper.isCalm = true
    world.store.faultPlan = nil
    world.alipay.unreachableUntil = 0
    world.alipay.limitedUntil = 0
    world.alipay.rotatedUntil = 0
    world.alipay.amnesiaUntil = 0
    _ = world.sandbox?.bank.behave(nil)
  }
}
