// One call a member. A nil value leaves the member out; a null must be asked for with `.null`.

extension JSONWriter {
  /// An integer member, for example minor units or milliseconds.
  package mutating func member(_ key: StaticString, _ value: Int64) {
    self.key(key)
    integer(value)
  }

  /// A truth value member.
  package mutating func member(_ key: StaticString, _ value: Bool) {
    self.key(key)
    bool(value)
  }

  /// A member of any value.
  package mutating func member(_ key: StaticString, _ value: JSONValue) {
    self.key(key)
    self.value(value)
  }

  /// An object member.
  package mutating func member(_ key: StaticString, _ value: JSONObject) {
    self.key(key)
    object(value)
  }

  /// An array of strings.
  package mutating func member(_ key: StaticString, _ value: [String]) {
    self.key(key)
    beginArray()
    for element in value { string(element) }
    endArray()
  }

  /// A string member, left out if nil.
  package mutating func member(_ key: StaticString, _ value: String?) {
    if let value { member(key, value) }
  }

  /// An integer member, left out if nil.
  package mutating func member(_ key: StaticString, _ value: Int64?) {
    if let value { member(key, value) }
  }

  /// A truth value member, left out if nil.
  package mutating func member(_ key: StaticString, _ value: Bool?) {
    if let value { member(key, value) }
  }

  /// A member of any value, left out if nil.
  package mutating func member(_ key: StaticString, _ value: JSONValue?) {
    if let value { member(key, value) }
  }

  /// An object member, left out if nil.
  package mutating func member(_ key: StaticString, _ value: JSONObject?) {
    if let value { member(key, value) }
  }
}
