import Domain
import JSON

/// A payout that the books have moved to a bank.
struct Arrival: Hashable {
  let gateway: String
  let account: String
  let minor: Int64
  let currency: String
  /// The bank's rows, as `stm_…:17`.
  let credits: [String]
}

/// The rows that a payout was found to pay out.
struct ProvenPayout: Hashable {
  let rows: Int64
  let from: Int64
  let to: Int64
  /// How many stretches of days add up to it.
  let alternatives: Int64
}

/// What gateways paid out, what the bank brought of it, and what the books made of both.
extension Auditor {
  private static let kinds: Set<String> = [
    "payout_sum", "payout_not_arrived", "bank_row_without_payout",
  ]

  /// A run books what it found at the bank: the newest word about a payout counts.
  func foldArrivals(_ line: EventLine) throws {
    let gateway = line.text("gateway")
    for row in (line.data["arrivals"]?.arrayValue ?? []).compactMap(\.objectValue) {
      let place = "\(row["statement"]?.stringValue ?? ""):\(row["line"]?.integerValue ?? 0)"
      let amount = row["amount"]?.objectValue
      arrivals[place] = Arrival(
        gateway: gateway, account: row["account"]?.stringValue ?? "",
        minor: amount?["minor"]?.integerValue ?? 0,
        currency: amount?["currency"]?.stringValue ?? "",
        credits: (row["credits"]?.arrayValue ?? []).compactMap(\.objectValue).map {
          "\($0["statement"]?.stringValue ?? ""):\($0["line"]?.integerValue ?? 0)"
        })
    }
    for row in (line.data["returns"]?.arrayValue ?? []).compactMap(\.objectValue) {
      func place(_ statement: String, _ line: String) -> String {
        "\(row[statement]?.stringValue ?? ""):\(row[line]?.integerValue ?? 0)"
      }
      returns[place("statement", "line")] = place("return_statement", "return_line")
    }
    for row in (line.data["payouts"]?.arrayValue ?? []).compactMap(\.objectValue) {
      func number(_ name: String) -> Int64 { row[name]?.integerValue ?? 0 }
      payoutProofs["\(row["statement"]?.stringValue ?? ""):\(number("line"))"] = ProvenPayout(
        rows: number("rows"), from: number("from_at"), to: number("to_at"),
        alternatives: number("alternatives"))
    }
    noteArrivals()
  }

  /// A list, or the bank's file, was issued again: what its payouts were is told by the next run.
  func dropArrivals(of statement: String) {
    returns = returns.filter {
      !$0.key.hasPrefix(statement + ":") && !$0.value.hasPrefix(statement + ":")
    }
    arrivals = arrivals.filter {
      !$0.key.hasPrefix(statement + ":")
        && !$0.value.credits.contains { $0.hasPrefix(statement + ":") }
    }
    noteArrivals()
  }

  private func noteArrivals() {
    differences.arrived = arrivals.mapValues(\.minor)
    differences.credited = Set(arrivals.values.flatMap(\.credits))
    differences.givenBack = Set(returns.keys)
  }

  /// What the bank still has.
  var arrivalsHeld: [Arrival] { arrivals.filter { returns[$0.key] == nil }.map(\.value) }

  // MARK: after every run

  /// What was taken for a payout is that payout, and no other one.
  func auditArrivals() throws {
    var homes: [String: String] = [:]
    var rows: [String: Set<BankAccount.Movement>] = [:]
    for (place, credit) in try opened.arrivals() {
      guard let payout = try payout(at: place) else {
        throw Violation(rule: "payouts", text: "\(place) is at the bank and no payout")
      }
      guard homes[payout.id, default: place] == place else {
        throw Violation(rule: "I14", text: "\(payout.id) is at the bank twice")
      }
      guard let row = try movement(credit), row.payouts.contains(payout.id)
        || isSecondNameless(row, payout)
      else {
        throw Violation(
          rule: "payouts",
          text: "\(payout.id) is taken for line \(credit.line) of \(credit.bank), which it is not")
      }
      homes[payout.id] = place
      rows[payout.id, default: []].insert(row)
    }
    try auditGroups(rows)
    try auditProofs()
    for (place, statement, line) in try opened.returns() {
      guard let payout = try payout(at: place), case let home = homes[payout.id],
        home == nil || payout.fate == .payoutRecalled && home == place, let paper = try cardPaper(of: statement)?.paper,
        paper.rows.indices.contains(Int(line) - 1), case let row = paper.rows[Int(line) - 1],
        row.kind == .payoutReturned, row.object == payout.id
      else {
        throw Violation(
          rule: "payouts", text: "\(place) is taken as given back by \(statement):\(line)")
      }
    }
  }

