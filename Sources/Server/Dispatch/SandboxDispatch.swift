import Domain
import JSON
import Wire

/// The sandbox belongs to the daemon; the server checks the parameters and passes them on.
enum SandboxDispatch {
  static func pay(_ call: Call) throws(WireError) -> Plan {
    _ = try call.params(SandboxPayRequest.self)
    return pass(call)
  }

  static func dispute(_ call: Call) throws(WireError) -> Plan {
    _ = try call.params(SandboxDisputeRequest.self)
    return pass(call)
  }

  static func behave(_ call: Call) throws(WireError) -> Plan {
    _ = try call.params(SandboxBehaveRequest.self)
    return pass(call)
  }

  static func books(_ call: Call) throws(WireError) -> Plan {
    _ = try call.params(SandboxBooksRequest.self)
    return pass(call)
  }

  private static func pass(_ call: Call) -> Plan {
    let (method, params) = (call.method, call.envelope.params)
    return .work { context in
      switch context.services.sandboxOnWork(method, params) {
      case .success(.object(let object)): .success(GivenObject(object: object))
      case .success:
        .failure(WireError(.internal, "The sandbox did not answer with an object."))
      case .failure(let rejection): .failure(WireError(rejection))
      }
    }
  }
}

/// A result that was made elsewhere.
struct GivenObject: WireObject {
  let object: JSONObject

  func writeMembers(to writer: inout JSONWriter) {
    for member in object.members {
      writer.key(member.key)
      writer.value(member.value)
    }
  }
}
