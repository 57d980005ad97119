// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One match of a number.
package struct FoundObject: WireObject, Equatable {
  /// Which number matched.
  package var foundBy: String
  /// The order.
  package var order: OrderObject
  /// The payment.
  package var payment: String?
  /// The refund.
  package var refund: String?

  package init(
    foundBy: String, order: OrderObject, payment: String? = nil, refund: String? = nil
  ) {
    self.foundBy = foundBy
    self.order = order
    self.payment = payment
    self.refund = refund
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("found_by", foundBy)
    writer.member("order", order)
    writer.member("payment", payment)
    writer.member("refund", refund)
  }

  package func masked() -> FoundObject {
    var copy = self
    copy.order = copy.order.masked()
    return copy
  }
}