  /// A payout that one stretch of rows alone adds up to pays out those, where every list is right.
  private func auditProofs() throws {
    guard payer.ledger.papers.values.allSatisfy(\.flaws.isEmpty) else { return }
    for (place, proof) in payoutProofs where proof.alternatives == 1 {
      guard let payout = try payout(at: place) else { continue }
      let times = payout.covered.map(\.at)
      let own = ProvenPayout(
        rows: Int64(times.count), from: times.min() ?? 0, to: times.max() ?? 0, alternatives: 1)
      guard proof == own else {
        throw Violation(rule: "payouts", text: "\(payout.id) pays out \(own), not \(proof)")
      }
    }
  }

  /// What came in parts, or together, is the same on both sides.
  private func auditGroups(_ rows: [String: Set<BankAccount.Movement>]) throws {
    for (id, own) in rows.sorted(by: { $0.key < $1.key }) {
      let others = rows.filter { !$0.value.isDisjoint(with: own) }
      guard own.count > 1 || others.count > 1 else { continue }
      let paid = others.keys.reduce(0) { $0 + (payer.ledger.payout($1)?.minor ?? 0) }
      let came = others.values.reduce(into: own) { $0.formUnion($1) }.reduce(0) { $0 + $1.minor }
      guard paid == came else {
        throw Violation(
          rule: "I14", text: "\(id) is of a group that paid \(paid) and brought \(came)")
      }
    }
  }

  /// Where the list lacks a payout of the same amount, nobody can tell the two rows apart.
  private func isSecondNameless(_ row: BankAccount.Movement, _ payout: Payout) -> Bool {
    row.minor == payout.minor && row.payouts.contains { id in
      payer.ledger.payout(id)?.fate == .payoutUnnamed && isUnlisted(id)
    }
  }

  private func payout(at place: String) throws -> Payout? {
    let parts = place.split(separator: ":")
    guard parts.count == 2, let line = Int(parts[1]),
      let (_, paper) = try cardPaper(of: String(parts[0])), paper.rows.indices.contains(line - 1),
      paper.rows[line - 1].kind == .payout
    else { return nil }
    return payer.ledger.payout(paper.rows[line - 1].object)
  }

  private func movement(_ credit: AuditBooks.Credit) throws -> BankAccount.Movement? {
    guard let digest = try opened.statementDigest(credit.bank) else { return nil }
    return house.places[digest]?[credit.line]
  }

  // MARK: at the end

  /// - Parameter isUntroubled: nobody misbehaved, and the daemon ran all the time.
  func auditPayouts(isUntroubled: Bool) throws {
    guard !house.movements.isEmpty else { return }
    let ledger = payer.ledger
    var found: [String: [BankAccount.Movement]] = [:]
    for (place, credit) in try opened.arrivals() {
      if let row = try movement(credit) { found[place, default: []].append(row) }
    }
    // Payouts are looked for at the bank once it takes part.
    let first = try opened.firstPeriod(withBankOf: ledger.gateway) ?? .max
    for statement in try opened.statementsInForce(of: ledger.gateway)
    where statement.from >= first && lastRun[statement.id] ?? 0 >= bankSince {
      guard let paper = ledger.papers[ledger.day(of: statement.from)] else { continue }
      try auditRows(of: paper, statement.id, found)
    }
    try auditCredits(Set(found.values.joined().map(\.number)))
    try auditAlarms(isUntroubled: isUntroubled)
  }

  private func auditRows(
    of paper: CardPaper, _ statement: String, _ found: [String: [BankAccount.Movement]]
  ) throws {
    var sharers: [String: Int] = [:]
    for row in found.values.joined() { sharers[row.number, default: 0] += 1 }
    var seen: Set<String> = []
    for (place, row) in paper.rows.enumerated() where row.kind == .payout {
      let name = "\(statement):\(place + 1)"
      guard let payout = payer.ledger.payout(row.object) else { continue }
      guard seen.insert(row.object).inserted else {
        try auditCopy(of: payout, name)
        continue
      }
      // A copy may be the one that was found.
      let copies = paper.rows.indices.filter { paper.rows[$0].object == row.object }
      let places = copies.map { "\(statement):\($0 + 1)" }
      guard try !isGivenBack(payout, statement, places) else {
        try auditGivenBack(payout)
        continue
      }
      let rows = places.flatMap { found[$0] ?? [] }
      let isGroup = rows.count > 1 || rows.contains { sharers[$0.number] != 1 }
      try audit(payout, came: isGroup ? payout.minor : rows.first?.minor)
    }
  }

