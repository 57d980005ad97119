/// An address that money may be moved through: `https`, or `http` to this very machine.
///
/// Shape: `scheme://host[:port][/path][?query]`, ASCII, no user name, no fragment. The host is a
/// name, an IPv4 address or `[IPv6]`. Narrower than RFC 3986 on purpose: two readers of one address
/// must not see two hosts in it.
package struct GatewayAddress: Hashable, Sendable {
  /// Why a text is no such address.
  package enum Flaw: Error, Hashable, Sendable {
    /// Not of the shape above.
    case malformed
    /// Another scheme than `https` and `http`.
    case unknownScheme
    /// `http` to another machine: keys and amounts would travel in the clear.
    case insecure
    /// Longer than `byteCountMax`.
    case tooLong

    /// A phrase that follows the name of what holds the address.
    package var phrase: String {
      switch self {
      case .malformed: "is no absolute address like https://host/path"
      case .unknownScheme: "must begin with https://"
      case .insecure: "must use https; http is allowed only to this machine (127.0.0.0/8, ::1)"
      case .tooLong: "is longer than \(GatewayAddress.byteCountMax) bytes"
      }
    }
  }

  /// Room for a signed page address with all its parameters.
  package static let byteCountMax = 16_384

  /// As given.
  package let text: String
  /// `https` or `http`.
  package let scheme: String
  /// Lower case, IPv6 without its brackets.
  package let host: String
  /// Nil where the address names none.
  package let port: Int?
  /// From the first `/` after the host up to `?`; empty where there is none.
  package let path: String
  /// After `?`, nil where there is none.
  package let query: String?

  package init(_ text: String) throws(Flaw) {
    guard text.utf8.count <= Self.byteCountMax else { throw .tooLong }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !Self.refused.contains($0) }) else {
      throw .malformed
    }
    guard let separator = text.firstRange(of: "://") else { throw .malformed }
    scheme = String(text[..<separator.lowerBound])
    guard scheme == "https" || scheme == "http" else { throw .unknownScheme }
    let rest = text[separator.upperBound...]
    let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    (host, port) = try Self.authority(rest[..<authorityEnd])
    let tail = rest[authorityEnd...]
    let pathEnd = tail.firstIndex(of: "?") ?? tail.endIndex
    path = String(tail[..<pathEnd])
    query = pathEnd < tail.endIndex ? String(tail[tail.index(after: pathEnd)...]) : nil
    self.text = text
    guard scheme == "https" || isLoopback else { throw .insecure }
  }

  /// Whether the host is this machine by its own spelling; names are never looked up.
  package var isLoopback: Bool {
    if host == "localhost" || host == "::1" { return true }
    guard let octets = Self.octets(host) else { return false }
    return octets[0] == 127
  }

  /// Whether an IP address is of a private, local or reserved range.
  package static func isPrivateIP(_ text: String) -> Bool {
    if let octets = octets(text) {
      switch (octets[0], octets[1]) {
      case (0, _), (10, _), (127, _), (169, 254): return true
      case (172, 16...31), (192, 168), (100, 64...127): return true
      default: return octets[0] >= 224
      }
    }
    let lower = text.lowercased()
    return lower == "::" || lower == "::1" || lower.hasPrefix("fc") || lower.hasPrefix("fd")
      || lower.hasPrefix("fe8") || lower.hasPrefix("::ffff:")
  }

  private static let refused: [UInt8] = Array("@#\\\"<>^`{|}".utf8)

  private static func authority(_ text: Substring) throws(Flaw) -> (String, Int?) {
    var host = text
    var port: Substring?
    if text.first == "[" {
      guard let end = text.firstIndex(of: "]") else { throw .malformed }
      host = text[text.index(after: text.startIndex)..<end]
      let after = text[text.index(after: end)...]
      guard after.isEmpty || after.first == ":" else { throw .malformed }
      if !after.isEmpty { port = after.dropFirst() }
      guard !host.isEmpty, host.utf8.allSatisfy({ isHexDigit($0) || $0 == 0x3A }) else {
        throw .malformed
      }
    } else {
      if let colon = text.firstIndex(of: ":") {
        host = text[..<colon]
        port = text[text.index(after: colon)...]
      }
      guard !host.isEmpty, host.utf8.allSatisfy(isNameByte) else { throw .malformed }
    }
    guard let port else { return (host.lowercased(), nil) }
    guard port.utf8.count <= 5, port.utf8.allSatisfy(isDigit), let number = Int(port),
      (1...65_535).contains(number)
    else { throw .malformed }
    return (host.lowercased(), number)
  }

  /// The four numbers of `127.0.0.1`; nil for every other spelling of an address.
  private static func octets(_ host: String) -> [Int]? {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var numbers: [Int] = []
    for part in parts {
      guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy(isDigit),
        let number = Int(part), number <= 255, part == "0" || part.first != "0"
      else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == 0x2D || byte == 0x2E
  }
}
