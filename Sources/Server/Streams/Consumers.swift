import Domain
import Engine
import Wire

extension Session {
  /// Writes down where a new consumer begins. Nobody waits for it: if it is lost, reading again
  /// with `after` makes it again.
  func createConsumer(_ consumer: String, at position: Int64, for call: Call) {
    let token = SessionToken(loop: loop.index, session: number, serial: SessionToken.nobody)
    context.consumers.noteMade(consumer, of: call.identity.principal, at: position)
    context.core.submit(
      .request(
        Request(
          token: token.token, method: Method.eventsAck.rawValue, caller: call.caller,
          command: .consumerAcknowledge(
            consumer: consumer, epoch: context.facts.epoch, sequence: position),
          key: nil, isDryRun: false, trace: call.envelope.options.trace,
          patienceMilliseconds: Int64(Limits.gatewayAnswerMilliseconds))))
  }
}

extension SessionToken {
  /// No request has this serial: its answer is for nobody.
  static let nobody: UInt32 = 0
}
