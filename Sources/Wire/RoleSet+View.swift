/// How much of an object a set of roles shows.
package enum RoleView: Sendable {
  /// Not at all: answered as if it did not exist.
  case hidden
  /// With personal data masked.
  case masked
  /// Whole.
  case full
}

extension RoleSet {
  /// What the roles show of something, of those that have the method.
  ///
  /// - Parameter isOwner: the caller's principal created it.
  package func view(of method: Method, isOwner: Bool) -> RoleView {
    let able = intersection(method.roles)
    let seeing = isOwner ? able : able.subtracting(.seesOwnOnly)
    if seeing.isEmpty { return .hidden }
    return seeing.isSubset(of: .seesMasked) ? .masked : .full
  }

  /// Whether a list must be narrowed to what the caller's principal created.
  package func seesOwnOnly(in method: Method) -> Bool {
    method.visibility == .own && intersection(method.roles).isSubset(of: .seesOwnOnly)
  }

  /// The roles by their names in the configuration; nil if one is unknown.
  package init?(names: [String]) {
    self = []
    for name in names {
      guard let role = Role(rawValue: name) else { return nil }
      insert(RoleSet(role))
    }
  }

  /// Names of the roles, in the order of the contract.
  package var names: [String] {
    Role.allCases.filter { contains(RoleSet($0)) }.map(\.rawValue)
  }
}
