import Chance
import Domain
import Engine
import Store

/// Gateways that pay out what they hold, the bank that brings it, and somebody who holds the bank's
/// files against the gateways' lists.
extension World {
  private static let dayMilliseconds = CardLedger.dayMilliseconds
  private static let salesDays: Int64 = 3
  private static let payoutDays: Int64 = 4
  /// After midnight, when the gateway pays out.
  private static let payoutHour: Int64 = 2
  /// The file of a day is taken in the morning after.
  private static let fileHour: Int64 = 5
  /// What was promised arrives within so many days.
  private static let promisedDays: ClosedRange<Int64> = 0...3
  private static let lateDays: ClosedRange<Int64> = 4...5
  private static let deskHours: Int64 = 6
  /// What people decide about payouts while others still arrive.
  private static let deskActs = 24
  /// Until everything that is late has come, and been compared.
  static let payoutMilliseconds: Int64 = 4 * dayMilliseconds

  /// The same where the bank rests meanwhile.
  var restMilliseconds: Int64 {
    let last = World.start + World.payoutDays * World.dayMilliseconds
    let days = house.restDays.count(of: World.lateDays.upperBound, businessDaysAfter: last)
    return (days - World.lateDays.upperBound) * World.dayMilliseconds
  }

  /// A bank row on its way.
  struct Transfer {
    var minor: Int64
    var payouts: [String]
    /// What the gateway calls itself there.
    let name: String
    let at: Int64
  }

  func planPayouts() {
    if alipay.temper.has(.payoutAfterRest) {
      house.restDays = RestDays(
        from: World.start, offsetMinutes: payer.ledger.offsetMinutes, &courier)
    }
    let shop = payer === airwallex ? World.airwallexShop : World.cardShop
    for place in 0..<Int(courier.next(in: 3...6)) {
      let delay = courier.next(below: World.salesDays * World.dayMilliseconds)
      after(delay) { $0.sell("P\(place)", at: shop) }
    }
    let midnight = World.start / World.dayMilliseconds * World.dayMilliseconds - World.start
    for day in 1...World.payoutDays {
      let start = midnight + day * World.dayMilliseconds
      after(start + World.payoutHour * World.hourMilliseconds) { $0.payOut() }
    }
    let lateDays = World.lateDays.upperBound + restMilliseconds / World.dayMilliseconds
    let last = World.payoutDays + lateDays
    for day in 0...last {
      // Of any day the account has other money too.
      let noon = midnight + day * World.dayMilliseconds + World.dayMilliseconds / 2
      after(noon) { $0.takeOtherMoney() }
      let next = midnight + (day + 1) * World.dayMilliseconds
      after(next + World.fileHour * World.hourMilliseconds) { $0.takeInBankFile(of: $0.house) }
    }
    let begun = World.payoutDays * World.dayMilliseconds
    for place in 0..<World.deskActs {
      let delay = begun + courier.next(below: lateDays * World.dayMilliseconds)
      after(delay) { $0.actAtOwnDesk("payouts-\(place)") }
    }
    let hours = (last + 1) * 24 / World.deskHours
    for round in 4..<hours {
      after(midnight + round * World.deskHours * World.hourMilliseconds + World.hourMilliseconds) {
        $0.compareWithBank()
      }
    }
  }

  private func takeOtherMoney() {
    let text = courier.pick(["RENT 2027-114", "a guest", "ALIPAY 2088001", "thanks"])
    house.take(courier.pick([100, 5800, 123_456]), saying: text, at: now)
  }

  // MARK: the gateway

  private func payOut() {
    let number = payer.payoutNumber(payer.ledger.payouts.count)
    guard let id = payer.ledger.payOut(numbered: number, at: now),
      let payout = payer.ledger.payout(id)
    else { return }
    let way = alipay.temper.strike(.payout)
    let delay = courier.next(in: World.promisedDays) * World.dayMilliseconds
    let transfer = Transfer(minor: payout.minor, payouts: [id], name: payer.nameAtBank, at: now + delay)
    guard let way else { return bring(transfer) }
    guard befalls(way, transfer) else { return bring(transfer) }
    payer.ledger.note(way, of: id)
    alipay.temper.note(way)
  }

