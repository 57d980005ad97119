import Domain
import Simulation
import Testing

@Suite("Simulation: one seed is one run")
struct SeedTests {
  @Test("the same seed makes the same event log, to the byte")
  func sameSeed() {
    let one = SimulatedRun(seed: 11).run()
    let other = SimulatedRun(seed: 11).run()
    #expect(one.violation == nil)
    #expect(one.logHash == other.logHash)
    #expect(one.events > 20)
    #expect(SimulatedRun(seed: 12).run().logHash != one.logHash)
  }

  @Test("a thief's notice of a payment that nobody made is shown to a person, also after the expiry")
  func forgedAfterExpiry() {
    #expect(SimulatedRun(seed: 7).run().violation?.text == nil)
    #expect(SimulatedRun(seed: 23).run().violation?.text == nil)
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
