import Domain
import Foundation
import Testing

/// Small scope, all of it: no history of these inputs up to the depth is left out, because two
/// histories that lead to one situation go on alike.
@Suite("Exhaustive: one order with two payments")
struct ExhaustiveTests {
  /// Six is what the design asks for; `TILL_EXPLORER_DEPTH` goes on or stops sooner.
  private static let depth =
    ProcessInfo.processInfo.environment["TILL_EXPLORER_DEPTH"].flatMap { Int($0) } ?? 6

  /// Notices, answers to questions, rows of bills, timers, cancel, and what a crash makes of a call
  /// under way.
  private static let money: [ExplorerInput] = {
    let names = [
      "notice paid", "query paid", "bill paid", "query unpaid", "query processing", "query closed",
      "query gone", "query failed", "reversed", "less paid", "unanswered", "aged",
    ]
    let sightings = (0...1).flatMap { ExplorerInputs.sightings(of: $0) }
    return sightings.filter { input in names.contains { input.name.hasPrefix($0) } }
      + ExplorerInputs.ends.filter { ["expire", "cancel"].contains($0.name) }
  }()

  @Test("no interleaving of notice, query, bill, timer, cancel and crash breaks a promise")
  func twoPayments() throws {
    let roots = [try Explorer.twoOpen(), try Explorer.fresh()]
    let inputs = Self.money + ExplorerInputs.ends.filter { $0.name.hasPrefix("open") }
    let report = Explorer.explore(from: roots, inputs, depth: Self.depth)
    #expect(report.faults.isEmpty, "\(report.faults.prefix(3))")
    if Self.depth >= 6 {
      // A payment is recorded as sent in the transaction that makes it: nobody sees `initial`.
      #expect(report.paymentStates == Set(PaymentState.allCases).subtracting([.initial]))
    }
  }

  @Test("no interleaving with refunds breaks a promise, and every refund state is reached")
  func refunds() throws {
    let inputs =
      ExplorerInputs.refunds
      + Self.money.filter { input in
        ["notice paid", "query paid", "bill paid", "reversed", "query closed", "expire"].contains {
          input.name.hasPrefix($0)
        }
      } + [ExplorerInputs.rejection]
    let report = Explorer.explore(from: [try Explorer.paid()], inputs, depth: Self.depth)
    #expect(report.faults.isEmpty, "\(report.faults.prefix(3))")
    if Self.depth >= 6 { #expect(report.refundStates == Set(RefundState.allCases)) }
  }

  /// One payment, so that all seven kinds fit into one search: a notice, an answer to a question, a
  /// row of a bill, a timer, cancel, a refund, and what a crash makes of a call under way.
  @Test("no interleaving of notice, query, bill, timer, cancel, refund and crash breaks a promise")
  func everyKind() throws {
    let names: Set = [
      "notice paid 0", "query paid 0", "query closed 0", "query gone 0", "less paid 0",
      "reversed 0", "bill paid 0", "unanswered 0", "aged 0", "expire", "cancel", "refund 100 of 0",
      "refund 60 of 0", "approve", "send", "refund unanswered", "refund done", "refund failed",
      "refund returned",
    ]
    let inputs = (Self.money + ExplorerInputs.refunds).filter { names.contains($0.name) }
    #expect(Set(inputs.map(\.name)) == names)
    var desk = try Desk()
    _ = try desk.opened("bank")
    let report = Explorer.explore(from: [Explorer.node(desk)], inputs, depth: Self.depth)
    #expect(report.faults.isEmpty, "\(report.faults.prefix(3))")
    if Self.depth >= 6 {
      let ends: Set<PayState> = [
        .paid, .review, .partiallyRefunded, .refunded, .cancelled, .expired,
      ]
      #expect(report.payStates.isSuperset(of: ends))
    }
  }
}
