import Chance
import Crypto
import Domain
import Engine
import Foundation
import Gateways
import SQLite
import Store

/// A promise that was broken, found in a run.
package struct Violation: Error, Sendable {
  /// As `I4`, or a word of the simulator's own.
  package let rule: String
  package let text: String
}

/// What a run may do to the daemon, in thousandths of the engine's runs.
package struct Violence: Sendable {
  package var crash: Int64
  package var diskFault: Int64
  package var diskFull: Int64

  package static let none = Violence(crash: 0, diskFault: 0, diskFull: 0)

  /// Days have fewer steps for their length, so that each is hit more often.
  var whileBillsCome: Violence {
    Violence(crash: crash * 4, diskFault: diskFault * 2, diskFull: diskFull * 2)
  }
}

/// The whole of a small economy in one thread: the real engine with its real store and adapters,
/// gateways with their own books, buyers, shops and staff, in virtual time.
///
/// Everything follows from one seed. The daemon may die at any moment; gateways, people and the
/// auditor remember.
final class World {
  static let start: Int64 = 1_800_000_000_000

  private(set) var now = World.start
  var random: SeededRandom
  /// For people and banks beside the shop's own story, so that they change nothing in it.
  var bystander: SeededRandom
  let alipay: FakeAlipay
  let sandbox: SandboxSide?
  let account = BankAccount(BankAccount.transfers)
  let site = FakeVmq()
  let stripe = FakeStripe()
  let payPal = FakePayPal()
  let airwallex = FakeAirwallex()
  /// The one that pays out in this world.
  let payer: any PayoutGateway
  /// Where the money comes that the phone watches.
  let purse = BankAccount(FakeVmq.name)
  /// Where gateways pay out to.
  let house = BankAccount(BankAccount.payouts)
  /// For payouts and what the bank does with them.
  var courier: SeededRandom
  /// What is on its way to the bank, and what the bank's files were held against.
  var transfers: [Transfer] = []
  var comparedWithBank: Set<String> = []
  let folder: URL
  let accounts: [GatewayAccount]
  private let settings: EngineSettings
  private let identifiers: IdentifierSource
  private(set) var store: StoreWriter
  private(set) var engine: PaymentEngine
  let auditor: Auditor
  var violence: Violence

  private var agenda = Agenda<(World) throws -> Void>()
  private var inbox: [Input] = []
  /// Our numbers of payments that Alipay has just denied the money of, in an answer to be taken in,
  /// and when it was asked.
  private var denials: [(number: String, askedAt: Int64)] = []
  /// Rises with every start of the daemon; what belonged to an earlier one is void.
  private(set) var life: Int64 = 1
  /// Callers with an answer outstanding.
  private var callers: [ReplyToken: Waiting] = [:]
  private var nextToken: UInt64 = 0
  /// Callers that hung up; the engine may or may not have answered them already.
  private var abandoned: Set<ReplyToken> = []
  private var watchers: [OrderID: Int] = [:]
  private(set) var runsCount = 0
  private(set) var crashesCount = 0
  private(set) var exchangesCount = 0
  /// What people were told, in order.
  private(set) var alarms: [String] = []
  /// Every callback of Alipay gets lost.
  var losesNotices = false
  /// One way to a gateway or back, in milliseconds.
  var latencyMilliseconds: ClosedRange<Int64> = 5...80

  struct Waiting {
    let key: String?
    let principal: String
    let then: (World, Result<Reply, Refusal>?) throws -> Void
  }

