import Domain
import Engine
import Gateways
import Server
import Synchronization

/// Leads inputs to the core before and after the core exists: gateways and the sandbox are made
/// before the server that hosts it.
final class InputRelay: Sendable {
  private struct State {
    var core: Core?
    var early: [Input] = []
    var nextToken: UInt64 = 0
  }

  private let state = Mutex(State())

  func connect(_ core: Core) {
    let early = state.withLock { state in
      state.core = core
      defer { state.early = [] }
      return state.early
    }
    for input in early { core.submit(input) }
  }

  func submit(_ input: Input) {
    let core = state.withLock { state -> Core? in
      if state.core == nil { state.early.append(input) }
      return state.core
    }
    core?.submit(input)
  }

  /// A notice of the sandbox takes the way of every notice. Nobody waits for the answer: the token
  /// belongs to no connection.
  func deliver(_ notice: RawNotification, gateway: String) {
    submit(
      .request(
        Request(
          token: ReplyToken(value: .max), method: "notification.ingest",
          caller: Caller(principal: "sandbox", person: nil, seesAll: true, refundLimit: 0),
          command: .notificationIngest(gateway: gateway, notice), key: nil, isDryRun: false,
          trace: nil, patienceMilliseconds: 0)))
  }
}
