// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// The scheduler's view of one gateway.
package struct PollGatewayObject: WireObject, Equatable {
  /// Name.
  package var gateway: String
  /// Due now.
  package var due: Int64
  /// How long the oldest has been due.
  package var oldestDueMilliseconds: Int64?
  /// Being asked.
  package var inFlight: Int64
  /// Payments, refunds and disputes with a due time.
  package var open: Int64
  /// Rate allowed.
  package var qps: String
  /// Circuit.
  package var circuit: String
  /// New payments paused; queries go on.
  package var paused: Bool
  /// Not configured any more: what is open there cannot be asked about.
  package var missing: Bool?

  package init(
    gateway: String, due: Int64, oldestDueMilliseconds: Int64? = nil, inFlight: Int64, open: Int64,
    qps: String, circuit: String, paused: Bool, missing: Bool? = nil
  ) {
    self.gateway = gateway
    self.due = due
    self.oldestDueMilliseconds = oldestDueMilliseconds
    self.inFlight = inFlight
    self.open = open
    self.qps = qps
    self.circuit = circuit
    self.paused = paused
    self.missing = missing
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("gateway", gateway)
    writer.member("due", due)
    writer.member("oldest_due_ms", oldestDueMilliseconds)
    writer.member("in_flight", inFlight)
    writer.member("open", open)
    writer.member("qps", qps)
    writer.member("circuit", circuit)
    writer.member("paused", paused)
    writer.member("missing", missing)
  }
}
