import Domain
import Store

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
    /// It tells of much: its differences are staged before it is in. Known when it begins.
    var isLong = false
    var staging: Staging?

    var actor: Actor { input.actor }

    var isStaged: Bool { !isLong || staging?.place == draft.discrepancies.count }
  }

  /// What is written of the differences of a run that is not in.
  struct Staging {
    let run: RunID
    var marks: Set<String> = []
    /// How many of the draft's differences were looked at, and in how many batches they are.
    var place = 0
    var batches = 0
    var opened: Int64 = 0
    var known: Int64 = 0
  }

  /// A run that is in, while its differences are told of.
  struct Closing {
    let gateway: String
    let run: RunClosing
    var place = RunClosing.Place()
    /// What it opened, as far as that is counted.
    var tally = RunTally()
    /// What brought it, answered at the end; nil after a crash.
    let input: Input?
  }

  /// The first one is being written.
  var writings: [Writing] = []
  /// The one whose rows are all there, while its input is carried out.
  var finished: Writing?
  /// The first one is being told of.
  var closings: [Closing] = []
  /// What came of one, while its input is answered.
  var outcome: (run: RunRecord, kinds: [DiscrepancyCount])?
  /// Gateways of which staged differences may be left.
  var unstaged: [String] = []
  /// Rows may be there that do not count.
  var hasLoose = true

  /// The number of the rows that may not be swept away.
  var activeRun: Int64? { writings.first?.run }

  /// Whether a run is not all told yet.
  func isTelling(_ run: RunID) -> Bool { closings.contains { $0.run.run == run } }

  func isBusy(_ gateway: String) -> Bool {
    closings.contains { $0.gateway.utf8.elementsEqual(gateway.utf8) }
      || writings.contains { $0.draft.statement.gateway.utf8.elementsEqual(gateway.utf8) }
  }
}

extension Input {
  /// Who brought a draft.
  fileprivate var actor: Actor {
    if case .request(let request) = self { return request.caller.actor }
    return .client(principal: BillTask.owner)
  }
}
