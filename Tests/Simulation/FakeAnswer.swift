import Domain
import Gateways

/// What becomes of a request that reached a gateway.
struct FakeAnswer {
  var result: Result<GatewayAnswer, Fault>
  /// Until it arrives, virtual milliseconds.
  var delay: Int64 = 0
  /// Our number of the payment that the answer to a query, well signed and whole, denies.
  var denied: String?

  /// The request was carried out, or not; nobody says.
  static let lost = FakeAnswer(
    result: .failure(.outcomeUnknown(Reason(code: FaultCode.timeout, text: "No answer."))),
    delay: 15_000)

  /// An answer without a signature, as those send who rely on the connection.
  static func json(_ status: Int, _ text: String) -> FakeAnswer {
    FakeAnswer(
      result: .success(
        GatewayAnswer(
          status: status, headers: [Header("Content-Type", "application/json")],
          body: Array(text.utf8))))
  }
}
