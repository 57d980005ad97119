import Domain
import Platform
import Wire

/// The rules of who may come in can change while connections are open.
extension Session {
  /// Takes the rules in force now over for this connection, or ends it.
  func renewIdentity() {
    guard phase == .open || phase == .ended, !identity.roles.isEmpty, let peer = channel?.peer
    else { return }
    guard let renewed = context.authorization.renew(identity, of: peer) else { return revoke() }
    guard renewed != identity else { return }
    let hasLess =
      !renewed.principal.utf8.elementsEqual(identity.principal.utf8)
      || !renewed.roles.isSuperset(of: identity.roles)
    identity = renewed
    record.rename(renewed, client: nil)
    // What goes on for long was begun with rights that are gone.
    if hasLess { endWaits() }
  }

  /// Nothing more is begun here. What was handed over is finished and answered.
  private func revoke() {
    identity.roles = []
    send(
      ReplyLines.bye(
        .denied, "The configuration was read again, and you are not admitted any more."))
    phase = .ended
    endWaits()
    closeIfDone()
  }

  private func endWaits() {
    for flight in flights.flights {
      if case .waiting(let waiter) = flight.stage { waiter.end(.cancelled) }
    }
  }
}
