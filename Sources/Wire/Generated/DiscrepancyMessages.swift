// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `discrepancy.confirm`: Agree to a proposed decision.
package struct DiscrepancyConfirmRequest: WireRequest, Equatable {
  package typealias Result = DiscrepancyConfirmResult

  /// The method.
  package static let method = Method.discrepancyConfirm
  /// Which.
  package var discrepancy: String

  package static func read(_ reader: inout ParamReader) -> DiscrepancyConfirmRequest? {
    let discrepancy = reader.text("discrepancy", .discrepancyID, required: true)
    reader.finish(["discrepancy"])
    guard reader.isClean, let discrepancy else { return nil }
    return DiscrepancyConfirmRequest(discrepancy: discrepancy)
  }
}

/// What `discrepancy.confirm` answers.
package struct DiscrepancyConfirmResult: WireObject, Equatable {
  /// As it is now.
  package var discrepancy: DiscrepancyObject

  package init(discrepancy: DiscrepancyObject) {
    self.discrepancy = discrepancy
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("discrepancy", discrepancy)
  }
}

/// `discrepancy.get`: One discrepancy.
package struct DiscrepancyGetRequest: WireRequest, Equatable {
  package typealias Result = DiscrepancyGetResult

  /// The method.
  package static let method = Method.discrepancyGet
  /// Which.
  package var discrepancy: String

  package static func read(_ reader: inout ParamReader) -> DiscrepancyGetRequest? {
    let discrepancy = reader.text("discrepancy", .discrepancyID, required: true)
    reader.finish(["discrepancy"])
    guard reader.isClean, let discrepancy else { return nil }
    return DiscrepancyGetRequest(discrepancy: discrepancy)
  }
}

/// What `discrepancy.get` answers.
package struct DiscrepancyGetResult: WireObject, Equatable {
  /// It.
  package var discrepancy: DiscrepancyObject

  package init(discrepancy: DiscrepancyObject) {
    self.discrepancy = discrepancy
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("discrepancy", discrepancy)
  }
}

/// `discrepancy.list`: Discrepancies.
package struct DiscrepancyListRequest: WireRequest, Equatable {
  package typealias Result = DiscrepancyListResult

  /// The method.
  package static let method = Method.discrepancyList
  /// Found by this run.
  package var run: String?
  /// Whose.
  package var gateway: String?
  /// Of this kind.
  package var kind: DiscrepancyKindParam?
  /// Where they stand.
  package var state: DiscrepancyStateParam?
  /// About this order.
  package var order: String?
  /// Rows at most.
  package var limit: Int64
  /// next of the page before.
  package var page: String?

  package static func read(_ reader: inout ParamReader) -> DiscrepancyListRequest? {
    let run = reader.text("run", .runID)
    let gateway = reader.text("gateway", .accountName)
    let kind = reader.choice("kind", DiscrepancyKindParam.self)
    let state = reader.choice("state", DiscrepancyStateParam.self)
    let order = reader.text("order", .orderRef)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    let page = reader.text("page", .page)
    reader.finish(["run", "gateway", "kind", "state", "order", "limit", "page"])
    guard reader.isClean else { return nil }
    return DiscrepancyListRequest(
      run: run, gateway: gateway, kind: kind, state: state, order: order, limit: limit, page: page)
  }
}

/// What `discrepancy.list` answers.
package struct DiscrepancyListResult: WireObject, Equatable {
  /// Rows.
  package var discrepancies: [DiscrepancyObject]
  /// Where the next page begins; absent on the last.
  package var next: String?

  package init(discrepancies: [DiscrepancyObject], next: String? = nil) {
    self.discrepancies = discrepancies
    self.next = next
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("discrepancies", discrepancies)
    writer.member("next", next)
  }
}

/// `discrepancy.propose`: Decide a difference, or propose how.
package struct DiscrepancyProposeRequest: WireRequest, Equatable {
  package typealias Result = DiscrepancyProposeResult

  /// The method.
  package static let method = Method.discrepancyPropose
  /// Which.
  package var discrepancy: String
  /// What to do.
  package var verb: AdjudicationVerbParam
  /// Why, for those who read it later.
  package var reason: String
  /// For wait_until: when to look again.
  package var until: Int64?
  /// For merge_match: the other half of the same movement.
  package var partner: String?

  package static func read(_ reader: inout ParamReader) -> DiscrepancyProposeRequest? {
    let discrepancy = reader.text("discrepancy", .discrepancyID, required: true)
    let verb = reader.choice("verb", AdjudicationVerbParam.self, required: true)
    let reason = reader.text("reason", .note, required: true)
    let until = reader.integer("until", in: 0...253402300799999)
    let partner = reader.text("partner", .discrepancyID)
    reader.finish(["discrepancy", "verb", "reason", "until", "partner"])
    guard reader.isClean, let discrepancy, let verb, let reason else { return nil }
    return DiscrepancyProposeRequest(
      discrepancy: discrepancy, verb: verb, reason: reason, until: until, partner: partner)
  }
}

