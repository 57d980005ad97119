import Dispatch
import Domain
import Foundation
import FoundationNetworking
import Gateways
import Synchronization

/// The exchanges that are under way.
///
/// An exchange is in the table from `open` until its one ending: the answer, an error, the
/// deadline, an answer over its limit, or the end of the process. Whoever takes it out of the table
/// calls back; so the callback comes exactly once.
final class ExchangeTable: Sendable {
  typealias Completion = @Sendable (Result<GatewayAnswer, Fault>) -> Void

  private struct Exchange {
    let task: URLSessionDataTask
    let answerBytesMax: Int
    let completion: Completion
    var body: [UInt8] = []
  }

  private struct State {
    var exchanges: [Int: Exchange] = [:]
    var lastIdentifier = 0
    var isStopped = false
  }

  private let state = Mutex(State())
  /// `cancel` waits for the session's own queue, which an answer at the speed of loopback keeps
  /// busy until its end. Here it waits without holding up the callbacks: the caller is told at once
  /// and what still comes in is dropped, not kept.
  private let cancellation = DispatchQueue(label: "transport.cancellation", target: .global())

  /// A number that no other exchange has.
  func nextIdentifier() -> Int {
    state.withLock { state in
      state.lastIdentifier += 1
      return state.lastIdentifier
    }
  }

  /// False once everything was cancelled.
  func open(
    _ identifier: Int, _ task: URLSessionDataTask, answerBytesMax: Int,
    completion: @escaping Completion
  ) -> Bool {
    state.withLock { state in
      guard !state.isStopped else { return false }
      state.exchanges[identifier] = Exchange(
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

  /// How many bytes the answer may have; nil where the exchange has ended.
  fileprivate func answerBytesMax(of identifier: Int) -> Int? {
    state.withLock { $0.exchanges[identifier]?.answerBytesMax }
  }

  /// Keeps a part of the answer, unless that would be too much of it.
  fileprivate func add(_ data: Data, to identifier: Int) {
    let limit = state.withLock { state -> Int? in
      guard let exchange = state.exchanges[identifier] else { return nil }
      let room = exchange.answerBytesMax - exchange.body.count
      guard data.count <= room else { return exchange.answerBytesMax }
      state.exchanges[identifier]?.body.append(contentsOf: data)
      return nil
    }
    if let limit { endTooLong(identifier, bytesMax: limit) }
  }

  fileprivate func endTooLong(_ identifier: Int, bytesMax: Int) {
    let reason = TransportReason.tooLong(bytesMax: bytesMax)
    end(identifier, with: .failure(.outcomeUnknown(reason)), cancelling: true)
  }

  fileprivate func complete(_ identifier: Int, _ task: URLSessionTask, _ error: (any Error)?) {
    guard let exchange = take(identifier) else { return }
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

/// The delegate of one exchange's session.
final class ExchangeWatch: NSObject, URLSessionDataDelegate, Sendable {
  private let identifier: Int
  private let exchanges: ExchangeTable

  init(_ identifier: Int, _ exchanges: ExchangeTable) {
    self.identifier = identifier
    self.exchanges = exchanges
  }

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
    guard let limit = exchanges.answerBytesMax(of: identifier) else {
      return completionHandler(.cancel)
    }
    guard response.expectedContentLength <= Int64(limit) else {
      completionHandler(.cancel)
      return exchanges.endTooLong(identifier, bytesMax: limit)
    }
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    exchanges.add(data, to: identifier)
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    exchanges.complete(identifier, task, error)
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
