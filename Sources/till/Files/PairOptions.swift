// What a command line says of two files that are held against each other.

import Domain
import JSON
import Platform
import Reconciliation

/// How one of the files is to be read.
enum WantedForm {
  /// By its heading.
  case guessed
  /// Under headings of ours, as `StatementLayout.plain` has them.
  case plain
  case named(StatementFormat)
}

struct PairOptions {
  let bill: String
  let books: String
  let billForm: WantedForm
  let booksForm: WantedForm
  /// Minutes east of UTC.
  private(set) var zone: Int64?
  /// Milliseconds since 1970 UTC.
  private(set) var from: Int64?
  private(set) var to: Int64?
  private(set) var asOf: Int64?
  private(set) var cutOffMilliseconds: Int64?
  /// Each fee is rounded by itself, and contracts do not always say how.
  private(set) var feeTolerance: Int64 = 1
  private(set) var merchant: String?

  init(_ invocation: Invocation, _ inputs: Inputs) throws(UsageError) {
    try checkWords(invocation)
    bill = invocation.words[0]
    books = invocation.words[1]
    billForm = try Self.form("bill-layout", invocation, inputs)
    booksForm = try Self.form("layout", invocation, inputs)
    for flag in invocation.flags {
      let spec = invocation.command.flags.first { $0.name == flag.name }
      guard let spec, let text = flag.value, spec.kind != .boolean else { continue }
      do throws(UsageError) {
        try set(flag.name, try argumentValue(text, kind: spec.kind, inputs: inputs))
      } catch { throw error.about("--\(flag.name)") }
    }
    if let from, let to, from >= to { throw UsageError("--to-at must be later than --from-at") }
  }

  private mutating func set(_ name: String, _ value: JSONValue) throws(UsageError) {
    switch name {
    case "zone":
      let text = value.stringValue ?? ""
      zone = CivilTime.offsetMinutes(text)
      guard zone != nil else {
        throw UsageError(
          "'\(printable(text))' is no offset from UTC", hints: ["for example --zone +08:00"])
      }
      if case .named(.declared) = booksForm {
        throw UsageError("the layout of the books says so itself: change \"zone\" there")
      }
    case "from-at": from = value.integerValue
    case "to-at": to = value.integerValue
    case "as-of": asOf = value.integerValue
    case "cut-off": cutOffMilliseconds = value.integerValue
    case "fee-tolerance":
      feeTolerance = value.integerValue ?? 0
      guard feeTolerance >= 0 else { throw UsageError("it must be 0 or more") }
    case "merchant": merchant = value.stringValue
    default: break
    }
  }

  /// The name of a layout has letters, digits and `_` only, so anything else names a file.
  private static func form(
    _ flag: String, _ invocation: Invocation, _ inputs: Inputs
  ) throws(UsageError) -> WantedForm {
    guard let text = invocation.value(flag) else { return .guessed }
    if text == StatementLayout.plainName { return .plain }
    guard text.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }) else {
      if let known = StatementFormat.named(text) { return .named(known) }
      let names = StatementFormat.known.map(\.name) + [StatementLayout.plainName]
      var error = unknownChoice(text, among: names)
      error = UsageError(
        error.message, hints: error.hints + ["or a file that declares one, as ./\(text).json"])
      throw error.about("--\(flag)")
    }
    let bytes = try inputs.read(text)
    do throws(UsageError) {
      guard let json = try jsonValue(bytes).objectValue else {
        throw UsageError("a layout is one JSON object")
      }
      return .named(.declared(try declared(json)))
    } catch { throw error.about(printable(text)) }
  }

  private static func declared(_ json: JSONObject) throws(UsageError) -> DeclaredLayout {
    do throws(LayoutFaults) {
      return try DeclaredLayout.read(json)
    } catch {
      let lines = error.list.prefix(10).map { fault in
        let place = fault.path.map(\.text).joined()
        let near = nearest(to: fault.given, among: fault.known).map { " Did you mean \($0)?" }
        return printable(
          [place, fault.text, fault.hint, near.map { String($0.dropFirst()) }].compactMap(\.self)
            .joined(separator: " "))
      }
      throw UsageError(
        "the layout does not read: "
          + (lines.count == 1 ? "one thing is" : "\(lines.count) things are") + " wrong with it",
        hints: lines + ["all of its members: Protocol/README.md, part 14"])
    }
  }
}

extension LayoutFault.Step {
  fileprivate var text: String {
    switch self {
    case .member(let name): "/\(name)"
    case .item(let place): "/\(place)"
    }
  }
}
