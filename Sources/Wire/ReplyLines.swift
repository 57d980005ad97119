import Domain
package import JSON

/// The members any result may have beside its own. None of them is written where it says nothing.
package struct ReservedMembers: Equatable, Sendable {
  /// Position in the event log: of the snapshot read, or just after the commit.
  package var cursor: String?
  /// An idempotency key answered.
  package var isReplayed: Bool
  /// Nothing was kept.
  package var isDryRun: Bool
  /// What the caller should know, in English sentences.
  package var warnings: [String]

  /// The members given; none by default.
  package init(
    cursor: String? = nil, isReplayed: Bool = false, isDryRun: Bool = false,
    warnings: [String] = []
  ) {
    self.cursor = cursor
    self.isReplayed = isReplayed
    self.isDryRun = isDryRun
    self.warnings = warnings
  }

  fileprivate func write(to writer: inout JSONWriter) {
    writer.member("cursor", cursor)
    if isReplayed { writer.member("replayed", true) }
    if isDryRun { writer.member("dry_run", true) }
    if !warnings.isEmpty { writer.member("warnings", warnings) }
  }
}

/// Every line the daemon sends, as bytes that end with their LF.
///
/// Nothing here looks at `Limits.lineOutBytes`; whoever sends a line does, by `fits`.
package enum ReplyLines {
  /// Whether a line may be sent. Its LF counts for nothing, as in lines that come in.
  package static func fits(_ line: [UInt8]) -> Bool { line.count - 1 <= Limits.lineOutBytes }

  /// The reply of a request that succeeded.
  ///
  /// - Parameter members: writes the result's own members; the object is open already.
  package static func result(
    id: RequestID, reserved: ReservedMembers = ReservedMembers(),
    _ members: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var writer = begun()
    writer.key("id")
    id.write(to: &writer)
    writer.key("result")
    writer.beginObject()
    members(&writer)
    reserved.write(to: &writer)
    writer.endObject()
    return ended(writer)
  }

  /// The reply of a request that succeeded, its result as a value.
  package static func result(
    id: RequestID, reserved: ReservedMembers = ReservedMembers(), _ object: some WireObject
  ) -> [UInt8] {
    result(id: id, reserved: reserved) { object.writeMembers(to: &$0) }
  }

  /// The reply of a request whose result is already rendered, for example a stored one.
  ///
  /// - Precondition: the value is an object without reserved members.
  package static func result(
    id: RequestID, reserved: ReservedMembers = ReservedMembers(), _ object: RawJSON
  ) -> [UInt8] {
    let bytes = object.bytes
    precondition(
      bytes.first == UInt8(ascii: "{") && bytes.last == UInt8(ascii: "}"), "a result is an object")
    return result(id: id, reserved: reserved) { writer in
      if bytes.count > 2 { writer.raw(Array(bytes[1..<(bytes.count - 1)])) }
    }
  }

  /// The reply of a request that failed, or the answer to a line nobody can attribute.
  ///
  /// - Parameters:
  ///   - id: `null` on the wire where nil.
  ///   - ref: for the log; the error's own comes first.
  package static func error(_ error: WireError, id: RequestID?, ref: String) -> [UInt8] {
    var writer = begun()
    writer.key("id")
    if let id { id.write(to: &writer) } else { writer.null() }
    writer.key("error")
    error.write(to: &writer, ref: ref)
    return ended(writer)
  }

  /// A notification.
  ///
  /// - Parameter members: writes the members of `params`; the object is open already.
  package static func notification(
    _ method: StaticString, _ members: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var writer = begun()
    writer.key("method")
    writer.string(method.description)
    writer.key("params")
    writer.beginObject()
    members(&writer)
    writer.endObject()
    return ended(writer)
  }

  private static func begun() -> JSONWriter {
    // Room for an order without lines, so that most replies are written without growing.
    var writer = JSONWriter(capacity: 1_024)
    writer.beginObject()
    writer.member("jsonrpc", "2.0")
    return writer
  }

  private static func ended(_ writer: consuming JSONWriter) -> [UInt8] {
    writer.endObject()
    precondition(writer.isBalanced, "a line holds one whole object")
    return writer.line()
  }
}