  init(
    seed: UInt64, temper: Temper, violence: Violence, hasSandbox: Bool,
    hasTransfers: Bool = false, hasPhone: Bool = false, hasCards: Bool = false,
    hasWallets: Bool = false, hasAirwallex: Bool = false, paysOutByAirwallex: Bool = false,
    inPieces: Bool = false, folder: URL,
    queriesPerSecond: Int64 = 10, concurrency: Int = 8
  ) throws {
    var random = SeededRandom(seed: seed)
    courier = SeededRandom(seed: seed ^ 0xF27E_EE14)
    self.folder = folder
    self.violence = violence
    payer = paysOutByAirwallex ? airwallex : stripe
    alipay = FakeAlipay(temper: temper, random: SeededRandom(seed: random.next()))
    sandbox =
      hasSandbox
      ? try SandboxSide(path: folder.appending(path: "bank.db").path, at: World.start) : nil
    var gateways: [any Gateway] = [try World.adapter()]
    if let sandbox { gateways.append(sandbox.gateway) }
    if hasTransfers { gateways.append(try World.transferAdapter()) }
    if hasCards { gateways.append(try World.cardAdapter()) }
    if hasWallets { gateways.append(try World.walletAdapter()) }
    if hasAirwallex { gateways.append(try World.airwallexAdapter()) }
    if hasPhone { gateways.append(try World.phoneAdapter()) }
    accounts = gateways.map {
      GatewayAccount(
        gateway: $0, queriesPerSecond: queriesPerSecond, concurrency: concurrency,
        merchant: $0.name == "alipay" ? FakeAlipay.sellerID : nil)
    }
    identifiers = IdentifierSource(
      seed: (random.next(), random.next(), random.next(), random.next() | 1))
    self.random = random
    bystander = SeededRandom(seed: random.next() ^ 0x5EED_5EED)
    settings =
      inPieces ? EngineSettings(rowsOfPiece: 3, differencesOfPiece: 1) : EngineSettings()
    let path = folder.appending(path: "till-1.db").path
    store = try StoreWriter(path: path, newEpoch: "e1", seal: FixedKeys.personal)
    engine = try PaymentEngine(
      store: store, gateways: accounts, settings: settings, identifiers: identifiers,
      at: Timestamp(milliseconds: World.start))
    auditor = try Auditor(
      path: path, alipay: alipay, sandbox: sandbox, account: account, phone: site, purse: purse,
      stripe: stripe, payPal: payPal, airwallex: airwallex, payer: payer,
      house: house)
    alipay.later = { [unowned self] delay, body in
      self.after(delay) { _ in body() }
    }
    alipay.tell = { [unowned self] number in self.announce(number) }
    payPal.tell = { [unowned self] place in self.announceWallet(place) }
    payPal.strike = { [unowned self] in self.alipay.temper.strike($0) }
    payPal.note = { [unowned self] in self.alipay.temper.note($0) }
    airwallex.tell = { [unowned self] place in self.announceAirwallex(place) }
    airwallex.strike = { [unowned self] in self.alipay.temper.strike($0) }
    airwallex.note = { [unowned self] in self.alipay.temper.note($0) }
    stripe.tell = { [unowned self] place in self.announceCard(place) }
    stripe.strike = { [unowned self] in self.alipay.temper.strike($0) }
    stripe.note = { [unowned self] in self.alipay.temper.note($0) }
    site.tell = { [unowned self] query in self.announcePhone(query) }
    site.strike = { [unowned self] stage in
      let lie = self.alipay.temper.strike(stage)
      if let lie { self.alipay.temper.note(lie) }
      return lie
    }
  }

  var moment: Timestamp { Timestamp(milliseconds: now) }

  func feed(_ input: Input) { inbox.append(input) }
  /// Those at which buyers pay by themselves.
  var gatewayNames: [String] {
    let others = [
      BankAccount.transfers, FakeVmq.name, FakeStripe.name, FakePayPal.name, FakeAirwallex.name,
    ]
    return accounts.map(\.gateway.name).filter { !others.contains($0) }
  }

  // MARK: planning

  /// - Parameter dies: it belongs to the daemon that runs now and ends with it.
  func after(_ delay: Int64, dies: Bool = false, _ body: @escaping (World) throws -> Void) {
    guard dies else {
      agenda.add(at: now + delay, body)
      return
    }
    let life = life
    agenda.add(at: now + delay) { world in
      if world.life == life { try body(world) }
    }
  }

