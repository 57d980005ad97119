// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A figure that a file states about itself.
package struct StatementFigureObject: WireObject, Equatable {
  /// Of what: rows, charges, refunds, gross, refunded, fees, income, expense, closing_balance.
  package var subject: String
  /// As the file says; minor units, or a count.
  package var stated: Int64
  /// As its rows give.
  package var found: Int64

  package init(subject: String, stated: Int64, found: Int64) {
    self.subject = subject
    self.stated = stated
    self.found = found
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("subject", subject)
    writer.member("stated", stated)
    writer.member("found", found)
  }
}
