import Dispatch
package import Domain
import Foundation
import FoundationNetworking
package import Gateways

/// Carries one request to a gateway and one answer back. Knows nothing of payments.
///
/// A URLSession for each exchange, invalidated at once, so that it goes with its task. No retry, no
/// redirect, no proxy, no cookie, no cache. The answer is bytes whatever the status; what it means
/// is the adapter's.
///
/// No connection is used twice. Of a kept connection that dies after the head of a request, libcurl
/// sends the head again by itself, without its body, and waits for an answer until the deadline: 15
/// seconds lost, and a request that nobody wrote down. It keeps connections for a session, and
/// saying `Connection: close` is not enough where the other side does not obey; so each exchange
/// has a session of its own. Measured over 5 000 exchanges on loopback, beside one session for all:
/// the same growth of about 150 bytes an exchange, as many descriptors, 2 ms an exchange, and none
/// that hung, where one session hung for a minute. A new connection costs one round trip, more with
/// TLS.
///
/// Faults say what is known, not what went wrong. `notSent` only where the request was never handed
/// to the session; every error after that is `outcomeUnknown`, a refused connection too: nothing in
/// the session's errors tells whether bytes had left. Every money-moving request must carry a
/// number that makes a repetition harmless.
///
/// How many exchanges are open at once is the caller's to limit.
package final class HTTPTransport: Sendable {
  private let delegates = OperationQueue()
  private let exchanges: ExchangeTable
  private let queue: DispatchQueue
  private let userAgent: String

  /// Takes every proxy variable out of the process environment, because libcurl obeys them whatever
  /// the session is told. Make it before other threads read the environment.
  ///
  /// - Parameter userAgent: as `till/1.0.0`; visible ASCII.
  package init(userAgent: String) {
    precondition(RequestShape.isHeaderValue(userAgent), "the user agent must be visible ASCII")
    ProxyEnvironment.clear()
    queue = DispatchQueue(label: "transport", target: .global())
    exchanges = ExchangeTable()
    delegates.underlyingQueue = queue
    delegates.maxConcurrentOperationCount = 1
    self.userAgent = userAgent
  }

  /// Sends a request and calls back exactly once, on a thread of its own choice.
  ///
  /// - Parameter completion: any HTTP status with its bytes, or `notSent` or `outcomeUnknown`. Its
  ///   reason is `gateway_timeout`, `gateway_unreachable` or `gateway_bad_reply`.
  package func send(
    _ request: GatewayRequest,
    completion: @escaping @Sendable (Result<GatewayAnswer, Fault>) -> Void
  ) {
    let prepared: URLRequest
    do throws(Fault) {
      prepared = try RequestShape.prepare(request, userAgent: userAgent)
    } catch {
      queue.async { completion(.failure(error)) }
      return
    }
    let identifier = exchanges.nextIdentifier()
    let session = URLSession(
      configuration: SessionSettings.make(), delegate: ExchangeWatch(identifier, exchanges),
      delegateQueue: delegates)
    let task = session.dataTask(with: prepared)
    // The session ends with its task, which is still free to run.
    defer { session.finishTasksAndInvalidate() }
    let isOpen = exchanges.open(
      identifier, task, answerBytesMax: request.answerBytesMax, completion: completion)
    guard isOpen else {
      task.cancel()
      queue.async { completion(.failure(.notSent(TransportReason.stopped))) }
      return
    }
    let deadline = DispatchTime.now() + .milliseconds(Int(request.timeoutMilliseconds))
    // A timer that finds its exchange gone does nothing, so none is ever cancelled.
    queue.asyncAfter(deadline: deadline) { [exchanges] in
      exchanges.end(
        identifier, with: .failure(.outcomeUnknown(TransportReason.deadline)), cancelling: true)
    }
    task.resume()
  }

  /// Ends every open exchange with `outcomeUnknown` and refuses later ones with `notSent`. For the
  /// end of the process: there is no way back.
  package func cancelAll() { exchanges.cancelAll() }

  /// How many exchanges are open now.
  package var openCount: Int { exchanges.openCount }
}
