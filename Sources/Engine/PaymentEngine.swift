package import Domain
import Gateways
package import Store

/// Takes inputs, decides, commits, and says what must be done: the one place where money changes.
///
/// One `run` is one transaction. Nothing it returns happened before the commit, and nothing that
/// it returns is lost by a crash after it: every exchange has its intent on disk. It owns no
/// thread, socket or clock; it belongs to the core queue.
package final class PaymentEngine {
  let store: StoreWriter
  let settings: EngineSettings
  let identifiers: IdentifierSource
  let intake: IntakeWatch
  /// Marks of notifications set aside that people were told of.
  var toldAside: Set<String> = []
  /// By configured name.
  var desks: [String: GatewayDesk] = [:]
  /// Configured names, in the order of the configuration.
  let gatewayNames: [String]
  package internal(set) var state: EngineState = .ready

  /// Exchanges under way, by the identifier that was given to the shell.
  var flights: [CallID: Flight] = [:]
  /// Exchanges whose end is part of the present group; they leave the table with the commit.
  var landed: [CallID] = []
  /// Subjects that are being asked about.
  var askedNow: [ScheduledQuestion.Subject: CallID] = [:]
  /// Callers that wait for an outcome.
  var waiters: [WaitingSubject: [Waiter]] = [:]
  /// Keyed commands without an outcome yet.
  var runningKeys = RunningKeys()
  var watched: [OrderID: WatchedOrder] = [:]
  /// Messages of hooks that were handed out and have not ended. With the process they are gone, and
  /// a start sends them again.
  var hooksUnderWay: Set<HookDeliveryID> = []
  var bills = BillDesk()
  var runs = RunDesk()
  /// Questions changed by the present input, written once at its end.
  var changedQuestions: [ScheduledQuestion.Subject: ScheduledQuestion] = [:]
  /// What this run will make the shell do once it is committed.
  var effects: [Effect] = []
  /// Subjects about which something was heard while they were being asked: ask once more.
  var askAgain: Set<ScheduledQuestion.Subject> = []
  /// No timer is set before this.
  var wakeAt: Timestamp?
  /// While a dry run or a batch is tried out, nothing outside the database may change.
  var isTrial = false
  /// Inputs of a run that the disk refused; they are tried again.
  var deferred: [Input] = []
  var probeAt: Timestamp?
  /// The time of the last group that was committed.
  var seenAt: Timestamp
  /// When what has had its time is looked for again; nil before the first tick.
  var sweepAt: Timestamp?
  /// A walk that has begun and not ended.
  var retentionWalk: RetentionWalk?
  /// Orders wait for the search index.
  var hasUnindexed = true
  /// When the store was put back from a backup, if ever.
  var restoredAt: Timestamp?
  /// A full disk does not end the catching up after a restore.
  private(set) var stateBeforeFullDisk = EngineState.ready

  /// - Parameter intake: notifications that the process died of before.
  /// - Parameter now: calls that were cut off are marked unknown at this time.
  package init(
    store: StoreWriter, gateways: [GatewayAccount], settings: EngineSettings,
    identifiers: IdentifierSource, intake: IntakeWatch = .none, at now: Timestamp
  ) throws(EngineStop) {
    self.store = store
    self.intake = intake
    self.settings = settings
    self.identifiers = identifiers
    seenAt = now
    gatewayNames = gateways.map(\.gateway.name)
    for account in gateways { desks[account.gateway.name] = GatewayDesk(account, at: now) }
    do throws(StoreError) {
      try store.begin()
      try recover(at: now)
      try store.commit()
    } catch {
      throw EngineStop(text: error.text)
    }
    wakeAt = now
  }

  /// When `.clock` must be fed at the latest; nil while nothing waits for time.
  package var nextWake: Timestamp? { state == .readOnly ? probeAt : wakeAt }

  package var epoch: String { store.epoch }
  package var lastSequence: Int64 { store.lastSequence }

  /// Carries out a group of inputs in one transaction.
  ///
  /// - Parameter inputs: at most `Limits.groupCommit`.
  /// - Throws: when the database can no longer be trusted; no effect of this group may be done.
  package func run(_ inputs: [Input], at now: Timestamp) throws(EngineStop) -> [Effect] {
    let all = deferred + inputs
    deferred = []
    if state == .readOnly, !isProbeDue(at: now) { return refuseForFullDisk(all) }
    let before = store.lastSequence
    let memory = memory
    do throws(StoreError) {
      try store.begin()
      if state == .readOnly { try store.probe(at: now) }
      if isSetBack(at: now) { try noteSetBack(at: now) }
      for input in all {
        try perform(input, at: now)
        try writeQuestions()
      }
      try store.commit()
    } catch {
      self.memory = memory
      return try recoverFrom(error, all, at: now)
    }
    seenAt = now
    try checkpoint()
    leaveReadOnly()
    for id in landed { land(id, at: now) }
    landed = []
    if store.lastSequence > before {
      effects.append(.published(sequence: store.lastSequence))
    }
    defer { effects = [] }
    return effects
  }

  /// The group is on disk already: a full disk here only means that the log grows for now.
  private func checkpoint() throws(EngineStop) {
    do throws(StoreError) {
      try store.checkpointIfDue()
    } catch {
      guard error.isDiskFull else { throw EngineStop(text: error.text) }
    }
  }

  func perform(_ input: Input, at now: Timestamp) throws(StoreError) {
    switch input {
    case .request(let request): try perform(request, at: now)
    case .answered(let id, let result): try take(result, of: id, at: now)
    case .hookEnded(let id, let failure): try endHook(id, failure: failure, at: now)
    case .billTaskEnded(let id, let end): try endBillTask(id, end, at: now)
    case .watched(let order, let isWatched): try watch(order, isWatched, at: now)
    case .abandoned(let token): forget(token)
    case .ledgerRead(let note): try store.keep(note)
    case .gateways(let accounts): replace(accounts)
    case .clock: try tick(at: now)
    }
  }

  /// What is under way goes on: its answer is read with the new keys, or asked for once more.
  private func replace(_ accounts: [GatewayAccount]) {
    for account in accounts { desks[account.gateway.name]?.replace(with: account) }
  }

  /// A fault in the middle of a group: everything of it is taken back.
  private func recoverFrom(
    _ error: StoreError, _ inputs: [Input], at now: Timestamp
  ) throws(EngineStop) -> [Effect] {
    guard error.isDiskFull else { throw EngineStop(text: error.text) }
    do throws(StoreError) { try store.rollBack() } catch { throw EngineStop(text: error.text) }
    if state != .readOnly {
      stateBeforeFullDisk = state
      effects.append(.alarm("The disk is full: nothing can be written. Reads go on."))
    }
    state = .readOnly
    probeAt = now.adding(milliseconds: Int64(Limits.readonlyProbeMilliseconds))
    return refuseForFullDisk(inputs)
  }

  private func isProbeDue(at now: Timestamp) -> Bool {
    guard let probeAt else { return true }
    // A probe that lies further ahead than that was set by another clock.
    let wait = probeAt.milliseconds(since: now)
    return wait <= 0 || wait > Int64(Limits.readonlyProbeMilliseconds)
  }

  private func leaveReadOnly() {
    guard state == .readOnly else { return }
    state = stateBeforeFullDisk
    probeAt = nil
    effects.append(.alarm("The disk can be written again."))
  }

  /// Answers of gateways are kept for the next try; callers are told at once.
  private func refuseForFullDisk(_ inputs: [Input]) -> [Effect] {
    var refused = effects
    effects = []
    for input in inputs {
      switch input {
      case .request(let request):
        forget(request.token)
        let rejection = Rejection(
          .readonlyDiskFull, "The disk is full; nothing was changed.",
          hint: "Free some space on the state folder's disk; the daemon goes on by itself.",
          retryAfterMilliseconds: Int64(Limits.readonlyProbeMilliseconds))
        refused.append(
          .answer(
            Answer(
              token: request.token, result: .failure(Refusal(rejection)), isReplayed: false,
              sequence: store.lastSequence)))
      case .answered, .hookEnded, .billTaskEnded, .watched: deferred.append(input)
      case .gateways(let accounts): replace(accounts)
      case .abandoned(let token): forget(token)
      case .ledgerRead, .clock: break
      }
    }
    return refused
  }
}

