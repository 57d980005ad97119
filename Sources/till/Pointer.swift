// JSON Pointer (RFC 6901) into parameters, and dotted paths into results.

import JSON

/// Splits `/buyer/email` into its tokens; nil when it does not start with a slash.
func pointerTokens(_ pointer: String) -> [String]? {
  guard pointer.hasPrefix("/") else { return nil }
  return pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { token in
    unescaped(token)
  }
}

/// `~1` is a slash and `~0` a tilde, in this order of reading.
private func unescaped(_ token: Substring) -> String {
  var text = ""
  var isEscape = false
  for character in token {
    if isEscape {
      text.append(character == "1" ? "/" : "~")
      isEscape = false
    } else if character == "~" {
      isEscape = true
    } else {
      text.append(character)
    }
  }
  return text
}

extension JSONValue {
  /// The value at pointer tokens, or nil.
  func value(at tokens: some Collection<String>) -> JSONValue? {
    guard let token = tokens.first else { return self }
    let rest = tokens.dropFirst()
    if let elements = arrayValue {
      guard let index = Int(token), elements.indices.contains(index) else { return nil }
      return elements[index].value(at: rest)
    }
    return self[token]?.value(at: rest)
  }

  /// Puts a value at pointer tokens and makes the objects on the way.
  ///
  /// The token `-` appends to an array; a number replaces an element that is there.
  /// - Returns: false when something of another kind is in the way.
  mutating func set(_ value: JSONValue, at tokens: some Collection<String>) -> Bool {
    guard let token = tokens.first else {
      self = value
      return true
    }
    let rest = tokens.dropFirst()
    if case .array(var elements) = self {
      guard let index = token == "-" ? elements.count : Int(token),
        (0...elements.count).contains(index)
      else { return false }
      if index == elements.count { elements.append(emptyContainer(for: rest)) }
      let isSet = elements[index].set(value, at: rest)
      self = .array(elements)
      return isSet
    }
    guard case .object(var object) = self else { return false }
    var member = object[token] ?? emptyContainer(for: rest)
    let isSet = member.set(value, at: rest)
    object[token] = member
    self = .object(object)
    return isSet
  }

  /// The value at a dotted path such as `order.lines.0.name`, or nil.
  func value(atPath path: String) -> JSONValue? {
    value(at: path.split(separator: ".").map(String.init))
  }
}

/// What stands for a missing value on the way to `tokens`: an array where the next token appends.
private func emptyContainer(for tokens: some Collection<String>) -> JSONValue {
  guard let next = tokens.first else { return .null }
  return next == "-" ? .array([]) : .object(JSONObject())
}
