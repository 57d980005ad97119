package import Dispatch
package import Domain
package import Gateways
package import SQLite
import Synchronization

/// The other side of the built-in gateway: a bank with books of its own, a buyer's hand and faults.
///
/// Its books are one SQLite file that is committed to apart from the daemon's store, so after a
/// crash of the daemon they tell what was really done. Any thread may call; what is written is on
/// the disk when a call returns, so calls wait for the disk and belong on a queue that may wait.
package final class SandboxBank: Sendable {
  /// Takes a notice to where notices arrive. Called on the bank's queue: hand it on and return.
  package typealias Delivery =
    @Sendable (_ gateway: String, _ notification: RawNotification) -> Void

  private typealias Completion = @Sendable (Result<GatewayAnswer, Fault>) -> Void

  private struct State {
    let books: SandboxBooks
    var isClosed = false
    /// The moment for which a wake-up is set.
    var wakeAt: Timestamp?
    /// Exchanges that came in and are not in the books yet.
    var waiting: [(request: GatewayRequest, completion: Completion)] = []
    /// Exchanges without an answer, those that wait for a late one included.
    var exchangesOpen = 0
  }

  /// Exchanges without an answer; more are refused as unreachable.
  package static let exchangesOpenMax = 10_000
  /// Exchanges that share one transaction, so that many together wait for the disk once.
  private static let exchangesPerTurn = 64
  /// Notices handed on in one turn of the queue.
  private static let noticesPerTurn: Int64 = 256
  /// The bank looks at the clock at least so often while something is due, and at most so often.
  private static let wakeGapMax: Int64 = 60_000
  static let wakeGapMin: Int64 = 5
  /// After books that could not be written.
  private static let retryGapMilliseconds: Int64 = 1_000

  let accounts: [SandboxAccount]
  let pace: SandboxPace
  private let clock: @Sendable () -> Int64
  private let deliver: Delivery
  private let queue: DispatchQueue
  private let state: Mutex<State>

  /// Opens the books, and makes them where there are none.
  ///
  /// - Parameter path: absolute, as `…/sandbox.db`; the file is created with the process's umask,
  ///   so a daemon creates it first, empty, with mode 0600.
  /// - Parameter accounts: the sandbox gateways configured, with their secrets.
  /// - Parameter target: the queue on which the bank's own serial queue runs; a thread of its own
  ///   where nil. It waits for the disk, so neither `core` nor `io`.
  /// - Parameter clock: milliseconds since 1970 UTC, the wall clock.
  /// - Parameter deliver: is called from now on, with what an earlier run left undelivered first.
  /// - Throws: what opening a database throws; `.foreignFile` for a file of another program.
  package init(
    path: String, accounts: [SandboxAccount], pace: SandboxPace = SandboxPace(),
    target: DispatchQueue? = nil, clock: @escaping @Sendable () -> Int64,
    deliver: @escaping Delivery
  ) throws(SQLiteError) {
    self.accounts = accounts
    self.pace = pace
    self.clock = clock
    self.deliver = deliver
    queue = DispatchQueue(label: "till.sandbox", target: target)
    state = Mutex(State(books: try SandboxBooks(path: path)))
    queue.async { [weak self] in self?.deliverDue() }
  }

  /// The bank's clock.
  var now: Timestamp { Timestamp(milliseconds: clock()) }

  /// Answers one exchange. `completion` is called once, on the bank's queue.
  ///
  /// Faults come as the transport would report them: `.notSent` where the bank is down or
  /// `exchangesOpenMax` is reached, `.outcomeUnknown` after `timeoutMilliseconds` without an
  /// answer. Books that cannot be written answer 503.
  package func send(
    _ request: GatewayRequest,
    completion: @escaping @Sendable (Result<GatewayAnswer, Fault>) -> Void
  ) {
    let isTaken = state.withLock { state in
      guard state.exchangesOpen < Self.exchangesOpenMax else { return false }
      state.exchangesOpen += 1
      state.waiting.append((request, completion))
      return true
    }
    queue.async {
      guard isTaken else {
        let reason = Reason(code: FaultCode.unreachable, text: "too many exchanges wait")
        completion(.failure(.notSent(reason)))
        return
      }
      self.serveWaiting()
    }
  }

  /// Does what is due by the clock now and returns when its notices were handed on.
  ///
  /// - Precondition: the caller does not run on the bank's queue.
  package func settle() {
    dispatchPrecondition(condition: .notOnQueue(queue))
    queue.sync { deliverDue() }
  }

  /// Closes the books. Exchanges that come later are answered 503, and nothing is delivered.
  package func close() throws(SQLiteError) {
    try state.withLock { state throws(SQLiteError) in
      guard !state.isClosed else { return }
      state.isClosed = true
      try state.books.close()
    }
  }

  /// Runs a body with the books, in one transaction where it opens one.
  func withBooks<Result: Sendable>(
    _ body: (SandboxBooks) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    try state.withLock { state throws(SQLiteError) in
      guard !state.isClosed else {
        throw SQLiteError(extendedCode: 21, message: "the sandbox's books are closed")
      }
      return try body(state.books)
    }
  }

  /// Serves what waits, in the order in which it came. A fault of the disk undoes all of it.
  private func serveWaiting() {
    dispatchPrecondition(condition: .onQueue(queue))
    let batch = state.withLock { state in
      let batch = Array(state.waiting.prefix(Self.exchangesPerTurn))
      state.waiting.removeFirst(batch.count)
      return batch
    }
    guard !batch.isEmpty else { return }
    let turns = turns(batch.map(\.request))
    wakeWhenDue()
    for (exchange, turn) in zip(batch, turns) {
      let end: @Sendable () -> Void = {
        self.state.withLock { $0.exchangesOpen -= 1 }
        exchange.completion(turn.result)
      }
      guard turn.delayMilliseconds > 0 else {
        end()
        continue
      }
      let delay = DispatchTimeInterval.milliseconds(Int(turn.delayMilliseconds))
      queue.asyncAfter(deadline: .now() + delay, execute: end)
    }
  }

  private func turns(_ requests: [GatewayRequest]) -> [SandboxCounter.Turn] {
    let (accounts, pace, now) = (accounts, pace, now)
    do throws(SQLiteError) {
      return try withBooks { books throws(SQLiteError) in
        try Self.settle(books, accounts, pace, at: now)
        let counter = SandboxCounter(books: books, accounts: accounts, pace: pace, now: now)
        return try books.transaction { () throws(SQLiteError) in
          var turns: [SandboxCounter.Turn] = []
          for request in requests { turns.append(try counter.turn(request)) }
          return turns
        }
      }
    } catch {
      let broken = SandboxCounter.Turn(result: .success(SandboxCounter.plain(503, .broken)))
      return requests.map { _ in broken }
    }
  }
}

