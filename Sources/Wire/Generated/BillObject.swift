// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A bill of a gateway: one for each kind and day.
package struct BillObject: WireObject, Equatable {
  /// Gateway.
  package var gateway: String
  /// What it is about.
  package var kind: String
  /// Which day, in the gateway's zone.
  package var day: String
  /// How far it is.
  package var state: String
  /// Downloads that brought no bill.
  package var tries: Int64
  /// The last of them.
  package var lastTryAt: Int64?
  /// When something is done about it.
  package var nextAt: Int64?
  /// Why it is not there.
  package var reason: String?
  /// Its file.
  package var statement: String?

  package init(
    gateway: String, kind: String, day: String, state: String, tries: Int64,
    lastTryAt: Int64? = nil, nextAt: Int64? = nil, reason: String? = nil, statement: String? = nil
  ) {
    self.gateway = gateway
    self.kind = kind
    self.day = day
    self.state = state
    self.tries = tries
    self.lastTryAt = lastTryAt
    self.nextAt = nextAt
    self.reason = reason
    self.statement = statement
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("gateway", gateway)
    writer.member("kind", kind)
    writer.member("day", day)
    writer.member("state", state)
    writer.member("tries", tries)
    writer.member("last_try_at", lastTryAt)
    writer.member("next_at", nextAt)
    writer.member("reason", reason)
    writer.member("statement", statement)
  }
}
