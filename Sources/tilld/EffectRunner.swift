import Domain
import Engine
import Gateways
import Sandbox
import Server
import Transport

/// Carries out what the engine has committed to: exchanges with gateways and outgoing hooks. Every
/// end is fed back; nothing is tried again here.
final class EffectRunner: Sendable {
  private let transport: HTTPTransport
  private let bank: SandboxBank?
  private let hooks: HookRunner
  private let feed: @Sendable (Input) -> Void

  init(
    transport: HTTPTransport, bank: SandboxBank?, hooks: HookRunner,
    feed: @escaping @Sendable (Input) -> Void
  ) {
    self.transport = transport
    self.bank = bank
    self.hooks = hooks
    self.feed = feed
  }

  func exchange(_ exchange: GatewayExchange) {
    let finish: @Sendable (Result<GatewayAnswer, Fault>) -> Void = { [feed] result in
      feed(.answered(exchange.id, result))
    }
    guard exchange.request.url.hasPrefix("sandbox:") else {
      transport.send(exchange.request, completion: finish)
      return
    }
    guard let bank else {
      finish(
        .failure(
          .notSent(
            Reason(code: FaultCode.unreachable, text: "No sandbox bank is running."))))
      return
    }
    bank.send(exchange.request, completion: finish)
  }

  func deliver(_ call: HookCall) {
    hooks.run(call) { [feed] failure in feed(.hookEnded(call.id, failure: failure)) }
  }
}
