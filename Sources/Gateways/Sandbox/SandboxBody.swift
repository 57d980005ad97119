package import Domain
package import JSON

/// Reads the members of a sandbox's JSON. Another kind of value is the same as none.
package struct SandboxBody: Sendable {
  /// A body is small; whoever sends more is not the sandbox.
  package static let bytesMax = 65_536
  private static let limits = JSONLimits(depth: 8, values: 256, stringBytes: 8_192)

  package let object: JSONObject

  package init(_ object: JSONObject) {
    self.object = object
  }

  /// Nil for bytes that are no JSON object.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.bytesMax,
      // Why it is no JSON does not matter: it is torn or foreign.
      let value = try? JSONReader.read(bytes, profile: .wire, limits: Self.limits),
      let object = value.objectValue
    else { return nil }
    self.object = object
  }

  package func text(_ name: StaticString) -> String? { object[name]?.stringValue }

  package func integer(_ name: StaticString) -> Int64? { object[name]?.integerValue }

  package func body(_ name: StaticString) -> SandboxBody? {
    object[name]?.objectValue.map { SandboxBody($0) }
  }

  /// Milliseconds since 1970 UTC.
  package func moment(_ name: StaticString) -> Timestamp? {
    integer(name).map { Timestamp(milliseconds: $0) }
  }

  /// `{currency, minor}` with a currency of the table and more than nothing.
  package func amount(_ name: StaticString) -> Money? {
    guard let object = body(name), let code = object.text("currency"),
      let currency = Currency(code: code), let minor = object.integer("minor"), minor > 0
    else { return nil }
    return Money(minor, currency)
  }

  /// Whether a member is exactly this text, byte for byte.
  package func holds(_ text: String, in name: StaticString) -> Bool {
    self.text(name)?.utf8.elementsEqual(text.utf8) ?? false
  }
}
