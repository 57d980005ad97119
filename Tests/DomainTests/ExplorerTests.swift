import Domain
import Testing

/// Tries every order of events in a small world and checks what must always hold.
@Suite("Every interleaving of a few inputs")
struct ExplorerTests {
  @Test("payments: whatever notices, queries, timers and clicks come in whatever order")
  func payments() throws {
    let inputs = ExplorerInputs.sightings(of: 0) + ExplorerInputs.ends
    let report = Explorer.explore(from: [try Explorer.fresh()], inputs, depth: 6, situationsMax: 16_000)
    #expect(report.faults.isEmpty, "\(report.faults.prefix(3))")
    #expect(report.steps > 10_000)
  }

  @Test("two payments of one order never disturb each other's money")
  func twoPayments() throws {
    let inputs =
      ExplorerInputs.sightings(of: 0).filter { !$0.name.hasPrefix("query u") }
      + ExplorerInputs.sightings(of: 1) + ExplorerInputs.ends
    let report = Explorer.explore(from: [try Explorer.twoOpen()], inputs, depth: 6, situationsMax: 12_000)
    #expect(report.faults.isEmpty, "\(report.faults.prefix(3))")
    #expect(report.payStates.contains(.paid))
  }

  @Test("refunds and deliveries: goods and money never both stay away")
  func refunds() throws {
    let inputs =
      ExplorerInputs.refunds + ExplorerInputs.deliveries
      + ExplorerInputs.sightings(of: 0).filter { $0.name.hasPrefix("reversed") }
    let report = Explorer.explore(from: [try Explorer.paid()], inputs, depth: 6, situationsMax: 16_000)
    #expect(report.faults.isEmpty, "\(report.faults.prefix(3))")
  }

  @Test("every pay state that has a machine is reached")
  func reachable() throws {
    let inputs =
      ExplorerInputs.sightings(of: 0) + ExplorerInputs.ends + ExplorerInputs.refunds
      + ExplorerInputs.disputes
    let roots = [try Explorer.fresh(), try Explorer.paid()]
    let report = Explorer.explore(from: roots, inputs, depth: 5, situationsMax: 8000)
    #expect(report.faults.isEmpty, "\(report.faults.prefix(3))")
    #expect(report.payStates == Set(PayState.allCases))
  }

  @Test("disputes, refunds and deliveries: whatever comes in whatever order")
  func disputes() throws {
    let inputs =
      ExplorerInputs.disputes + ExplorerInputs.refunds + ExplorerInputs.deliveries
      + ExplorerInputs.sightings(of: 0).filter { $0.name.hasPrefix("reversed") }
    let report = Explorer.explore(
      from: [try Explorer.paid()], inputs, depth: 6, situationsMax: 16_000)
    #expect(report.faults.isEmpty, "\(report.faults.prefix(3))")
    #expect(report.payStates.contains(.chargedBack))
  }
}
