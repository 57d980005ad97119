import Domain
import JSON
import Store

/// The books as the daemon keeps them, read along with the log (I1).
struct LedgerWatch {
  private var projection = LedgerProjection()
  private var place: Int64 = 0

  mutating func follow(_ store: StoreReader) throws {
    while true {
      let events = try store.recorded(after: place, limit: 2000)
      guard let last = events.last else { return }
      for (sequence, event) in events {
        do throws(LedgerError) {
          try projection.apply(event)
        } catch {
          throw Violation(rule: "I1", text: "event \(sequence) cannot be booked: \(error)")
        }
      }
      place = last.sequence
    }
  }

  /// - Parameter orders: the same, folded by the auditor's own rules.
  func check(
    _ orders: [OrderModel], _ differences: DifferenceBook, _ fees: some Collection<BookedFees>,
    _ arrivals: some Collection<Arrival>
  ) throws {
    guard projection.ledger.isBalanced else {
      throw Violation(rule: "I1", text: "debits and credits differ")
    }
    let known = DisputeRows(orders, differences)
    try checkDisputes(orders, differences, known)
    for balance in projection.ledger.balances {
      let currency = balance.debit.currency.code
      if case .bank(let account) = balance.account {
        let came = arrivals.reduce(0) {
          $0 + ($1.account == account && $1.currency == currency ? $1.minor : 0)
        }
        let own = came + differences.banked(account, currency)
        guard own == balance.debit.minor else {
          throw Violation(
            rule: "I1",
            text: "\(account) holds \(balance.debit.minor) by its books, \(own) by ours")
        }
      }
      guard case .receivable(let gateway) = balance.account else { continue }
      var own = differences.posted(gateway, currency, known)
      for order in orders { own += order.receivable(from: gateway, currency, differences) }
      for run in fees where run.gateway == gateway {
        own += (run.exchanged[currency] ?? 0) - (run.minor[currency] ?? 0)
      }
      for arrival in arrivals where arrival.gateway == gateway && arrival.currency == currency {
        own -= arrival.minor
      }
      guard own == balance.debit.minor else {
        throw Violation(
          rule: "I1",
          text: "\(gateway) holds \(balance.debit.minor) \(currency) by its books, \(own) by ours")
      }
    }
  }

  /// What gateways keep for disputes is held, and a loss once it is lost.
  private func checkDisputes(
    _ orders: [OrderModel], _ differences: DifferenceBook, _ known: DisputeRows
  ) throws {
    for balance in projection.ledger.balances {
      let isLoss = balance.account == .chargebackLoss
      guard isLoss || balance.account == .disputeHold else { continue }
      let kept = orders.flatMap(\.disputes).map(\.value).filter {
        $0.isWithheld && $0.tookMoney == isLoss && $0.currency == balance.debit.currency.code
      }
      let accepted = isLoss ? differences.acceptedLosses(balance.debit.currency.code, known) : 0
      let own = kept.reduce(0) { $0 + $1.minor } + accepted
      guard own == balance.debit.minor else {
        throw Violation(
          rule: "I1",
          text: "\(balance.account) is \(balance.debit.minor) by its books, \(own) by ours")
      }
    }
  }

  /// I6, for orders about which nobody decided anything: what is too much is the buyer's.
  func checkExcess(_ order: OrderModel) throws {
    let isPlain =
      order.refunds.isEmpty && order.disputes.isEmpty
      && order.payments.allSatisfy {
        $0.value.currency.isEmpty
          || ($0.value.currency == order.currency && !$0.value.isAccepted)
      }
    guard isPlain else { return }
    var booked: Int64 = 0
    for entry in projection.ledger.entries
    where entry.order?.text == order.id && ![.adjudicated, .corrected].contains(entry.cause) {
      for line in entry.lines where line.account == .excessPayable { booked -= line.debit.minor }
    }
    guard booked == order.excess else {
      throw Violation(
        rule: "I6", text: "order \(order.id) has \(order.excess) too much, its books \(booked)")
    }
  }
}

/// Fees that nobody told before the bill did, and what was exchanged, as a run booked them.
struct BookedFees {
  let gateway: String
  private(set) var minor: [String: Int64] = [:]
  /// By what a currency's balance changed, fees taken off.
  private(set) var exchanged: [String: Int64] = [:]
  /// By pair of currencies.
  private(set) var conversions: [String: ConvertedSum] = [:]

  init(_ line: EventLine) {
    self.init(
      line.text("gateway"), fees: line.data["fees"]?.arrayValue ?? [],
      conversions: line.data["conversions"]?.arrayValue ?? [])
  }

  /// Of a row of an earlier statement.
  init(_ gateway: String, carried row: JSONObject) {
    self.init(
      gateway, fees: [row["fee"]].compactMap(\.self),
      conversions: [row["conversion"]].compactMap(\.self))
  }

  private init(_ gateway: String, fees: [JSONValue], conversions rows: [JSONValue]) {
    self.gateway = gateway
    for fee in fees.compactMap(\.objectValue) {
      let currency = fee["currency"]?.stringValue ?? ""
      minor[currency, default: 0] += fee["minor"]?.integerValue ?? 0
    }
    for row in rows.compactMap(\.objectValue) {
      for (member, sign) in [("charged", Int64(-1)), ("credited", 1)] {
        let money = row[member]?.objectValue
        let currency = money?["currency"]?.stringValue ?? ""
        exchanged[currency, default: 0] += sign * (money?["minor"]?.integerValue ?? 0)
      }
      let sum = ConvertedSum(row)
      exchanged[sum.credited, default: 0] -= sum.fee
      conversions[sum.pair] = sum
    }
  }
}

extension OrderModel {
  /// What a gateway holds for us of this order.
  fileprivate func receivable(
    from gateway: String, _ currency: String, _ differences: DifferenceBook
  ) -> Int64 {
    var sum: Int64 = 0
    for (id, payment) in payments where payment.gateway == gateway {
      if payment.currency == currency, ["succeeded", "reversed"].contains(payment.state) {
        sum += payment.captured - payment.fee - reversed(id, differences)
      }
      for (_, refund) in refunds
      where refund.payment == id && refund.state == "succeeded" && payment.currency == currency {
        sum -= refund.minor
      }
      for (_, dispute) in disputes
      where dispute.payment == id && dispute.isWithheld && dispute.currency == currency {
        sum -= dispute.minor
      }
    }
    return sum
  }

  /// What the gateway gave back of a payment at its own desk: all that no refund of ours and no
  /// decision of people accounts for.
  func reversed(_ id: String, _ differences: DifferenceBook) -> Int64 {
    guard let payment = payment(id), payment.state == "reversed" else { return 0 }
    var rest = payment.captured - differences.decidedLess(of: id, payment.currency)
    for (_, refund) in refunds where refund.payment == id {
      let isReturnedSince = refund.state == "returned" && refund.returnedAt >= payment.reversedAt
      if refund.state == "succeeded" || isReturnedSince { rest -= refund.minor }
    }
    return max(0, rest)
  }
}
