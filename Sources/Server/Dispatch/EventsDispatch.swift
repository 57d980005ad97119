import Domain
import Engine
import Store
import Wire

enum EventsDispatch {
  /// Bytes of events in one result; a line out must hold them all.
  static let pageBytesMax = Limits.lineOutBytes / 2
  /// Events looked at by one read, wanted or not.
  static let scanMax = 10_000

  static func read(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(EventsReadRequest.self)
    return .readAt { scope in
      let start = try EventsQuestion.start(
        scope, after: request.after, consumer: nil, types: request.types, order: request.order)
      let page = try EventsQuestion.page(
        scope, after: start.position, start.filter, limit: Int(request.limit),
        bytesMax: pageBytesMax, scanMax: scanMax, keepsTransactions: false)
      let lines = EventLines(
        lines: page.items.map(\.line), isMore: !page.isAtEnd, isTimedOut: nil)
      return (lines, page.scannedTo)
    }
  }

  static func acknowledge(_ call: Call, _ context: ServerContext) throws(WireError) -> Plan {
    let request = try call.params(EventsAckRequest.self)
    let parts = request.cursor.split(separator: ":", omittingEmptySubsequences: false)
    // Whether it is a cursor at all; where it leads is the engine's to say.
    let sequence = try LogPosition.sequence(
      of: request.cursor, epoch: parts.first.map(String.init) ?? "", last: .max,
      path: "/params/cursor")
    let command = Command.consumerAcknowledge(
      consumer: request.consumer, epoch: String(parts[0]), sequence: sequence)
    let principal = call.identity.principal
    // One that was made a moment ago may not be on the disk yet.
    if context.consumers.beginning(request.consumer, of: principal) != nil {
      return .write(command)
    }
    let check: Plan.Check = { scope in
      let place = try scope.store.consumer(principal: principal, name: request.consumer)
      guard place != nil else {
        throw WireError(
          .consumerNotFound, "There is no consumer \(request.consumer).",
          path: "/params/consumer")
      }
    }
    return .checkedWrite(command, check)
  }
}
