import Crypto
import Domain
import Engine
import Foundation
import Gateways
import SQLite
import Store
import Testing

/// A daemon's core with virtual time, a bank and callers; the shell is this class.
final class World {
  let folder = TemporaryFolder()
  let bank: TestBank
  /// A second gateway, with books of its own.
  let otherBank: TestBank
  var accounts: [GatewayAccount]
  var settings: EngineSettings
  var now = Timestamp(milliseconds: 1_800_000_000_000)
  private(set) var store: StoreWriter
  private(set) var engine: PaymentEngine
  let identifiers: IdentifierSource

  /// What will reach the engine, and when.
  private var inbox: [(at: Timestamp, input: Input)] = []
  private(set) var answers: [ReplyToken: Answer] = [:]
  /// How many answers each caller got; more than one is a fault.
  private(set) var answerCounts: [ReplyToken: Int] = [:]
  private(set) var alarms: [String] = []
  private(set) var hookCalls: [HookCall] = []
  private(set) var billTasks: [(at: Timestamp, task: BillTask)] = []
  /// What a download of a bill brings.
  var bill: (BillTask) -> Result<BillOutcome, Fault> = { _ in
    .failure(.notSent(Reason(code: FaultCode.unreachable, text: "no network")))
  }
  private(set) var exchanges: [(at: Timestamp, exchange: GatewayExchange)] = []
  private(set) var runs = 0
  /// One way to the gateway and back, in milliseconds.
  var latencyMilliseconds: Int64 = 40
  /// What a hook's receiver answers: nil when it takes the event.
  var hookFailure: String?
  /// Exchanges are kept here instead of reaching the bank.
  var holdsExchanges = false
  private(set) var held: [GatewayExchange] = []
  private var nextToken: UInt64 = 0

  init(
    gateways: [TestGateway] = [TestGateway(name: "bank"), TestGateway(name: "other")],
    settings: EngineSettings = EngineSettings(), queriesPerSecond: Int64 = 10,
    concurrency: Int = 8, seed: UInt64 = 7, intake: IntakeWatch = .none
  ) throws {
    bank = TestBank(name: "bank")
    otherBank = TestBank(name: "other")
    accounts = gateways.map {
      GatewayAccount(gateway: $0, queriesPerSecond: queriesPerSecond, concurrency: concurrency)
    }
    self.settings = settings
    identifiers = IdentifierSource(seed: (seed, 2, 3, 4))
    store = try StoreWriter(path: folder.file("till.db"), newEpoch: "e1", seal: World.seal)
    engine = try PaymentEngine(
      store: store, gateways: accounts, settings: settings, identifiers: identifiers,
      intake: intake, at: now)
  }

  var path: String { folder.file("till.db") }

  /// A key that every store of these tests has.
  static let seal: PersonalSeal = {
    let key = SecretBytes([UInt8](repeating: 7, count: PersonalSeal.keyByteCount))
    do { return try PersonalSeal(key) } catch { preconditionFailure("the key has its length") }
  }()

  /// The process dies: everything in memory is gone, whatever was under way never answers.
  func crash() throws {
    inbox = []
    held = []
    store = try StoreWriter(path: path, newEpoch: "never used", seal: World.seal)
    engine = try PaymentEngine(
      store: store, gateways: accounts, settings: settings, identifiers: identifiers, at: now)
  }

  // MARK: running

  @discardableResult
  func run(_ inputs: [Input]) throws -> [Effect] {
    runs += 1
    let effects = try engine.run(inputs, at: now)
    for effect in effects { take(effect) }
    return effects
  }

  private func take(_ effect: Effect) {
    switch effect {
    case .answer(let answer):
      answers[answer.token] = answer
      answerCounts[answer.token, default: 0] += 1
    case .exchange(let exchange):
      exchanges.append((now, exchange))
      if holdsExchanges { held.append(exchange) } else { send(exchange) }
    case .deliverHook(let call):
      hookCalls.append(call)
      schedule(.hookEnded(call.id, failure: hookFailure), after: latencyMilliseconds)
    case .bill(let task):
      billTasks.append((now, task))
      schedule(.billTaskEnded(task.id, billEnd(of: task)), after: latencyMilliseconds)
    case .published: break
    case .alarm(let text): alarms.append(text)
    }
  }

