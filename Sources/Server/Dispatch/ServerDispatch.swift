import Domain
import Engine
import Platform
import Store
import Wire

enum ServerDispatch {
  static func health(_ call: Call, _ context: ServerContext) throws(WireError) -> Plan {
    _ = try call.params(ServerHealthRequest.self)
    let now = context.services.clock()
    let state = context.state
    return .reply(
      ServerHealthResult(
        state: state.rawValue, ready: state == .ready, version: context.facts.version,
        uptimeMilliseconds: max(0, now.milliseconds(since: context.facts.startedAt)),
        nowAt: now.milliseconds,
        reason: state == .draining ? "The daemon is stopping." : context.core.condition.reason))
  }

  static func status(_ call: Call) throws(WireError) -> Plan {
    _ = try call.params(ServerStatusRequest.self)
    return .read(.heavy) { scope in
      let context = scope.context
      let now = context.services.clock()
      let orders = try scope.store.orderCounts().reduce(0) { $0 + $1.count }
      let schedule = try scope.store.scheduleCounts(at: now)
      return ServerStatusResult(
        state: context.state.rawValue, version: context.facts.version,
        instance: context.facts.instance, epoch: context.facts.epoch, schema: Contract.schema,
        startedAt: context.facts.startedAt.milliseconds,
        connections: Int64(context.connections.count), orders: orders,
        paymentsOpen: schedule.open, events: scope.last,
        queueDepth: Int64(context.core.depth), pollsDue: schedule.overdue,
        hooksPending: try scope.store.waitingHooks(),
        attention: try scope.store.attentionCount(), searchLag: try scope.store.searchLag(),
        storeBytes: context.services.storeBytesOnWork(),
        retention: try scope.store.retention().map { report in
          RetentionObject(
            kind: report.kind.rawValue, days: context.services.retention.days(report.kind),
            removed: report.removed, sweptAt: report.sweptAt?.milliseconds)
        },
        config: context.facts.configurationPath, timeScale: context.facts.timeScale)
    }
  }

  static func metrics(_ call: Call, _ context: ServerContext) throws(WireError) -> Plan {
    _ = try call.params(ServerMetricsRequest.self)
    return .reply(ServerMetricsResult(metrics: ServerMetrics.all(context)))
  }

  static func connections(_ call: Call, _ context: ServerContext) throws(WireError) -> Plan {
    _ = try call.params(ServerConnectionsRequest.self)
    return .reply(
      ServerConnectionsResult(connections: context.connections.all().map(\.object)))
  }

  static func disconnect(_ call: Call, _ context: ServerContext) throws(WireError) -> Plan {
    let request = try call.params(ServerDisconnectRequest.self)
    guard context.connections.record(request.connection) != nil else {
      throw WireError(
        .connectionNotFound, "There is no connection \(request.connection).",
        path: "/params/connection")
    }
    let reason = request.reason ?? "An administrator ended this connection."
    context.disconnect(request.connection, ReplyLines.bye(.cancelled, reason))
    return .reply(ServerDisconnectResult(connection: request.connection, closed: true))
  }

  static func reload(_ call: Call) throws(WireError) -> Plan {
    _ = try call.params(ServerReloadRequest.self)
    let isDryRun = call.envelope.options.dryRun
    return .work { context in
      switch context.services.reloadOnWork(isDryRun) {
      case .success(let result): .success(result)
      case .failure(let rejection): .failure(WireError(rejection))
      }
    }
  }

  static func drain(_ call: Call, _ context: ServerContext) throws(WireError) -> Plan {
    _ = try call.params(ServerDrainRequest.self)
    return .work { context in
      context.services.drain()
      return .success(ServerDrainResult(state: ServerState.draining.rawValue))
    }
  }

  static func backup(_ call: Call) throws(WireError) -> Plan {
    let name = try call.params(ServerBackupRequest.self).name
    return .work { context in
      switch context.services.backupOnWork(name) {
      case .success(let result): .success(result)
      case .failure(let rejection): .failure(WireError(rejection))
      }
    }
  }
}
