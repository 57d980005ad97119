import Domain
package import JSON

/// A request whose envelope is right. Its method may not exist and its parameters may be wrong.
package struct RequestEnvelope: Equatable, Sendable {
  /// Repeated in the reply.
  package let id: RequestID
  /// Not looked up yet; any string.
  package let method: String
  /// The parameters without the members common to all methods; empty if there were none.
  package let params: JSONObject
  /// The members common to all methods.
  package let options: RequestOptions

  /// A request made by hand, for example one call of a batch.
  package init(id: RequestID, method: String, params: JSONObject, options: RequestOptions) {
    self.id = id
    self.method = method
    self.params = params
    self.options = options
  }
}

/// A line that is no request. `id` is nil where the line cannot be attributed.
package struct RefusedLine: Error, Equatable, Sendable {
  /// The request's id, if the line had one that counts.
  package let id: RequestID?
  /// Why.
  package let error: WireError

  /// A refusal, attributed or not.
  package init(id: RequestID?, error: WireError) {
    self.id = id
    self.error = error
  }
}

extension RequestEnvelope {
  /// Members a line may have.
  private static let memberNames = ["jsonrpc", "id", "method", "params"]

  /// What a line may hold at most. Strings are as long as the longest any schema allows,
  /// `body_base64` and `content_base64`; all others are held to theirs where parameters are read.
  package static let lineLimits = JSONLimits(
    depth: Limits.depth, values: Limits.values, stringBytes: Limits.bodyBase64Bytes)

  /// Reads one line, without its LF.
  ///
  /// Checked in this order, the first failure decides: JSON, top level, `id`, `jsonrpc`, `method`;
  /// then all faults of the members and of the common parameters together.
  package init(line: [UInt8]) throws(RefusedLine) {
    let value: JSONValue
    do {
      value = try JSONReader.read(line, profile: .wire, limits: Self.lineLimits)
    } catch {
      throw RefusedLine(id: nil, error: WireError(error, in: line))
    }
    guard case .object(let object) = value else {
      preconditionFailure("the wire profile returns objects only")
    }
    try self.init(object)
  }

  /// Reads the members of a line.
  package init(_ object: JSONObject) throws(RefusedLine) {
    let parts = Parts(object)
    let id = try Self.id(parts)
    if let version = parts.version, version != .string("2.0") {
      throw RefusedLine(
        id: id,
        error: WireError(.badJsonrpcVersion, "jsonrpc must be \"2.0\".", path: "/jsonrpc"))
    }
    guard case .string(let method) = parts.method else {
      let isMissing = parts.method == nil
      let error = WireError(
        .missingMethod, isMissing ? "The request has no method." : "method must be a string.",
        path: "/method", hint: isMissing ? Self.hint(for: "method", among: parts.unknown) : nil)
      throw RefusedLine(id: id, error: error)
    }
    var problems = Self.problems(parts.unknown)
    let given = Self.object(parts.params, problems: &problems)
    let (options, params) = RequestOptions.split(given, problems: &problems)
    guard problems.isEmpty else {
      throw RefusedLine(id: id, error: WireError(ParamProblems(problems)))
    }
    self.init(id: id, method: method, params: params, options: options)
  }

  /// The members of a line, sorted out in one pass.
  private struct Parts {
    var version: JSONValue?
    var id: JSONValue?
    var method: JSONValue?
    var params: JSONValue?
    var unknown: [String] = []

    init(_ object: JSONObject) {
      for member in object.members {
        let key = member.key
        switch key.utf8.count {
        case 2 where key.hasSameBytes(as: "id" as StaticString): id = member.value
        case 6 where key.hasSameBytes(as: "method" as StaticString): method = member.value
        case 6 where key.hasSameBytes(as: "params" as StaticString): params = member.value
        case 7 where key.hasSameBytes(as: "jsonrpc" as StaticString): version = member.value
        default: unknown.append(key)
        }
      }
    }
  }

  private static func id(_ parts: Parts) throws(RefusedLine) -> RequestID {
    guard let value = parts.id, !value.isNull else {
      let error = WireError(
        .missingID, "The request has no id.", path: "/id",
        hint: hint(for: "id", among: parts.unknown))
      throw RefusedLine(id: nil, error: error)
    }
    if let id = RequestID(value) { return id }
    let message =
      "The id must be an integer from 0 to 2^53-1 or a string of 1-64 bytes of [A-Za-z0-9._:/#-]."
    throw RefusedLine(id: nil, error: WireError(.badID, message, path: "/id"))
  }

  /// Names the member that was probably meant to be the missing one.
  private static func hint(for name: String, among unknown: [String]) -> String? {
    for key in unknown where !Suggestion.names(near: key, among: [name]).isEmpty {
      return "Rename \"\(ShownText.shortened(key))\" to \"\(name)\"."
    }
    return nil
  }

  private static func problems(_ unknown: [String]) -> [Problem] {
    unknown.prefix(Limits.problems).map { key in
      .unknownMember(
        key, in: "", known: memberNames,
        hint: RequestOptions.isName(key) ? "Move \"\(key)\" into params." : nil)
    }
  }

  private static func object(
    _ params: JSONValue?, problems: inout [Problem]
  ) -> JSONObject {
    switch params {
    case nil: return JSONObject()
    case .object(let object)?: return object
    // PHP encodes an empty object so.
    case .array(let elements)? where elements.isEmpty: return JSONObject()
    case _?:
      problems.append(
        Problem(
          .wrongType, path: "/params", message: "params must be an object.",
          facts: JSONObject([("expected", .string("object"))])))
      return JSONObject()
    }
  }
}
