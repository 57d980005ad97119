import Crypto
import Domain
import Engine
import Foundation
import Gateways
import JSON
import Platform
import Server
import Store
import Synchronization
import Wire

/// A server with the real engine and a real store, in a folder of its own.
final class TestDaemon: Sendable {
  let folder: String
  let server: SocketServer
  let gateway = HeldGateway()
  let log = Collected<RequestRecord>()
  let notes = Collected<String>()
  let exchanges = Collected<GatewayExchange>()
  let fatal = Collected<String>()
  private let listeners: [String]

  static let epoch = "7f3a9c"
  /// The key that a start of the daemon would make.
  static let seal: PersonalSeal = {
    let key = SecretBytes([UInt8](repeating: 7, count: PersonalSeal.keyByteCount))
    do { return try PersonalSeal(key) } catch { preconditionFailure("the key has its length") }
  }()

  /// - Parameter listeners: name and roles of each socket; the first is the one clients take.
  /// - Parameter hold: runs on the queue of the writer whenever something goes to a gateway.
  init(
    listeners: [(name: String, roles: RoleSet)] = [("main", .everything)],
    peers: [PeerRule] = [], operators: [OperatorRule] = [],
    limits change: (inout ServerLimits) -> Void = { _ in }, ownUserID: UInt32 = getuid(),
    isStarted: Bool = true, whileExchanging hold: @escaping @Sendable () -> Void = {}
  ) throws {
    // Short, because a socket's path has little room.
    folder = "/tmp/till-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let folder = folder
    self.listeners = listeners.map(\.name)
    let configurations = listeners.map { listener in
      ListenerConfiguration(
        name: listener.name, path: "\(folder)/\(listener.name).sock", roles: listener.roles)
    }
    var limits = ServerLimits()
    limits.housekeepingMilliseconds = 50
    change(&limits)
    let clock: @Sendable () -> Timestamp = {
      Timestamp(milliseconds: SystemClock.wallMilliseconds())
    }
    var services = ServerServices(clock: clock, note: { [notes] in notes.append($0) })
    services.logRequest = { [log] in log.append($0) }
    services.gateways = {
      [
        GatewayFacts(
          name: "test", kind: "held", methods: ["qr"], currencies: [], isTest: true,
          steps: ["query", "close", "refund"], queriesPerSecond: "10")
      ]
    }
    services.sandboxOnWork = { method, _ in .success(["trades": []]) }
    let database = "\(folder)/till.db"
    // Readers need a file that a writer has made.
    let last = try StoreWriter(
      path: database, newEpoch: Self.epoch, seal: Self.seal
    ).lastSequence
    let (gateway, exchanges, fatal) = (gateway, exchanges, fatal)
    server = try SocketServer(
      configuration: ServerConfiguration(
        listeners: configurations, peers: peers, operators: operators, limits: limits),
      ownUserID: ownUserID,
      facts: ServerFacts(
        version: "0.1", instance: "i1", epoch: Self.epoch, startedAt: clock(),
        features: ["events", "batch"]),
      services: services, openReader: { try StoreReader(path: database, seal: Self.seal) },
      exchanges: { list in
        for exchange in list { exchanges.append(exchange) }
        hold()
      },
      hooks: { _ in }, bills: { _ in }, fatal: { fatal.append($0) })
    if isStarted {
      server.start(at: last) {
        try PaymentEngine(
          store: StoreWriter(path: database, newEpoch: Self.epoch, seal: Self.seal),
          gateways: [GatewayAccount(gateway: gateway)], settings: EngineSettings(),
          identifiers: IdentifierSource(
            seed: (Entropy.word(), Entropy.word(), Entropy.word(), 1)), at: clock())
      }
    }
    // Else its first event comes at a time no test knows.
    if isStarted { precondition(eventually { server.state == .ready }) }
    for configuration in configurations {
      server.listen(
        try UnixSocket.listen(at: configuration.path, options: ListenOptions()),
        as: configuration)
    }
    server.openDoors()
  }

  deinit {
    server.drain {}
    // Nothing depends on it: a folder left behind is only untidy.
    try? FileManager.default.removeItem(atPath: folder)
  }

