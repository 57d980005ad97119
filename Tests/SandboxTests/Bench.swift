import Domain
import Foundation
import Gateways
import JSON
import Sandbox
import Synchronization
import Testing

/// A bank with a clock that stands still, its adapter, and what it delivered.
final class Bench: Sendable {
  static let start: Int64 = 1_795_248_000_000
  static let secret = "a secret of the test, long enough"

  let folder: URL
  let gateway: SandboxGateway
  let bank: SandboxBank
  private let clock: Clock
  private let inbox = Inbox()

  final class Clock: Sendable {
    let milliseconds = Atomic<Int64>(Bench.start)
  }

  final class Inbox: Sendable {
    let notices = Mutex<[RawNotification]>([])
  }

  /// - Parameter folder: of an earlier bench, to open its books again; a new one where nil.
  init(in folder: URL? = nil, at moment: Int64 = Bench.start, secret: String = Bench.secret) throws
  {
    self.folder = try folder ?? Bench.makeFolder()
    let (clock, inbox) = (Clock(), inbox)
    clock.milliseconds.store(moment, ordering: .relaxed)
    self.clock = clock
    gateway = SandboxGateway(name: "sandbox", secret: secret)
    bank = try SandboxBank(
      path: self.folder.appending(path: "sandbox.db").path,
      accounts: [SandboxAccount(name: "sandbox", secret: Bench.secret)],
      pace: SandboxPace(slowMilliseconds: 30),
      clock: { clock.milliseconds.load(ordering: .relaxed) },
      deliver: { _, notice in inbox.notices.withLock { $0.append(notice) } })
  }

  static func makeFolder() throws -> URL {
    // The books refuse a path through a symbolic link.
    let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "till-sandbox-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var now: Timestamp {
    Timestamp(milliseconds: clock.milliseconds.load(ordering: .relaxed))
  }

  func advance(milliseconds: Int64) {
    clock.milliseconds.wrappingAdd(milliseconds, ordering: .relaxed)
  }

  // MARK: Asking

  /// One exchange by the contract: plan, send, read.
  func ask(_ question: Question) async -> Result<GatewayReading, Fault> {
    switch await exchange(question) {
    case .failure(let fault): return .failure(fault)
    case .success(let answer): return read(answer, to: question)
    }
  }

  func exchange(
    _ question: Question, timeoutMilliseconds: Int64 = 15_000
  ) async -> Result<GatewayAnswer, Fault> {
    let plan: GatewayPlan
    do throws(Fault) {
      plan = try gateway.plan(question, at: now)
    } catch { return .failure(error) }
    guard case .exchange(let made) = plan else { preconditionFailure("the sandbox is called") }
    let request = GatewayRequest(
      method: made.method, url: made.url, headers: made.headers, body: made.body,
      timeoutMilliseconds: timeoutMilliseconds, answerBytesMax: made.answerBytesMax)
    return await send(request)
  }

  func send(_ request: GatewayRequest) async -> Result<GatewayAnswer, Fault> {
    await withCheckedContinuation { continuation in
      bank.send(request) { continuation.resume(returning: $0) }
    }
  }

  func read(_ answer: GatewayAnswer, to question: Question) -> Result<GatewayReading, Fault> {
    do throws(Fault) {
      return .success(try gateway.read(answer, to: question, at: now))
    } catch { return .failure(error) }
  }

  // MARK: Buying

  /// Opens a payment and says its facts.
  func open(
    _ number: String = "PAY1", _ minor: Int64 = 5_800, method: String = "qr"
  ) async throws -> PaymentFacts {
    let facts = payment(number, minor, method: method)
    _ = try await ask(.create(facts)).get()
    return facts
  }

  func payment(
    _ number: String = "PAY1", _ minor: Int64 = 5_800, method: String = "qr"
  ) -> PaymentFacts {
    PaymentFacts(
      outTradeNumber: number, amount: cny(minor), subject: "会员 VIP", method: method,
      returnURL: nil, clientIP: nil, createdAt: now,
      expiresAt: Timestamp(milliseconds: Bench.start + 900_000), gatewayTransaction: nil)
  }

  func refund(_ number: String = "RFD1", _ minor: Int64 = 5_800, of paid: Int64 = 5_800)
    -> RefundFacts
  {
    RefundFacts(
      refundNumber: number, amount: cny(minor), captured: cny(paid), reason: "no longer wanted",
      gatewayRefund: nil, submittedAt: now)
  }

  func reference(_ number: String = "PAY1") -> SandboxReference {
    SandboxReference(gateway: "sandbox", outTradeNumber: number)
  }

  @discardableResult
  func pay(
    _ number: String = "PAY1", _ act: SandboxBuyerAct = .paid, amount: Money? = nil,
    callback: SandboxCallback = .deliver, delayMilliseconds: Int64 = 0
  ) throws(Rejection) -> SandboxTrade {
    try bank.pay(
      reference(number), act, amount: amount, callback: callback,
      delayMilliseconds: delayMilliseconds
    ).get()
  }

  func behave(_ fault: SandboxFault?, calls: Int64? = nil) throws(Rejection) {
    _ = try bank.behave(fault, calls: calls).get()
  }

  func trade(_ number: String = "PAY1") throws -> SandboxTrade? {
    try bank.books().get().first { $0.outTradeNumber == number }
  }

  // MARK: Notices

  /// Everything delivered so far, after what is due now.
  func notices() -> [RawNotification] {
    bank.settle()
    return inbox.notices.withLock { $0 }
  }

  func readings() -> [NotificationReading] {
    notices().map { gateway.readNotification($0, at: now) }
  }
}

func cny(_ minor: Int64) -> Money {
  guard let currency = Currency(code: "CNY") else { preconditionFailure("CNY exists") }
  return Money(minor, currency)
}

func usd(_ minor: Int64) -> Money {
  guard let currency = Currency(code: "USD") else { preconditionFailure("USD exists") }
  return Money(minor, currency)
}

extension Result where Failure == Fault {
  var fault: Fault? {
    if case .failure(let fault) = self { return fault }
    return nil
  }
}

extension Result where Failure == Rejection {
  var rejection: Rejection? {
    if case .failure(let rejection) = self { return rejection }
    return nil
  }
}

extension Result where Success == GatewayReading {
  var payment: PaymentSighting? {
    if case .success(.payment(let sighting)) = self { return sighting }
    return nil
  }

  var refund: RefundSighting? {
    if case .success(.refund(let sighting)) = self { return sighting }
    return nil
  }

  var capture: Capture? {
    if case .paid(let capture)? = payment { return capture }
    return nil
  }
}

extension NotificationReading {
  var verified: Gateways.Notification? {
    if case .verified(let notification) = self { return notification }
    return nil
  }

  var rejectedCode: String? {
    if case .rejected(let reason, _) = self { return reason.code }
    return nil
  }
}

/// Copies the files of closed or abandoned books.
func copyBooks(from source: URL, to target: URL) throws {
  for name in try FileManager.default.contentsOfDirectory(atPath: source.path)
  where name.hasPrefix("sandbox.db") {
    let file = target.appending(path: name)
    try FileManager.default.copyItem(at: source.appending(path: name), to: file)
  }
}