/// What `discrepancy.propose` answers.
package struct DiscrepancyProposeResult: WireObject, Equatable {
  /// As it is now.
  package var discrepancy: DiscrepancyObject

  package init(discrepancy: DiscrepancyObject) {
    self.discrepancy = discrepancy
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("discrepancy", discrepancy)
  }
}

/// `discrepancy.reject`: Turn a proposed decision down.
package struct DiscrepancyRejectRequest: WireRequest, Equatable {
  package typealias Result = DiscrepancyRejectResult

  /// The method.
  package static let method = Method.discrepancyReject
  /// Which.
  package var discrepancy: String
  /// Why, for those who read it later.
  package var reason: String

  package static func read(_ reader: inout ParamReader) -> DiscrepancyRejectRequest? {
    let discrepancy = reader.text("discrepancy", .discrepancyID, required: true)
    let reason = reader.text("reason", .note, required: true)
    reader.finish(["discrepancy", "reason"])
    guard reader.isClean, let discrepancy, let reason else { return nil }
    return DiscrepancyRejectRequest(discrepancy: discrepancy, reason: reason)
  }
}

/// What `discrepancy.reject` answers.
package struct DiscrepancyRejectResult: WireObject, Equatable {
  /// As it is now.
  package var discrepancy: DiscrepancyObject

  package init(discrepancy: DiscrepancyObject) {
    self.discrepancy = discrepancy
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("discrepancy", discrepancy)
  }
}

/// `discrepancy.summary`: What lies on the desk, how old it is, and what keeps coming back.
package struct DiscrepancySummaryRequest: WireRequest, Equatable {
  package typealias Result = DiscrepancySummaryResult

  /// The method.
  package static let method = Method.discrepancySummary
  /// Discrepancies of this one; causes are of all cases.
  package var gateway: String?
  /// How far back.
  package var days: Int64

  package static func read(_ reader: inout ParamReader) -> DiscrepancySummaryRequest? {
    let gateway = reader.text("gateway", .accountName)
    let days = reader.integer("days", in: 1...366) ?? 7
    reader.finish(["gateway", "days"])
    guard reader.isClean else { return nil }
    return DiscrepancySummaryRequest(gateway: gateway, days: days)
  }
}

/// What `discrepancy.summary` answers.
package struct DiscrepancySummaryResult: WireObject, Equatable {
  /// What is to be decided.
  package var undecided: [DeskPileObject]
  /// The same by age, youngest first.
  package var ages: [AgeCountObject]
  /// Opened in the period, most frequent first.
  package var opened: [KindOpenedObject]
  /// Of these, ended by the machine.
  package var byMachine: Int64
  /// Of these, decided by people within their time.
  package var inTime: Int64
  /// Of these, decided by people after it.
  package var late: Int64
  /// Causes of cases resolved in the period.
  package var causes: [CauseCountObject]

  package init(
    undecided: [DeskPileObject], ages: [AgeCountObject], opened: [KindOpenedObject],
    byMachine: Int64, inTime: Int64, late: Int64, causes: [CauseCountObject]
  ) {
    self.undecided = undecided
    self.ages = ages
    self.opened = opened
    self.byMachine = byMachine
    self.inTime = inTime
    self.late = late
    self.causes = causes
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("undecided", undecided)
    writer.member("ages", ages)
    writer.member("opened", opened)
    writer.member("by_machine", byMachine)
    writer.member("in_time", inTime)
    writer.member("late", late)
    writer.member("causes", causes)
  }
}

/// `discrepancy.undo`: Take a decision of people back.
package struct DiscrepancyUndoRequest: WireRequest, Equatable {
  package typealias Result = DiscrepancyUndoResult

  /// The method.
  package static let method = Method.discrepancyUndo
  /// Which.
  package var discrepancy: String
  /// Why, for those who read it later.
  package var reason: String

  package static func read(_ reader: inout ParamReader) -> DiscrepancyUndoRequest? {
    let discrepancy = reader.text("discrepancy", .discrepancyID, required: true)
    let reason = reader.text("reason", .note, required: true)
    reader.finish(["discrepancy", "reason"])
    guard reader.isClean, let discrepancy, let reason else { return nil }
    return DiscrepancyUndoRequest(discrepancy: discrepancy, reason: reason)
  }
}

/// What `discrepancy.undo` answers.
package struct DiscrepancyUndoResult: WireObject, Equatable {
  /// As it is now.
  package var discrepancy: DiscrepancyObject

  package init(discrepancy: DiscrepancyObject) {
    self.discrepancy = discrepancy
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("discrepancy", discrepancy)
  }
}
