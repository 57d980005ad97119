// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// A notification verbatim.
package struct ReceiptBodyObject: WireObject, Equatable {
  /// Method.
  package var httpMethod: String?
  /// Query string.
  package var query: String?
  /// Headers.
  package var headers: TextMap
  /// Body.
  package var bodyBase64: String
  /// Sender.
  package var sourceIP: String?

  package init(
    httpMethod: String? = nil, query: String? = nil, headers: TextMap, bodyBase64: String,
    sourceIP: String? = nil
  ) {
    self.httpMethod = httpMethod
    self.query = query
    self.headers = headers
    self.bodyBase64 = bodyBase64
    self.sourceIP = sourceIP
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("http_method", httpMethod)
    writer.member("query", query)
    writer.member("headers", headers)
    writer.member("body_base64", bodyBase64)
    writer.member("source_ip", sourceIP)
  }
}
