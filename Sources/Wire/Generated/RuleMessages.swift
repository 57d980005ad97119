// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `rule.activate`: Put a pattern of decisions in force.
package struct RuleActivateRequest: WireRequest, Equatable {
  package typealias Result = RuleActivateResult

  /// The method.
  package static let method = Method.ruleActivate
  /// As rule.proposals shows it.
  package var pattern: String

  package static func read(_ reader: inout ParamReader) -> RuleActivateRequest? {
    let pattern = reader.text("pattern", .rulePattern, required: true)
    reader.finish(["pattern"])
    guard reader.isClean, let pattern else { return nil }
    return RuleActivateRequest(pattern: pattern)
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

/// `rule.list`: Rules in force, and those that were.
package struct RuleListRequest: WireRequest, Equatable {
  package typealias Result = RuleListResult

  /// The method.
  package static let method = Method.ruleList
  /// Rows at most.
  package var limit: Int64

  package static func read(_ reader: inout ParamReader) -> RuleListRequest? {
    let limit = reader.integer("limit", in: 1...200) ?? 50
    reader.finish(["limit"])
    guard reader.isClean else { return nil }
    return RuleListRequest(limit: limit)
  }
}

/// What `rule.list` answers.
package struct RuleListResult: WireObject, Equatable {
  /// Rows.
  package var rules: [RuleObject]

  package init(rules: [RuleObject]) {
    self.rules = rules
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("rules", rules)
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
