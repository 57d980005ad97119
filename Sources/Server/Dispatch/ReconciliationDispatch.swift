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
    var fund: StatementID?
    if let text = request.fund { fund = try Parsed.statement(text, "fund") }
    let (beside, balance, takenBack) = (bank, fund, call.takenBack)
    return .preparedWrite { scope in
      .reconcile(
        try Comparison.draft(
          of: id, with: beside, fund: balance, from: scope.store,
          at: scope.context.services.clock(), threads: .spare, takingBack: takenBack,
          terms: scope.context.services.terms))
    }
  }

  static func get(_ call: Call) throws(WireError) -> Plan {
    let id = try Parsed.run(try call.params(ReconGetRequest.self).run)
    return .read { scope in
      guard let run = try scope.store.run(id) else {
        throw WireError(.runNotFound, "There is no run \(id).", path: "/params/run")
      }
      let signOff = try scope.store.signOff(of: id)
      let isUnfinished = try scope.store.unfinishedRuns().contains(id)
      return ReconGetResult(
        run: Render.run(run, signOff, isUnfinished: isUnfinished),
        kinds: try scope.store.discrepancyCounts(of: id).map(Render.count),
        toSign: isUnfinished ? nil : try toSign(run, signOff, scope))
    }
  }

  private static func toSign(
    _ run: RunRecord, _ signOff: SignOff, _ scope: ReadScope
  ) throws -> ToSignObject? {
    guard signOff.state != .signed, try scope.store.laterRun(than: run) == nil,
      try !scope.store.isReissued(under: run)
    else { return nil }
    return Render.toSign(try scope.store.signOffPage(of: run))
  }

  static func sign(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(ReconSignRequest.self)
    return .write(.runSign(try Parsed.run(request.run), seen: request.sha256))
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
      let unfinished = try scope.store.unfinishedRuns()
      return ReconListResult(
        runs: try page.map {
          Render.run(
            $0, try scope.store.signOff(of: $0.id), isUnfinished: unfinished.contains($0.id))
        },
        next: rows.count > page.count
          ? page.last.map { PageToken.text("u", $0.id.text) } : nil)
    }
  }
}

enum DiscrepancyDispatch {
  static func summary(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(DiscrepancySummaryRequest.self)
    return .read(.heavy) { scope in
      let now = scope.context.services.clock()
      let since = now.adding(milliseconds: -request.days * 86_400_000)
      return Render.summary(
        try scope.store.deskSummary(gateway: request.gateway, since: since, at: now))
    }
  }

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
