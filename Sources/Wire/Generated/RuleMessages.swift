// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `rule.activate`: Put a pattern of decisions in force.
package struct RuleActivateRequest: WireRequest, Equatable {
  package typealias Result = RuleActivateResult

  /// The method.
  package static let method = Method.ruleActivate
  /// As rule.proposals shows it.
  package var pattern: String
  /// How far it goes.
  package var mode: RuleModeParam

  package static func read(_ reader: inout ParamReader) -> RuleActivateRequest? {
    let pattern = reader.text("pattern", .rulePattern, required: true)
    let mode = reader.choice("mode", RuleModeParam.self) ?? .suggest
    reader.finish(["pattern", "mode"])
    guard reader.isClean, let pattern else { return nil }
    return RuleActivateRequest(pattern: pattern, mode: mode)
  }
}

/// What `rule.activate` answers.
package struct RuleActivateResult: WireObject, Equatable {
  /// The rule.
  package var rule: RuleObject

  package init(rule: RuleObject) {
    self.rule = rule
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("rule", rule)
  }
}

/// `rule.deactivate`: End a rule.
package struct RuleDeactivateRequest: WireRequest, Equatable {
  package typealias Result = RuleDeactivateResult

  /// The method.
  package static let method = Method.ruleDeactivate
  /// Which.
  package var rule: String
  /// Why.
  package var reason: String

  package static func read(_ reader: inout ParamReader) -> RuleDeactivateRequest? {
    let rule = reader.text("rule", .ruleID, required: true)
    let reason = reader.text("reason", .note, required: true)
    reader.finish(["rule", "reason"])
    guard reader.isClean, let rule, let reason else { return nil }
    return RuleDeactivateRequest(rule: rule, reason: reason)
  }
}

/// What `rule.deactivate` answers.
package struct RuleDeactivateResult: WireObject, Equatable {
  /// As it is now.
  package var rule: RuleObject

  package init(rule: RuleObject) {
    self.rule = rule
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("rule", rule)
  }
}

/// `rule.get`: A rule, what it has done, and its back-test today.
package struct RuleGetRequest: WireRequest, Equatable {
  package typealias Result = RuleGetResult

  /// The method.
  package static let method = Method.ruleGet
  /// Which.
  package var rule: String

  package static func read(_ reader: inout ParamReader) -> RuleGetRequest? {
    let rule = reader.text("rule", .ruleID, required: true)
    reader.finish(["rule"])
    guard reader.isClean, let rule else { return nil }
    return RuleGetRequest(rule: rule)
  }
}

/// What `rule.get` answers.
package struct RuleGetResult: WireObject, Equatable {
  /// The rule.
  package var rule: RuleObject
  /// Its back-test as of now.
  package var backTest: BackTestObject
  /// Differences that it decided by itself.
  package var decisions: Int64
  /// Those among them that people took back.
  package var takenBack: Int64
  /// Proposals of it that a person agreed to.
  package var confirmed: Int64
  /// Proposals of it that a person turned down.
  package var turnedDown: Int64

  package init(
    rule: RuleObject, backTest: BackTestObject, decisions: Int64, takenBack: Int64,
    confirmed: Int64, turnedDown: Int64
  ) {
    self.rule = rule
    self.backTest = backTest
    self.decisions = decisions
    self.takenBack = takenBack
    self.confirmed = confirmed
    self.turnedDown = turnedDown
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("rule", rule)
    writer.member("back_test", backTest)
    writer.member("decisions", decisions)
    writer.member("taken_back", takenBack)
    writer.member("confirmed", confirmed)
    writer.member("turned_down", turnedDown)
  }
}

/// `rule.list`: Rules in force, and those that were.
package struct RuleListRequest: WireRequest, Equatable {
  package typealias Result = RuleListResult

  /// The method.
  package static let method = Method.ruleList
  /// Rows at most.
  package var limit: Int64
  /// next of the page before.
  package var page: String?

  package static func read(_ reader: inout ParamReader) -> RuleListRequest? {
    let limit = reader.integer("limit", in: 1...200) ?? 50
    let page = reader.text("page", .page)
    reader.finish(["limit", "page"])
    guard reader.isClean else { return nil }
    return RuleListRequest(limit: limit, page: page)
  }
}

/// What `rule.list` answers.
package struct RuleListResult: WireObject, Equatable {
  /// Rows.
  package var rules: [RuleObject]
  /// Where the next page begins; absent on the last.
  package var next: String?

  package init(rules: [RuleObject], next: String? = nil) {
    self.rules = rules
    self.next = next
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("rules", rules)
    writer.member("next", next)
  }
}

/// `rule.proposals`: What people decide alike again and again.
package struct RuleProposalsRequest: WireRequest, Equatable {
  package typealias Result = RuleProposalsResult

  /// The method.
  package static let method = Method.ruleProposals

  package static func read(_ reader: inout ParamReader) -> RuleProposalsRequest? {
    reader.finish([])
    guard reader.isClean else { return nil }
    return RuleProposalsRequest()
  }
}

/// What `rule.proposals` answers.
package struct RuleProposalsResult: WireObject, Equatable {
  /// Rows.
  package var proposals: [RuleProposalObject]

  package init(proposals: [RuleProposalObject]) {
    self.proposals = proposals
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("proposals", proposals)
  }
}
