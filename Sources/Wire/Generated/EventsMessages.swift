// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `events.ack`: Move a named consumer forward.
package struct EventsAckRequest: WireRequest, Equatable {
  package typealias Result = EventsAckResult

  /// The method.
  package static let method = Method.eventsAck
  /// The reader.
  package var consumer: String
  /// Everything up to here was processed.
  package var cursor: String

  package static func read(_ reader: inout ParamReader) -> EventsAckRequest? {
    let consumer = reader.text("consumer", .consumer, required: true)
    let cursor = reader.text("cursor", .cursor, required: true)
    reader.finish(["consumer", "cursor"])
    guard reader.isClean, let consumer, let cursor else { return nil }
    return EventsAckRequest(consumer: consumer, cursor: cursor)
  }
}

/// What `events.ack` answers.
package struct EventsAckResult: WireObject, Equatable {
  /// The reader.
  package var consumer: String

  package init(consumer: String) {
    self.consumer = consumer
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("consumer", consumer)
  }
}

/// `events.read`: Events after a position.
package struct EventsReadRequest: WireRequest, Equatable {
  package typealias Result = EventsReadResult

  /// The method.
  package static let method = Method.eventsRead
  /// A cursor, oldest or now.
  package var after: String
  /// Types or families; default all.
  package var types: [String]?
  /// Of this order.
  package var order: String?
  /// Rows at most.
  package var limit: Int64

  package static func read(_ reader: inout ParamReader) -> EventsReadRequest? {
    let after = reader.text("after", .position, required: true)
    let types = reader.texts("types", .eventFilter, count: 1...32)
    let order = reader.text("order", .orderRef)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    reader.finish(["after", "types", "order", "limit"])
    guard reader.isClean, let after else { return nil }
    return EventsReadRequest(after: after, types: types, order: order, limit: limit)
  }
}

/// What `events.read` answers.
package struct EventsReadResult: WireObject, Equatable {
  /// Events in the order of the log.
  package var events: [EventObject]
  /// There are more now.
  package var more: Bool

  package init(events: [EventObject], more: Bool) {
    self.events = events
    self.more = more
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("events", events)
    writer.member("more", more)
  }
}

/// `events.subscribe`: A stream of events.
package struct EventsSubscribeRequest: WireRequest, Equatable {
  package typealias Result = EventsSubscribeResult

  /// The method.
  package static let method = Method.eventsSubscribe
  /// A cursor, oldest or now; not needed for a known consumer.
  package var after: String?
  /// A named reader: goes on after its last ack. after counts only the first time, to create it.
  package var consumer: String?
  /// Types or families; default all.
  package var types: [String]?
  /// Of this order.
  package var order: String?
  /// End after so many events.
  package var limit: Int64?

  package static func read(_ reader: inout ParamReader) -> EventsSubscribeRequest? {
    let after = reader.text("after", .position)
    let consumer = reader.text("consumer", .consumer)
    let types = reader.texts("types", .eventFilter, count: 1...32)
    let order = reader.text("order", .orderRef)
    let limit = reader.integer("limit", in: 1...9007199254740991)
    reader.finish(["after", "consumer", "types", "order", "limit"])
    guard reader.isClean else { return nil }
    return EventsSubscribeRequest(
      after: after, consumer: consumer, types: types, order: order, limit: limit)
  }
}

/// What `events.subscribe` answers.
package struct EventsSubscribeResult: WireObject, Equatable {
  /// Why it ended.
  package var reason: String
  /// Events sent.
  package var count: Int64

  package init(reason: String, count: Int64) {
    self.reason = reason
    self.count = count
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("reason", reason)
    writer.member("count", count)
  }
}

/// `events.wait`: Events after a position, waiting for the first.
package struct EventsWaitRequest: WireRequest, Equatable {
  package typealias Result = EventsWaitResult

  /// The method.
  package static let method = Method.eventsWait
  /// A cursor, oldest or now; not needed for a known consumer.
  package var after: String?
  /// A named reader: goes on after its last ack. after counts only the first time, to create it.
  package var consumer: String?
  /// Types or families; default all.
  package var types: [String]?
  /// Of this order.
  package var order: String?
  /// Rows at most.
  package var limit: Int64
  /// How long at most; within timeout_ms.
  package var waitMilliseconds: Int64

  package static func read(_ reader: inout ParamReader) -> EventsWaitRequest? {
    let after = reader.text("after", .position)
    let consumer = reader.text("consumer", .consumer)
    let types = reader.texts("types", .eventFilter, count: 1...32)
    let order = reader.text("order", .orderRef)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    let waitMilliseconds = reader.integer("wait_ms", in: 0...60000) ?? 30000
    reader.finish(["after", "consumer", "types", "order", "limit", "wait_ms"])
    guard reader.isClean else { return nil }
    return EventsWaitRequest(
      after: after, consumer: consumer, types: types, order: order, limit: limit,
      waitMilliseconds: waitMilliseconds)
  }
}

/// What `events.wait` answers.
package struct EventsWaitResult: WireObject, Equatable {
  /// Events in the order of the log.
  package var events: [EventObject]
  /// There are more now.
  package var more: Bool
  /// No event came in time.
  package var timedOut: Bool

  package init(events: [EventObject], more: Bool, timedOut: Bool) {
    self.events = events
    self.more = more
    self.timedOut = timedOut
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("events", events)
    writer.member("more", more)
    writer.member("timed_out", timedOut)
  }
}
