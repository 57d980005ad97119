import Domain
import Engine
import JSON
import Store
import Wire

enum GatewayDispatch {
  static func list(_ call: Call) throws(WireError) -> Plan {
    _ = try call.params(GatewayListRequest.self)
    return .read(.heavy) { scope in
      var gateways: [GatewayObject] = []
      let all = scope.context.services.gateways()
      let open = try scope.store.openQuestions()
      for facts in all {
        let row = try scope.store.gateway(facts.name)
        var shown = object(
          facts, isPaused: row?.isPaused ?? false, degraded: row?.degraded,
          pausedBy: scope.context.pauses.name(facts.name))
        shown.open = open.first { $0.gateway.utf8.elementsEqual(facts.name.utf8) }?.count ?? 0
        gateways.append(shown)
      }
      for (name, count) in missing(open, all) {
        gateways.append(
          GatewayObject(
            name: name, kind: try scope.store.kind(ofOpenGateway: name) ?? "", state: "missing",
            circuit: "open", methods: [], currencies: [], test: false, can: [],
            reason: "It is not configured any more, and what is open there cannot be asked about.",
            open: count))
      }
      return GatewayListResult(gateways: gateways)
    }
  }

  /// Gateways with open questions that are not configured any more.
  static func missing(
    _ open: [(gateway: String, count: Int64)], _ all: [GatewayFacts]
  ) -> [(gateway: String, count: Int64)] {
    open.filter { row in !all.contains { $0.name.utf8.elementsEqual(row.gateway.utf8) } }
  }

  static func object(
    _ facts: GatewayFacts, isPaused: Bool, degraded: String?, pausedBy: String?
  ) -> GatewayObject {
    GatewayObject(
      name: facts.name, kind: facts.kind, state: state(isPaused: isPaused, degraded: degraded),
      circuit: degraded == nil ? "closed" : "open", methods: facts.methods,
      currencies: facts.currencies, test: facts.isTest, experimental: facts.isExperimental,
      can: facts.steps, pausedBy: isPaused ? pausedBy : nil, reason: degraded)
  }

  private static func state(isPaused: Bool, degraded: String?) -> String {
    if isPaused { return "paused" }
    return degraded == nil ? "ready" : "degraded"
  }

  static func health(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(GatewayHealthRequest.self)
    return .read(.heavy) { scope in
      let all = scope.context.services.gateways()
      let wanted = all.filter { facts in
        request.gateway.map { $0.utf8.elementsEqual(facts.name.utf8) } ?? true
      }
      if let name = request.gateway, wanted.isEmpty { throw notFound(name, all) }
      var gateways: [GatewayHealthObject] = []
      for facts in wanted { gateways.append(try health(facts, scope)) }
      return GatewayHealthResult(gateways: gateways)
    }
  }

  static func notFound(_ name: String, _ all: [GatewayFacts]) -> WireError {
    let near = Suggestion.names(near: name, among: all.map(\.name))
    return WireError(
      .gatewayNotFound, "No gateway is configured as \(name).", path: "/params/gateway",
      details: near.isEmpty
        ? nil : JSONObject([("did_you_mean", .array(near.map { .string($0) }))]))
  }

  private static func health(
    _ facts: GatewayFacts, _ scope: ReadScope
  ) throws -> GatewayHealthObject {
    let now = scope.context.services.clock()
    let hour = Counts(
      try scope.store.counts(gateway: facts.name, since: now.adding(milliseconds: -3_600_000)))
    let day = Counts(
      try scope.store.counts(gateway: facts.name, since: now.adding(milliseconds: -86_400_000)))
    let row = try scope.store.gateway(facts.name)
    let learnt = day["learnt_by_notice"] + day["learnt_by_query"]
    let lost = max(0, day["learnt_by_query"] - day["notice_late"])
    let disputes = try scope.store.openDisputes(gateway: facts.name)
    return GatewayHealthObject(
      gateway: facts.name,
      state: state(isPaused: row?.isPaused ?? false, degraded: row?.degraded),
      circuit: row?.degraded == nil ? "closed" : "open", calls: hour["calls"],
      failures: hour["faults"],
      latencyP50Milliseconds: LatencyClass.quantile(thousandths: 500, of: hour.latencies),
      latencyP99Milliseconds: LatencyClass.quantile(thousandths: 990, of: hour.latencies),
      successes: learnt, callbacksLost: lost, lostShare: share(lost, of: learnt),
      likelyCause: cause(lost: lost, day), receiptsRejected: hour["rejected"],
      lastReceiptAt: try scope.store.receipts(
        gateway: facts.name, verdict: nil, order: nil, before: nil, limit: 1
      ).first?.receivedAt.milliseconds,
      lastSuccessAt: row?.succeededAt?.milliseconds, lastFailureAt: row?.failedAt?.milliseconds,
      lastFailure: row?.failure, openPayments: try scope.store.openPayments(gateway: facts.name),
      openDisputes: disputes.count, disputeDueAt: disputes.dueAt?.milliseconds,
      live: try live(facts.name, day, scope))
  }

  private static func live(
    _ name: String, _ day: Counts, _ scope: ReadScope
  ) throws -> LiveComparisonObject {
    let (comparedAt, waiting) = try scope.store.comparisons(gateway: name)
    return LiveComparisonObject(
      comparedAt: comparedAt?.milliseconds, compared: day["live_compared"],
      found: day["live_found"], differing: day["live_differing"], unknown: day["live_unknown"],
      waiting: waiting)
  }

  /// Three digits after the point, cut off.
  private static func share(_ part: Int64, of whole: Int64) -> String {
    guard whole > 0 else { return "0" }
    let thousandths = min(1_000, part * 1_000 / whole)
    if thousandths == 1_000 { return "1" }
    let digits = String(thousandths)
    return "0." + String(repeating: "0", count: 3 - digits.utf8.count) + digits
  }

  private static func cause(lost: Int64, _ day: Counts) -> String {
    guard lost > 0 else { return "none" }
    // Notices come and are not believed: the key is wrong. None come: the address is.
    if day["rejected"] > 0, day["learnt_by_notice"] == 0 { return "key" }
    if day["receipts"] == 0 { return "address" }
    return "network"
  }

  static func pause(_ call: Call) throws(WireError) -> Plan {
    .write(.gatewayPause(try call.params(GatewayPauseRequest.self).gateway))
  }

  static func resume(_ call: Call) throws(WireError) -> Plan {
    .write(.gatewayResume(try call.params(GatewayResumeRequest.self).gateway))
  }

  static func check(_ call: Call) throws(WireError) -> Plan {
    .write(.gatewayCheck(try call.params(GatewayCheckRequest.self).gateway))
  }
}

/// Sums of counters by name; 0 where nothing was counted.
struct Counts {
  private let values: [(name: String, value: Int64)]

  init(_ values: [(name: String, value: Int64)]) { self.values = values }

  /// How many exchanges lasted how long.
  var latencies: [(latency: LatencyClass, count: Int64)] {
    values.compactMap { row in
      LatencyClass(counter: row.name).map { (latency: $0, count: row.value) }
    }
  }

  subscript(_ name: String) -> Int64 {
    values.first { $0.name.utf8.elementsEqual(name.utf8) }?.value ?? 0
  }
}
