// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `session.cancel`: Stop waiting for a request of this connection.
package struct SessionCancelRequest: WireRequest, Equatable {
  package typealias Result = SessionCancelResult

  /// The method.
  package static let method = Method.sessionCancel
  /// Id of the request to stop.
  package var target: JSONValue

  package static func read(_ reader: inout ParamReader) -> SessionCancelRequest? {
    let target = reader.json("target", required: true)
    reader.finish(["target"])
    guard reader.isClean, let target else { return nil }
    return SessionCancelRequest(target: target)
  }
}

/// What `session.cancel` answers.
package struct SessionCancelResult: WireObject, Equatable {
  /// What became of it.
  package var state: String

  package init(state: String) {
    self.state = state
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("state", state)
  }
}

/// `session.hello`: Say who the client is, and present an operator's token.
package struct SessionHelloRequest: WireRequest, Equatable {
  package typealias Result = SessionHelloResult

  /// The method.
  package static let method = Method.sessionHello
  /// Name of the client.
  package var client: String?
  /// Version of the client.
  package var version: String?
  /// Features the client cannot do without.
  package var require: [String]?
  /// Features it can use.
  package var optional: [String]?
  /// An operator's token.
  package var token: String?
  /// Warn about deprecated members from now on.
  package var deprecated: Bool?

  package static func read(_ reader: inout ParamReader) -> SessionHelloRequest? {
    let client = reader.text("client", .clientName)
    let version = reader.text("version", .clientName)
    let require = reader.texts("require", .feature, count: 0...32)
    let optional = reader.texts("optional", .feature, count: 0...32)
    let token = reader.text("token", .token)
    let deprecated = reader.bool("deprecated")
    reader.finish(["client", "version", "require", "optional", "token", "deprecated"])
    guard reader.isClean else { return nil }
    return SessionHelloRequest(
      client: client, version: version, require: require, optional: optional, token: token,
      deprecated: deprecated)
  }
}

/// What `session.hello` answers.
package struct SessionHelloResult: WireObject, Equatable {
  /// Who the daemon now takes the caller for.
  package var peer: PeerObject
  /// Protocol versions spoken.
  package var `protocol`: ProtocolRangeObject
  /// Features the daemon has.
  package var features: [String]

  package init(peer: PeerObject, protocol: ProtocolRangeObject, features: [String]) {
    self.peer = peer
    self.`protocol` = `protocol`
    self.features = features
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("peer", peer)
    writer.member("protocol", `protocol`)
    writer.member("features", features)
  }
}
