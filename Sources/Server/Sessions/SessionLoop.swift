import Dispatch
import Domain
import Engine
import Platform

/// One thread of sockets: its sessions, their deadlines and what comes to them from other threads.
///
/// Lives on the queue of its sockets, with its sessions; others know its mailbox.
final class SessionLoop {

  let mailbox: LoopMailbox
  let sockets: SocketLoop
  private var sessions: [UInt32: Session] = [:]
  private var deadlines = DeadlineHeap<Moment>()
  private var deadlineTimer: QueueTimer?
  private var housekeeping: QueueTimer?
  private var isKeepingHouse = false
  private let tickMilliseconds: Int
  private var orderListeners: [OrderID: [ObjectIdentifier: any Waiter]] = [:]
  private var openListeners: [ObjectIdentifier: any Waiter] = [:]
  /// How far pages of the log have come here.
  private(set) var heardTo: Int64 = 0

  /// Reads of this turn, handed over together.
  private var gathered: [ReaderPool<ReadSource>.Job] = []
  private var isHandingDue = false
  /// For reads made on this thread.
  private var source: ReadSource?
  private var pace: ReadPace

  private struct Moment {
    let session: UInt32
    let serial: UInt32
  }

  private init(mailbox: LoopMailbox, limits: ServerLimits) {
    self.mailbox = mailbox
    tickMilliseconds = limits.housekeepingMilliseconds
    pace = ReadPace(quickMilliseconds: limits.quickReadMilliseconds)
    sockets = mailbox.sockets
  }

  /// A loop at work on a queue of its own, for as long as what comes back is held.
  static func start(
    index: Int, limits: ServerLimits
  ) throws(SystemError) -> Confined<SessionLoop> {
    let queue = Queues.root("io.\(index)")
    let mailbox = LoopMailbox(index: index, sockets: try SocketLoop(queue: queue))
    let home = Confined(SessionLoop(mailbox: mailbox, limits: limits), on: queue)
    let deadlineTimer = QueueTimer(on: queue) { [weak home] in
      home?.withState { $0.deadlinesAreDue() }
    }
    let housekeeping = QueueTimer(on: queue) { [weak home] in home?.withState { $0.keepHouse() } }
    home.wait { loop in
      loop.deadlineTimer = deadlineTimer
      loop.housekeeping = housekeeping
    }
    mailbox.sockets.whenWoken { [weak home] in home?.withState { $0.takeMail() } }
    return home
  }

  /// Which of the server's loops this is.
  var index: Int { mailbox.index }

  func session(_ number: UInt32) -> Session? { sessions[number] }

  var allSessions: [Session] { sessions.values.sorted { $0.number < $1.number } }

  func insert(_ session: Session) {
    sessions[session.number] = session
    guard !isKeepingHouse else { return }
    isKeepingHouse = true
    housekeeping?.scheduleRepeating(everyMilliseconds: tickMilliseconds)
  }

  func remove(_ session: Session) {
    sessions[session.number] = nil
    if sessions.isEmpty {
      isKeepingHouse = false
      housekeeping?.unschedule()
      deadlines = DeadlineHeap()
    }
  }

  private func takeMail() {
    for item in mailbox.take() {
      switch item {
      case .answer(let answer):
        let token = SessionToken(answer.token)
        sessions[token.session]?.take(answer, serial: token.serial)
      case .finished(let finished):
        sessions[finished.session]?.take(finished)
      case .page(let page): hear(page)
      case .run(let body): body(self)
      }
    }
  }

  /// Hands a read over when this turn of the queue ends, with those of other connections.
  func gather(_ job: @escaping ReaderPool<ReadSource>.Job, for readers: ReaderPool<ReadSource>) {
    gathered.append(job)
    if gathered.count >= Self.gatheredMax { return handGathered(to: readers) }
    guard !isHandingDue else { return }
    isHandingDue = true
    sockets.later { [self] in
      isHandingDue = false
      handGathered(to: readers)
      // What was read here wakes nobody.
      takeMail()
    }
  }

  /// So many share a state of the store; more are not held back for the end of the turn.
  private static let gatheredMax = 16

