/// One merchant account at the sandbox: what the adapter and the bank must both know.
package struct SandboxAccount: Sendable {
  /// A shorter secret could be guessed.
  package static let secretBytesMin = 16

  /// The configured name of the gateway; also the merchant's name at the bank.
  package let name: String
  package let seal: SandboxSeal

  /// - Precondition: the secret has at least `secretBytesMin` bytes.
  package init(name: String, secret: String) {
    precondition(
      secret.utf8.count >= Self.secretBytesMin, "the sandbox's secret is long enough to be one")
    self.name = name
    seal = SandboxSeal(secret: secret)
  }
}