  /// Found in the list that gave it back. Where somebody looked through both lists, it must be.
  private func isGivenBack(
    _ payout: Payout, _ statement: String, _ places: [String]
  ) throws -> Bool {
    if try opened.returns().contains(where: { places.contains($0.payout) }) { return true }
    guard isTurnedAway(payout) else { return false }
    for list in try opened.statementsInForce(of: payer.ledger.gateway) {
      let paper = payer.ledger.papers[payer.ledger.day(of: list.from)]
      guard paper?.rows.contains(where: { $0.kind == .payoutReturned && $0.object == payout.id })
        ?? false
      else { continue }
      guard try !opened.hasSeen(statement, with: list.id) else {
        throw Violation(
          rule: "payouts", text: "\(payout.id) came back in \(list.id), and nobody saw it")
      }
    }
    return false
  }

  private func isTurnedAway(_ payout: Payout) -> Bool {
    payout.fate == .payoutReturned || payout.fate == .payoutRecalled
  }

  private func auditGivenBack(_ payout: Payout) throws {
    let open = standing(about: payout.id).filter { !$0.isDecided }
    guard isTurnedAway(payout), open.isEmpty else {
      throw Violation(
        rule: "payouts",
        text: "\(payout.id) is given back; told: \(open.map { "\($0.kind) \($0.state)" })")
    }
  }

  /// Told once as a copy.
  private func auditCopy(of payout: Payout, _ name: String) throws {
    let told = differences.all.values.count {
      $0.kind == "duplicate_row" && $0.transaction == payout.id
    }
    guard told == 1 else {
      throw Violation(
        rule: "planted", text: "the copy of \(payout.id) at \(name) is told \(told) times")
    }
  }

  /// It stands at the bank as it is, or in exactly one difference.
  private func audit(_ payout: Payout, came: Int64?) throws {
    let named = standing(about: payout.id)
    let missing = named.filter { $0.kind == "payout_not_arrived" && $0.actual == 0 }
    let late = named.filter { $0.kind == "payout_not_arrived" && $0.actual != 0 }
    // Of what the bank's files said of it the newest counts, and what people decided is theirs.
    let sums = named.filter { $0.kind == "payout_sum" }
    let other = sums.filter {
      !$0.isDecided
        || $0.openedBy == sums.last?.openedBy && $0.actual == came
    }
    func fail(_ text: String) -> Violation {
      let fate = payout.fate.map { "\($0)" } ?? "honest"
      return Violation(
        rule: "payouts",
        text: "\(payout.id) of \(payout.minor), \(fate), \(text); "
          + "told: \(named.map { "\($0.kind) \($0.state) \($0.verb)" })")
    }
    guard let came else {
      if payout.isInTime, try isTold(payout.id) { throw fail("came and was not found") }
      guard missing.count == 1, late.isEmpty, other.isEmpty else { throw fail("did not come") }
      return
    }
    if payout.fate == .payoutSplit, came != payout.minor, try isToldWhole(payout) {
      throw fail("came in parts, and was not put together")
    }
    // What people decided before it came is theirs.
    guard missing.allSatisfy(\.isDecided) else { throw fail("came, and is told as missing") }
    if came == payout.minor {
      guard other.isEmpty, late.count <= 1 else { throw fail("came as it is") }
      let isLate = payout.fate == .payoutLate
      let mayBeLate = payout.fate == .payoutUnnamed || payout.fate == .payoutSplit
      guard late.isEmpty != isLate || mayBeLate else {
        throw fail(isLate ? "came late" : "came in time")
      }
      return
    }
    guard other.count == 1, other[0].expected == payout.minor, other[0].actual == came
    else { throw fail("came as \(came)") }
  }

  /// What is said of a payout and was not found to be nothing since.
  private func standing(about id: String) -> [DifferenceBook.Difference] {
    differences.ids.compactMap { differences.all[$0] }.filter {
      $0.transaction == id && Self.kinds.contains($0.kind) && $0.resolution != "agrees"
    }
  }

  /// Whether a file that agrees with itself holds a row of it.
  private func isTold(_ id: String) throws -> Bool { try !toldRows(of: id).isEmpty }

