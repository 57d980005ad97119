import Domain
import Engine
import Store
import Wire

enum BillDispatch {
  static func fetch(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(StatementFetchRequest.self)
    var day: CivilDay?
    if let text = request.day {
      guard let found = CivilDay(text) else {
        throw WireError(
          .badFormat, "\(text) is no day of the calendar.", path: "/params/day")
      }
      day = found
    }
    let kind = request.kind.flatMap { BillKind(rawValue: $0.rawValue) }
    return .write(.billFetch(gateway: request.gateway, kind: kind, day: day))
  }

  static func list(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(StatementBillsRequest.self)
    return .read { scope in
      let rows = try scope.store.bills(gateway: request.gateway, limit: Int(request.limit))
      let services = scope.context.services
      var warnings: [String] = []
      for gateway in try scope.store.gatewaysAtBanks()
      where request.gateway.map({ $0.utf8.elementsEqual(gateway.utf8) }) ?? true {
        let missing = try MissingBankDays.find(
          of: gateway, in: scope.store, services.terms(gateway), at: services.clock())
        if let missing { warnings.append(missing.text) }
      }
      return WarnedResult(
        result: StatementBillsResult(bills: rows.map(Render.bill)), warnings: warnings)
    }
  }
}

extension Render {
  static func bill(_ row: BillRow) -> BillObject {
    BillObject(
      gateway: row.gateway, kind: row.name.kind.rawValue, day: row.name.day.text,
      state: row.state.rawValue, tries: row.tries?.count ?? 0,
      lastTryAt: row.tries?.lastAt.milliseconds, nextAt: row.nextAt?.milliseconds,
      reason: row.reason, statement: row.statement)
  }
}
