import Domain
import JSON
import Reconciliation
import Wire

extension Problem {
  /// What is wrong with a declared layout, as a fault of the request.
  ///
  /// - Parameter pointer: JSON Pointer to the declaration.
  init(_ fault: LayoutFault, in pointer: String) {
    let path = fault.path.reduce(pointer) { path, step in
      switch step {
      case .member(let name): JSONPointer.appending(name, to: path)
      case .item(let index): "\(path)/\(index)"
      }
    }
    let code: ErrorCode
    var facts = JSONObject()
    switch fault.problem {
    case .missing: code = .missingParam
    case .unknownMember: code = .unknownField
    case .wrongType(let expected):
      code = .wrongType
      facts["expected"] = .string(expected)
    case .badValue: code = .badFormat
    case .outOfRange(let range):
      code = .outOfRange
      facts["min"] = .integer(range.lowerBound)
      facts["max"] = .integer(range.upperBound)
    }
    self.init(
      code, path: path, message: fault.text, hint: fault.hint,
      didYouMean: Suggestion.names(near: fault.given, among: fault.known), facts: facts)
  }
}