  /// - Returns: false where it cannot.
  private func befalls(_ way: Behaviour, _ transfer: Transfer) -> Bool {
    switch way {
    case .payoutsTogether: return join(transfer)
    case .payoutNever: return true
    case .payoutReturned: giveBack(transfer, after: courier.next(in: 1...3))
    case .payoutRecalled:
      bring(transfer)
      let days = (transfer.at - now) / World.dayMilliseconds
      giveBack(transfer, after: days + courier.next(in: 1...2))
    case .payoutAfterRest: bring(transfer, onBusinessDay: World.promisedDays.upperBound)
    case .payoutLate: bring(transfer, onBusinessDay: courier.next(in: World.lateDays))
    case .payoutBankFee: return bringLess(transfer, by: courier.pick([100, 1500]))
    case .payoutSplit: bringInTwo(transfer)
    default: bringUnnamed(transfer)
    }
    return true
  }

  /// It travels with the one before, where that has not arrived.
  private func join(_ transfer: Transfer) -> Bool {
    guard let place = transfers.lastIndex(where: { $0.at > now }) else { return false }
    for id in transfers[place].payouts { payer.ledger.note(.payoutsTogether, of: id) }
    transfers[place].minor += transfer.minor
    transfers[place].payouts += transfer.payouts
    return true
  }

  private func giveBack(_ transfer: Transfer, after days: Int64) {
    after(days * World.dayMilliseconds) { world in
      for id in transfer.payouts {
        world.payer.ledger.move(.payoutReturned, id, "", transfer.minor, at: world.now)
      }
    }
  }

  // MARK: the bank

  /// As it was promised: what is on its way may yet be joined by another one.
  private func bring(_ transfer: Transfer) {
    let place = transfers.count
    transfers.append(transfer)
    after(transfer.at - now) { world in
      let due = world.transfers[place]
      world.house.take(
        due.minor, saying: "\(due.name) PAYOUT " + due.payouts.joined(separator: " "),
        payouts: due.payouts, at: world.now)
    }
  }

  /// Also where nobody looks at the clock at that very moment.
  private func bring(_ transfer: Transfer, onBusinessDay day: Int64) {
    let at = house.restDays.moment(day, businessDaysAfter: now)
    after(at - now) { $0.book(transfer, transfer.minor, at: at) }
  }

  private func bringLess(_ transfer: Transfer, by fee: Int64) -> Bool {
    guard fee < transfer.minor else { return false }
    after(transfer.at - now) { $0.book(transfer, transfer.minor - fee) }
    return true
  }

  private func bringInTwo(_ transfer: Transfer) {
    let part = transfer.minor / 3 + 1
    let pause = courier.pick([0, 1]) * World.dayMilliseconds
    after(transfer.at - now) { $0.book(transfer, part) }
    after(transfer.at - now + pause) { $0.book(transfer, transfer.minor - part) }
  }

  /// Somebody else's money of the same amount may come beside it.
  private func bringUnnamed(_ transfer: Transfer) {
    let text = courier.pick(["\(transfer.name) TRANSFER", "\(transfer.name) TRANSFER", "TRANSFER"])
    let hasRival = courier.chance(permille: 300)
    after(transfer.at - now) { world in
      world.house.take(transfer.minor, saying: text, payouts: transfer.payouts, at: world.now)
      if hasRival { world.house.take(transfer.minor, saying: "a guest", at: world.now) }
    }
  }

  private func book(_ transfer: Transfer, _ minor: Int64, at moment: Int64? = nil) {
    house.take(
      minor, saying: "\(transfer.name) PAYOUT " + transfer.payouts.joined(separator: " "),
      payouts: transfer.payouts, at: moment ?? now)
  }

  // MARK: the desk

  /// Each file of the bank is held against the newest list of its days, and again once another list
  /// has come.
  private func compareWithBank() {
    guard let next = nextComparison() else { return }
    let end = drafted { store in
      .compared(
        try Comparison.draft(
          of: next.statement, with: next.bank, from: store, at: moment, terms: terms))
    }
    guard case .compared(let draft) = end else { return }
    call("recon.run", .reconcile(draft), by: People.wang) { world, result in
      // What did not work out now is tried in the next round.
      guard case .success = result else { return }
      world.comparedWithBank.insert(next.name)
      world.after(1000) { $0.compareWithBank() }
    }
  }

  private func nextComparison() -> (statement: StatementID, bank: StatementID, name: String)? {
    // try?: what cannot be read now is read in the next round.
    guard let lists = try? auditor.opened.statementsInForce(of: payer.ledger.gateway),
      let files = try? auditor.opened.bankStatements(of: house.name)
    else { return nil }
    for file in files {
      let known = lists.filter { $0.from < file.to }.sorted { $0.from < $1.from }
      guard let list = known.last else { continue }
      let name = "\(file.id) \(list.id) \(known.count)"
      guard !comparedWithBank.contains(name), let statement = StatementID(text: list.id),
        let bank = StatementID(text: file.id)
      else { continue }
      return (statement, bank, name)
    }
    return nil
  }
}
