import Domain
import JSON

// One function for each kind of value. All report what is wrong and give nil.

extension ParamReader {
  /// A text by its rule.
  mutating func text(_ name: StaticString, _ rule: TextRule, required: Bool = false) -> String? {
    guard let value = value(name, required: required) else { return nil }
    return text(value, rule, at: name)
  }

  /// A list of texts.
  mutating func texts(
    _ name: StaticString, _ rule: TextRule, count: ClosedRange<Int64>, required: Bool = false
  ) -> [String]? {
    guard let elements = elements(name, count: count, required: required) else { return nil }
    return elements.enumerated().compactMap { text($1, rule, at: name, index: $0) }
  }

  /// An integer within a range.
  mutating func integer(
    _ name: StaticString, in range: ClosedRange<Int64>, required: Bool = false
  ) -> Int64? {
    guard let value = value(name, required: required) else { return nil }
    guard let number = value.integerValue else {
      reportType(value, wanted: "integer", at: name)
      return nil
    }
    guard range.contains(number) else {
      reportRange(range, at: name, "The parameter \(name) is \(number).")
      return nil
    }
    return number
  }

  /// A truth value.
  mutating func bool(_ name: StaticString, required: Bool = false) -> Bool? {
    guard let value = value(name, required: required) else { return nil }
    guard let truth = value.boolValue else {
      reportType(value, wanted: "boolean", at: name)
      return nil
    }
    return truth
  }

  /// One word of an enumeration.
  mutating func choice<Choice: WireChoice>(
    _ name: StaticString, _ type: Choice.Type, required: Bool = false
  ) -> Choice? {
    guard let value = value(name, required: required) else { return nil }
    return choice(value, type, at: name, index: nil)
  }

  /// A list of words of an enumeration.
  mutating func choices<Choice: WireChoice>(
    _ name: StaticString, _ type: Choice.Type, count: ClosedRange<Int64>, required: Bool = false
  ) -> [Choice]? {
    guard let elements = elements(name, count: count, required: required) else { return nil }
    return elements.enumerated().compactMap { choice($1, type, at: name, index: $0) }
  }

  /// Any value, whose texts are no longer than any other text of a request.
  mutating func json(_ name: StaticString, required: Bool = false) -> JSONValue? {
    // Null is a value here, so it is looked up as one and not as an absence.
    guard let value = anyValue(name, required: required) else { return nil }
    guard !value.holdsText(longerThan: Limits.stringBytes) else {
      reportTooLong(Limits.stringBytes, at: name, "A text in \(name)")
      return nil
    }
    return value
  }

  /// Any object, with a limit on its compact text.
  mutating func jsonObject(
    _ name: StaticString, bytesMax: Int? = nil, required: Bool = false
  ) -> JSONObject? {
    guard let value = value(name, required: required) else { return nil }
    guard let object = value.objectValue else {
      reportType(value, wanted: "object", at: name)
      return nil
    }
    guard let bytesMax else { return object }
    var writer = JSONWriter()
    writer.object(object)
    guard writer.bytes.count <= bytesMax else {
      reportTooLong(bytesMax, at: name, "The parameter \(name)")
      return nil
    }
    return object
  }

  /// An object of strings.
  mutating func textMap(
    _ name: StaticString, itemsMax: Int, bytesMax: Int, required: Bool = false
  ) -> TextMap? {
    guard let value = value(name, required: required) else { return nil }
    guard let object = value.objectValue else {
      reportType(value, wanted: "object", at: name)
      return nil
    }
    guard object.count <= itemsMax else {
      reportRange(0...Int64(itemsMax), at: name, "The object \(name) has \(object.count) members.")
      return nil
    }
    var pairs: [TextMap.Pair] = []
    for (index, member) in object.members.enumerated() {
      guard let text = member.value.stringValue else {
        report(
          .wrongType, at: name, "The value of member \(index) of \(name) is not a string.",
          facts: [("expected", .string("string"))])
        return nil
      }
      guard member.key.utf8.count + text.utf8.count <= bytesMax else {
        reportTooLong(bytesMax, at: name, "A member of \(name)")
        return nil
      }
      pairs.append(TextMap.Pair(name: member.key, value: text))
    }
    return TextMap(pairs)
  }

  private mutating func text(
    _ value: JSONValue, _ rule: TextRule, at name: StaticString, index: Int? = nil
  ) -> String? {
    guard let text = value.stringValue else {
      reportType(value, wanted: "string", at: name, index: index)
      return nil
    }
    guard let breach = rule.breach(of: text) else { return text }
    let what = index.map { "Element \($0) of \(name)" } ?? "The parameter \(name)"
    switch breach {
    case .tooLong: reportTooLong(rule.bytes.upperBound, at: name, index: index, what)
    case .tooShort:
      let least = max(rule.charactersMin, rule.bytes.lowerBound)
      report(
        .tooShort, at: name, index: index, "\(what) is shorter than \(least).",
        hint: rule.doc.description, facts: [("min", .integer(Int64(least)))])
    case .badFormat:
      report(
        .badFormat, at: name, index: index, "\(what) is badly formed.",
        hint: rule.doc.description, didYouMean: rule.suggestions(for: text))
    case .unknownCurrency:
      report(
        .unknownCurrency, at: name, index: index, "\(what) is not an active currency.",
        didYouMean: rule.suggestions(for: text))
    }
    return nil
  }

  private mutating func reportTooLong(
    _ bytes: Int, at name: StaticString, index: Int? = nil, _ what: String
  ) {
    report(
      .tooLong, at: name, index: index, "\(what) is longer than \(bytes) bytes.",
      facts: [("max", .integer(Int64(bytes)))])
  }

  private mutating func choice<Choice: WireChoice>(
    _ value: JSONValue, _ type: Choice.Type, at name: StaticString, index: Int?
  ) -> Choice? {
    guard let word = value.stringValue else {
      reportType(value, wanted: "string", at: name, index: index)
      return nil
    }
    if let choice = Choice(word: word) { return choice }
    let words = Choice.allCases.map(\.rawValue)
    let what = index.map { "Element \($0) of \(name)" } ?? "The parameter \(name)"
    report(
      .badFormat, at: name, index: index, "\(what) is none of the values allowed.",
      hint: "One of \(words.joined(separator: ", ")).",
      didYouMean: Suggestion.names(near: word, among: words))
    return nil
  }
}

extension JSONValue {
  /// The reader of lines allows for the one member that may be longer.
  fileprivate func holdsText(longerThan bytes: Int) -> Bool {
    switch self {
    case .string(let text): text.utf8.count > bytes
    case .array(let elements): elements.contains { $0.holdsText(longerThan: bytes) }
    case .object(let object):
      object.members.contains {
        $0.key.utf8.count > bytes || $0.value.holdsText(longerThan: bytes)
      }
    default: false
    }
  }
}

/// An enumeration that is a parameter.
package protocol WireChoice: RawRepresentable, CaseIterable, Sendable where RawValue == String {}

extension WireChoice {
  /// The case of a word, compared as bytes.
  init?(word: String) {
    for choice in Self.allCases where choice.rawValue.utf8.elementsEqual(word.utf8) {
      self = choice
      return
    }
    return nil
  }
}

extension TextRule {
  /// Known words near a text that breaks the rule.
  fileprivate func suggestions(for text: String) -> [String] {
    switch format {
    case .currency:
      let capitals = text.uppercased()
      return CurrencyTable.exponent(of: capitals) == nil ? [] : [capitals]
    case .eventFilter:
      let types = EventType.allCases.map(\.rawValue)
      return Suggestion.names(near: text, among: types)
    default: return []
    }
  }
}
