package import Domain
package import JSON
package import Wire

/// One line of the log for one request. No parameter is in it, so nothing has to be blacked out but
/// what the caller put into names.
package struct RequestRecord: Sendable {
  /// Our wall clock, when the reply was made.
  package let at: Timestamp
  package let connection: Int64
  package let userID: UInt32
  package let principal: String
  package let person: String?
  /// Nil where the line could not be read so far.
  package let method: Method?
  package let id: RequestID?
  /// From the line's arrival to its reply.
  package let microseconds: Int64
  /// `ok` or an error code.
  package let outcome: String
  package let trace: String?
  /// As in `error.data.ref`.
  package let reference: String

  /// Writes it as one JSON object.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("at", at.milliseconds)
    writer.member("conn", connection)
    writer.member("uid", Int64(userID))
    writer.member("principal", principal)
    writer.member("operator", person)
    writer.member("method", method?.rawValue)
    if let id {
      writer.key("id")
      id.write(to: &writer)
    }
    writer.member("us", microseconds)
    writer.member("outcome", outcome)
    writer.member("trace", trace)
    writer.member("ref", reference)
    writer.endObject()
  }
}
