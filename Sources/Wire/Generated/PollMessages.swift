// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `poll.due`: What will be asked, when and why.
package struct PollDueRequest: WireRequest, Equatable {
  package typealias Result = PollDueResult

  /// The method.
  package static let method = Method.pollDue
  /// Only this one.
  package var gateway: String?
  /// Of this order.
  package var order: String?
  /// Due at or before.
  package var until: Int64?
  /// Rows at most.
  package var limit: Int64
  /// next of the page before.
  package var page: String?

  package static func read(_ reader: inout ParamReader) -> PollDueRequest? {
    let gateway = reader.text("gateway", .gatewayName)
    let order = reader.text("order", .orderRef)
    let until = reader.integer("until", in: 0...253402300799999)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    let page = reader.text("page", .page)
    reader.finish(["gateway", "order", "until", "limit", "page"])
    guard reader.isClean else { return nil }
    return PollDueRequest(gateway: gateway, order: order, until: until, limit: limit, page: page)
  }
}

/// What `poll.due` answers.
package struct PollDueResult: WireObject, Equatable {
  /// Rows.
  package var entries: [PollEntryObject]
  /// Where the next page begins; absent on the last.
  package var next: String?

  package init(entries: [PollEntryObject], next: String? = nil) {
    self.entries = entries
    self.next = next
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("entries", entries)
    writer.member("next", next)
  }
}

/// `poll.run`: Ask now instead of when due.
package struct PollRunRequest: WireRequest, Equatable {
  package typealias Result = PollRunResult

  /// The method.
  package static let method = Method.pollRun
  /// Of this order.
  package var order: String?

  package static func read(_ reader: inout ParamReader) -> PollRunRequest? {
    let order = reader.text("order", .orderRef)
    reader.finish(["order"])
    guard reader.isClean else { return nil }
    return PollRunRequest(order: order)
  }
}

/// What `poll.run` answers.
package struct PollRunResult: WireObject, Equatable {
  /// Queries made due now.
  package var scheduled: Int64

  package init(scheduled: Int64) {
    self.scheduled = scheduled
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("scheduled", scheduled)
  }
}

/// `poll.status`: The scheduler at a glance.
package struct PollStatusRequest: WireRequest, Equatable {
  package typealias Result = PollStatusResult

  /// The method.
  package static let method = Method.pollStatus

  package static func read(_ reader: inout ParamReader) -> PollStatusRequest? {
    reader.finish([])
    guard reader.isClean else { return nil }
    return PollStatusRequest()
  }
}

/// What `poll.status` answers.
package struct PollStatusResult: WireObject, Equatable {
  /// Queries due now.
  package var due: Int64
  /// How long the oldest has been due.
  package var oldestDueMilliseconds: Int64?
  /// When the next is due.
  package var nextDueAt: Int64?
  /// Being asked.
  package var inFlight: Int64
  /// Orders someone waits for.
  package var watched: Int64
  /// Payments processing for more than 24 hours.
  package var longOpen: Int64
  /// By gateway.
  package var gateways: [PollGatewayObject]

  package init(
    due: Int64, oldestDueMilliseconds: Int64? = nil, nextDueAt: Int64? = nil, inFlight: Int64,
    watched: Int64, longOpen: Int64, gateways: [PollGatewayObject]
  ) {
    self.due = due
    self.oldestDueMilliseconds = oldestDueMilliseconds
    self.nextDueAt = nextDueAt
    self.inFlight = inFlight
    self.watched = watched
    self.longOpen = longOpen
    self.gateways = gateways
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("due", due)
    writer.member("oldest_due_ms", oldestDueMilliseconds)
    writer.member("next_due_at", nextDueAt)
    writer.member("in_flight", inFlight)
    writer.member("watched", watched)
    writer.member("long_open", longOpen)
    writer.member("gateways", gateways)
  }
}
