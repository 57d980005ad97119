package import Reconciliation

/// What the configuration says of a gateway that its bills are compared by.
package struct GatewayTerms: Sendable {
  /// What it may take; empty where no contract was entered.
  package var fees: FeeBook
  /// What is known of its exchanges.
  package var exchange = ExchangeBook()
  /// The number that its bills name us by; nil where we do not know it, and rows of any are ours.
  package var merchant: String?

  /// The days on which its payouts reach a bank.
  package var calendar: BusinessCalendar

  package init(
    fees: FeeBook = FeeBook(), merchant: String? = nil,
    calendar: BusinessCalendar = BusinessCalendar()
  ) {
    self.fees = fees
    self.merchant = merchant
    self.calendar = calendar
  }
}
