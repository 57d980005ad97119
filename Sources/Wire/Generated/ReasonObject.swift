// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Why a payment or order is where it is.
package struct ReasonObject: WireObject, Equatable {
  /// Our code, for example balance_low.
  package var code: String
  /// The gateway's code.
  package var gatewayCode: String?
  /// In words.
  package var text: String

  package init(code: String, gatewayCode: String? = nil, text: String) {
    self.code = code
    self.gatewayCode = gatewayCode
    self.text = text
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("code", code)
    writer.member("gateway_code", gatewayCode)
    writer.member("text", text)
  }
}
