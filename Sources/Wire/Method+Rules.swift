import Domain
import JSON

extension Method {
  private static let byName = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

  /// The method of a name, compared as bytes.
  ///
  /// - Throws: `unknown_method` with names near it.
  package static func named(_ name: String) throws(WireError) -> Method {
    guard let method = byName[name], method.rawValue.hasSameBytes(as: name) else {
      throw WireError.unknownMethod(name, known: allCases.map(\.rawValue))
    }
    return method
  }

  /// What the method's own rules say against the common parameters: a key it needs or does not
  /// take, a dry run it does not have. Empty if all is well.
  package func problems(with options: RequestOptions) -> [Problem] {
    var problems: [Problem] = []
    switch keyRule {
    case .required where options.idempotencyKey == nil:
      problems.append(
        Problem(
          .keyRequired, path: "/params/idempotency_key",
          message: "\(rawValue) needs an idempotency_key."))
    case .never where options.idempotencyKey != nil:
      problems.append(
        Problem(
          .keyNotAllowed, path: "/params/idempotency_key",
          message: "\(rawValue) takes no idempotency_key."))
    case .required, .allowed, .never:
      break
    }
    if options.dryRun, !allowsDryRun {
      problems.append(
        Problem(
          .notDryRunnable, path: "/params/dry_run", message: "\(rawValue) has no dry run."))
    }
    return problems
  }
}
