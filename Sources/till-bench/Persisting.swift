import Crypto
import Domain
import Engine
import Gateways
import Platform
import Reconciliation
import SQLite
import Store

/// A large bill through the store: taken in, read, compared with the orders of its day and written
/// down, as the daemon does it, with the engine and the store in this process. What a transaction
/// takes is what others wait at most.
final class Persisting {
  private static let gateway = "sandbox"
  /// Noon of a day in Beijing, so that no row is near its ends.
  private static let noon: Int64 = 1_795_147_200_000
  private static let now = Timestamp(milliseconds: noon + 86_400_000)
  private static let threads = Threads(
    beside: { Queues.beside($0) }, forEach: { Queues.share($0, $1) })
  private static let pieceBytes = 1 << 20

  private let orders: Int
  /// Differences, as a day has some: rows that nobody knows.
  private let strangers: Int
  private let path: String
  private let store: StoreWriter
  private let engine: PaymentEngine
  private var answer: Result<Reply, Refusal>?
  /// Of the present step, in nanoseconds.
  private var transactions = Histogram()

  static func run(_ options: BenchOptions) throws -> [Row] {
    let folder = "\(options.folder)/till-bench-\(String(Entropy.word(), radix: 36))"
    try Directories.create(folder)
    Leftovers.shared.add(folder: folder)
    defer { Leftovers.shared.cleanNow() }
    let bench = try Persisting(Int(options.orders), Int(options.differences), in: folder)
    return try bench.measure(
      "reconcile-store --orders \(options.orders) --differences \(options.differences)")
  }

  private init(_ orders: Int, _ strangers: Int, in folder: String) throws {
    self.orders = orders
    self.strangers = strangers
    path = "\(folder)/till.db"
    _ = try StoreWriter(path: path, newEpoch: "bench")
    try Self.fill(path, orders)
    store = try StoreWriter(path: path, newEpoch: "bench")
    try Self.index(store)
    let secret = String(repeating: "s", count: 64)
    engine = try PaymentEngine(
      store: store,
      gateways: [GatewayAccount(gateway: SandboxGateway(name: Self.gateway, secret: secret))],
      settings: EngineSettings(retention: .forever),
      identifiers: IdentifierSource(seed: (1, 2, 3, 4)), at: Self.now)
  }

  /// Orders of the day, each paid, as rows alone.
  private static func fill(_ path: String, _ orders: Int) throws {
    let connection = try Connection(path: path, role: .writer)
    try connection.execute(
      """
      BEGIN;
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<\(orders))
      INSERT INTO orders(key, id, owner, currency, amount, subject, created_at, expires_at,
        pay_state, delivery_state, risk_state, dispute_state, captured, refunded, excess, flags,
        paid_at, updated_at, version)
      SELECT i, 'ord_' || printf('%026d', i), 'shop', 'CNY', 990, 'tea', \(noon), \(noon),
        'paid', 'none', 'clear', 'none', 990, 0, 0, 0, \(noon), \(noon), 3 FROM n;
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<\(orders))
      INSERT INTO payments(key, id, order_key, gateway, kind, method, currency, amount,
        out_trade_no, created_at, expires_at, state, captured_currency, captured, gateway_txn_id,
        is_mismatched, is_accepted, is_late, paid_at, version)
      SELECT i, 'pay_' || printf('%026d', i), i, '\(gateway)', '\(gateway)', 'qr', 'CNY', 990,
        'N' || printf('%019d', i), \(noon), \(noon), 'succeeded', 'CNY', 990,
        printf('%028d', i), 0, 0, 0, \(noon), 4 FROM n;
      COMMIT;
      """)
  }

  /// As they are when a bill comes: by then a daemon has long made its search index.
  private static func index(_ store: StoreWriter) throws(StoreError) {
    try store.begin()
    while try store.indexOrders(limit: 8192) {}
    try store.commit()
  }

  /// As Alipay gives it out.
  private func bill() -> [UInt8] {
    let at = CivilTime(Timestamp(milliseconds: Self.noon), offsetMinutes: 480)
    let time = "\(at.dateText) \(at.timeText)"
    var text: [UInt8] = []
    func add(_ line: String) { text += Array(line.utf8) + [0x0A] }
    add("#支付宝业务明细查询")
    add("支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,商家实收（元）,退款批次号/请求号,服务费（元）")
    for number in 1...orders {
      let digits = String(number)
      let zeros = String(repeating: "0", count: 28 - digits.count)
      add("\(zeros)\(digits)\t,N\(zeros.dropFirst(9))\(digits)\t,交易,\(time),9.90,9.90,,-0.00")
    }
    for number in 1...strangers { add("S\(number),X\(number),交易,\(time),9.90,9.90,,-0.00") }
    return text
  }

