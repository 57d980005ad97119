import Chance
import JSON

/// Differences as the auditor understands them: made only of the lines of the event log, by rules
/// written down a second time.
struct DifferenceBook {
  struct Difference {
    let run: String
    let statement: String
    let gateway: String
    let kind: String
    let level: String
    let expected: Int64
    let actual: Int64
    let currency: String
    /// Of what we expected; amounts of two currencies make no sum.
    let expectedCurrency: String
    /// The row that it is about: its statement, line and numbers.
    let row: JSONObject?
    /// The bank's row beside it, and lines of the bank that it may be.
    let bankRow: JSONObject?
    let suggestions: [Int64]
    /// The payment, refund or order of ours.
    let ours: String
    let mark: String
    /// The place in the log at which it was opened.
    let openedBy: Int64
    let openedAt: Int64
    var state = "open"
    var resolution = ""
    var verb = ""
    var proposer = ""
    var partner = ""
    /// The fee of the other half's payment that the books hold, by its currency.
    var feeKnown: [String: Int64] = [:]
    var version: Int64 = 1

    var transaction: String { row?["gateway_txn_id"]?.stringValue ?? "" }
    var reference: String { row?["reference"]?.stringValue ?? "" }
    var parent: String { row?["parent"]?.stringValue ?? "" }
    var line: Int64 { row?["line"]?.integerValue ?? 0 }
    var rowStatement: String { row?["statement"]?.stringValue ?? "" }
    var place: String { "\(rowStatement):\(line)" }
    /// A payout and the bank.
    var isAboutBank: Bool {
      kind == "payout_sum" ? bankRow != nil : kind == "payout_not_arrived" && actual == 0
    }
    /// What it puts in doubt is the bank's, and came from the gateway if it is merged.
    var isOfBank: Bool { kind == "bank_row_without_payout" }
    var bankPlace: String {
      "\(bankRow?["statement"]?.stringValue ?? ""):\(bankRow?["line"]?.integerValue ?? 0)"
    }
    var isDecided: Bool { state == "resolved" && resolution == "adjudicated" }

    /// A row that may be a refund of ours which the gateway has not told of.
    var isRefundGuess: Bool { kind == "refund_status" && row != nil && expected == 0 }

    /// By how much the gateway holds more than our books say.
    var balanceChange: Int64 {
      if DifferenceBook.aboutNoMoney.contains(kind) || isRefundGuess { return 0 }
      // A refund that has not moved anything is missed by nobody.
      if kind == "refund_status", row == nil { return 0 }
      return kind.hasPrefix("fee_") ? expected - actual : actual - expected
    }

    /// Its decision moved money.
    var isPosting: Bool {
      let isVerb = [
        "accept_gateway", "write_off", "move_to_suspense", "refund_buyer", "claim_from_gateway",
      ].contains(verb)
      return isDecided && isVerb && balanceChange != 0
    }

    /// What was credited for something of ours is held there as it came, whatever its rate.
    var isOfExchange: Bool { kind == "exchange_unexplained" && !ours.isEmpty }

    /// What the decision moved into the gateway's account.
    var posted: Int64 {
      if isOfExchange { return 0 }
      if isOfBank { return isMerged ? -balanceChange : 0 }
      return isPosting ? balanceChange : 0
    }

    /// And into that of the bank.
    var banked: Int64 { isOfBank && (isMerged || isPosting) ? balanceChange : 0 }

    /// What of a row that is nobody's the gateway kept, once people took the row in, and what it
    /// moved to another currency.
    func costs(_ currency: String) -> Int64 {
      guard isDecided, !["accept_local", "wait_until"].contains(verb) else { return 0 }
      func minor(_ name: String) -> Int64? {
        let money = row?[name]?.objectValue
        guard money?["currency"]?.stringValue == currency else { return nil }
        return money?["minor"]?.integerValue
      }
      let fee = row?["fee"] == nil ? 0 : (minor("fee") ?? 0) - (feeKnown[currency] ?? 0)
      let gone = row?["credited"] != nil && self.currency == currency ? actual : 0
      return (minor("coupon") ?? 0) + fee + gone - (minor("credited") ?? 0)
    }

    private var isMerged: Bool { isDecided && verb == "merge_match" }

    /// By the amount, the kind and the verb.
    func takesTwo(_ verb: String) -> Bool {
      let isLarge = DifferenceBook.level(of: self) >= 2
      switch verb {
      case "wait_until": return false
      case "accept_gateway": return isLarge || DifferenceBook.contradictsUs.contains(kind)
      default: return isLarge
      }
    }
  }

