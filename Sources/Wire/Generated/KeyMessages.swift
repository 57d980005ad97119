// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `key.lookup`: What became of an idempotency key.
package struct KeyLookupRequest: WireRequest, Equatable {
  package typealias Result = KeyLookupResult

  /// The method.
  package static let method = Method.keyLookup
  /// The key.
  package var key: String

  package static func read(_ reader: inout ParamReader) -> KeyLookupRequest? {
    let key = reader.text("key", .key, required: true)
    reader.finish(["key"])
    guard reader.isClean, let key else { return nil }
    return KeyLookupRequest(key: key)
  }
}

/// What `key.lookup` answers.
package struct KeyLookupResult: WireObject, Equatable {
  /// What became of it.
  package var state: String
  /// The method it was used with.
  package var method: String?
  /// First use.
  package var createdAt: Int64?
  /// The stored reply: result or error.
  package var reply: RawJSON?

  package init(
    state: String, method: String? = nil, createdAt: Int64? = nil, reply: RawJSON? = nil
  ) {
    self.state = state
    self.method = method
    self.createdAt = createdAt
    self.reply = reply
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("state", state)
    writer.member("method", method)
    writer.member("created_at", createdAt)
    writer.member("reply", reply)
  }
}
