package import Reconciliation

/// What the configuration says of a gateway that its bills are compared by.
package struct GatewayTerms: Sendable {
  /// What it may take; empty where no contract was entered.
  package var fees: FeeBook
  /// What is known of its exchanges.
  package var exchange = ExchangeBook()
  /// The number that its bills name us by; nil where we do not know it, and rows of any are ours.
  package var merchant: String?

  package init(fees: FeeBook = FeeBook(), merchant: String? = nil) {
    self.fees = fees
    self.merchant = merchant
  }
}
