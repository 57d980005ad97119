import Domain
import Engine
import Store
import Wire

/// Rules learned from decisions.
enum RuleDispatch {
  static func proposals(_ call: Call) throws(WireError) -> Plan {
    _ = try call.params(RuleProposalsRequest.self)
    return .read(.heavy) { scope in
      RuleProposalsResult(
        proposals: try scope.store.decisionHistory().evidence.map(Render.proposal))
    }
  }

  /// Its figures when it was put in force, and those of today.
  static func get(_ call: Call) throws(WireError) -> Plan {
    let id = try rule(try call.params(RuleGetRequest.self).rule)
    return .read(.heavy) { scope in
      guard let record = try scope.store.rule(id) else {
        throw WireError(.ruleNotFound, "There is no rule \(id).", path: "/params/rule")
      }
      let history = try scope.store.decisionHistory()
      let deeds = history.deeds(of: id)
      return RuleGetResult(
        rule: Render.rule(record),
        backTest: Render.backTest(
          history.backTest(record.pattern, tolerance: record.terms.tolerance)),
        decisions: deeds.decisions, takenBack: deeds.takenBack, confirmed: deeds.confirmed,
        turnedDown: deeds.turnedDown)
    }
  }

  static func list(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(RuleListRequest.self)
    var before: RuleID?
    if let word = try PageToken.word("l", request.page) {
      guard let id = RuleID(text: word) else { throw PageToken.wrong }
      before = id
    }
    let first = before
    return .read { scope in
      let rows = try scope.store.rules(before: first, limit: Int(request.limit) + 1)
      let page = rows.prefix(Int(request.limit))
      return RuleListResult(
        rules: page.map(Render.rule),
        next: rows.count > page.count
          ? page.last.map { PageToken.text("l", $0.id.text) } : nil)
    }
  }

  static func activate(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(RuleActivateRequest.self)
    let text = request.pattern
    guard let pattern = DecisionPattern(text: text) else {
      throw WireError(
        .badFormat, "\(text) is no pattern.", path: "/params/pattern",
        hint: "Copy it from rule.proposals.")
    }
    guard let mode = RuleMode(rawValue: request.mode.rawValue) else {
      preconditionFailure("the contract's modes are the engine's")
    }
    return .preparedWrite { scope in .ruleActivate(try scope.store.study(of: pattern), mode) }
  }

  static func deactivate(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(RuleDeactivateRequest.self)
    return .write(.ruleDeactivate(try rule(request.rule), reason: request.reason))
  }

  private static func rule(_ text: String) throws(WireError) -> RuleID {
    try Parsed.identifier(text, RuleIdentity.self, "rule", missing: .ruleNotFound)
  }
}
