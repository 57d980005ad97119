import JSON

/// One object of a declaration: gives its members in the types wanted, and takes down what is wrong
/// without stopping.
struct LayoutObject {
  let json: JSONObject
  let path: [LayoutFault.Step]
  private(set) var faults: [LayoutFault] = []

  init(_ json: JSONObject, at path: [LayoutFault.Step] = []) {
    self.json = json
    self.path = path
  }

  mutating func report(
    _ problem: LayoutFault.Problem, at steps: [LayoutFault.Step], _ text: String,
    hint: String? = nil, known: [String] = [], given: String = ""
  ) {
    faults.append(
      LayoutFault(
        problem: problem, path: path + steps, text: text, hint: hint, known: known, given: given))
  }

  mutating func take(_ other: [LayoutFault]) { faults += other }

  mutating func missing(_ name: String, _ why: String) {
    report(.missing, at: [.member(name)], "\(name) is missing: \(why).")
  }

  mutating func refuseOthers(than known: [String]) {
    for key in json.keys where !known.contains(where: { $0.utf8.elementsEqual(key.utf8) }) {
      report(
        .unknownMember, at: [.member(key)], "There is no member \"\(key.prefix(60))\" here.",
        hint: "Members here: \(known.joined(separator: ", ")).", known: known, given: key)
    }
  }

  // MARK: Values

  /// Any text that is not empty.
  mutating func text(_ name: String) -> String? {
    json[name].flatMap { text($0, at: [.member(name)]) }
  }

  private mutating func text(_ value: JSONValue, at steps: [LayoutFault.Step]) -> String? {
    guard let text = value.stringValue else {
      report(.wrongType("string"), at: steps, "This must be text.")
      return nil
    }
    guard (1...LayoutLimit.textBytes).contains(text.utf8.count) else {
      report(
        .badValue, at: steps, "This must be text of 1 to \(LayoutLimit.textBytes) bytes.")
      return nil
    }
    return text
  }

  /// One of a few words, with what each stands for.
  mutating func word<Value>(_ name: String, _ words: [(String, Value)]) -> Value? {
    json[name].flatMap { word($0, at: [.member(name)], words) }
  }

  mutating func word<Value>(
    _ value: JSONValue, at steps: [LayoutFault.Step], _ words: [(String, Value)]
  ) -> Value? {
    guard let text = text(value, at: steps) else { return nil }
    if let found = words.first(where: { $0.0.utf8.elementsEqual(text.utf8) }) { return found.1 }
    let known = words.map(\.0)
    report(
      .badValue, at: steps, "This is none of the words allowed.",
      hint: "One of \(known.joined(separator: ", ")).", known: known, given: text)
    return nil
  }

  /// One character of ASCII.
  mutating func sign(_ name: String) -> UInt8? {
    guard let value = json[name] else { return nil }
    guard let text = value.stringValue else {
      report(.wrongType("string"), at: [.member(name)], "\(name) must be text.")
      return nil
    }
    guard text.utf8.count == 1, let sign = text.utf8.first, sign == 0x09 || sign >= 0x20,
      sign < 0x7F, sign &- 0x30 > 9
    else {
      report(
        .badValue, at: [.member(name)], "\(name) must be one character of ASCII, and no digit.",
        hint: "For example \",\", \";\" or \"\\t\".")
      return nil
    }
    return sign
  }

  mutating func integer(_ name: String, _ range: ClosedRange<Int64>) -> Int64? {
    guard let value = json[name] else { return nil }
    guard let number = value.integerValue else {
      report(.wrongType("integer"), at: [.member(name)], "\(name) must be a whole number.")
      return nil
    }
    guard range.contains(number) else {
      report(.outOfRange(range), at: [.member(name)], "\(name) is \(number).")
      return nil
    }
    return number
  }

  mutating func texts(_ name: String) -> [String]? {
    json[name].flatMap { texts($0, at: [.member(name)]) }
  }

  /// A list of texts, or one text.
  mutating func texts(_ value: JSONValue, at steps: [LayoutFault.Step]) -> [String]? {
    if value.stringValue != nil { return text(value, at: steps).map { [$0] } }
    guard let list = value.arrayValue else {
      report(.wrongType("array"), at: steps, "This must be text, or a list of texts.")
      return nil
    }
    guard (1...LayoutLimit.items).contains(list.count) else {
      report(
        .outOfRange(1...Int64(LayoutLimit.items)), at: steps, "The list has \(list.count) texts.")
      return nil
    }
    var texts: [String] = []
    for (index, item) in list.enumerated() {
      if let text = text(item, at: steps + [.item(index)]) { texts.append(text) }
    }
    return texts.count == list.count ? texts : nil
  }

  /// The members of an object, in their order.
  mutating func members(_ name: String) -> [JSONObject.Member]? {
    guard let value = json[name] else { return nil }
    guard let object = value.objectValue else {
      report(.wrongType("object"), at: [.member(name)], "\(name) must be an object.")
      return nil
    }
    guard (1...LayoutLimit.items).contains(object.count) else {
      report(
        .outOfRange(1...Int64(LayoutLimit.items)), at: [.member(name)],
        "\(name) has \(object.count) members.")
      return nil
    }
    return object.members
  }

  /// Words of a column with what they mean.
  mutating func words<Value>(_ name: String, _ meanings: [(String, Value)]) -> [String: Value]? {
    guard let members = members(name) else { return nil }
    var words: [String: Value] = [:]
    for member in members {
      let steps: [LayoutFault.Step] = [.member(name), .member(member.key)]
      guard let meaning = word(member.value, at: steps, meanings) else { continue }
      words[member.key] = meaning
    }
    return words
  }
}
