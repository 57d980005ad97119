import Crypto
import JSON
import Wire

/// What an idempotency key was used for: SHA-256 of the canonical `{method, params}`, without the
/// members common to all methods.
enum Fingerprint {
  static func of(_ envelope: RequestEnvelope) -> SHA256Digest {
    let value = JSONValue.object(
      JSONObject([("method", .string(envelope.method)), ("params", .object(envelope.params))]))
    return SHA256.hash(value.canonicalBytes())
  }
}