  private(set) var all: [String: Difference] = [:]
  /// In the order in which they were opened.
  private(set) var ids: [String] = []
  private var marks: Set<String> = []
  /// What came at a bank, by the rows of payouts, and the rows of the bank that it was.
  var arrived: [String: Int64] = [:]
  var credited: Set<String> = []
  /// Payouts that lists gave back, by their rows.
  var givenBack: Set<String> = []
  /// Banks by their statements.
  var banks: [String: String] = [:]

  fileprivate static let aboutNoMoney: Set<String> = [
    "currency", "gateway_number", "duplicate_row", "statement_unsound", "delivered_not_paid",
    "paid_not_delivered", "wrong_merchant",
  ]
  fileprivate static let contradictsUs: Set<String> = [
    "missing_at_gateway", "local_success_only", "amount_more", "amount_less", "currency",
    "gateway_number", "refund_missing_at_gateway", "refund_amount", "refund_status",
    "carry_over_aged_out",
  ]

  /// 0 for the machine, else how many people, with 3 where the gateway is asked too.
  fileprivate static func level(of difference: Difference) -> Int {
    switch difference.kind {
    case "statement_unsound", "wrong_merchant": 3
    case "local_success_only", "currency", "delivered_not_paid": 2
    case "duplicate_row" where difference.expected == 0: 0
    case _ where difference.expectedCurrency != difference.currency: 2
    default: (difference.actual - difference.expected).magnitude > 50_000 ? 2 : 1
    }
  }

  // MARK: for the people at the desk

  /// Any of them, the newest more often.
  func anyID(_ random: inout SeededRandom) -> String? {
    guard !ids.isEmpty else { return nil }
    return random.chance(permille: 500) ? random.pick(Array(ids.suffix(4))) : random.pick(ids)
  }

  func statement(of id: String) -> String? { all[id]?.statement }

  /// Another one that would cancel it out.
  func counterpart(of id: String) -> String? {
    guard let one = all[id] else { return nil }
    return ids.first { other in
      all[other].map { $0.balanceChange == -one.balanceChange && other != id } ?? false
    } ?? ids.last
  }

  // MARK: lines

  func broken(_ rule: String, _ line: EventLine, _ text: String) -> Violation {
    Violation(
      rule: rule,
      text: "event \(line.sequence) \(line.type) of \(line.text("discrepancy")): \(text)")
  }

  /// - Returns: the difference that the line is about.
  mutating func fold(_ line: EventLine) throws -> String {
    let id = line.text("discrepancy")
    if line.type == "discrepancy.opened" {
      try open(id, line)
      return id
    }
    guard var one = all[id] else { throw broken("log", line, "was never opened") }
    one.version += 1
    switch line.type.dropFirst("discrepancy.".count) {
    case "resolved":
      guard one.state != "resolved" else { throw broken("states", line, "it was resolved") }
      one.state = "resolved"
      one.resolution = line.text("resolution")
    case "proposed":
      guard ["open", "waiting"].contains(one.state) else {
        throw broken("states", line, "from \(one.state)")
      }
      take(&one, line)
      one.state = "proposed"
    case "adjudicated": try decide(&one, line)
    case "rejected":
      guard one.state == "proposed" else { throw broken("states", line, "from \(one.state)") }
      clear(&one)
    case "reopened":
      guard one.state == "waiting" || one.isDecided else {
        throw broken("states", line, "from \(one.state)")
      }
      clear(&one)
    case "escalated":
      guard ["open", "proposed"].contains(one.state) else {
        throw broken("states", line, "from \(one.state)")
      }
    default: throw broken("log", line, "an unknown type")
    }
    all[id] = one
    return id
  }

  private mutating func open(_ id: String, _ line: EventLine) throws {
    guard all[id] == nil else { throw broken("I13", line, "opened twice") }
    let (expected, actual) = (line.data["expected"]?.objectValue, line.data["actual"]?.objectValue)
    let one = Difference(
      run: line.text("run"), statement: line.text("statement"), gateway: line.text("gateway"),
      kind: line.text("kind"), level: line.text("level"),
      expected: expected?["minor"]?.integerValue ?? 0, actual: actual?["minor"]?.integerValue ?? 0,
      currency: actual?["currency"]?.stringValue ?? "",
      expectedCurrency: expected?["currency"]?.stringValue ?? "",
      row: line.data["theirs"]?.objectValue,
      bankRow: line.data["bank"]?.objectValue,
      suggestions: (line.data["suggestions"]?.arrayValue ?? []).flatMap {
        ($0.arrayValue ?? []).compactMap(\.integerValue)
      },
      ours: line.text("ours"), mark: line.text("mark"), openedBy: line.sequence,
      openedAt: line.at)
    guard marks.insert("\(one.gateway) \(one.mark)").inserted else {
      throw broken("I13", line, "the difference \(one.mark) is told twice")
    }
    let words = ["machine", "one_person", "two_persons", "lead_and_gateway"]
    guard one.level == words[Self.level(of: one)] else {
      throw broken("I17", line, "\(one.kind) is a matter of \(one.level)")
    }
    all[id] = one
    ids.append(id)
  }