// MARK: What happens by itself

extension SandboxBank {
  /// Late successes and returning refunds whose time has come.
  static func settle(
    _ books: SandboxBooks, _ accounts: [SandboxAccount], _ pace: SandboxPace, at now: Timestamp
  ) throws(SQLiteError) {
    let late = try books.tradesSucceedingLate(at: now)
    let returning = try books.refundsReturning(at: now)
    guard !late.isEmpty || !returning.isEmpty else { return }
    try books.transaction { () throws(SQLiteError) in
      for trade in late {
        var desk = try Self.desk(books, trade.gateway, pace, at: now)
        _ = try desk.take(trade.amount, for: trade, at: trade.lateSuccessAt)
        for fault in desk.hand.struck { try books.use(fault, of: trade.gateway) }
      }
      for refund in returning {
        guard let trade = try books.trade(id: refund.trade) else { continue }
        var desk = try Self.desk(books, trade.gateway, pace, at: now)
        try desk.returnRefund(refund.number, of: trade, at: refund.returnsAt)
        for fault in desk.hand.struck { try books.use(fault, of: trade.gateway) }
      }
    }
  }

  static func desk(
    _ books: SandboxBooks, _ gateway: String, _ pace: SandboxPace, at now: Timestamp
  ) throws(SQLiteError) -> SandboxDesk {
    SandboxDesk(
      books: books, gateway: gateway, now: now, pace: pace,
      hand: FaultHand(try books.faults(of: gateway, at: now)))
  }

  /// Hands on every notice that is due. On the bank's queue, so that two turns never cross.
  ///
  /// A notice counts as delivered after it was handed on: a crash between repeats it.
  private func deliverDue() {
    dispatchPrecondition(condition: .onQueue(queue))
    do throws(SQLiteError) {
      while state.withLock({ !$0.isClosed }), try deliverSome() {}
      wakeWhenDue()
    } catch {
      // Nothing is lost: what could not be marked stays due.
      wakeWhenDue(gapMin: Self.retryGapMilliseconds)
    }
  }

  /// - Returns: whether there was anything to hand on.
  private func deliverSome() throws(SQLiteError) -> Bool {
    let (accounts, pace, now, limit) = (accounts, pace, now, Self.noticesPerTurn)
    let notices = try withBooks { books throws(SQLiteError) in
      try Self.settle(books, accounts, pace, at: now)
      return try books.noticesDue(at: now, limit: limit)
    }
    guard !notices.isEmpty else { return false }
    for notice in notices { handOn(notice, at: now) }
    let ids = notices.map(\.id)
    try withBooks { books throws(SQLiteError) in
      try books.transaction { () throws(SQLiteError) in try books.markDelivered(ids) }
    }
    return true
  }

  /// A notice is sealed when it leaves, as a sender seals every try.
  private func handOn(_ notice: SandboxBooks.Notice, at now: Timestamp) {
    // A gateway that is configured no more has nobody to tell.
    guard let account = account(named: notice.gateway) else { return }
    let sealed = notice.isMissealed ? notice.body + [0x20] : notice.body
    deliver(
      notice.gateway,
      RawNotification(
        httpMethod: "POST", query: "",
        headers: [
          Header("Content-Type", "application/json"),
          Header(SandboxSeal.merchantHeader, notice.gateway),
        ] + account.seal.headers(sealing: sealed, as: .notice, at: now),
        body: notice.body))
  }

  func account(named name: String) -> SandboxAccount? {
    accounts.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// Sets a wake-up for the next thing that is due, unless an earlier one is set.
  func wakeWhenDue(gapMin: Int64 = wakeGapMin) {
    let now = now
    let gap: Int64? = state.withLock { state in
      guard !state.isClosed,
        // Books that cannot be read have nothing due; the next call looks again.
        let next = (try? state.books.nextDueAt()) ?? nil
      else { return nil }
      if let wakeAt = state.wakeAt, wakeAt <= next, wakeAt > now { return nil }
      let gap = min(max(next.milliseconds(since: now), gapMin), Self.wakeGapMax)
      state.wakeAt = now.adding(milliseconds: gap)
      return gap
    }
    guard let gap else { return }
    queue.asyncAfter(deadline: .now() + .milliseconds(Int(gap))) { [weak self] in
      guard let self else { return }
      self.state.withLock { $0.wakeAt = nil }
      self.deliverDue()
    }
  }
}
