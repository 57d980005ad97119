// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A configured gateway.
package struct GatewayObject: WireObject, Equatable {
  /// Name.
  package var name: String
  /// Adapter.
  package var kind: String
  /// Whether new payments are made.
  package var state: String
  /// Whether calls pass.
  package var circuit: String
  /// Ways to pay.
  package var methods: [String]
  /// Currencies it takes; empty means any.
  package var currencies: [String]
  /// A sandbox: no real money.
  package var test: Bool
  /// Its adapter was never tried at the company itself.
  package var experimental: Bool?
  /// Steps it has: query, close, cancel, refund, refund_query.
  package var can: [String]
  /// Who paused it.
  package var pausedBy: String?
  /// Why it is not ready.
  package var reason: String?
  /// Payments and refunds there that are still asked about.
  package var open: Int64?

  package init(
    name: String, kind: String, state: String, circuit: String, methods: [String],
    currencies: [String], test: Bool, experimental: Bool? = nil, can: [String],
    pausedBy: String? = nil, reason: String? = nil, open: Int64? = nil
  ) {
    self.name = name
    self.kind = kind
    self.state = state
    self.circuit = circuit
    self.methods = methods
    self.currencies = currencies
    self.test = test
    self.experimental = experimental
    self.can = can
    self.pausedBy = pausedBy
    self.reason = reason
    self.open = open
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("name", name)
    writer.member("kind", kind)
    writer.member("state", state)
    writer.member("circuit", circuit)
    writer.member("methods", methods)
    writer.member("currencies", currencies)
    writer.member("test", test)
    writer.member("experimental", experimental)
    writer.member("can", can)
    writer.member("paused_by", pausedBy)
    writer.member("reason", reason)
    writer.member("open", open)
  }
}