  /// Lets time pass until `end`, feeding the clock only when the engine asked for it.
  func advance(to end: Int64) throws {
    var spins = 0
    while let next = [agenda.nextAt, engine.nextWake?.milliseconds].compactMap({ $0 }).min(),
      next <= end
    {
      if next > now {
        now = next
        spins = 0
        sandbox?.set(now)
      }
      spins += 1
      guard spins < 5000 else {
        throw Violation(rule: "spin", text: "the engine asks for the clock without end at \(now)")
      }
      while let at = agenda.nextAt, at <= now { try agenda.removeFirst().body(self) }
      collectNotices()
      if let wake = engine.nextWake, wake.milliseconds <= now { inbox.append(.clock) }
      try flush()
    }
    now = max(now, end)
    sandbox?.set(now)
  }

  private func flush() throws {
    while !inbox.isEmpty {
      let group = Array(inbox.prefix(Limits.groupCommit))
      inbox.removeFirst(group.count)
      try step(group)
    }
  }
}

// MARK: One step of the daemon

extension World {
  private func step(_ group: [Input]) throws {
    runsCount += 1
    if random.chance(permille: violence.crash) { return try crash() }
    plantFault()
    let doom = doom(of: group)
    let effects: [Effect]
    do {
      effects = try engine.run(group, at: moment)
      note(doom)
    } catch {
      note(doom)
      // What it says about the disk is final: the process ends. It never ends by itself.
      guard store.faultPlan?.hasFired == true else {
        throw Violation(rule: "stop", text: "the daemon ended itself: \(error.text)")
      }
      return try crash()
    }
    if engine.state != .readOnly { store.faultPlan = nil }
    try auditor.audit(at: now)
    if engine.state == .ready {
      for denial in denials { try auditor.auditDenial(of: denial.number, askedAt: denial.askedAt) }
      denials = []
    }
    if random.chance(permille: violence.crash) { return try crash() }
    let survivors =
      random.chance(permille: violence.crash) || doom == .diesAnswering
      ? Int(random.next(below: Int64(effects.count + 1))) : effects.count
    for effect in effects.prefix(survivors) { try take(effect) }
    if survivors < effects.count || doom == .diesAnswering { try crash() }
  }

  private func plantFault() {
    guard engine.state == .ready else {
      // A full disk has room again after a while.
      if engine.state == .readOnly, random.chance(permille: 300) { store.faultPlan = nil }
      return
    }
    if random.chance(permille: violence.diskFault) {
      let point = random.pick([FaultPlan.Point.begin, .step, .step, .step, .commit, .committed])
      let fault = random.pick([FaultPlan.Fault.writeFailed, .syncFailed, .corrupt])
      let after = point == .step ? Int(random.next(below: 24)) : 0
      store.faultPlan = FaultPlan(point, fault, after: after)
    } else if random.chance(permille: violence.diskFull) {
      let point = random.pick([FaultPlan.Point.begin, .step, .step, .commit])
      let after = point == .step ? Int(random.next(below: 24)) : 0
      store.faultPlan = FaultPlan(
        point, .diskFull, after: after, isLasting: random.chance(permille: 500))
    }
  }

  private func take(_ effect: Effect) throws {
    switch effect {
    case .answer(let answer): try deliver(answer)
    case .exchange(let exchange): send(exchange)
    case .bill(let task): begin(task)
    case .alarm(let text): alarms.append(text)
    case .deliverHook, .published: break
    }
  }

  private func deliver(_ answer: Answer) throws {
    guard let caller = callers.removeValue(forKey: answer.token) else {
      if abandoned.remove(answer.token) != nil { return }
      throw Violation(rule: "answers", text: "token \(answer.token.value) was answered twice")
    }
    if case .failure(let refusal) = answer.result, refusal.rejection.code == .internal {
      throw Violation(rule: "internal", text: refusal.rejection.message)
    }
    try auditor.note(answer, key: caller.key, principal: caller.principal)
    try caller.then(self, answer.result)
  }