  // MARK: Steps

  private func measure(_ command: String) throws -> [Row] {
    let content = bill()
    var rows: [Row] = []
    var began = SystemClock.monotonicNanoseconds()
    var used = processorMilliseconds
    /// - Parameter ours: rows of our books that stood beside those of the bill.
    func note(_ what: String, ours: Int64? = nil) {
      let taken = SystemClock.monotonicNanoseconds() - began
      func rate(_ rows: Int64) -> String {
        Report.grouped(rows * 1_000_000_000 / max(1, taken))
      }
      let theirs = Int64(orders + strangers)
      let rates = ours.map { "\(rate(theirs + $0)) rows of both sides/s, " } ?? ""
      rows.append(
        Row(
          measured: "reconcile-store: \(what)", command: command,
          figure: "\(rates)\(rate(theirs)) rows of the bill/s, \(Report.time(taken)), "
            + "\(processorMilliseconds - used) ms of the processor; the longest transaction "
            + Report.time(transactions.quantile(1, of: 1)),
          latency: transactions, limit: "processor"))
      transactions = Histogram()
      began = SystemClock.monotonicNanoseconds()
      used = processorMilliseconds
    }
    let statement = try takeIn(content)
    note("taken in over \(content.count >> 20) MiB")
    for what in ["compared and written", "compared again"] {
      let run = try compare(statement)
      guard run.statementRows == Int64(orders + strangers),
        run.opened + run.known == Int64(strangers)
      else { throw BenchFault("the run came to something else: \(run)") }
      note(what, ours: run.localRows)
    }
    return rows
  }

  /// What this process has used so far, also for the kernel's work.
  private var processorMilliseconds: Int64 {
    ProcessFigures.processorMilliseconds(CurrentProcess.processID) ?? 0
  }

  private func takeIn(_ content: [UInt8]) throws -> StatementID {
    let digest = SHA256.hash(content).hex
    let begun = try ask(
      .statementBegin(name: "bill.csv", byteCount: Int64(content.count), digest: digest))
    guard case .received(let id, _) = begun else { throw BenchFault("begin: \(begun)") }
    for place in stride(from: 0, to: content.count, by: Self.pieceBytes) {
      let piece = Array(content[place..<min(place + Self.pieceBytes, content.count)])
      _ = try ask(.statementAppend(id, place: Int64(place), piece))
    }
    let draft = try reader().snapshot { store throws(StoreError) in
      Result { try StatementReading.draft(
        of: id, for: "bench", gateway: Self.gateway, layout: nil, period: (nil, nil), from: store) }
    }.get()
    _ = try ask(.statementImport(draft))
    return id
  }

  private func compare(_ statement: StatementID) throws -> RunRecord {
    let draft = try reader().snapshot { store throws(StoreError) in
      Result { try Comparison.draft(
        of: statement, with: nil, from: store, at: Self.now, threads: Self.threads) }
    }.get()
    let reply = try ask(.reconcile(draft))
    guard case .reconciled(let run, _) = reply else { throw BenchFault("run: \(reply)") }
    return run
  }

  private func reader() throws -> StoreReader { try StoreReader(path: path) }

  /// Hands a command in and lets the engine do what it wants to do at once.
  private func ask(_ command: Command) throws -> Reply {
    answer = nil
    let caller = Caller(principal: "bench", person: nil, seesAll: true, refundLimit: 0)
    var inputs = [
      Input.request(
        Request(
          token: ReplyToken(value: 1), method: "bench", caller: caller, command: command, key: nil,
          isDryRun: false, trace: nil, patienceMilliseconds: 0))
    ]
    while answer == nil {
      let began = SystemClock.monotonicNanoseconds()
      let effects = try engine.run(inputs, at: Self.now)
      transactions.record(SystemClock.monotonicNanoseconds() - began)
      for case .answer(let given) in effects { answer = given.result }
      inputs = [.clock]
    }
    switch answer {
    case .success(let reply): return reply
    case .failure(let refusal): throw BenchFault("refused: \(refusal.rejection.message)")
    case nil: preconditionFailure("it was waited for")
    }
  }
}
