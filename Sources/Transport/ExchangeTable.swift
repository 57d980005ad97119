import Dispatch
import Domain
import Foundation
import FoundationNetworking
import Gateways
import Synchronization

/// The exchanges that are under way, and the session's delegate.
///
/// An exchange is in the table from `open` until its one ending: the answer, an error, the
/// deadline, an answer over its limit, or the end of the process. Whoever takes it out of the table
/// calls back; so the callback comes exactly once.
final class ExchangeTable: NSObject, URLSessionDataDelegate, Sendable {
  typealias Completion = @Sendable (Result<GatewayAnswer, Fault>) -> Void

  private struct Exchange {
    let task: URLSessionDataTask
    let answerBytesMax: Int
    let completion: Completion
    var body: [UInt8] = []
  }

  private struct State {
    var exchanges: [Int: Exchange] = [:]
    var isStopped = false
  }

  private let state = Mutex(State())
  /// `cancel` waits for the session's own queue, which an answer at the speed of loopback keeps
  /// busy until its end. Here it waits without holding up the callbacks: the caller is told at once
  /// and what still comes in is dropped, not kept.
  private let cancellation = DispatchQueue(label: "transport.cancellation", target: .global())

  /// False once everything was cancelled.
  func open(
    _ task: URLSessionDataTask, answerBytesMax: Int, completion: @escaping Completion
  ) -> Bool {
    state.withLock { state in
      guard !state.isStopped else { return false }
      state.exchanges[task.taskIdentifier] = Exchange(
        task: task, answerBytesMax: answerBytesMax, completion: completion)
      return true
    }
  }

  var openCount: Int { state.withLock { $0.exchanges.count } }

  /// Ends an exchange; nothing happens where it has ended already.
  func end(
    _ identifier: Int, with result: Result<GatewayAnswer, Fault>, cancelling: Bool = false
  ) {
    guard let exchange = take(identifier) else { return }
    if cancelling { cancel(exchange.task) }
    exchange.completion(result)
  }

  func cancelAll() {
    let open = state.withLock { state in
      state.isStopped = true
      defer { state.exchanges = [:] }
      return state.exchanges.sorted { $0.key < $1.key }.map(\.value)
    }
    for exchange in open {
      cancel(exchange.task)
      exchange.completion(.failure(.outcomeUnknown(TransportReason.cancelled)))
    }
  }

  private func cancel(_ task: URLSessionDataTask) { cancellation.async { task.cancel() } }

  private func take(_ identifier: Int) -> Exchange? {
    state.withLock { $0.exchanges.removeValue(forKey: identifier) }
  }

  // MARK: URLSessionDataDelegate

  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
    completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    let limit = state.withLock { $0.exchanges[dataTask.taskIdentifier]?.answerBytesMax }
    guard let limit else { return completionHandler(.cancel) }
    guard response.expectedContentLength <= Int64(limit) else {
      completionHandler(.cancel)
      return endTooLong(dataTask, bytesMax: limit)
    }
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let identifier = dataTask.taskIdentifier
    let limit = state.withLock { state -> Int? in
      guard let exchange = state.exchanges[identifier] else { return nil }
      let room = exchange.answerBytesMax - exchange.body.count
      guard data.count <= room else { return exchange.answerBytesMax }
      state.exchanges[identifier]?.body.append(contentsOf: data)
      return nil
    }
    if let limit { endTooLong(dataTask, bytesMax: limit) }
  }

  private func endTooLong(_ task: URLSessionDataTask, bytesMax: Int) {
    let reason = TransportReason.tooLong(bytesMax: bytesMax)
    end(task.taskIdentifier, with: .failure(.outcomeUnknown(reason)), cancelling: true)
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    guard let exchange = take(task.taskIdentifier) else { return }
    if let error {
      exchange.completion(.failure(.outcomeUnknown(TransportReason.of(error))))
    } else if let response = task.response as? HTTPURLResponse {
      let answer = GatewayAnswer(
        status: response.statusCode, headers: AnswerHeaders.of(response), body: exchange.body)
      exchange.completion(.success(answer))
    } else {
      exchange.completion(.failure(.outcomeUnknown(TransportReason.noHTTP)))
    }
  }
}

enum AnswerHeaders {
  /// The headers by name; the session does not keep the order in which they came.
  static func of(_ response: HTTPURLResponse) -> [Header] {
    var headers: [Header] = []
    for (name, value) in response.allHeaderFields {
      guard let name = name as? String, let value = value as? String else { continue }
      headers.append(Header(name, value))
    }
    return headers.sorted { $0.name < $1.name }
  }
}
