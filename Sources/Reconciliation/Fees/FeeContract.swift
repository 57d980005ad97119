package import Domain

/// What a gateway may take for one method from one day to another.
///
/// All amounts are minor units of the currency of the payment.
package struct FeeContract: Hashable, Sendable {
  /// What becomes of the fee when money is refunded.
  package enum RefundPolicy: String, Sendable, CaseIterable {
    /// All of it stays with the gateway.
    case kept
    /// It comes back as a whole, with the refund that completes the charge.
    case returned
    /// Each refund brings back its share.
    case proportional
  }

  package let rate: Ratio
  package let fixed: Int64
  package let minimum: Int64
  /// Nil: no upper limit.
  package let maximum: Int64?
  package let rounding: Rounding
  /// Fees are multiples of this: 1 is the fen.
  package let unit: Int64
  package let refunds: RefundPolicy
  /// In force at a payment's gateway time from here, until the next contract.
  package let from: Timestamp

  /// Nil where the figures contradict each other.
  package init?(
    rate: Ratio, fixed: Int64 = 0, minimum: Int64 = 0, maximum: Int64? = nil,
    rounding: Rounding = .halfUp, unit: Int64 = 1, refunds: RefundPolicy = .proportional,
    from: Timestamp = Timestamp(milliseconds: 0)
  ) {
    guard rate.numerator >= 0, fixed >= 0, minimum >= 0, unit > 0,
      maximum.map({ $0 >= minimum }) ?? true
    else { return nil }
    self.rate = rate
    self.fixed = fixed
    self.minimum = minimum
    self.maximum = maximum
    self.rounding = rounding
    self.unit = unit
    self.refunds = refunds
    self.from = from
  }

  /// The fee of a charge. Nil where it does not fit.
  package func fee(ofCharge gross: Int64) -> Int64? {
    guard gross >= 0 else { return nil }
    let (divisor, isOver) = rate.denominator.multipliedReportingOverflow(by: unit)
    guard !isOver, let perUnit = Ratio(rate.numerator, divisor),
      let units = perUnit.applied(to: gross, rounding)
    else { return nil }
    let (share, overflow) = units.multipliedReportingOverflow(by: unit)
    let (whole, carried) = share.addingReportingOverflow(fixed)
    guard !overflow, !carried else { return nil }
    return min(max(whole, minimum), maximum ?? Int64.max)
  }

  /// The fee of a refund, 0 or negative: what comes back to us.
  ///
  /// - Parameters:
  ///   - gross: positive, the refunded amount.
  ///   - charge: what the payment was, and the fee that was taken for it.
  ///   - before: refunded earlier and the fee that came back then, both positive.
  package func fee(
    ofRefund gross: Int64, charge: (gross: Int64, fee: Int64),
    before: (gross: Int64, fee: Int64) = (0, 0)
  ) -> Int64? {
    if refunds == .kept { return 0 }
    let (left, overflow) = charge.gross.subtractingReportingOverflow(before.gross)
    let (feeLeft, carried) = charge.fee.subtractingReportingOverflow(before.fee)
    guard !overflow, !carried, gross >= 0, gross <= left, feeLeft >= 0,
      let share = Ratio(gross, left)
    else { return nil }
    if refunds == .returned { return gross == left ? -feeLeft : 0 }
    return share.applied(to: feeLeft, rounding).map { -$0 }
  }
}

/// The contracts of one gateway account, by method and time.
package struct FeeBook: Equatable, Sendable {
  /// Ascending by `from` within a method; the empty method serves all without one of their own.
  private var contracts: [String: [FeeContract]] = [:]

  package init() {}

  package var isEmpty: Bool { contracts.isEmpty }

  package mutating func add(_ contract: FeeContract, method: String = "") {
    contracts[method, default: []].append(contract)
    contracts[method]?.sort { $0.from < $1.from }
  }

  package func contract(method: String, at moment: Timestamp) -> FeeContract? {
    func latest(_ method: String) -> FeeContract? {
      contracts[method]?.last { $0.from <= moment }
    }
    return latest(method) ?? latest("")
  }
}
