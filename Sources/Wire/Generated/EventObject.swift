// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Something that became true. The log is append-only.
package struct EventObject: WireObject, Equatable {
  /// Id.
  package var id: String
  /// Number in the log, without gaps.
  package var seq: Int64
  /// Transaction; equal for events committed together.
  package var tx: Int64
  /// Type; see events/.
  package var type: String
  /// When.
  package var at: Int64
  /// Order.
  package var order: String?
  /// Payment.
  package var payment: String?
  /// Refund.
  package var refund: String?
  /// Dispute.
  package var dispute: String?
  /// Who caused it, for example client:shop, operator:li, notice:alipay, poller.
  package var actor: String
  /// The caller's mark.
  package var trace: String?
  /// Version of the object after it; 0 if there is none.
  package var version: Int64
  /// Members by type; see events/.
  package var data: RawJSON

  package init(
    id: String, seq: Int64, tx: Int64, type: String, at: Int64, order: String? = nil,
    payment: String? = nil, refund: String? = nil, dispute: String? = nil, actor: String,
    trace: String? = nil, version: Int64, data: RawJSON
  ) {
    self.id = id
    self.seq = seq
    self.tx = tx
    self.type = type
    self.at = at
    self.order = order
    self.payment = payment
    self.refund = refund
    self.dispute = dispute
    self.actor = actor
    self.trace = trace
    self.version = version
    self.data = data
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("seq", seq)
    writer.member("tx", tx)
    writer.member("type", type)
    writer.member("at", at)
    writer.member("order", order)
    writer.member("payment", payment)
    writer.member("refund", refund)
    writer.member("dispute", dispute)
    writer.member("actor", actor)
    writer.member("trace", trace)
    writer.member("version", version)
    writer.member("data", data)
  }
}
