import Domain
import Testing

/// What each act does to a delivery in each state, written down by hand.
///
/// A column is a state, a row an act. `=` changes nothing, `x` is refused, `-` needs a claim and
/// there is none; anything else is the state
/// it goes to.
@Suite("Delivery table")
struct DeliveryTableTests {
  static let table = """
    act       pending  held     reserved delivered failed   revoked
    claim     reserved x        x        x         x        x
    complete  -        -        delivered =        delivered x
    fail      -        -        failed   x         =        x
    release   -        -        pending  x         pending  x
    lease_end =        =        failed   =         =        =
    hold      held     =        =        =         =        =
    unhold    x        pending  x        x         x        x
    retry     x        x        x        x         pending  x
    revoke    revoked  revoked  x        revoked   revoked  x
    refund    held     =        x        =         =        =
    """

  typealias Act = @Sendable (inout Desk, ClaimID?) throws -> Void

  private static let acts: [String: Act] = [
    "claim": { desk, _ in
      _ = try desk.act { try $0.claim(line: nil, leaseMilliseconds: 60_000) }
    },
    "complete": { desk, claim in
      if let claim { try desk.act { try $0.complete(claim, reference: nil) } }
    },
    "fail": { desk, claim in
      if let claim { try desk.act { try $0.fail(claim, reason: "no stock") } }
    },
    "release": { desk, claim in if let claim { try desk.act { try $0.release(claim) } } },
    "lease_end": { desk, _ in
      desk.now = desk.now.adding(milliseconds: 3_600_000)
      try desk.act(.timer) { $0.endLeases() }
    },
    "hold": { desk, _ in try desk.act(.staff(name: "li")) { try $0.hold(reason: "odd") } },
    "unhold": { desk, _ in try desk.act(.staff(name: "li")) { try $0.unhold() } },
    "retry": { desk, _ in
      try desk.act(.staff(name: "li")) { try $0.retryDelivery(reason: "checked") }
    },
    "revoke": { desk, _ in try desk.act(.staff(name: "li")) { try $0.revoke(reason: "wrong") } },
    "refund": { desk, _ in
      let payment = desk.aggregate.payments[0].id
      _ = try desk.act(.staff(name: "li")) {
        try $0.requestRefund(of: payment, Money(100, yuan), note: nil, approvalLimit: 0)
      }
    },
  ]

  /// The acts that lead from a paid order to each state.
  private static let ways: [String: [String]] = [
    "pending": [], "held": ["hold"], "reserved": ["claim"], "delivered": ["claim", "complete"],
    "failed": ["claim", "fail"], "revoked": ["claim", "complete", "revoke"],
  ]

  @Test("every act on a delivery does what the table says, in every state")
  func table() throws {
    let rows = Self.table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let states = Array(rows[0].dropFirst())
    // A delivery is never `none` (that is an order without one) nor `delivering` (kept for later).
    #expect(
      Set(states)
        == Set(DeliveryState.allCases.map(\.rawValue)).subtracting(["none", "delivering"]))
    #expect(Set(rows.dropFirst().map { $0[0] }) == Set(Self.acts.keys))
    for row in rows.dropFirst() {
      #expect(row.count == states.count + 1, "\(row[0]) leaves a state undecided")
      for (state, wanted) in zip(states, row.dropFirst()) where wanted != "-" {
        #expect(try Self.outcome(of: row[0], in: state) == wanted, "\(row[0]) in \(state)")
      }
    }
  }

  private static func outcome(of act: String, in state: String) throws -> String {
    var (desk, _) = try Desk.paid()
    var claim: ClaimID?
    for step in ways[state] ?? [] {
      try acts[step]?(&desk, claim)
      claim = desk.aggregate.deliveries[0].claim ?? claim
    }
    #expect(desk.aggregate.deliveries[0].state.rawValue == state)
    do { try acts[act]?(&desk, claim) } catch is Rejection { return "x" }
    let after = desk.aggregate.deliveries[0].state.rawValue
    return after == state ? "=" : after
  }
}
