import Domain
import Store

/// What the engine knows beside the database. When a transaction, a batch or a dry run is taken
/// back, this goes back with it: exchanges whose intent is gone never leave, and nobody is told
/// what did not happen.
struct EngineMemory {
  var desks: [String: GatewayDesk]
  var flights: [CallID: Flight]
  var landed: [CallID]
  var askedNow: [ScheduledQuestion.Subject: CallID]
  var askAgain: Set<ScheduledQuestion.Subject>
  var waiters: [WaitingSubject: [Waiter]]
  var runningKeys: RunningKeys
  var watched: [OrderID: WatchedOrder]
  var hooksUnderWay: Set<HookDeliveryID>
  var bills: BillDesk
  var runs: RunDesk
  var changedQuestions: [ScheduledQuestion.Subject: ScheduledQuestion]
  var effects: [Effect]
  var wakeAt: Timestamp?
}

extension PaymentEngine {
  var memory: EngineMemory {
    get {
      EngineMemory(
        desks: desks, flights: flights, landed: landed, askedNow: askedNow, askAgain: askAgain,
        waiters: waiters, runningKeys: runningKeys, watched: watched,
        hooksUnderWay: hooksUnderWay, bills: bills, runs: runs,
        changedQuestions: changedQuestions, effects: effects, wakeAt: wakeAt)
    }
    set {
      desks = newValue.desks
      flights = newValue.flights
      landed = newValue.landed
      askedNow = newValue.askedNow
      askAgain = newValue.askAgain
      waiters = newValue.waiters
      runningKeys = newValue.runningKeys
      watched = newValue.watched
      hooksUnderWay = newValue.hooksUnderWay
      bills = newValue.bills
      runs = newValue.runs
      changedQuestions = newValue.changedQuestions
      effects = newValue.effects
      wakeAt = newValue.wakeAt
    }
  }
}
