// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Who the daemon takes the caller for.
package struct PeerObject: WireObject, Equatable {
  /// User id the kernel reported.
  package var uid: Int64
  /// Owner of what this connection creates.
  package var principal: String
  /// Roles in force.
  package var roles: [String]
  /// The person who presented a token.
  package var `operator`: String?

  package init(uid: Int64, principal: String, roles: [String], operator: String? = nil) {
    self.uid = uid
    self.principal = principal
    self.roles = roles
    self.`operator` = `operator`
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("uid", uid)
    writer.member("principal", principal)
    writer.member("roles", roles)
    writer.member("operator", `operator`)
  }
}
