import Domain
import Gateways
import Synchronization

/// Sends the requests of one gateway that carry an access token. Tokens stay in this object: they
/// reach neither disk nor log. A token that was refused is fetched anew and the request sent once
/// more; the refusal proves that nothing was done.
final class TokenKeeper: Sendable {
  typealias Completion = @Sendable (Result<GatewayAnswer, Fault>) -> Void
  typealias Sending = @Sendable (GatewayRequest, @escaping Completion) -> Void

  private struct Pending: Sendable {
    let request: GatewayRequest
    let completion: Completion
    /// Its first token was refused.
    let isSecond: Bool
  }

  private let login: any GatewayLogin
  private let send: Sending
  private let now: @Sendable () -> Timestamp
  private let shelf = Mutex(TokenShelf<Pending>())

  init(
    _ login: any GatewayLogin, send: @escaping Sending, now: @escaping @Sendable () -> Timestamp
  ) {
    self.login = login
    self.send = send
    self.now = now
  }

  func exchange(_ request: GatewayRequest, completion: @escaping Completion) {
    begin(Pending(request: request, completion: completion, isSecond: false))
  }

  private func begin(_ pending: Pending) {
    let moment = now()
    switch shelf.withLock({ $0.want(pending, at: moment) }) {
    case .use(let token, let serial): leave(pending, token, serial)
    case .fetch: fetch(at: moment)
    case .wait: break
    }
  }

  private func leave(_ pending: Pending, _ token: AccessToken, _ serial: Int64) {
    send(pending.request.adding(login.headers(for: token))) { [self] result in
      guard case .success(let answer) = result, login.refusesToken(answer) else {
        pending.completion(result)
        return
      }
      shelf.withLock { $0.refuse(serial: serial) }
      guard !pending.isSecond else {
        pending.completion(result)
        return
      }
      begin(Pending(request: pending.request, completion: pending.completion, isSecond: true))
    }
  }

  private func fetch(at moment: Timestamp) {
    let request: GatewayRequest
    do throws(Fault) {
      request = try login.request(at: moment)
    } catch {
      finish(.failure(error))
      return
    }
    send(request) { [self] result in finish(read(result)) }
  }

  private func read(_ result: Result<GatewayAnswer, Fault>) -> Result<AccessToken, Fault> {
    switch result {
    case .failure(let fault): return .failure(fault)
    case .success(let answer):
      do throws(Fault) {
        return .success(try login.read(answer, at: now()))
      } catch { return .failure(error) }
    }
  }

  private func finish(_ result: Result<AccessToken, Fault>) {
    switch result {
    case .success(let token):
      let (waiting, serial) = shelf.withLock { $0.fetched(token) }
      for pending in waiting { leave(pending, token, serial) }
    case .failure(let fault):
      let (waiting, _) = shelf.withLock { $0.fetched(nil) }
      // Whatever became of the fetch, the request itself never left.
      for pending in waiting { pending.completion(.failure(.notSent(fault.reason))) }
    }
  }
}
