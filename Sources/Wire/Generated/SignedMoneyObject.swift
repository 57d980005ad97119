// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// An amount or sum that may be below zero.
package struct SignedMoneyObject: WireObject, Equatable {
  /// ISO 4217.
  package var currency: String
  /// Minor units.
  package var minor: Int64

  package init(currency: String, minor: Int64) {
    self.currency = currency
    self.minor = minor
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("currency", currency)
    writer.member("minor", minor)
  }
}
