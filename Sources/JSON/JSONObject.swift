/// The members of an object, in the order they were written.
///
/// Keys compare as UTF-8 bytes: `é` composed and `é` decomposed are two keys. An object holds a few
/// members, so a look-up is a linear scan over lengths and then bytes.
package struct JSONObject: Equatable, Sendable {
  /// One key with its value.
  package struct Member: Equatable, Sendable {
    /// The key after unescaping.
    package var key: String
    /// The value beside it.
    package var value: JSONValue

    /// A member as it will be written.
    package init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }

    /// Same key bytes, same value.
    package static func == (left: Member, right: Member) -> Bool {
      left.key.hasSameBytes(as: right.key) && left.value == right.value
    }
  }

  /// All members in order. What the reader returns has no key twice; whoever builds one by hand
  /// answers for that.
  package var members: [Member]

  /// An object of members in the order given.
  package init(members: [Member] = []) {
    self.members = members
  }

  /// An object of pairs in the order given, for example `JSONObject([("minor", .integer(5))])`.
  package init(_ pairs: [(String, JSONValue)]) {
    members = pairs.map { Member(key: $0.0, value: $0.1) }
  }

  /// True without members.
  package var isEmpty: Bool { members.isEmpty }

  /// The number of members.
  package var count: Int { members.count }

  /// The keys in order.
  package var keys: [String] { members.map(\.key) }

  /// The value of a key, or nil. Setting replaces in place or appends; setting nil removes.
  package subscript(_ key: String) -> JSONValue? {
    get {
      for member in members where member.key.hasSameBytes(as: key) { return member.value }
      return nil
    }
    set {
      let place = members.firstIndex { $0.key.hasSameBytes(as: key) }
      switch (place, newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil): members.remove(at: place)
      case (nil, let value?): members.append(Member(key: key, value: value))
      case (nil, nil): break
      }
    }
  }

  /// The value of a key known at compile time, or nil.
  package subscript(_ key: StaticString) -> JSONValue? {
    for member in members where member.key.hasSameBytes(as: key) { return member.value }
    return nil
  }
}
