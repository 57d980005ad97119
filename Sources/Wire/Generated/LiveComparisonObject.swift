// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// What came of holding today's payments against what the gateway says of them: its list of what
/// happened, every five minutes while payments happen, and one question about each paid payment
/// later the same day. Numbers are of the last 24 hours.
package struct LiveComparisonObject: WireObject, Equatable {
  /// When last; absent before the first time.
  package var comparedAt: Int64?
  /// Times a payment was held against the gateway's word.
  package var compared: Int64
  /// Paid there and not here: paid here since.
  package var found: Int64
  /// Paid here, and the gateway says something else: each is an attention mark on its order.
  package var differing: Int64
  /// Paid there with a number like ours that no order here has: another program at the same
  /// account, or lost books.
  package var unknown: Int64
  /// Paid payments that will be asked about once more.
  package var waiting: Int64

  package init(
    comparedAt: Int64? = nil, compared: Int64, found: Int64, differing: Int64, unknown: Int64,
    waiting: Int64
  ) {
    self.comparedAt = comparedAt
    self.compared = compared
    self.found = found
    self.differing = differing
    self.unknown = unknown
    self.waiting = waiting
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("compared_at", comparedAt)
    writer.member("compared", compared)
    writer.member("found", found)
    writer.member("differing", differing)
    writer.member("unknown", unknown)
    writer.member("waiting", waiting)
  }
}
