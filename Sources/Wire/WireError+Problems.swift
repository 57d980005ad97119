import Domain
import JSON

extension WireError {
  /// The refusal of a request for all its faults: code, message, path and hint of the first, all
  /// of them in `details.problems`.
  package init(_ problems: ParamProblems) {
    let first = problems.first
    self.init(
      first.code, first.message, path: first.path, hint: first.hint, details: problems.details)
  }
}

extension Problem {
  /// A member nobody knows, with the known names near it.
  ///
  /// - Parameters:
  ///   - path: JSON Pointer to the object that holds it.
  ///   - known: the names it may have.
  package static func unknownMember(
    _ name: String, in path: String, known: [String], hint: String? = nil
  ) -> Problem {
    Problem(
      .unknownField, path: JSONPointer.appending(name, to: path),
      message: "There is no member \"\(ShownText.shortened(name))\" here.", hint: hint,
      didYouMean: Suggestion.names(near: name, among: known))
  }
}
