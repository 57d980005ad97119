package import Crypto
package import Engine
package import Wire

/// Who is at the other end of a connection. Decided at connect; a token adds the person, and other
/// rules decide anew.
package struct Identity: Hashable, Sendable {
  /// User and process as the kernel saw them at connect.
  package let userID: UInt32
  package let processID: Int32
  package let listener: String
  /// The owner of what it creates.
  package let principal: String
  /// What the listener allows to anybody.
  package let listenerRoles: RoleSet
  /// What the peer map and the listener both allow; a token narrows it.
  package let connectionRoles: RoleSet
  /// Roles in force.
  package var roles: RoleSet
  package var person: String?
  /// Of the token that made it this person.
  package var tokenDigest: SHA256Digest?
  /// In minor units. Nobody without a token gives money back alone.
  package var refundLimit: Int64

  package init(
    userID: UInt32, processID: Int32, listener: String, listenerRoles: RoleSet,
    principal: String, roles: RoleSet
  ) {
    self.userID = userID
    self.processID = processID
    self.listener = listener
    self.listenerRoles = listenerRoles
    self.principal = principal
    connectionRoles = roles
    self.roles = roles
    person = nil
    refundLimit = 0
  }

  /// The caller of methods as the engine knows it: it sees all only where each of them lets it.
  package func caller(of methods: [Method]) -> Caller {
    Caller(
      principal: principal, person: person,
      seesAll: methods.allSatisfy { !roles.seesOwnOnly(in: $0) }, refundLimit: refundLimit,
      isLead: roles.contains(.financeLead))
  }

  package func owns(_ owner: String) -> Bool { owner.utf8.elementsEqual(principal.utf8) }
}

extension Identity {
  /// As `peer` in the greeting and in the answer to `session.hello`.
  var peerObject: PeerObject {
    PeerObject(
      uid: Int64(userID), principal: principal, roles: roles.names, operator: person)
  }
}
