package import Domain
package import Gateways
package import Store

/// What the shell feeds in. Everything that changes money is one of these.
///
/// Indirect, as commands and replies are: each is handed on from queue to queue, and copying what
/// it holds would count every text in it.
package indirect enum Input: Sendable {
  case request(Request)
  /// The end of an exchange with a gateway, or the lack of one.
  case answered(CallID, Result<GatewayAnswer, Fault>)
  /// The end of an outgoing hook: nil when it was taken, else why not.
  case hookEnded(HookDeliveryID, failure: String?)
  /// The end of work about a bill.
  case billTaskEnded(CallID, BillTaskEnd)
  /// Somebody looks at this order now, or has stopped to.
  case watched(OrderID, Bool)
  /// A caller gives up waiting; its command goes on.
  case abandoned(ReplyToken)
  /// Sums of the books that somebody asked for are worth keeping.
  case ledgerRead(LedgerNote)
  /// Gateways with other keys or settings, each in the place of the one of its name.
  case gateways([GatewayAccount])
  /// Time has passed: due questions, expiries, leases, patience.
  case clock
}

/// What the shell must do now that the transaction is on disk.
package enum Effect: Sendable {
  case answer(Answer)
  /// Send this to the gateway and feed the answer back. Its intent is committed.
  case exchange(GatewayExchange)
  case deliverHook(HookCall)
  /// Do this beside the writer and feed its end back. At most one at a time for each gateway.
  case bill(BillTask)
  /// The log has grown to this position.
  case published(sequence: Int64)
  /// A line for the log that people should see.
  case alarm(String)
}

package struct GatewayExchange: Sendable {
  package let id: CallID
  package let gateway: String
  package let request: GatewayRequest
}

/// One try to tell a shop about an event.
package struct HookCall: Sendable {
  package let id: HookDeliveryID
  /// The configured name of the hook.
  package let hook: String
  /// The event's line, as on the wire.
  package let event: [UInt8]
  package let attempt: Int64
}