/// An exchange under way and what it is about.
struct Flight {
  let question: Question
  let gateway: String
  let subject: ScheduledQuestion.Subject?
  let orderKey: Int64?
  let startedAt: Timestamp
  /// When it was handed to the shell; nil while it waits for its gateway's budget.
  var sentAt: Timestamp?
  /// Its intent stands in the database.
  var call: CallRow?
  /// The notification that the gateway is to vouch for.
  var receipt: ReceiptID?
  /// Which further exchange of the question it is; nil for the first one.
  var step: GatewayStep?
  /// How many further exchanges the question has had, with this one.
  var stepsCount = 0
  /// The buyer was erased since it began: its answer is not kept.
  var isErased = false
}

/// What a caller waits for.
enum WaitingSubject: Hashable {
  /// The outcome of a create or refund call.
  case outcome(ScheduledQuestion.Subject)
  /// The answer to the question that is being asked.
  case question(ScheduledQuestion.Subject)
  case check(CallID)
}

struct Waiter {
  let token: ReplyToken
  /// Our wall clock; then the caller gets the present state.
  let until: Timestamp
  /// The payment was open already.
  let isReused: Bool
  let isReplayed: Bool
}

struct WatchedOrder {
  var count: Int
  /// Watching goes on a little after the last one has left.
  var until: Timestamp?
}
