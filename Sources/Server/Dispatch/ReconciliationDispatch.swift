import Domain
import Engine
import Store
import Wire

enum ReconciliationDispatch {
  /// The comparison is made on a reader thread; the engine writes what it found.
  static func run(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(ReconRunRequest.self)
    let id = try Parsed.statement(request.statement)
    var bank: StatementID?
    if let text = request.bank { bank = try Parsed.statement(text, "bank") }
    let beside = bank
    return .preparedWrite { scope in
      .reconcile(
        try Comparison.draft(
          of: id, with: beside, from: scope.store, at: scope.context.services.clock(),
          fees: scope.context.services.fees))
    }
  }

  static func get(_ call: Call) throws(WireError) -> Plan {
    let id = try Parsed.run(try call.params(ReconGetRequest.self).run)
    return .read { scope in
      guard let run = try scope.store.run(id) else {
        throw WireError(.runNotFound, "There is no run \(id).", path: "/params/run")
      }
      return ReconGetResult(
        run: Render.run(run),
        kinds: try scope.store.discrepancyCounts(of: id).map(Render.count))
    }
  }

  static func list(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(ReconListRequest.self)
    var before: RunID?
    if let word = try PageToken.word("u", request.page) {
      guard let id = RunID(text: word) else { throw PageToken.wrong }
      before = id
    }
    var statement: StatementID?
    if let text = request.statement { statement = try Parsed.statement(text) }
    let (first, wanted) = (before, statement)
    return .read(.heavy) { scope in
      let rows = try scope.store.runs(
        gateway: request.gateway, statement: wanted, before: first, limit: Int(request.limit) + 1)
      let page = rows.prefix(Int(request.limit))
      return ReconListResult(
        runs: page.map(Render.run),
        next: rows.count > page.count
          ? page.last.map { PageToken.text("u", $0.id.text) } : nil)
    }
  }
}

enum DiscrepancyDispatch {
  static func get(_ call: Call) throws(WireError) -> Plan {
    let id = try Parsed.identifier(
      try call.params(DiscrepancyGetRequest.self).discrepancy, DiscrepancyNumber.self,
      "discrepancy", missing: .discrepancyNotFound)
    return .read { scope in
      guard let record = try scope.store.discrepancy(id) else {
        throw WireError(
          .discrepancyNotFound, "There is no discrepancy \(id).", path: "/params/discrepancy")
      }
      return DiscrepancyGetResult(discrepancy: Render.discrepancy(record))
    }
  }

  static func list(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DiscrepancyListRequest.self)
    var before: DiscrepancyID?
    if let word = try PageToken.word("c", request.page) {
      guard let id = DiscrepancyID(text: word) else { throw PageToken.wrong }
      before = id
    }
    var filter = DiscrepancyFilter()
    if let text = request.run { filter.run = try Parsed.run(text) }
    filter.gateway = request.gateway
    filter.kind = request.kind.flatMap { DiscrepancyKind(word: $0.rawValue) }
    filter.state = request.state.flatMap { DiscrepancyState(rawValue: $0.rawValue) }
    let (first, wanted) = (before, filter)
    return .read(.heavy) { scope in
      var filter = wanted
      if let order = request.order { filter.order = try scope.visibleOrder(order).0.order.id }
      let rows = try scope.store.discrepancies(
        filter, before: first, limit: Int(request.limit) + 1)
      let page = rows.prefix(Int(request.limit))
      return DiscrepancyListResult(
        discrepancies: page.map(Render.discrepancy),
        next: rows.count > page.count
          ? page.last.map { PageToken.text("c", $0.id.text) } : nil)
    }
  }
}
