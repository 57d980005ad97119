package import Domain
package import JSON

/// Reads the parameters of one request and collects what is wrong with them.
///
/// It never throws early: a caller learns all faults at once, up to `Limits.problems`. Names and
/// values compare as bytes. A member nobody asked for is a fault too, because a parameter silently
/// ignored is money lost.
package struct ParamReader {
  /// What was found so far, in the order of the schema.
  package private(set) var problems: [Problem] = []

  private var object: JSONObject
  private var steps: [PathStep] = []
  /// Members of `object` that were asked for and are there.
  private var asked = 0

  private enum PathStep {
    case name(StaticString)
    case element(StaticString, Int)
  }

  /// - Parameter params: the value of `params` without the members common to all methods, which
  ///   the envelope has taken out; here they are unknown, as within a call of a batch.
  package init(_ params: JSONObject) { object = params }

  /// True while nothing is wrong.
  package var isClean: Bool { problems.isEmpty }

  /// Takes down a fault of a member, or of the object itself without a name.
  package mutating func report(
    _ code: ErrorCode, at name: StaticString? = nil, index: Int? = nil,
    member: StaticString? = nil, _ message: String, hint: String? = nil,
    didYouMean: [String] = [], facts: [(String, JSONValue)] = []
  ) {
    guard problems.count < Limits.problems else { return }
    var path = pointer
    if let name { path += "/\(name)" }
    if let index { path += "/\(index)" }
    if let member { path += "/\(member)" }
    problems.append(
      Problem(
        code, path: path, message: message, hint: hint, didYouMean: didYouMean,
        facts: JSONObject(facts)))
  }

  /// The value of a member, `null` included. A missing one is a fault if it is required.
  mutating func anyValue(_ name: StaticString, required: Bool) -> JSONValue? {
    guard let value = object[name] else {
      if required { report(.missingParam, at: name, "The parameter \(name) is missing.") }
      return nil
    }
    asked += 1
    return value
  }

  /// The value of a member. A missing one is a fault if it is required; so is `null`.
  mutating func value(_ name: StaticString, required: Bool) -> JSONValue? {
    guard let value = anyValue(name, required: required) else { return nil }
    if value.isNull {
      report(
        .wrongType, at: name, "The parameter \(name) is null.",
        hint: "Leave the parameter out instead of sending null.")
      return nil
    }
    return value
  }

  /// Reads a member that is an object, its own members by `read`.
  mutating func nested<Parameter: WireParameter>(
    _ name: StaticString, _ type: Parameter.Type, required: Bool = false, hint: String? = nil
  ) -> Parameter? {
    guard let value = value(name, required: required) else { return nil }
    guard let inner = value.objectValue else {
      reportType(value, wanted: "object", at: name, hint: hint)
      return nil
    }
    return descend(into: inner, by: .name(name)) { Parameter.read(&$0) }
  }

  /// Reads a member that is a list of objects.
  mutating func list<Parameter: WireParameter>(
    _ name: StaticString, of type: Parameter.Type, count: ClosedRange<Int64>,
    required: Bool = false
  ) -> [Parameter]? {
    guard let elements = elements(name, count: count, required: required) else { return nil }
    var answer: [Parameter] = []
    answer.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      guard let inner = element.objectValue else {
        reportType(element, wanted: "object", at: name, index: index)
        continue
      }
      let read = descend(into: inner, by: .element(name, index)) { Parameter.read(&$0) }
      if let read { answer.append(read) }
    }
    return answer
  }

  /// The elements of a list member whose count is within its range.
  mutating func elements(
    _ name: StaticString, count: ClosedRange<Int64>, required: Bool
  ) -> [JSONValue]? {
    guard let value = value(name, required: required) else { return nil }
    guard let elements = value.arrayValue else {
      reportType(value, wanted: "array", at: name)
      return nil
    }
    guard count.contains(Int64(elements.count)) else {
      reportRange(count, at: name, "The list \(name) has \(elements.count) elements.")
      return nil
    }
    return elements
  }

  /// Ends the object: every member that is not in `known` is a fault.
  mutating func finish(_ names: @autoclosure () -> [StaticString]) {
    guard asked < object.count else { return }
    let known = names().map(\.description)
    for key in object.keys where problems.count < Limits.problems {
      if known.contains(where: { $0.utf8.elementsEqual(key.utf8) }) { continue }
      let candidates = steps.isEmpty ? known + RequestOptions.names : known
      problems.append(.unknownMember(key, in: pointer, known: candidates))
    }
  }

  /// A value of another JSON type than wanted.
  mutating func reportType(
    _ value: JSONValue, wanted: String, at name: StaticString, index: Int? = nil,
    hint: String? = nil
  ) {
    let what = index.map { "Element \($0) of \(name)" } ?? "The parameter \(name)"
    report(
      .wrongType, at: name, index: index, "\(what) is \(value.kindWithArticle), not \(wanted).",
      hint: hint, facts: [("expected", .string(wanted))])
  }

  /// A number, or a count, outside its range.
  mutating func reportRange(
    _ range: ClosedRange<Int64>, at name: StaticString, member: StaticString? = nil,
    _ message: String
  ) {
    report(
      .outOfRange, at: name, member: member, message,
      hint: "From \(range.lowerBound) to \(range.upperBound) is allowed.",
      facts: [("min", .integer(range.lowerBound)), ("max", .integer(range.upperBound))])
  }

  /// Reads with `inner` in place of the present object, at a longer path.
  private mutating func descend<Answer>(
    into inner: JSONObject, by step: PathStep, _ read: (inout ParamReader) -> Answer?
  ) -> Answer? {
    let outer = (object, asked)
    object = inner
    asked = 0
    steps.append(step)
    let answer = read(&self)
    steps.removeLast()
    (object, asked) = outer
    return answer
  }

  private var pointer: String {
    steps.reduce("/params") { path, step in
      switch step {
      case .name(let name): path + "/\(name)"
      case .element(let name, let index): path + "/\(name)/\(index)"
      }
    }
  }
}

extension JSONValue {
  /// For messages: `a string`, `an object`.
  fileprivate var kindWithArticle: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .integer: "an integer"
    case .number: "a number with a fraction or exponent"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
