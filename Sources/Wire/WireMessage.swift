package import JSON

/// A value that is an object on the wire.
package protocol WireObject: Sendable {
  /// Writes the members in the order of the contract, optional ones only if they are there.
  func writeMembers(to writer: inout JSONWriter)

  /// The same with personal data masked, for roles that may not see it whole.
  func masked() -> Self

  /// What a caller should know beside it, where it is a result: English sentences.
  var warnings: [String] { get }
}

extension WireObject {
  /// Nothing personal in it.
  package func masked() -> Self { self }

  /// Nothing to add.
  package var warnings: [String] { [] }

  /// Writes the object as the next value.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writeMembers(to: &writer)
    writer.endObject()
  }
}

/// A parameter that is an object, readable from a request.
protocol WireParameter {
  static func read(_ reader: inout ParamReader) -> Self?
}

/// The parameters of one method, typed.
package protocol WireRequest: Sendable {
  associatedtype Result: WireObject

  /// The method they belong to.
  static var method: Method { get }

  /// Reads them; nil after at least one problem was reported to the reader.
  static func read(_ reader: inout ParamReader) -> Self?
}

extension WireRequest {
  /// Reads `params` without the members common to all methods, which the envelope takes out.
  package static func read(
    from params: JSONObject
  ) -> Swift.Result<Self, ParamProblems> {
    var reader = ParamReader(params)
    if let request = read(&reader) { return .success(request) }
    return .failure(ParamProblems(reader.problems))
  }
}

/// One complete JSON value, already rendered.
package struct RawJSON: Equatable, Sendable {
  package let bytes: [UInt8]

  /// - Parameter bytes: compact, valid, and escaped as `JSONWriter` does; not checked.
  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// The same for text.
  package init(text: String) { bytes = Array(text.utf8) }

  /// Renders a value.
  package init(_ value: JSONValue) {
    var writer = JSONWriter()
    writer.value(value)
    bytes = writer.bytes
  }
}

/// An object whose values are strings, in the order received; header names may come twice.
package struct TextMap: Equatable, Sendable {
  package struct Pair: Equatable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package let pairs: [Pair]

  package init(_ pairs: [Pair]) { self.pairs = pairs }

  /// The value of the first pair of this name, compared as bytes.
  package subscript(_ name: String) -> String? {
    pairs.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }
}

extension JSONWriter {
  /// An object member.
  package mutating func member(_ key: StaticString, _ value: some WireObject) {
    self.key(key)
    value.write(to: &self)
  }

  /// An object member, left out if nil.
  package mutating func member(_ key: StaticString, _ value: (some WireObject)?) {
    if let value { member(key, value) }
  }

  /// An array of objects.
  package mutating func member(_ key: StaticString, _ value: [some WireObject]) {
    self.key(key)
    beginArray()
    for element in value { element.write(to: &self) }
    endArray()
  }

  /// An array of objects, left out if nil.
  package mutating func member(_ key: StaticString, _ value: [some WireObject]?) {
    if let value { member(key, value) }
  }

  /// An array of strings, left out if nil.
  package mutating func member(_ key: StaticString, _ value: [String]?) {
    if let value { member(key, value) }
  }

  /// A rendered member.
  package mutating func member(_ key: StaticString, _ value: RawJSON) {
    self.key(key)
    raw(value.bytes)
  }

  /// A rendered member, left out if nil.
  package mutating func member(_ key: StaticString, _ value: RawJSON?) {
    if let value { member(key, value) }
  }

  /// An array of rendered values.
  package mutating func member(_ key: StaticString, _ value: [RawJSON]) {
    self.key(key)
    beginArray()
    for element in value { raw(element.bytes) }
    endArray()
  }

  /// An object of strings. A name that comes twice is written once, its values joined by a comma
  /// as HTTP allows, because an object on the wire has no name twice.
  package mutating func member(_ key: StaticString, _ value: TextMap) {
    self.key(key)
    beginObject()
    for (index, pair) in value.pairs.enumerated() {
      let earlier = value.pairs[..<index]
      if earlier.contains(where: { $0.name.utf8.elementsEqual(pair.name.utf8) }) { continue }
      let same = value.pairs.filter { $0.name.utf8.elementsEqual(pair.name.utf8) }
      self.key(pair.name)
      string(same.map(\.value).joined(separator: ", "))
    }
    endObject()
  }
}
