import Gateways

extension GatewayBench {
  /// The sandbox: JSON sealed by headers.
  static let sandbox: GatewayBench = {
    let secret = "0123456789abcdef0123456789abcdef"
    let seal = SandboxSeal(secret: secret)
    return GatewayBench(
      gateway: make("sandbox", [], [SandboxGateway.defaultSecretFile: Array(secret.utf8)]),
      notice: { body in
        RawNotification(
          httpMethod: "POST", query: "",
          headers: seal.headers(sealing: body, as: .notice, at: now), body: body)
      },
      answer: { body, question in
        guard let operation = SandboxOperation(rawValue: question.operation) else {
          preconditionFailure("the sandbox does \(question.operation)")
        }
        let speech = SandboxSeal.Speech.answer(operation)
        return GatewayAnswer(
          status: 200, headers: seal.headers(sealing: body, as: speech, at: now), body: body)
      })
  }()
}
