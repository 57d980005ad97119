import Domain
import Testing
import Wire

@testable import generate

private let contract: Contract = {
  let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
  return ContractReader.read(Generator.contractFiles(root: root)).contract
}()

private func words(_ name: String) -> [String] {
  contract.enumeration(name)?.values.map(\.name) ?? []
}

@Suite("Words of the contract and of the domain")
struct ContractWordsTests {
  @Test("states, flags and kinds are the domain's, in its order")
  func enumerations() {
    #expect(words("pay_state") == PayState.allCases.map(\.rawValue))
    #expect(words("delivery_state") == DeliveryState.allCases.map(\.rawValue))
    #expect(words("risk_state") == RiskState.allCases.map(\.rawValue))
    #expect(words("dispute_state") == DisputeState.allCases.map(\.rawValue))
    #expect(words("order_flag") == OrderFlags.allWords)
    #expect(words("payment_state") == PaymentState.allCases.map(\.rawValue))
    #expect(words("refund_state") == RefundState.allCases.map(\.rawValue))
    #expect(words("dispute_status") == DisputeStatus.allCases.map(\.rawValue))
    #expect(words("dispute_funds") == DisputeFunds.allCases.map(\.rawValue))
    #expect(words("dispute_evidence") == DisputeEvidenceKind.allCases.map(\.rawValue))
    #expect(words("closing_cause") == ClosingCause.allCases.map(\.rawValue))
    #expect(words("action_kind") == PaymentAction.Kind.allCases.map(\.rawValue))
    #expect(words("evidence_source") == EvidenceSource.allCases.map(\.rawValue))
    #expect(words("evidence_strength") == EvidenceStrength.allCases.reversed().map(\.text))
  }

  @Test("an order can be waited for in every state of pay and delivery")
  func waitStates() {
    #expect(words("wait_state") == words("pay_state") + words("delivery_state"))
  }

  @Test("identifiers begin as the domain's do")
  func identifiers() {
    let prefixes: [(String, StaticString)] = [
      ("order_id", OrderKind.prefix), ("payment_id", PaymentKind.prefix),
      ("refund_id", RefundKind.prefix), ("delivery_id", DeliveryKind.prefix),
      ("claim", ClaimKind.prefix), ("receipt_id", ReceiptKind.prefix),
      ("event_id", EventKind.prefix), ("hook_message_id", HookDeliveryKind.prefix),
    ]
    for (scalar, prefix) in prefixes {
      #expect(contract.scalar(scalar)?.prefix == prefix.description)
    }
  }

  @Test("every event about money that the domain can make has its file")
  func events() throws {
    let yuan = try #require(Currency(code: "CNY"))
    let reason = Reason(code: "x", text: "x")
    let evidence = Evidence(
      id: "x", source: .query, strength: .answer, at: Timestamp(milliseconds: 0), digest: "")
    let payments: [PaymentEvent] = [
      .submitted, .awaitingBuyer(nil), .processing(nil), .unknown(reason), .stale,
      .closing(.expired), .closed(nil, evidence), .failed(reason, evidence),
      .reversed(nil, evidence), .confirmed(evidence),
      .resolveProposed(by: "x", evidence: "x", amount: Money(1, yuan), reason: "x"),
    ]
    let refunds: [RefundEvent] = [
      .approved(by: "x"), .rejected(reason: "x", by: "x"), .withdrawn(by: "x"), .submitted,
      .processing(nil), .unknown(reason), .succeeded(gatewayRefund: nil, evidence),
      .failed(reason, evidence), .returned(nil, evidence),
    ]
    let deliveries: [DeliveryEvent] = [
      .pending(line: 1), .held(reason: "x"), .delivered(reference: nil), .failed(reason: "x"),
      .revoked(reason: "x"),
    ]
    let settled: [PayState] = PayState.allCases.filter { state in
      ![.created, .awaiting, .processing].contains(state)
    }
    let orders: [OrderEvent] =
      settled.map { .payStateChanged($0, captured: 0, refunded: 0, excess: 0, isLate: false) }
      + [
        .cancelRequested(reason: nil), .acceptProposed(by: "x", reason: "x"),
        .accepted(by: "x", reason: "x"), .held(reason: "x"), .unheld, .personalErased,
        .frozen(reason: "x"),
      ]
    let types =
      payments.map(\.type) + refunds.map(\.type) + deliveries.map(\.type) + orders.map(\.type)
    for type in types { #expect(EventType(rawValue: type) != nil, "\(type)") }
  }
}
