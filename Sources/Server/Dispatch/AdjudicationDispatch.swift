import Domain
import Engine
import Wire

/// Decisions about discrepancies.
enum AdjudicationDispatch {
  static func propose(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DiscrepancyProposeRequest.self)
    guard let verb = AdjudicationVerb(rawValue: request.verb.rawValue) else {
      preconditionFailure("the contract's verbs are the engine's")
    }
    var partner: DiscrepancyID?
    if let text = request.partner { partner = try discrepancy(text, "partner") }
    return .write(
      .discrepancyPropose(
        AdjudicationWish(
          discrepancy: try discrepancy(request.discrepancy), verb: verb, reason: request.reason,
          until: request.until.map(Timestamp.init(milliseconds:)), partner: partner)))
  }

  static func confirm(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DiscrepancyConfirmRequest.self)
    return .write(.discrepancyConfirm(try discrepancy(request.discrepancy)))
  }

  static func reject(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DiscrepancyRejectRequest.self)
    return .write(
      .discrepancyReject(try discrepancy(request.discrepancy), reason: request.reason))
  }

  static func undo(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DiscrepancyUndoRequest.self)
    return .write(.discrepancyUndo(try discrepancy(request.discrepancy), reason: request.reason))
  }

  private static func discrepancy(
    _ text: String, _ name: String = "discrepancy"
  ) throws(WireError) -> DiscrepancyID {
    try Parsed.identifier(text, DiscrepancyNumber.self, name, missing: .discrepancyNotFound)
  }
}
