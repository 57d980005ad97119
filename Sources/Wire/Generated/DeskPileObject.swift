// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Undecided discrepancies of one kind in one currency.
package struct DeskPileObject: WireObject, Equatable {
  /// Which.
  package var kind: String
  /// How many.
  package var count: Int64
  /// Of these, past the time in which a person should have looked.
  package var overdue: Int64
  /// When the oldest was opened.
  package var oldestAt: Int64
  /// Sum of the differences, without their signs.
  package var atStake: SignedMoneyObject

  package init(
    kind: String, count: Int64, overdue: Int64, oldestAt: Int64, atStake: SignedMoneyObject
  ) {
    self.kind = kind
    self.count = count
    self.overdue = overdue
    self.oldestAt = oldestAt
    self.atStake = atStake
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("kind", kind)
    writer.member("count", count)
    writer.member("overdue", overdue)
    writer.member("oldest_at", oldestAt)
    writer.member("at_stake", atStake)
  }
}
