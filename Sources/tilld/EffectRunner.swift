import Domain
import Engine
import Gateways
import Sandbox
import Server
import Synchronization
import Transport

/// Carries out what the engine has committed to: exchanges with gateways, outgoing hooks, bills.
/// Every end is fed back; nothing is tried again here.
final class EffectRunner: Sendable {
  private let transport: HTTPTransport
  private let bank: SandboxBank?
  private let hooks: HookRunner
  /// By the gateway's configured name; only those whose requests carry a token.
  private let keepers = Mutex<[String: TokenKeeper]>([:])
  private let feed: @Sendable (Input) -> Void

  init(
    transport: HTTPTransport, bank: SandboxBank?, hooks: HookRunner, gateways: [any Gateway],
    feed: @escaping @Sendable (Input) -> Void
  ) {
    self.transport = transport
    self.bank = bank
    self.hooks = hooks
    self.feed = feed
    takeOver(gateways)
  }

  /// Gateways whose keys may be others now: their next token is fetched with those.
  func takeOver(_ gateways: [any Gateway]) {
    for gateway in gateways {
      guard let login = gateway.login else { continue }
      let keeper = TokenKeeper(
        login, send: { [transport] in transport.send($0, completion: $1) },
        now: { Daemon.now() })
      keepers.withLock { $0[gateway.name] = keeper }
    }
  }

  func exchange(_ exchange: GatewayExchange) {
    send(exchange.request, to: exchange.gateway) { [feed] result in
      feed(.answered(exchange.id, result))
    }
  }

  /// Sends one request, with an access token where it needs one.
  func send(
    _ request: GatewayRequest, to gateway: String,
    finish: @escaping @Sendable (Result<GatewayAnswer, Fault>) -> Void
  ) {
    if request.needsToken {
      guard let keeper = keepers.withLock({ $0[gateway] }) else {
        preconditionFailure("\(gateway) needs a token and says nowhere how to get one")
      }
      keeper.exchange(request, completion: finish)
      return
    }
    guard request.url.hasPrefix("sandbox:") else {
      transport.send(request, completion: finish)
      return
    }
    guard let bank else {
      finish(
        .failure(
          .notSent(
            Reason(code: FaultCode.unreachable, text: "No sandbox bank is running."))))
      return
    }
    bank.send(request, completion: finish)
  }

  func deliver(_ call: HookCall) {
    hooks.run(call) { [feed] failure in feed(.hookEnded(call.id, failure: failure)) }
  }
}
