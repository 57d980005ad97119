package import Domain
package import Gateways
package import Reconciliation

/// Work about one bill that the shell does beside the writer.
package struct BillTask: Sendable {
  package enum Step: Sendable {
    /// Download it.
    case download
    /// Read the file that came, whose rows are those of `from ..< to`.
    case read(StatementID, from: Timestamp, to: Timestamp)
    /// Compare it with our books.
    case compare(StatementID)
  }

  package let id: CallID
  /// The configured name.
  package let gateway: String
  package let bill: BillName
  package let step: Step
}

/// How a task ended. Nothing of it has changed anything yet.
package enum BillTaskEnd: Sendable {
  case downloaded(Result<BillOutcome, Fault>)
  case read(StatementDraft)
  case compared(RunDraft)
  /// The file or the comparison was refused.
  case refused(Rejection)
  /// The store could not be read; why, for people.
  case failed(String)
}

extension BillTask {
  /// What a file that nobody sent is owned by while it is on its way in.
  package static let owner = "till"

  /// What its file is read as; nil where its front says so. A day on which nothing was settled
  /// looks like one on which nothing moved.
  package var layout: StatementFormat? {
    bill.kind == .settlement ? .pages(.airwallexSettlements) : nil
  }
}