  private func send(_ exchange: GatewayExchange) {
    exchangesCount += 1
    let (life, askedAt) = (life, now)
    // Bytes that have left arrive even when the sender dies.
    after(random.next(in: latencyMilliseconds)) { world in
      try world.auditor.auditArrival(exchange, at: world.now)
      let service = world.serve(exchange)
      if let complaint = world.alipay.complaints.first ?? world.site.complaints.first {
        throw Violation(rule: "request", text: complaint)
      }
      guard let service, world.life == life else { return }
      let delay = service.delay + world.random.next(in: world.latencyMilliseconds)
      world.after(delay, dies: true) { world in
        world.inbox.append(.answered(exchange.id, service.result))
        if let number = service.denied { world.denials.append((number, askedAt)) }
      }
    }
  }

  /// The process dies and a new one starts on what the disk holds.
  func crash() throws {
    crashesCount += 1
    life += 1
    inbox = []
    denials = []
    store.faultPlan = nil
    let path = folder.appending(path: "till-\(life).db").path
    let old = store.path
    // As after kill -9: the file and its log as they are, nothing closed, nothing tidied.
    for end in ["", "-wal"] where FileManager.default.fileExists(atPath: old + end) {
      try FileManager.default.copyItem(atPath: old + end, toPath: path + end)
    }
    auditor.close(at: now)
    if random.chance(permille: 100) { now += random.next(in: 1...86_400_000) }
    sandbox?.set(now)
    let gone = callers.sorted { $0.key.value < $1.key.value }.map(\.value)
    callers = [:]
    try restart(path)
    for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: old + end) }
    try auditor.reopen(path: path, at: now)
    for id in watchers.keys.sorted() {
      for _ in 0..<(watchers[id] ?? 0) { inbox.append(.watched(id, true)) }
    }
    for caller in gone { try caller.then(self, nil) }
  }

  private func restart(_ path: String) throws {
    do {
      store = try StoreWriter(path: path, newEpoch: "never used", seal: FixedKeys.personal)
      engine = try PaymentEngine(
        store: store, gateways: accounts, settings: settings, identifiers: identifiers,
        at: moment)
    } catch {
      throw Violation(rule: "restart", text: "the daemon does not start again: \(error)")
    }
  }
}

// MARK: Callers

extension World {
  /// Calls a method; `then` hears the answer, or nil when the daemon died before it came.
  func call(
    _ method: String, _ command: Command, by caller: Caller, key: String? = nil,
    params: String = "", patience: Int64 = 15_000,
    then: @escaping (World, Result<Reply, Refusal>?) throws -> Void = { _, _ in }
  ) {
    nextToken += 1
    let token = ReplyToken(value: nextToken)
    callers[token] = Waiting(key: key, principal: caller.principal, then: then)
    let fingerprint = SHA256.hash(Array("\(method) \(params)".utf8))
    inbox.append(
      .request(
        Request(
          token: token, method: method, caller: caller, command: command,
          key: key.map { IdempotencyKey(text: $0, fingerprint: fingerprint) }, isDryRun: false,
          trace: nil, patienceMilliseconds: patience)))
    if random.chance(permille: alipay.temper.isCalm ? 0 : 5) {
      callers[token] = nil
      abandoned.insert(token)
      inbox.append(.abandoned(token))
      after(100) { world in try then(world, nil) }
    }
  }

  /// Calls until there is an answer: the same wish under the same key after every crash.
  func insist(
    _ method: String, _ command: Command, by caller: Caller, key: String, params: String,
    then: @escaping (World, Result<Reply, Refusal>) throws -> Void
  ) {
    call(method, command, by: caller, key: key, params: params) { world, result in
      if let result { return try then(world, result) }
      world.after(world.random.next(in: 200...3000)) { world in
        world.insist(method, command, by: caller, key: key, params: params, then: then)
      }
    }
  }

  func watch(_ order: OrderID, _ isWatched: Bool) {
    watchers[order, default: 0] += isWatched ? 1 : -1
    inbox.append(.watched(order, isWatched))
  }
}
