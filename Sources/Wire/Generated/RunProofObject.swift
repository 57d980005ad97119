// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// That a run lost nothing, in one currency: bill less bill_waiting less differences is books less
/// books_waiting, else there is a remainder.
package struct RunProofObject: WireObject, Equatable {
  /// Net of the rows compared, with those that waited from earlier bills.
  package var bill: SignedMoneyObject
  /// Of them, what waits for the next bill.
  package var billWaiting: SignedMoneyObject
  /// What the ledger holds at the gateway for the payments and refunds compared.
  package var books: SignedMoneyObject
  /// Of it, what waits for the next bill.
  package var booksWaiting: SignedMoneyObject
  /// What the run's discrepancies explain.
  package var differences: SignedMoneyObject
  /// What nothing explains; 0 where the run closes, and an alarm where it does not.
  package var remainder: SignedMoneyObject

  package init(
    bill: SignedMoneyObject, billWaiting: SignedMoneyObject, books: SignedMoneyObject,
    booksWaiting: SignedMoneyObject, differences: SignedMoneyObject, remainder: SignedMoneyObject
  ) {
    self.bill = bill
    self.billWaiting = billWaiting
    self.books = books
    self.booksWaiting = booksWaiting
    self.differences = differences
    self.remainder = remainder
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("bill", bill)
    writer.member("bill_waiting", billWaiting)
    writer.member("books", books)
    writer.member("books_waiting", booksWaiting)
    writer.member("differences", differences)
    writer.member("remainder", remainder)
  }
}
