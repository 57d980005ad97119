// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// What the front end must answer the gateway, exactly.
package struct AckObject: WireObject, Equatable {
  /// HTTP status.
  package var status: Int64
  /// Headers.
  package var headers: TextMap
  /// Body.
  package var body: String

  package init(status: Int64, headers: TextMap, body: String) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("status", status)
    writer.member("headers", headers)
    writer.member("body", body)
  }
}
