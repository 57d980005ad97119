// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One call of a batch.
package struct BatchCallObject: WireObject, WireParameter, Equatable {
  /// Method; must be batchable.
  package var method: String
  /// Its params, without the common members.
  package var params: JSONObject?

  package init(method: String, params: JSONObject? = nil) {
    self.method = method
    self.params = params
  }

  static func read(_ reader: inout ParamReader) -> BatchCallObject? {
    let method = reader.text("method", .methodName, required: true)
    let params = reader.jsonObject("params")
    reader.finish(["method", "params"])
    guard reader.isClean, let method else { return nil }
    return BatchCallObject(method: method, params: params)
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("method", method)
    writer.member("params", params)
  }
}