  func send(_ exchange: GatewayExchange) {
    let bank = exchange.gateway == "other" ? otherBank : bank
    let answer = bank.answer(exchange.request, at: now)
    schedule(.answered(exchange.id, answer), after: latencyMilliseconds)
  }

  func sendHeld() {
    let waiting = held
    held = []
    for exchange in waiting { send(exchange) }
  }

  func schedule(_ input: Input, after milliseconds: Int64) {
    inbox.append((now.adding(milliseconds: milliseconds), input))
  }

  /// Lets time pass, feeding the clock only when the engine asked for it.
  func advance(by milliseconds: Int64) throws {
    try advance(to: now.adding(milliseconds: milliseconds))
  }

  func advance(to end: Timestamp) throws {
    var spins = 0
    while let next = nextMoment, next <= end {
      if next > now {
        now = next
        spins = 0
      }
      spins += 1
      guard spins < 3000 else { throw WorldFault.spins(at: now) }
      try step()
    }
    now = max(now, end)
  }

  private var nextMoment: Timestamp? {
    [engine.nextWake, inbox.map(\.at).min()].compactMap { $0 }.min()
  }

  private func step() throws {
    let due = inbox.filter { $0.at <= now }.map(\.input)
    inbox.removeAll { $0.at <= now }
    if !due.isEmpty { try run(Array(due.prefix(512))) }
    for late in due.dropFirst(512) { inbox.append((now, late)) }
    if let wake = engine.nextWake, wake <= now { try run([.clock]) }
  }

  // MARK: callers

  static let shop = Caller(principal: "shop", person: nil, seesAll: false, refundLimit: 0)
  static let lead = Caller(principal: "desk", person: "li", seesAll: true, refundLimit: 1_000_000)
  static let second = Caller(
    principal: "desk", person: "wang", seesAll: true, refundLimit: 1_000_000)

  func request(
    _ method: String, _ command: Command, by caller: Caller = World.shop, key: String? = nil,
    params: String = "", isDryRun: Bool = false, patience: Int64 = 15_000
  ) -> Request {
    nextToken += 1
    let fingerprint = SHA256.hash(Array("\(method) \(params)".utf8))
    return Request(
      token: ReplyToken(value: nextToken), method: method, caller: caller, command: command,
      key: key.map { IdempotencyKey(text: $0, fingerprint: fingerprint) }, isDryRun: isDryRun,
      trace: nil, patienceMilliseconds: patience)
  }

  /// Feeds one request at once; the answer may come later.
  @discardableResult
  func call(
    _ method: String, _ command: Command, by caller: Caller = World.shop, key: String? = nil,
    params: String = "", isDryRun: Bool = false, patience: Int64 = 15_000
  ) throws -> ReplyToken {
    let request = request(
      method, command, by: caller, key: key, params: params, isDryRun: isDryRun,
      patience: patience)
    try run([.request(request)])
    return request.token
  }

  /// Calls and lets time pass until the answer is there.
  func ask(
    _ method: String, _ command: Command, by caller: Caller = World.shop, key: String? = nil,
    params: String = "", isDryRun: Bool = false, patience: Int64 = 15_000
  ) throws -> Result<Reply, Refusal> {
    let token = try call(
      method, command, by: caller, key: key, params: params, isDryRun: isDryRun,
      patience: patience)
    let end = now.adding(milliseconds: patience + 1000)
    while answers[token] == nil, let next = nextMoment, next <= end {
      try advance(to: max(next, now))
    }
    return try #require(answers[token]?.result)
  }

  func answer(_ token: ReplyToken) throws -> Result<Reply, Refusal> {
    try #require(answers[token]?.result)
  }

  func state(_ order: OrderID) throws -> OrderAggregate {
    try #require(try store.load(.id(order))?.aggregate)
  }

  func key(of order: OrderID) throws -> Int64 { try #require(try store.load(.id(order))?.key) }
}

enum WorldFault: Error {
  /// The engine asked for the clock again and again without time passing.
  case spins(at: Timestamp)
}
