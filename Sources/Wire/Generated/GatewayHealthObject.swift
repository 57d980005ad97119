// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// How a gateway does.
package struct GatewayHealthObject: WireObject, Equatable {
  /// Name.
  package var gateway: String
  /// State.
  package var state: String
  /// Circuit.
  package var circuit: String
  /// Calls in the last hour.
  package var calls: Int64
  /// Of these without a usable answer.
  package var failures: Int64
  /// Half of the answers of the last hour came within this time.
  package var latencyP50Milliseconds: Int64?
  /// 99 of 100 came within it.
  package var latencyP99Milliseconds: Int64?
  /// Payments learnt successful in the last day.
  package var successes: Int64
  /// Of these learnt by query first, although a callback was due.
  package var callbacksLost: Int64
  /// callbacks_lost by successes, from 0 to 1.
  package var lostShare: String
  /// Why callbacks are lost.
  package var likelyCause: String
  /// Notifications rejected in the last hour.
  package var receiptsRejected: Int64
  /// Last notification.
  package var lastReceiptAt: Int64?
  /// Last call answered.
  package var lastSuccessAt: Int64?
  /// Last call that the gateway or the way to it failed.
  package var lastFailureAt: Int64?
  /// What that one failed of.
  package var lastFailure: String?
  /// Payments open there.
  package var openPayments: Int64
  /// Disputes open there.
  package var openDisputes: Int64
  /// The nearest time until which one of them takes an answer.
  package var disputeDueAt: Int64?
  /// How our books and the gateway's agree before any bill.
  package var live: LiveComparisonObject

  package init(
    gateway: String, state: String, circuit: String, calls: Int64, failures: Int64,
    latencyP50Milliseconds: Int64? = nil, latencyP99Milliseconds: Int64? = nil, successes: Int64,
    callbacksLost: Int64, lostShare: String, likelyCause: String, receiptsRejected: Int64,
    lastReceiptAt: Int64? = nil, lastSuccessAt: Int64? = nil, lastFailureAt: Int64? = nil,
    lastFailure: String? = nil, openPayments: Int64, openDisputes: Int64,
    disputeDueAt: Int64? = nil, live: LiveComparisonObject
  ) {
    self.gateway = gateway
    self.state = state
    self.circuit = circuit
    self.calls = calls
    self.failures = failures
    self.latencyP50Milliseconds = latencyP50Milliseconds
    self.latencyP99Milliseconds = latencyP99Milliseconds
    self.successes = successes
    self.callbacksLost = callbacksLost
    self.lostShare = lostShare
    self.likelyCause = likelyCause
    self.receiptsRejected = receiptsRejected
    self.lastReceiptAt = lastReceiptAt
    self.lastSuccessAt = lastSuccessAt
    self.lastFailureAt = lastFailureAt
    self.lastFailure = lastFailure
    self.openPayments = openPayments
    self.openDisputes = openDisputes
    self.disputeDueAt = disputeDueAt
    self.live = live
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("gateway", gateway)
    writer.member("state", state)
    writer.member("circuit", circuit)
    writer.member("calls", calls)
    writer.member("failures", failures)
    writer.member("latency_p50_ms", latencyP50Milliseconds)
    writer.member("latency_p99_ms", latencyP99Milliseconds)
    writer.member("successes", successes)
    writer.member("callbacks_lost", callbacksLost)
    writer.member("lost_share", lostShare)
    writer.member("likely_cause", likelyCause)
    writer.member("receipts_rejected", receiptsRejected)
    writer.member("last_receipt_at", lastReceiptAt)
    writer.member("last_success_at", lastSuccessAt)
    writer.member("last_failure_at", lastFailureAt)
    writer.member("last_failure", lastFailure)
    writer.member("open_payments", openPayments)
    writer.member("open_disputes", openDisputes)
    writer.member("dispute_due_at", disputeDueAt)
    writer.member("live", live)
  }
}
