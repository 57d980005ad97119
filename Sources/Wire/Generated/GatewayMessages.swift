// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `gateway.check`: Make one harmless signed call and say what is wrong.
package struct GatewayCheckRequest: WireRequest, Equatable {
  package typealias Result = GatewayCheckResult

  /// The method.
  package static let method = Method.gatewayCheck
  /// Gateway name.
  package var gateway: String

  package static func read(_ reader: inout ParamReader) -> GatewayCheckRequest? {
    let gateway = reader.text("gateway", .gatewayName, required: true)
    reader.finish(["gateway"])
    guard reader.isClean, let gateway else { return nil }
    return GatewayCheckRequest(gateway: gateway)
  }
}

/// What `gateway.check` answers.
package struct GatewayCheckResult: WireObject, Equatable {
  /// Gateway.
  package var gateway: String
  /// All is well.
  package var ok: Bool
  /// Code of what was found, for example ok, wrong_key, clock_off, callback_never_reached.
  package var finding: String
  /// In words.
  package var text: String
  /// What to do.
  package var hint: String?
  /// Time of the call.
  package var latencyMilliseconds: Int64?

  package init(
    gateway: String, ok: Bool, finding: String, text: String, hint: String? = nil,
    latencyMilliseconds: Int64? = nil
  ) {
    self.gateway = gateway
    self.ok = ok
    self.finding = finding
    self.text = text
    self.hint = hint
    self.latencyMilliseconds = latencyMilliseconds
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("gateway", gateway)
    writer.member("ok", ok)
    writer.member("finding", finding)
    writer.member("text", text)
    writer.member("hint", hint)
    writer.member("latency_ms", latencyMilliseconds)
  }
}

/// `gateway.health`: How gateways do, and how many callbacks are lost.
package struct GatewayHealthRequest: WireRequest, Equatable {
  package typealias Result = GatewayHealthResult

  /// The method.
  package static let method = Method.gatewayHealth
  /// Only this one.
  package var gateway: String?

  package static func read(_ reader: inout ParamReader) -> GatewayHealthRequest? {
    let gateway = reader.text("gateway", .gatewayName)
    reader.finish(["gateway"])
    guard reader.isClean else { return nil }
    return GatewayHealthRequest(gateway: gateway)
  }
}

/// What `gateway.health` answers.
package struct GatewayHealthResult: WireObject, Equatable {
  /// Gateways by name.
  package var gateways: [GatewayHealthObject]

  package init(gateways: [GatewayHealthObject]) {
    self.gateways = gateways
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("gateways", gateways)
  }
}

/// `gateway.list`: Configured gateways.
package struct GatewayListRequest: WireRequest, Equatable {
  package typealias Result = GatewayListResult

  /// The method.
  package static let method = Method.gatewayList

  package static func read(_ reader: inout ParamReader) -> GatewayListRequest? {
    reader.finish([])
    guard reader.isClean else { return nil }
    return GatewayListRequest()
  }
}

/// What `gateway.list` answers.
package struct GatewayListResult: WireObject, Equatable {
  /// Gateways by name.
  package var gateways: [GatewayObject]

  package init(gateways: [GatewayObject]) {
    self.gateways = gateways
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("gateways", gateways)
  }
}

/// `gateway.pause`: Make no new payments at a gateway.
package struct GatewayPauseRequest: WireRequest, Equatable {
  package typealias Result = GatewayPauseResult

  /// The method.
  package static let method = Method.gatewayPause
  /// Gateway name.
  package var gateway: String

  package static func read(_ reader: inout ParamReader) -> GatewayPauseRequest? {
    let gateway = reader.text("gateway", .gatewayName, required: true)
    reader.finish(["gateway"])
    guard reader.isClean, let gateway else { return nil }
    return GatewayPauseRequest(gateway: gateway)
  }
}

/// What `gateway.pause` answers.
package struct GatewayPauseResult: WireObject, Equatable {
  /// The gateway.
  package var gateway: GatewayObject

  package init(gateway: GatewayObject) {
    self.gateway = gateway
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("gateway", gateway)
  }
}

/// `gateway.resume`: Make payments at a gateway again.
package struct GatewayResumeRequest: WireRequest, Equatable {
  package typealias Result = GatewayResumeResult

  /// The method.
  package static let method = Method.gatewayResume
  /// Gateway name.
  package var gateway: String

  package static func read(_ reader: inout ParamReader) -> GatewayResumeRequest? {
    let gateway = reader.text("gateway", .gatewayName, required: true)
    reader.finish(["gateway"])
    guard reader.isClean, let gateway else { return nil }
    return GatewayResumeRequest(gateway: gateway)
  }
}

/// What `gateway.resume` answers.
package struct GatewayResumeResult: WireObject, Equatable {
  /// The gateway.
  package var gateway: GatewayObject

  package init(gateway: GatewayObject) {
    self.gateway = gateway
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("gateway", gateway)
  }
}
