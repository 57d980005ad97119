import CSQLite

/// Makes one database operation fail on purpose, so that tests can walk every failure path.
///
/// Set `Connection.faultPlan`, run the work, and read `hasFired`: counting `after` up from 0 until
/// it no longer fires visits every place that can fail. The fault is raised by this module, not by
/// SQLite: at `.begin`, `.step` and `.commit` SQLite has not seen the operation and an open
/// transaction stays open (after a real fault it may not); at `.committed` the commit is on disk
/// and only the answer is lost. A final fault ends a `.writer` like a real one: open the file again
/// to go on.
package struct FaultPlan: Sendable {
  /// The operation that fails.
  package enum Point: Sendable, Equatable {
    /// Starting a transaction.
    case begin
    /// Running a statement: its first step. Begin, commit and rollback are not counted.
    case step
    /// Committing; the transaction is still open afterwards.
    case commit
    /// After a commit that did reach the disk.
    case committed
  }

  /// What is reported, as an extended result code of SQLite.
  package enum Fault: Int32, Sendable {
    case diskFull = 13
    /// A failed write, SQLITE_IOERR_WRITE.
    case writeFailed = 778
    /// A failed sync, SQLITE_IOERR_FSYNC.
    case syncFailed = 1034
    case corrupt = 11
    case busy = 5
  }

  /// Where it fires.
  package let point: Point
  /// What it reports.
  package let fault: Fault
  /// Operations that still succeed before the fault.
  package let after: Int
  /// Whether every later operation at `point` fails too.
  package let isLasting: Bool
  /// Operations counted at `point` so far.
  package private(set) var seen = 0
  /// Whether an operation has failed by it.
  package private(set) var hasFired = false

  /// Plans a fault at the operation number `after`, counted from 0.
  package init(_ point: Point, _ fault: Fault, after: Int = 0, isLasting: Bool = false) {
    precondition(after >= 0, "a fault plan counts operations from 0")
    self.point = point
    self.fault = fault
    self.after = after
    self.isLasting = isLasting
  }

  /// Counts an operation and says whether it must fail.
  mutating func trips(at point: Point) -> Bool {
    guard point == self.point else { return false }
    defer { seen += 1 }
    guard seen == after || (isLasting && seen > after) else { return false }
    hasFired = true
    return true
  }
}