  /// Reads on this thread, as waking another and being woken by it takes as long as the reading;
  /// a disk that keeps one waiting is left to threads that nobody else waits for.
  private func handGathered(to readers: ReaderPool<ReadSource>) {
    let jobs = gathered
    gathered.removeAll(keepingCapacity: true)
    guard !jobs.isEmpty else { return }
    guard pace.isQuick else { return readers.submit(jobs) }
    if source == nil {
      source = readers.makeSource()
      source?.home = index
    }
    pace.measure { readers.runHere(jobs, source: source) }
  }

  // MARK: Writing

  /// Hands a write over. The thread of this loop runs it itself where nobody else is here to wait
  /// for that.
  ///
  /// - Parameter isAlone: nothing else of its connection is in flight.
  func write(_ input: Input, isAlone: Bool, in context: ServerContext) {
    let (core, connections, index) = (context.core, context.connections, index)
    guard isAlone, sockets.isInTurn, connections.occupy(index) else { return core.submit(input) }
    guard core.submitToRunHere(input) else { return connections.vacate() }
    sockets.afterTurn {
      core.runHere()
      connections.vacate()
    }
  }

  // MARK: Deadlines

  /// Calls `deadline(serial:)` of the session at a moment of the monotonic clock, unless the
  /// request is answered by then.
  func setDeadline(_ milliseconds: Int64, session: UInt32, serial: UInt32) {
    if deadlines.count > 1_024, deadlines.count > 64 * max(1, sessions.count) {
      deadlines.prune { sessions[$0.session]?.isInFlight($0.serial) ?? false }
    }
    let soonest = deadlines.soonestMilliseconds
    deadlines.insert(milliseconds, Moment(session: session, serial: serial))
    if soonest.map({ milliseconds < $0 }) ?? true { scheduleDeadline() }
  }

  private func scheduleDeadline() {
    guard let soonest = deadlines.soonestMilliseconds else { return }
    let gap = max(0, soonest - SystemClock.monotonicMilliseconds())
    deadlineTimer?.schedule(afterMilliseconds: Int(gap))
  }

  private func deadlinesAreDue() {
    let now = SystemClock.monotonicMilliseconds()
    while let moment = deadlines.popDue(at: now) {
      sessions[moment.session]?.deadline(serial: moment.serial)
    }
    scheduleDeadline()
  }

  private func keepHouse() {
    let now = SystemClock.monotonicMilliseconds()
    for session in allSessions { session.tick(at: now) }
  }

  // MARK: Listening to the log

  func listen(_ waiter: any Waiter) {
    if let order = waiter.order {
      orderListeners[order, default: [:]][ObjectIdentifier(waiter)] = waiter
    } else {
      openListeners[ObjectIdentifier(waiter)] = waiter
    }
  }

  func unlisten(_ waiter: any Waiter) {
    if let order = waiter.order {
      orderListeners[order]?[ObjectIdentifier(waiter)] = nil
      if orderListeners[order]?.isEmpty ?? false { orderListeners[order] = nil }
    } else {
      openListeners[ObjectIdentifier(waiter)] = nil
    }
  }

  private func hear(_ page: TailPage) {
    heardTo = max(heardTo, page.last)
    var touched: [ObjectIdentifier: any Waiter] = [:]
    if !orderListeners.isEmpty {
      for item in page.items {
        guard let order = item.order, let waiters = orderListeners[order] else { continue }
        touched.merge(waiters) { first, _ in first }
      }
    }
    for waiter in touched.values { waiter.heard(page) }
    for waiter in openListeners.values { waiter.heard(page) }
  }
}

/// Where an answer of the engine belongs: a loop, a session, a request.
struct SessionToken {
  let loop: Int
  let session: UInt32
  let serial: UInt32

  init(loop: Int, session: UInt32, serial: UInt32) {
    self.loop = loop
    self.session = session
    self.serial = serial
  }

  init(_ token: ReplyToken) {
    loop = Int(token.value >> 56)
    session = UInt32(truncatingIfNeeded: token.value >> UInt64(FlightTable.serialBits))
    serial = UInt32(truncatingIfNeeded: token.value) & (1 << FlightTable.serialBits - 1)
  }

  var token: ReplyToken {
    ReplyToken(
      value: UInt64(loop) << 56 | UInt64(session) << UInt64(FlightTable.serialBits)
        | UInt64(serial))
  }
}
