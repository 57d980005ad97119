import Domain

/// What came of the fill-backs of a run.
struct FilledBack {
  /// What they made known.
  var subjects: Set<LocalSubject> = []
  /// What the balance was to change by, where one could not be carried out.
  var missing: [Money] = []
}

/// Runs whose rows are written a few at a time, so that nobody else waits for them. One after the
/// other: what is said about one gateway is never said by two at once.
struct RunDesk {
  struct Writing {
    let draft: RunDraft
    /// What brought the draft, carried out once all rows are there.
    let input: Input
    /// The number that its rows are written under; nil before the first.
    var run: Int64?
    /// How many of its rows are written.
    var place = 0
    /// How many of its fill-backs are carried out, and what came of them.
    var fillBacksDone = 0
    var filled = FilledBack()
    /// The newest event that is known to have overtaken nothing.
    var sequence: Int64
  }

  /// The first one is being written.
  var writings: [Writing] = []
  /// The one whose rows are all there, while its input is carried out.
  var finished: Writing?
  /// Rows may be there that do not count.
  var hasLoose = true

  /// The number of the rows that may not be swept away.
  var activeRun: Int64? { writings.first?.run }

  func isBusy(_ gateway: String) -> Bool {
    writings.contains { $0.draft.statement.gateway.utf8.elementsEqual(gateway.utf8) }
  }
}
