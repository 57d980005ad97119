import Dispatch
import Domain
import Gateways
import JSON
import Sandbox
import Synchronization

/// The built-in bank in the simulator: the real one, with its own books on its own disk, asked in
/// virtual time. What it does by itself is collected at the moments at which the simulator asks.
final class SandboxSide {
  static let name = "sandbox"
  private static let secret = "the simulator's sandbox secret"

  private final class Clock: Sendable {
    let milliseconds: Atomic<Int64>
    init(_ now: Int64) { milliseconds = Atomic(now) }
  }

  private final class Inbox: Sendable {
    let notices = Mutex<[RawNotification]>([])
  }

  private final class Slot: Sendable {
    let result = Mutex<Result<GatewayAnswer, Fault>?>(nil)
  }

  let gateway: SandboxGateway
  let bank: SandboxBank
  private let clock: Clock
  private let inbox = Inbox()

  init(path: String, at now: Int64) throws {
    let clock = Clock(now)
    let inbox = inbox
    self.clock = clock
    gateway = SandboxGateway(name: Self.name, secret: Self.secret)
    bank = try SandboxBank(
      path: path, accounts: [SandboxAccount(name: Self.name, secret: Self.secret)],
      pace: SandboxPace(slowMilliseconds: 0),
      clock: { clock.milliseconds.load(ordering: .relaxed) },
      deliver: { _, notice in inbox.notices.withLock { $0.append(notice) } })
  }

  func set(_ now: Int64) { clock.milliseconds.store(now, ordering: .relaxed) }

  /// Notices that have fallen due, sealed at the bank's present time.
  func notices() -> [RawNotification] {
    bank.settle()
    return inbox.notices.withLock { notices in
      defer { notices = [] }
      return notices
    }
  }

  /// One exchange. A hanging bank is waited for a moment and reported as the time-out it would be.
  func serve(_ request: GatewayRequest) -> FakeAnswer {
    let short = GatewayRequest(
      method: request.method, url: request.url, headers: request.headers, body: request.body,
      timeoutMilliseconds: 1, answerBytesMax: request.answerBytesMax)
    let answered = DispatchSemaphore(value: 0)
    let slot = Slot()
    bank.send(short) { result in
      slot.result.withLock { $0 = result }
      answered.signal()
    }
    answered.wait()
    guard let result = slot.result.withLock({ $0 }) else {
      preconditionFailure("the bank has answered")
    }
    if case .failure(.outcomeUnknown) = result {
      return FakeAnswer(result: result, delay: request.timeoutMilliseconds)
    }
    return FakeAnswer(result: result)
  }

  // MARK: disputes

  static let disputeWords = Set(DisputeStatus.allCases.map(\.rawValue))

  /// Everything that the bank ever called a dispute, by its own number.
  private var disputeWords: [String: Set<String>] = [:]

  func word(ofDispute number: String) -> Set<String> { disputeWords[number] ?? [] }

  /// The buyer's bank acts.
  func dispute(
    _ number: String, _ act: SandboxBankAct, _ callback: SandboxCallback, delay: Int64
  ) {
    let payment = SandboxReference(gateway: Self.name, outTradeNumber: number)
    let done = bank.dispute(payment, act, callback: callback, delayMilliseconds: delay)
    guard case .success(let trade) = done, let dispute = trade.dispute else { return }
    disputeWords[dispute.gatewayDispute, default: []].insert(act.status.rawValue)
  }

  /// The bank's number of the dispute that a notice tells of; nil for other notices.
  static func dispute(in notice: RawNotification) -> String? {
    // try?: a notice of the bank is JSON, and one that is not tells of no dispute.
    let body = (try? JSONReader.read(notice.body, profile: .document))?.objectValue
    return body?["dispute"]?.objectValue?["dispute_id"]?.stringValue
  }

  func trades() -> [SandboxTrade] {
    guard case .success(let trades) = bank.books() else { return [] }
    return trades
  }

  func trade(_ number: String) -> SandboxTrade? {
    trades().first { $0.outTradeNumber == number }
  }
}