  /// Whether all of it stands in such files, and no other file is in force.
  private func isToldWhole(_ payout: Payout) throws -> Bool {
    let files = try opened.bankStatements(of: house.name)
    return try files.allSatisfy { !house.wrongFiles.contains($0.digest) }
      && toldRows(of: payout.id).reduce(0) { $0 + $1.minor } == payout.minor
  }

  private func toldRows(of id: String) throws -> Set<BankAccount.Movement> {
    let files = try opened.bankStatements(of: house.name)
    return Set(files.flatMap { (house.places[$0.digest] ?? [:]).values })
      .filter { $0.payouts.contains(id) && house.told.contains($0.number) }
  }

  private func isUnlisted(_ id: String) -> Bool {
    payer.ledger.papers.values.flatMap(\.flaws).contains {
      $0.lie == .missing && $0.movement?.object == id && $0.movement?.kind == .payout
    }
  }

  // MARK: the bank's rows

  /// A row by which the gateway paid is a payout, may be one, or is told as nobody's.
  private func auditCredits(_ found: Set<String>) throws {
    let told = try toldCredits()
    let suggested = try suggestedCredits()
    for file in try opened.bankStatements(of: house.name) {
      let watches = try opened.watches(of: file.id)
      for (line, row) in (house.places[file.digest] ?? [:]).sorted(by: { $0.key < $1.key }) {
        let credit = AuditBooks.Credit(bank: file.id, line: line)
        if row.payouts.isEmpty, told.contains(credit) {
          throw Violation(rule: "false alarm", text: "\(row.number) (\(row.text)) is told of")
        }
        let at = row.day.start(offsetMinutes: 0).milliseconds
        let isKnown = watches.contains {
          at >= max($0.from, knownSince($0.knownFrom)) && at < $0.to
        }
        guard isKnown, row.text.hasPrefix(payer.nameAtBank), !found.contains(row.number),
          !told.contains(credit), !suggested.contains(credit)
        else { continue }
        throw Violation(
          rule: "payouts", text: "\(row.number) (\(row.text)) is no payout, and nobody is told")
      }
    }
  }

  private func toldCredits() throws -> Set<AuditBooks.Credit> {
    Set(
      differences.all.values.filter { Self.kinds.contains($0.kind) }
        .compactMap(\.beside))
  }

  /// Rows that may be a payout.
  private func suggestedCredits() throws -> Set<AuditBooks.Credit> {
    var rows: Set<AuditBooks.Credit> = []
    for one in differences.all.values where !one.suggestions.isEmpty {
      guard let bank = try opened.run(one.run)?.bank else { continue }
      rows.formUnion(one.suggestions.map { AuditBooks.Credit(bank: bank, line: $0) })
    }
    return rows
  }

  // MARK: what is told

  /// Each difference about a payout has its cause.
  private func auditAlarms(isUntroubled: Bool) throws {
    for id in differences.ids {
      guard let one = differences.all[id], isOfPayout(one) else { continue }
      guard !isUntroubled else { throw falseAlarm(id) }
      guard one.resolution != "agrees", !one.isDecided, try !hasCause(one) else { continue }
      throw falseAlarm(id)
    }
  }

  func isOfPayout(_ one: DifferenceBook.Difference) -> Bool {
    guard one.gateway == payer.ledger.gateway else { return false }
    return Self.kinds.contains(one.kind)
      || one.kind == "duplicate_row" && payer.ledger.payout(one.transaction) != nil
  }

  private func hasCause(_ one: DifferenceBook.Difference) throws -> Bool {
    if let payout = payer.ledger.payout(one.transaction) {
      guard one.kind == "duplicate_row" else {
        // A file of the bank may never have been given.
        return try !payout.isInTime || !isTold(payout.id)
      }
      return payer.ledger.papers.values.flatMap(\.flaws).contains {
        $0.lie == .doubled && $0.movement?.object == payout.id
      }
    }
    guard let credit = one.beside, let row = try movement(credit) else { return false }
    // What was taken for a payout since is nobody's no more.
    guard !differences.credited.contains("\(credit.bank):\(credit.line)") else { return false }
    return row.payouts.contains { payer.ledger.payout($0)?.fate != nil || isUnlisted($0) }
  }
}

extension DifferenceBook.Difference {
  /// The row of the bank that it names.
  var beside: AuditBooks.Credit? {
    guard let row = bankRow, let id = row["statement"]?.stringValue else { return nil }
    return AuditBooks.Credit(bank: id, line: row["line"]?.integerValue ?? 0)
  }
}
