// Sends the requests of one command line and sees to it that each has one known outcome.

import JSON
import Platform

/// What became of one request.
enum RequestOutcome {
  case result(JSONObject, line: [UInt8])
  case failure(ErrorReply)
  /// No answer; `mayHaveActed` is true when the request may have reached the daemon.
  case fault(ConversationFault, mayHaveActed: Bool)
}

/// Sends requests of one method and reports each outcome in order.
///
/// Reads are pipelined, a few at a time; writes go one by one, so that every answer is known to be
/// theirs. A lost connection is opened once more, and what is safe to repeat is sent again: reads,
/// and writes that carry a key.
final class Exchange {
  private let settings: ConnectionSettings
  private let method: String
  private let isRead: Bool
  private let isWrite: Bool
  private let replyTimeoutMilliseconds: (JSONObject) -> Int
  /// Called just before the bytes of a request may leave.
  var willSend: (JSONObject) -> Void = { _ in }

  /// Fewer than the daemon takes in flight on one connection.
  private static let readWindowCount = 16

  init(
    _ settings: ConnectionSettings, method: String, isRead: Bool, isWrite: Bool,
    replyTimeoutMilliseconds: @escaping (JSONObject) -> Int
  ) {
    self.settings = settings
    self.method = method
    self.isRead = isRead
    self.isWrite = isWrite
    self.replyTimeoutMilliseconds = replyTimeoutMilliseconds
  }

  /// Runs all requests; `report` says whether to go on with those after it.
  func run(_ requests: [JSONObject], report: (JSONObject, RequestOutcome) -> Bool) {
    var start = 0
    var conversation: Conversation?
    let windowCount = isRead ? Self.readWindowCount : 1
    while start < requests.count {
      let window = Array(requests[start..<min(start + windowCount, requests.count)])
      for (request, outcome) in zip(window, outcomes(of: window, in: &conversation)) {
        guard report(request, outcome) else { return }
      }
      start += window.count
    }
  }

  private func outcomes(
    of window: [JSONObject], in conversation: inout Conversation?
  ) -> [RequestOutcome] {
    var outcomes = [RequestOutcome?](repeating: nil, count: window.count)
    // True once any byte of the request may have left, on this connection or the one before.
    var sent = [Bool](repeating: false, count: window.count)
    var lastFault = ConversationFault.lost(farewell: nil)
    for _ in 0...1 {
      let sentBefore = sent
      do throws(ConversationFault) {
        let open: Conversation
        if let conversation { open = conversation } else { open = try Conversation(settings) }
        conversation = open
        try exchange(window, on: open, outcomes: &outcomes, sent: &sent)
        break
      } catch {
        conversation = nil
        if error.provesNothingHappened { sent = sentBefore }
        // What cannot be reached now says nothing of what an earlier connection carried there.
        let isAfterLoss = sentBefore.contains(true)
        if !isAfterLoss || !error.provesNothingHappened { lastFault = error }
        guard case .lost = error else { break }
      }
      let mayRepeat = window.indices.allSatisfy { index in
        outcomes[index] != nil || !sent[index] || isSafeToRepeat(window[index])
      }
      guard mayRepeat else { break }
    }
    return window.indices.map { index in
      let isDryRun = window[index]["dry_run"]?.boolValue == true
      let mayHaveActed = sent[index] && isWrite && !isDryRun
      return outcomes[index] ?? .fault(lastFault, mayHaveActed: mayHaveActed)
    }
  }

  private func isSafeToRepeat(_ parameters: JSONObject) -> Bool {
    isRead || parameters["idempotency_key"] != nil
  }

  private func exchange(
    _ window: [JSONObject], on conversation: Conversation, outcomes: inout [RequestOutcome?],
    sent: inout [Bool]
  ) throws(ConversationFault) {
    var indexOfID: [Int64: Int] = [:]
    let timeout = window.reduce(0) { max($0, replyTimeoutMilliseconds($1)) }
    let deadline = Deadline(afterMilliseconds: timeout)
    for index in window.indices where outcomes[index] == nil {
      // A partial line cannot act, but nobody here knows how much of it arrived.
      sent[index] = true
      willSend(window[index])
      indexOfID[try conversation.send(method, window[index], until: deadline)] = index
    }
    while outcomes.contains(where: { $0 == nil }) {
      let (message, line) = try conversation.next(until: deadline)
      switch message {
      case .result(let id, let result):
        if let index = indexOfID[id] { outcomes[index] = .result(result, line: line) }
      case .failure(_, let error) where !error.hasCode:
        throw .garbled("an error without a code")
      case .failure(let id, let error):
        if let id, let index = indexOfID[id] {
          outcomes[index] = .failure(error)
        } else if id == nil {
          // A line that could not be attributed was refused before any effect.
          for index in window.indices where outcomes[index] == nil {
            outcomes[index] = .failure(error)
          }
        }
      case .notification: break
      }
    }
  }
}

extension ConversationFault {
  /// True when no request of the connection was looked at.
  var provesNothingHappened: Bool {
    switch self {
    case .unreachable, .turnedAway, .tokenRefused: true
    case .lost, .timedOut, .garbled: false
    }
  }
}
