import Domain
import Gateways
import JSON
import Sandbox
import Testing

@Suite("disputes at the sandbox")
struct SandboxDisputeTests {
  private func perform(_ bench: Bench, _ params: String) throws -> Result<JSONObject, Rejection> {
    let value = try JSONReader.read(Array(params.utf8), profile: .wire)
    let object = try #require(value.objectValue)
    return bench.bank.perform(method: "sandbox.dispute", params: object) { payment in
      payment == "pay_1" ? bench.reference("PAY1") : nil
    }
  }

  private func dispute(in reading: GatewayReading) -> DisputeSighting? {
    switch reading {
    case .dispute(let sighting): return sighting
    case .findings(_, let also):
      for case .dispute(let sighting) in also { return sighting }
      return nil
    default: return nil
    }
  }

  @Test("what the bank says is in the notice, in the query, and in the question about it alone")
  func told() async throws {
    let bench = try Bench()
    let payment = try await bench.open()
    try bench.pay(callback: .lose)
    _ = try perform(
      bench,
      #"{"payment":"pay_1","amount":{"currency":"CNY","minor":1000},"due_in_ms":5000}"#
    ).get()
    let notice = try #require(bench.notices().last)
    guard case .verified(let verified) = bench.gateway.readNotification(notice, at: bench.now),
      case .dispute(let said)? = verified.statements.first
    else { throw BenchError("the notice tells of a dispute") }
    #expect(said.status == .needsResponse && said.amount.minor == 1000)
    #expect(said.dueAt == bench.now.adding(milliseconds: 5000))
    #expect(dispute(in: try await bench.ask(.query(payment)).get()) == said)
    let question = Question.disputeQuery(
      payment, DisputeFacts(gatewayDispute: said.gatewayDispute))
    #expect(dispute(in: try await bench.ask(question).get()) == said)
    _ = try perform(bench, #"{"payment":"pay_1","state":"lost","callback":"lose"}"#).get()
    #expect(dispute(in: try await bench.ask(question).get())?.status == .lost)
    #expect(bench.notices().count == 1)
    let other = Question.disputeQuery(payment, DisputeFacts(gatewayDispute: "SBD0"))
    guard case .failure(.answered) = await bench.ask(other) else {
      throw BenchError("another number is no dispute")
    }
  }

  @Test(
    "what cannot be disputed is not, and terms stand once they are set",
    arguments: [
      (#"{"payment":"pay_9"}"#, "payment_not_found"), (#"{}"#, "missing_param"),
      (#"{"payment":"pay_1","state":"gone"}"#, "bad_format"),
      (#"{"payment":"pay_1","due_in_ms":-1}"#, "out_of_range"),
      (#"{"payment":"pay_1","odd":1}"#, "unknown_field"),
      (#"{"payment":"pay_1","amount":{"currency":"CNY","minor":5801}}"#, "illegal_transition"),
      (#"{"payment":"pay_1","amount":{"currency":"USD","minor":1}}"#, "illegal_transition"),
    ])
  func refused(params: String, code: String) async throws {
    let bench = try Bench()
    _ = try await bench.open()
    #expect(
      try perform(bench, #"{"payment":"pay_1"}"#).rejection?.code == .illegalTransition)
    try bench.pay()
    #expect(try perform(bench, params).rejection?.code.rawValue == code)
    _ = try perform(bench, #"{"payment":"pay_1"}"#).get()
    #expect(
      try perform(bench, #"{"payment":"pay_1","due_in_ms":1}"#).rejection?.code
        == .illegalTransition)
  }
}

private struct BenchError: Error {
  let text: String

  init(_ text: String) { self.text = text }
}
