import Chance
import Domain
import Engine

/// The people who look after differences: they propose, confirm, turn down, take back, alone and
/// against each other.
extension World {
  private static let deskActs = 60

  func planDesk(within milliseconds: Int64) {
    for place in 0..<Self.deskActs {
      after(bystander.next(below: milliseconds)) { $0.actAtOwnDesk("desk-\(place)") }
    }
    // What was wrong in a bill is put right by the gateway, and somebody fetches it again.
    for day in 0..<3 {
      after(bystander.next(below: milliseconds)) { $0.reissue(Int64(day)) }
    }
  }

  private func reissue(_ dayNumber: Int64) {
    guard alipay.temper.has(.billReissued) else { return }
    alipay.temper.note(.billReissued)
    let day = CivilDay(Timestamp(milliseconds: World.start), offsetMinutes: 480)
      .adding(days: dayNumber)
    alipay.putRight(day)
    call(
      "statement.fetch", .billFetch(gateway: "alipay", kind: .trade, day: day), by: People.wang)
  }

  func actAtOwnDesk(_ key: String) {
    guard let id = auditor.differences.anyID(&bystander), let difference = DiscrepancyID(text: id)
    else { return }
    let person = bystander.pick([People.li, People.wang, People.chen])
    let other = bystander.pick([People.li, People.wang, People.chen, People.shop])
    switch bystander.next(below: 10) {
    case 0..<3: propose(difference, by: person, key)
    case 3:
      // Two at once, of two minds.
      propose(difference, by: person, key)
      propose(difference, by: other, key + "-other")
    case 4..<6:
      confirm(difference, by: person, key)
      if bystander.chance(permille: 500) { confirm(difference, by: other, key + "-other") }
    case 6:
      call(
        "discrepancy.reject", .discrepancyReject(difference, reason: "no"), by: person, key: key,
        params: id)
    case 7..<9:
      call(
        "discrepancy.undo", .discrepancyUndo(difference, reason: "not so"), by: person, key: key,
        params: id)
    default:
      guard let statement = auditor.differences.statement(of: id).flatMap(StatementID.init(text:))
      else { return }
      compareByHand(statement, by: person)
    }
  }

  private func propose(_ id: DiscrepancyID, by caller: Caller, _ key: String) {
    let verb = bystander.pick(AdjudicationVerb.allCases)
    let partner =
      verb == .mergeMatch
      ? auditor.differences.counterpart(of: id.text).flatMap(DiscrepancyID.init(text:)) : nil
    let wish = AdjudicationWish(
      discrepancy: id, verb: verb, reason: "looked at",
      until: verb == .waitUntil
        ? moment.adding(milliseconds: bystander.next(in: 1000...172_800_000)) : nil,
      partner: partner)
    insist(
      "discrepancy.propose", .discrepancyPropose(wish), by: caller, key: key,
      params: "\(id) \(verb)"
    ) { world, _ in
      // The second person often looks at once, and so does the first, who may not.
      guard world.bystander.chance(permille: 600) else { return }
      let second = world.bystander.pick([People.li, People.wang, People.chen])
      world.after(world.bystander.next(in: 0...600_000)) { $0.confirm(id, by: second, key + "-2") }
    }
  }

  private func confirm(_ id: DiscrepancyID, by caller: Caller, _ key: String) {
    insist("discrepancy.confirm", .discrepancyConfirm(id), by: caller, key: key, params: id.text) {
      _, _ in
    }
  }
}
