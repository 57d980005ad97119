import Crypto
import Domain
import Engine
import JSON
import Store
import Wire

enum KeyDispatch {
  static func lookUp(_ call: Call) throws(WireError) -> Plan {
    .lookUpKey(try call.params(KeyLookupRequest.self).key)
  }

  /// A request that is wrong in its form, under a key: if the key was used before, that is the
  /// answer.
  static func check(_ key: String, else error: WireError) -> Plan.Read {
    { scope in
      let principal = scope.call.identity.principal
      guard let row = try scope.store.key(principal: principal, key: key),
        row.fingerprint != Fingerprint.of(scope.call.envelope)
      else { throw error }
      throw WireError(
        .keyReused, "The key \(key) was used for another \(row.method).",
        path: "/params/idempotency_key",
        details: JSONObject([("method", .string(row.method))]))
    }
  }

  /// Asks the engine for a stored reply: a request with the same key and fingerprint is answered
  /// from the key. Its command is never carried out; were the key gone, it would find nothing.
  static func replay(_ row: KeyRow, _ call: Call, token: SessionToken) -> Request {
    Request(
      token: token.token, method: row.method, caller: call.caller,
      command: .paymentQuery(PaymentID(high: 0, low: 0)),
      key: IdempotencyKey(text: row.key, fingerprint: row.fingerprint), isDryRun: true,
      trace: nil, patienceMilliseconds: 1)
  }

  /// The answer to `key.lookup` of a key that is done.
  static func found(
    _ row: KeyRow, _ result: Result<Reply, Refusal>, _ call: Call, _ context: ServerContext
  ) -> ReplyRendering.Rendered {
    var writer = JSONWriter()
    writer.beginObject()
    switch result {
    case .success(let reply):
      switch ReplyRendering.object(reply, stored(row, reply, call), context) {
      case .success(let object):
        writer.key("result")
        object.write(to: &writer)
      case .failure(let error): return .failure(error)
      }
    case .failure(let refusal):
      writer.key("error")
      WireError(refusal.rejection, outcome: refusal.outcome, ref: refusal.reference)
        .write(to: &writer, ref: call.reference)
    }
    writer.endObject()
    return .success(
      KeyLookupResult(
        state: row.state.rawValue, method: row.method, createdAt: row.createdAt.milliseconds,
        reply: RawJSON(bytes: writer.bytes)))
  }

  /// The call as it was when the reply was stored. The calls of a batch are told by their replies.
  private static func stored(_ row: KeyRow, _ reply: Reply, _ call: Call) -> Call {
    var call = call.single(Method(rawValue: row.method) ?? call.method)
    if case .batch(let replies) = reply { call.batch = replies.map(method) }
    return call
  }

  private static func method(of reply: Reply) -> Method {
    switch reply {
    case .deliveries(let reply):
      reply.claim == nil && reply.released == nil ? .deliveryHold : .deliveryComplete
    case .refund: .refundReject
    case .payment: .paymentCreate
    case .paymentClosing: .paymentClose
    case .orderCancelled: .orderCancel
    default: .orderCreate
    }
  }
}
