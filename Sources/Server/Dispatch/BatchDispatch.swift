import Domain
import Engine
import JSON
import Wire

enum BatchDispatch {
  static func run(_ call: inout Call) throws(WireError) -> Plan {
    let request = try call.params(BatchRunRequest.self)
    var commands: [BatchedCommand] = []
    var methods: [Method] = []
    for (index, part) in request.calls.enumerated() {
      let place = "/params/calls/\(index)"
      let method = try method(part.method, call, place)
      commands.append(
        BatchedCommand(
          method: method.rawValue, command: try command(method, part, call, place)))
      methods.append(method)
    }
    call.batch = methods
    return .write(.batch(commands))
  }

  private static func method(
    _ name: String, _ call: Call, _ place: String
  ) throws(WireError) -> Method {
    let method: Method
    do throws(WireError) {
      method = try Method.named(name)
    } catch {
      throw error.moved(to: place)
    }
    guard method.allowsBatch else {
      throw WireError(
        .notBatchable, "\(name) cannot be part of a batch.", path: place + "/method")
    }
    guard !call.identity.roles.isDisjoint(with: method.roles) else {
      throw WireError(
        .roleTooLow, "None of your roles has \(name).", path: place + "/method",
        details: JSONObject([("roles", .array(method.roles.names.map { .string($0) }))]))
    }
    return method
  }

  private static func command(
    _ method: Method, _ part: BatchCallObject, _ call: Call, _ place: String
  ) throws(WireError) -> Command {
    let params = part.params ?? JSONObject()
    if let common = params.keys.first(where: RequestOptions.isName) {
      throw WireError(
        .unknownField, "A call of a batch has no \(common) of its own.",
        path: place + "/params/" + common)
    }
    var single = Call(
      method: method,
      envelope: RequestEnvelope(
        id: call.envelope.id, method: method.rawValue, params: params,
        options: RequestOptions(idempotencyKey: method.keyRule == .required ? "batch-call" : nil)),
      identity: call.identity, number: call.number,
      arrivedMilliseconds: call.arrivedMilliseconds)
    do throws(WireError) {
      // Batchable methods are plain writes.
      guard case .write(let command, _) = try Dispatch.batchable(&single) else {
        throw WireError(.notBatchable, "\(method.rawValue) cannot be part of a batch.")
      }
      return command
    } catch {
      throw error.moved(to: place)
    }
  }
}

extension Dispatch {
  /// The plan of a method that may be part of a batch.
  static func batchable(_ call: inout Call) throws(WireError) -> Plan {
    switch call.method {
    case .orderCreate: try OrderDispatch.create(call)
    case .orderCancel: try OrderDispatch.cancel(call)
    case .paymentClose: try PaymentDispatch.close(call)
    case .refundReject: try RefundDispatch.reject(call)
    case .deliveryComplete: try DeliveryDispatch.complete(call)
    case .deliveryFail: try DeliveryDispatch.fail(call)
    case .deliveryRelease: try DeliveryDispatch.release(call)
    case .deliveryHold: try DeliveryDispatch.hold(call)
    case .deliveryUnhold: try DeliveryDispatch.unhold(call)
    case .deliveryRetry: try DeliveryDispatch.retry(call)
    case .deliveryRevoke: try DeliveryDispatch.revoke(call)
    default:
      throw WireError(.notBatchable, "\(call.method.rawValue) cannot be part of a batch.")
    }
  }
}

extension WireError {
  /// The same fault of one call of a batch: paths begin where the call stands in the line.
  fileprivate func moved(to place: String) -> WireError {
    var moved = self
    moved.path = place + (path ?? "")
    guard let problems = details?["problems"]?.arrayValue else { return moved }
    moved.details?["problems"] = .array(
      problems.map { problem in
        guard var object = problem.objectValue, let path = object["path"]?.stringValue else {
          return problem
        }
        object["path"] = .string(place + path)
        return .object(object)
      })
    return moved
  }
}
