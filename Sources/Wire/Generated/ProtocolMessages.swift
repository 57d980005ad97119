// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `protocol.describe`: The contract itself.
package struct ProtocolDescribeRequest: WireRequest, Equatable {
  package typealias Result = ProtocolDescribeResult

  /// The method.
  package static let method = Method.protocolDescribe
  /// Methods to return.
  package var methods: [String]?
  /// Types to return.
  package var types: [String]?
  /// Error codes to return.
  package var errors: [String]?
  /// Event types to return.
  package var events: [String]?

  package static func read(_ reader: inout ParamReader) -> ProtocolDescribeRequest? {
    let methods = reader.texts("methods", .methodName, count: 0...100)
    let types = reader.texts("types", .shortText, count: 0...200)
    let errors = reader.texts("errors", .shortText, count: 0...200)
    let events = reader.texts("events", .shortText, count: 0...100)
    reader.finish(["methods", "types", "errors", "events"])
    guard reader.isClean else { return nil }
    return ProtocolDescribeRequest(methods: methods, types: types, errors: errors, events: events)
  }
}

/// What `protocol.describe` answers.
package struct ProtocolDescribeResult: WireObject, Equatable {
  /// Digest of the contract.
  package var schema: String
  /// Files, sorted by path. Where types or errors are asked, their files hold only these.
  package var files: [ContractFileObject]

  package init(schema: String, files: [ContractFileObject]) {
    self.schema = schema
    self.files = files
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("schema", schema)
    writer.member("files", files)
  }
}

/// `protocol.ping`: The cheapest round trip.
package struct ProtocolPingRequest: WireRequest, Equatable {
  package typealias Result = ProtocolPingResult

  /// The method.
  package static let method = Method.protocolPing
  /// Returned unchanged.
  package var echo: JSONValue?

  package static func read(_ reader: inout ParamReader) -> ProtocolPingRequest? {
    let echo = reader.json("echo")
    reader.finish(["echo"])
    guard reader.isClean else { return nil }
    return ProtocolPingRequest(echo: echo)
  }
}

/// What `protocol.ping` answers.
package struct ProtocolPingResult: WireObject, Equatable {
  /// What was sent.
  package var echo: RawJSON?

  package init(echo: RawJSON? = nil) {
    self.echo = echo
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("echo", echo)
  }
}
