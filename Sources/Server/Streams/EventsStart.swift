import Domain
import JSON
import Store
import Wire

/// Where a reader of events begins and what it wants.
struct EventsStart: Sendable {
  let position: Int64
  let filter: EventFilter
  /// The consumer is not in the store yet; its position has to be written.
  let isNewConsumer: Bool
}

/// Finding out where a reader of events begins.
enum EventsQuestion {
  /// - Throws: `missing_param`, `order_not_found`, `consumer_not_found`, `cursor_*`, `bad_format`.
  static func start(
    _ scope: ReadScope, after: String?, consumer: String?, types: [String]?, order: String?
  ) throws -> EventsStart {
    var filter = EventFilter(types: types ?? [], owner: scope.call.ownerOnly)
    if let order { filter.order = try scope.visibleOrder(order).0.order.id }
    if let consumer {
      let principal = scope.call.identity.principal
      let stored = try scope.store.consumer(principal: principal, name: consumer)
      let known = stored ?? scope.context.consumers.beginning(consumer, of: principal)
      if let known {
        return EventsStart(position: known, filter: filter, isNewConsumer: false)
      }
      guard after != nil else {
        throw WireError(
          .consumerNotFound, "There is no consumer \(consumer).", path: "/params/consumer")
      }
    }
    guard let after else {
      throw WireError(
        .missingParam, "The parameter after is missing.", path: "/params/after",
        hint: "Send a cursor, oldest or now, or name a consumer.")
    }
    let position = try LogPosition.sequence(
      after: after, epoch: scope.context.facts.epoch, last: scope.last, now: scope.call.now,
      path: "/params/after")
    if let consumer { try requireRoom(scope, for: consumer) }
    return EventsStart(position: position, filter: filter, isNewConsumer: consumer != nil)
  }

  /// Those made a moment ago may not be on the disk yet, and nobody would hear the engine say no.
  private static func requireRoom(_ scope: ReadScope, for consumer: String) throws {
    let principal = scope.call.identity.principal
    let stored = try scope.store.consumersCount(of: principal)
    let hasRoom = try scope.context.consumers.reserve(consumer, of: principal, stored: stored) {
      name throws(StoreError) in try scope.store.consumer(principal: principal, name: name) != nil
    }
    guard !hasRoom else { return }
    throw WireError(
      .tooManyConsumers, "There are \(stored) named consumers already.",
      path: "/params/consumer", details: JSONObject([("limit", .integer(Int64(Limits.consumers)))]))
  }

  static func busy(_ consumer: String) -> WireError {
    WireError(
      .consumerBusy, "Another reader reads as \(consumer).", path: "/params/consumer",
      retryAfterMilliseconds: 1_000)
  }

  /// Wanted events after a place, as many as one look at the store gives.
  static func page(
    _ scope: ReadScope, after position: Int64, _ filter: EventFilter, limit: Int, bytesMax: Int,
    scanMax: Int, keepsTransactions: Bool
  ) throws -> EventPage {
    var page = try scope.store.events(
      after: position, filter, limit: limit, bytesMax: bytesMax, scanMax: scanMax,
      keepsTransactions: keepsTransactions)
    // At the end of the log everything was looked at, also what is not of this order.
    if page.isAtEnd { page.scannedTo = max(scope.last, position) }
    return page
  }
}

extension EventPage {
  /// Bytes of the events, as they are sent.
  var bytesCount: Int { items.reduce(0) { $0 + $1.line.count } }
}

/// Several events as a result: their lines as they are stored.
struct EventLines: WireObject {
  let lines: [[UInt8]]
  let isMore: Bool
  /// Nil where the method does not wait.
  let isTimedOut: Bool?

  func writeMembers(to writer: inout JSONWriter) {
    writer.key("events")
    writer.beginArray()
    for line in lines { writer.raw(line) }
    writer.endArray()
    writer.member("more", isMore)
    writer.member("timed_out", isTimedOut)
  }
}
