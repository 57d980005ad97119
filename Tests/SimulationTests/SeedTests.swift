import Domain
import Simulation
import Testing

@Suite("Simulation: one seed is one run")
struct SeedTests {
  /// In one process; `Tests/run` compares two processes, each of which shuffles its tables anew.
  @Test("the same seed makes the same event log, to the byte")
  func sameSeed() {
    let lies: [Behaviour] = [.replayedForeign, .leakedPaid, .transferLate, .billRowMissing]
    let one = SimulatedRun(seed: 11, behaviours: lies).run()
    let other = SimulatedRun(seed: 11, behaviours: lies).run()
    #expect(one.violation == nil)
    #expect(one.logHash == other.logHash)
    #expect(one.events > 20)
    #expect(SimulatedRun(seed: 12, behaviours: lies).run().logHash != one.logHash)
  }

  @Test("what a run once showed is mended", arguments: NamedRun.met)
  func met(named: NamedRun) {
    #expect(named.run().violation?.text == nil)
  }

  @Test("a comparison in pieces tells the same, wherever the daemon dies", arguments: 1...4)
  func pieces(seed: UInt64) {
    let wrong: [Behaviour] = [
      .billRowMissing, .billAmountMore, .billRowUnknown, .billRowDoubled, .paysUnheard,
    ]
    let outcome = SimulatedRun(seed: seed, behaviours: wrong, inPieces: true).run()
    #expect(outcome.violation?.text == nil)
  }

  @Test("nothing is told that is not kept, where the disk or the process fails in that moment")
  func kept() {
    let keeping: [Behaviour] = [.keepingFull, .keepingBroken, .keptUnsaid, .diesAnswering]
    let outcome = SimulatedRun(seed: 1, behaviours: keeping).run()
    #expect(outcome.violation?.text == nil)
    #expect(keeping.allSatisfy { outcome.struck[$0] != nil })
  }

  @Test("the world misbehaves in at least sixty ways, each with a place where it strikes")
  func behaviours() {
    #expect(Behaviour.allCases.count >= 60)
    let placed = Behaviour.Stage.allCases.flatMap { Behaviour.byStage[$0] ?? [] }
    #expect(placed == Behaviour.allCases)
  }

  @Test("every callback lost: every order is paid all the same")
  func latency() throws {
    let rows = try LatencyRun(seed: 3, orders: 40).run()
    #expect(rows.map(\.name) == ["watched", "unwatched"])
    #expect(rows.allSatisfy { $0.neverCount == 0 && $0.orders > 15 })
  }
}
