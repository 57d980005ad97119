import Domain
import Wire

/// Explanations of an order come from the engine's `Explanation`; each is one line here.
enum ExplanationDispatch {
  static func timeline(_ call: Call) throws(WireError) -> Plan {
    _ = try call.params(OrderTimelineRequest.self)
    throw missing(call)
  }

  static func why(_ call: Call) throws(WireError) -> Plan {
    _ = try call.params(OrderWhyRequest.self)
    throw missing(call)
  }

  static func tell(_ call: Call) throws(WireError) -> Plan {
    _ = try call.params(OrderTellRequest.self)
    throw missing(call)
  }

  private static func missing(_ call: Call) -> WireError {
    WireError(.unknownMethod, "This build does not have \(call.method.rawValue).")
  }
}
