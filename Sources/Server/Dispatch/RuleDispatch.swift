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

  static func list(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(RuleListRequest.self)
    return .read { scope in
      RuleListResult(rules: try scope.store.rules(limit: Int(request.limit)).map(Render.rule))
    }
  }

  static func activate(_ call: Call) throws(WireError) -> Plan {
    let text = try call.params(RuleActivateRequest.self).pattern
    guard let pattern = DecisionPattern(text: text) else {
      throw WireError(
        .badFormat, "\(text) is no pattern.", path: "/params/pattern",
        hint: "Copy it from rule.proposals.")
    }
    return .write(.ruleActivate(pattern))
  }

  static func deactivate(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(RuleDeactivateRequest.self)
    let id = try Parsed.identifier(
      request.rule, RuleIdentity.self, "rule", missing: .ruleNotFound)
    return .write(.ruleDeactivate(id, reason: request.reason))
  }
}
