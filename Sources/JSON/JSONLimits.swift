/// Which texts the reader accepts.
///
/// Both profiles refuse what RFC 8259 refuses, and also duplicate keys, ill-formed UTF-8, lone
/// surrogates and a byte order mark.
package enum JSONProfile: Sendable {
  /// A client's line: an object at the top, integers only, within ±(2^53−1), no `-0`, no U+0000.
  case wire
  /// A gateway's answer or a configuration file: any value at the top, every number.
  case document
}

/// How much of a text the reader takes before it refuses; memory is bounded by these.
package struct JSONLimits: Equatable, Sendable {
  /// Containers inside one another; the outermost counts as 1.
  package var depth: Int
  /// Values in the whole text, containers included, keys not.
  package var values: Int
  /// UTF-8 bytes of one string or key after unescaping, or of one number literal.
  package var stringBytes: Int

  /// The reader recurses, so the depth has a ceiling no caller can raise.
  package static let depthCeiling = 256

  /// - Precondition: `depth` is at most `depthCeiling`; all are positive.
  package init(depth: Int, values: Int, stringBytes: Int) {
    precondition(depth > 0 && values > 0 && stringBytes > 0, "a limit must leave room for a value")
    precondition(depth <= Self.depthCeiling, "the reader's stack bounds the depth")
    self.depth = depth
    self.values = values
    self.stringBytes = stringBytes
  }

  /// A client's line: depth 32, 10 000 values, strings of 64 KiB.
  package static let wire = JSONLimits(depth: 32, values: 10_000, stringBytes: 65_536)

  /// A gateway's answer or a file: depth 64, 200 000 values, strings of 4 MiB.
  package static let document = JSONLimits(depth: 64, values: 200_000, stringBytes: 4_194_304)
}

extension JSONProfile {
  /// The limits used where the caller names none.
  package var defaultLimits: JSONLimits {
    switch self {
    case .wire: return .wire
    case .document: return .document
    }
  }
}
