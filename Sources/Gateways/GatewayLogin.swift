import Crypto
package import Domain

/// How an adapter gets and uses an access token. As pure as the rest: bytes out, bytes in.
///
/// Tokens live in the shell's memory only, one a gateway. They are fetched when the first request
/// needs one, anew before they end and when one is refused, and never twice at the same time. A
/// token fetch moves nothing, so it has no call row; where it fails, the request that needed it was
/// never sent.
package protocol GatewayLogin: Sendable {
  /// The request that asks for a token; its headers hold the lasting secret.
  ///
  /// - Throws: `Fault.notSent` when none can be made.
  func request(at now: Timestamp) throws(Fault) -> GatewayRequest

  /// - Throws: the reasons of `FaultCode`; `authentication` where the lasting secret is refused.
  func read(_ answer: GatewayAnswer, at now: Timestamp) throws(Fault) -> AccessToken

  /// What to add to a request.
  func headers(for token: AccessToken) -> [Header]

  /// Whether an answer says that the token is no good, and so that nothing was done.
  func refusesToken(_ answer: GatewayAnswer) -> Bool
}

/// A volatile credential. Prints as `[redacted]`, so that none ends in a log by chance.
package struct AccessToken: Sendable, Redacted {
  package let value: String
  /// When a new one should be fetched, our wall clock: before it ends.
  package let renewAt: Timestamp

  package init(value: String, renewAt: Timestamp) {
    self.value = value
    self.renewAt = renewAt
  }
}