  func path(_ listener: String? = nil) -> String {
    "\(folder)/\(listener ?? listeners[0]).sock"
  }

  func client(_ listener: String? = nil) throws -> LineClient { try LineClient(path(listener)) }

  /// Ends an exchange with a gateway as the transport would.
  func answer(_ exchange: GatewayExchange, _ text: String) {
    server.core.submit(
      .answered(
        exchange.id, .success(GatewayAnswer(status: 200, headers: [], body: Array(text.utf8)))))
  }
}

/// Things that come from other threads.
final class Collected<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  func append(_ element: Element) { elements.withLock { $0.append(element) } }

  var all: [Element] { elements.withLock { $0 } }

  /// Waits until one fits.
  func first(
    waiting seconds: Double = 20, where fits: (Element) -> Bool = { _ in true }
  ) -> Element? {
    let limit = Date().addingTimeInterval(seconds)
    while Date() < limit {
      if let found = all.first(where: fits) { return found }
      usleep(2_000)
    }
    return nil
  }
}

/// Waits until something holds.
func eventually(waiting seconds: Double = 20, _ holds: () throws -> Bool) rethrows -> Bool {
  let limit = Date().addingTimeInterval(seconds)
  while Date() < limit {
    if try holds() { return true }
    usleep(5_000)
  }
  return false
}

/// A gateway whose answers the test gives, in words: `unpaid`, `paid 5800`, `closed`, `refunded`.
struct HeldGateway: Gateway {
  let name = "test"
  let kind = "held"
  let secrets: [String] = []
  var login: (any GatewayLogin)? { nil }
  var bills: (any BillSource)? { nil }
  let capabilities = GatewayCapabilities(
    methods: [.init(name: "qr", action: .qr, schedule: .qr, isLocal: false)], currencies: [],
    amountMin: 1, amountMax: 1_000_000, canQuery: true, canClose: true, canRefund: true,
    canRefundPartly: true, noticeStrength: .signedNotice,
    absenceProvesClosedAfterMilliseconds: 600_000, closesUnseenPayments: false,
    zoneOffsetMinutes: 480, refundQueryDelayMilliseconds: 1_000, isReal: false,
    isExperimental: false)

  func plan(_ question: Question, at now: Timestamp) throws(Fault) -> GatewayPlan {
    .exchange(
      GatewayRequest(
        method: "POST", url: "http://127.0.0.1/\(question.operation)", headers: [], body: []))
  }

  func read(_ answer: GatewayAnswer, to question: Question, at now: Timestamp)
    throws(Fault) -> GatewayReading
  {
    let words = String(decoding: answer.body, as: UTF8.self).split(separator: " ")
    switch (question, words.first) {
    case (.check, _): return .check(CheckFinding(code: "ok", text: "All is well."))
    case (.close, _): return .closeAccepted
    case (.refund(_, let refund), _), (.refundQuery(_, let refund), _):
      return .refund(.succeeded(amount: refund.amount, gatewayRefund: "g1", at: now))
    case (.create(let facts), "unpaid"):
      return .payment(
        .unpaid(action: PaymentAction(kind: .qr, value: "qr://1", expiresAt: facts.expiresAt)))
    case (.create(let facts), "paid"), (.query(let facts), "paid"):
      return .payment(
        .paid(
          Capture(
            amount: facts.amount, gatewayTransaction: "t-\(facts.outTradeNumber)",
            paidAt: now)))
    case (.query, "unpaid"): return .payment(.unpaid(action: nil))
    default: return .payment(.closed(nil))
    }
  }

  func readNotification(_ raw: RawNotification, at now: Timestamp) -> NotificationReading {
    .rejected(
      Reason(code: "bad_signature", text: "Not signed."),
      Acknowledgement(status: 200, headers: [], body: "failure"))
  }
}

/// What an order needs at least.
func order(_ number: String, _ minor: Int64 = 5_800, key: String? = nil) -> JSONObject {
  [
    "order_no": .string(number), "amount": ["currency": "CNY", "minor": .integer(minor)],
    "subject": "Gift card", "idempotency_key": .string(key ?? "key-\(number)-0001"),
  ]
}
