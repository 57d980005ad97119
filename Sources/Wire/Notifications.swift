package import Domain
import JSON

/// The facts of `session.greeting`, the first line of every admitted connection.
package struct Greeting: Equatable, Sendable {
  /// Version of the daemon.
  package var version: String
  /// Lowest and highest protocol spoken.
  package var versions: ProtocolRangeObject
  /// SHA-256 of the contract, hexadecimal.
  package var schema: String
  /// Changes with every start.
  package var instance: String
  /// Changes only when the event history is no continuation.
  package var epoch: String
  /// The daemon's wall clock.
  package var now: Timestamp
  /// `starting`, `ready`, `readonly`, `recovering` or `draining`.
  package var state: String
  /// Whom it takes the caller for.
  package var peer: PeerObject
  /// Every limit by name, in its unit, in a fixed order.
  package var limits: [(name: StaticString, value: Int64)]
  /// Features beyond the method list.
  package var features: [String]

  /// All facts; none has a default.
  package init(
    version: String, versions: ProtocolRangeObject, schema: String, instance: String,
    epoch: String, now: Timestamp, state: String, peer: PeerObject,
    limits: [(name: StaticString, value: Int64)], features: [String]
  ) {
    self.version = version
    self.versions = versions
    self.schema = schema
    self.instance = instance
    self.epoch = epoch
    self.now = now
    self.state = state
    self.peer = peer
    self.limits = limits
    self.features = features
  }

  /// Same facts in the same order.
  package static func == (left: Greeting, right: Greeting) -> Bool {
    ReplyLines.greeting(left) == ReplyLines.greeting(right)
  }
}

extension ReplyLines {
  /// `session.greeting`.
  package static func greeting(_ greeting: Greeting) -> [UInt8] {
    notification("session.greeting") { writer in
      writer.member("server", "tilld")
      writer.member("version", greeting.version)
      writer.member("protocol", greeting.versions)
      writer.member("schema", greeting.schema)
      writer.member("instance", greeting.instance)
      writer.member("epoch", greeting.epoch)
      writer.member("now_at", greeting.now.milliseconds)
      writer.member("state", greeting.state)
      writer.member("peer", greeting.peer)
      writer.key("limits")
      writer.beginObject()
      for limit in greeting.limits {
        writer.key(limit.name)
        writer.integer(limit.value)
      }
      writer.endObject()
      writer.member("features", greeting.features)
    }
  }

  /// `events.item`: one event of a stream.
  ///
  /// - Parameters:
  ///   - id: of the subscribe request.
  ///   - cursor: the position just after the event.
  ///   - event: one JSON object as it is stored.
  package static func eventItem(id: RequestID, cursor: String, event: [UInt8]) -> [UInt8] {
    notification("events.item") { writer in
      writer.key("id")
      id.write(to: &writer)
      writer.key("event")
      writer.raw(event)
      writer.member("cursor", cursor)
    }
  }

  /// `events.mark`: nothing was skipped up to the cursor.
  ///
  /// - Parameter isCaughtUp: the cursor is the end of the log.
  package static func eventsMark(id: RequestID, cursor: String, isCaughtUp: Bool) -> [UInt8] {
    notification("events.mark") { writer in
      writer.key("id")
      id.write(to: &writer)
      writer.member("cursor", cursor)
      writer.member("caught_up", isCaughtUp)
    }
  }

  /// `session.bye`: the last line before the daemon closes.
  ///
  /// - Parameter retryAfterMilliseconds: when to connect again, if at all.
  package static func bye(
    _ code: ErrorCode, _ message: String, retryAfterMilliseconds: Int64? = nil
  ) -> [UInt8] {
    notification("session.bye") { writer in
      writer.member("code", code.rawValue)
      writer.member("message", message)
      writer.member("retry_after_ms", retryAfterMilliseconds)
    }
  }

  /// `session.bye` for an error that ends the connection.
  package static func bye(_ error: WireError) -> [UInt8] {
    bye(error.code, error.message, retryAfterMilliseconds: error.retryAfterMilliseconds)
  }
}
