package import JSON

/// An amount on the wire: `{"currency":"CNY","minor":5800}`.
///
/// Units: minor units of the currency. Never a bare number, never rounded.
package struct MoneyObject: WireObject, Equatable {
  /// ISO 4217, three capitals.
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
