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
  /// By the gateway's configured name; only those whose requests carry a token.
  private let keepers: [String: TokenKeeper]
  private let feed: @Sendable (Input) -> Void

  init(
    transport: HTTPTransport, bank: SandboxBank?, hooks: HookRunner, gateways: [any Gateway],
    feed: @escaping @Sendable (Input) -> Void
  ) {
    self.transport = transport
    self.bank = bank
    self.hooks = hooks
    self.feed = feed
    var keepers: [String: TokenKeeper] = [:]
    for gateway in gateways {
      guard let login = gateway.login else { continue }
      keepers[gateway.name] = TokenKeeper(
        login, send: { transport.send($0, completion: $1) }, now: { Daemon.now() })
    }
    self.keepers = keepers
  }

  func exchange(_ exchange: GatewayExchange) {
    let finish: @Sendable (Result<GatewayAnswer, Fault>) -> Void = { [feed] result in
      feed(.answered(exchange.id, result))
    }
    if exchange.request.needsToken {
      guard let keeper = keepers[exchange.gateway] else {
        preconditionFailure("\(exchange.gateway) needs a token and says nowhere how to get one")
      }
      keeper.exchange(exchange.request, completion: finish)
      return
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