  private func take(_ one: inout Difference, _ line: EventLine) {
    one.verb = line.text("verb")
    one.proposer = line.text("proposed_by")
    one.partner = line.text("partner")
    let known = line.data["fee_known"]?.objectValue
    one.feeKnown = known.map {
      [$0["currency"]?.stringValue ?? "": $0["minor"]?.integerValue ?? 0]
    } ?? [:]
  }

  private func clear(_ one: inout Difference) {
    (one.state, one.resolution, one.verb, one.proposer, one.partner) = ("open", "", "", "", "")
  }

  /// I17: what takes two people was proposed by one and confirmed by another.
  private func decide(_ one: inout Difference, _ line: EventLine) throws {
    let (verb, proposer) = (line.text("verb"), line.text("proposed_by"))
    let confirmer = line.data["confirmed_by"]?.stringValue
    let other = line.text("partner")
    guard one.state != "resolved" else { throw broken("states", line, "it was resolved") }
    let takesTwo = one.takesTwo(verb) || all[other]?.takesTwo(verb) ?? false
    if takesTwo {
      guard let confirmer, confirmer != proposer, confirmer.hasPrefix("operator:") else {
        throw broken("I17", line, "\(verb) by \(proposer) alone")
      }
    }
    if one.state == "proposed", one.verb == verb, one.proposer != proposer {
      throw broken("I17", line, "\(one.proposer) proposed it, not \(proposer)")
    }
    take(&one, line)
    one.state = verb == "wait_until" ? "waiting" : "resolved"
    one.resolution = verb == "wait_until" ? "" : "adjudicated"
  }

  // MARK: pairs

  /// I14: a pair is two halves of one movement, decided and taken back together.
  func checkPair(_ id: String) throws {
    guard let one = all[id], one.isDecided, one.verb == "merge_match" else { return }
    guard let other = all[one.partner], other.isDecided, other.verb == "merge_match",
      other.partner == id, other.gateway == one.gateway, other.currency == one.currency,
      other.isOfExchange == one.isOfExchange,
      one.balanceChange + other.balanceChange == 0, one.balanceChange != 0
    else { throw Violation(rule: "I14", text: "\(id) is matched with \(one.partner) on one side") }
  }

  fileprivate static let ofWholePayment: Set<String> = [
    "missing_at_gateway", "local_success_only", "amount_more", "amount_less",
    "refund_missing_locally", "carry_over_aged_out",
  ]

  /// What people decided that the gateway holds less of a payment, or gave back at its own desk.
  func decidedLess(of payment: String, _ currency: String) -> Int64 {
    all.values.filter {
      $0.ours == payment && $0.currency == currency && Self.ofWholePayment.contains($0.kind)
    }.reduce(0) { $0 - $1.posted }
  }

  /// A payout that people gave up is moved by its arrival, and by no decision; of what the bank's
  /// files said of one the newest counts. A row that is a payout, or half of one that came, brought
  /// nothing beside it.
  func isOvertaken(_ id: String, _ one: Difference) -> Bool {
    if one.isOfBank {
      if credited.contains(one.bankPlace) { return true }
      guard one.verb == "merge_match", let other = all[one.partner] else { return false }
      return isOvertaken(one.partner, other)
    }
    guard one.isAboutBank else { return false }
    if givenBack.contains(one.place) { return true }
    guard let came = arrived[one.place] else { return false }
    guard one.kind == "payout_sum" else { return true }
    let newest = ids.last {
      all[$0].map { $0.kind == one.kind && $0.isAboutBank && $0.place == one.place } ?? false
    }
    return newest != id || came != one.actual
  }

  /// What decisions moved into a gateway's account.
  func posted(_ gateway: String, _ currency: String, _ known: DisputeRows) -> Int64 {
    all.filter { $0.value.gateway == gateway && !isOvertaken($0.key, $0.value) }
      .reduce(0) { sum, one in
        // Once the gateway has told of a dispute, runs book what its rows cost.
        let costs = known.minor[one.key] == nil ? one.value.costs(currency) : 0
        let isHere = one.value.currency == currency
        return sum + (isHere ? one.value.posted(less: known.minor[one.key]) : 0) - costs
      }
  }

  /// What decisions moved into a bank's account.
  func banked(_ account: String, _ currency: String) -> Int64 {
    all.filter {
      $0.value.isOfBank && $0.value.currency == currency && !isOvertaken($0.key, $0.value)
        && banks[$0.value.bankRow?["statement"]?.stringValue ?? ""] == account
    }.reduce(0) { $0 + $1.value.banked }
  }
}
