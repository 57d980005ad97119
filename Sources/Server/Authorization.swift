import Crypto
import Domain
import JSON
package import Platform
package import Wire

/// Decides who may come in and as whom. Roles only ever shrink: in force is what the peer map, the
/// listener and the token all allow.
package struct Authorization: Sendable {
  private let peers: [PeerRule]
  private let operators: [OperatorRule]
  private let ownUserID: UInt32

  package init(peers: [PeerRule], operators: [OperatorRule], ownUserID: UInt32) {
    self.peers = peers
    self.operators = operators
    self.ownUserID = ownUserID
  }

  /// Who work can be given to: the operators, and the principals of the peer map, by name.
  var people: [String] {
    let principals = peers.isEmpty ? [Self.ownPrincipal] : peers.map(\.principal)
    return (operators.map(\.name) + principals).reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }

  /// The identity of a connection, or why it may not come in.
  package func admit(
    _ peer: PeerCredentials, by listener: ListenerConfiguration
  ) throws(WireError) -> Identity {
    guard let (principal, roles) = rule(for: peer) else { throw stranger(peer) }
    let allowed = roles.intersection(listener.roles)
    guard !allowed.isEmpty else { throw roleless(peer, principal, listener) }
    return Identity(
      userID: peer.userID, processID: peer.processID, listener: listener.name,
      listenerRoles: listener.roles, principal: principal, roles: allowed)
  }

  /// The identity of an open connection under these rules; nil if nobody would let it in now.
  package func renew(_ identity: Identity, of peer: PeerCredentials) -> Identity? {
    guard let (principal, roles) = rule(for: peer) else { return nil }
    let allowed = roles.intersection(identity.listenerRoles)
    guard !allowed.isEmpty else { return nil }
    let plain = Identity(
      userID: identity.userID, processID: identity.processID, listener: identity.listener,
      listenerRoles: identity.listenerRoles, principal: principal, roles: allowed)
    guard let digest = identity.tokenDigest else { return plain }
    return staff(with: digest).flatMap { person($0, plain) }
  }

  /// The identity after a token was shown.
  package func identify(_ identity: Identity, token: String) throws(WireError) -> Identity {
    guard let found = staff(with: SHA256.hash(utf8: token)) else {
      throw WireError(.tokenInvalid, "No operator has this token.")
    }
    guard let person = person(found, identity) else {
      throw WireError(
        .denied,
        "None of the roles of operator \(found.name) is allowed to user \(identity.userID) on "
          + "listener \(identity.listener).",
        details: JSONObject([("uid", .integer(Int64(identity.userID)))]))
    }
    return person
  }

  private func staff(with digest: SHA256Digest) -> OperatorRule? {
    var found: OperatorRule?
    // Every rule is compared, so that the time tells nothing about the place of the match.
    for rule in operators where ConstantTime.equal(rule.tokenDigest, digest) { found = rule }
    return found
  }

  /// The operator on this connection; nil where no role is left.
  private func person(_ rule: OperatorRule, _ identity: Identity) -> Identity? {
    let roles = identity.connectionRoles.intersection(rule.roles)
    guard !roles.isEmpty else { return nil }
    var person = identity
    person.roles = roles
    person.person = rule.name
    person.tokenDigest = rule.tokenDigest
    person.refundLimit = rule.refundLimit
    return person
  }

  /// Without any rule the daemon's own user runs it alone.
  private func rule(for peer: PeerCredentials) -> (principal: String, roles: RoleSet)? {
    guard !peers.isEmpty else {
      return peer.userID == ownUserID ? (Self.ownPrincipal, .unconfigured) : nil
    }
    for rule in peers {
      switch rule.match {
      case .user(let id): if id == peer.userID { return (rule.principal, rule.roles) }
      case .group(let id): if peer.belongs(toGroup: id) { return (rule.principal, rule.roles) }
      }
    }
    return nil
  }

  /// Principal of the daemon's own user where no peers are configured.
  package static let ownPrincipal = "local"

  private func stranger(_ peer: PeerCredentials) -> WireError {
    let advice =
      peers.isEmpty
      ? "Only user \(ownUserID) may connect until peers are configured."
      : "No rule in peers names user \(peer.userID) or one of its groups."
    return WireError(
      .denied, "User \(peer.userID) has no role here. \(advice)",
      hint: "Add {\"uid\":\(peer.userID),\"principal\":…,\"roles\":[…]} to peers.",
      details: JSONObject([("uid", .integer(Int64(peer.userID)))]))
  }

  private func roleless(
    _ peer: PeerCredentials, _ principal: String, _ listener: ListenerConfiguration
  ) -> WireError {
    WireError(
      .denied,
      "Listener \(listener.name) allows none of the roles of \(principal) (user \(peer.userID)).",
      hint: "Add a role to the listener, or connect to another one.",
      details: JSONObject([("uid", .integer(Int64(peer.userID)))]))
  }
}
