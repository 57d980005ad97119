package import Domain

/// What an adapter can do and how its gateway behaves. The engine asks here instead of knowing
/// gateways by name.
package struct GatewayCapabilities: Sendable {
  /// One way to pay at this gateway.
  package struct Method: Sendable {
    /// As `precreate`, `page`, `wap`.
    package let name: String
    package let action: PaymentAction.Kind
    package let schedule: ScheduleClass
    /// Payments by this method are made without a call: the action is signed locally.
    package let isLocal: Bool

    package init(
      name: String, action: PaymentAction.Kind, schedule: ScheduleClass, isLocal: Bool
    ) {
      self.name = name
      self.action = action
      self.schedule = schedule
      self.isLocal = isLocal
    }
  }

  /// What a gateway takes in one currency.
  package struct AmountRule: Hashable, Sendable {
    package let currency: String
    /// Inclusive, in minor units.
    package let min: Int64
    package let max: Int64
    /// An amount must be a multiple of this many minor units: a gateway that counts whole forints
    /// takes no fillér.
    package let step: Int64

    package init(currency: String, min: Int64, max: Int64, step: Int64 = 1) {
      precondition(step > 0 && min <= max, "an amount rule that nothing can keep")
      self.currency = currency
      self.min = min
      self.max = max
      self.step = step
    }

    /// As `100-99999999 in steps of 10`.
    package var text: String { step == 1 ? "\(min)-\(max)" : "\(min)-\(max) in steps of \(step)" }

    package func allows(_ minor: Int64) -> Bool {
      minor >= min && minor <= max && minor % step == 0
    }
  }

  /// The first one is the default.
  package let methods: [Method]
  /// Codes of the currencies it takes; empty means any.
  package let currencies: [String]
  /// Inclusive, in minor units of the payment's currency.
  package let amountMin: Int64
  package let amountMax: Int64
  /// Currencies with rules of their own; for the others `amountMin` and `amountMax` count.
  package let amountRules: [AmountRule]
  /// Whether a payment's state can be found out. A gateway without a network answers the question
  /// itself (`GatewayPlan.settled`).
  package let canQuery: Bool
  package let canClose: Bool
  package let canRefund: Bool
  package let canRefundPartly: Bool
  /// What a verified notice of this gateway is worth.
  package let noticeStrength: EvidenceStrength
  /// How long after a payment's expiry an answer "does not exist" proves that it cannot be paid any
  /// more; nil where it never does. Milliseconds.
  package let absenceProvesClosedAfterMilliseconds: Int64?
  /// Whether `close` may be sent while the gateway does not know the payment yet.
  package let closesUnseenPayments: Bool
  /// Whether the same create, number and content alike, may be sent again where the first one
  /// brought no usable answer.
  ///
  /// True only where one number makes at most one trade however often it is sent, where Till gets
  /// the only way to pay from the answer to the create, and where an answer "begun before" has its
  /// own code (`FaultCode.begunBefore`). A create that charges the buyer is never among them.
  package let createIsRepeatable: Bool
  /// The gateway's own clock, for day boundaries, in minutes east of UTC.
  package let zoneOffsetMinutes: Int64
  /// Whether the gateway can be asked how a dispute stands.
  package let canQueryDisputes: Bool
  /// How often to ask what happened that nobody told us, and at every start; nil where it cannot be
  /// asked. Milliseconds.
  package let catchUpEveryMilliseconds: Int64?
  /// What it tells then includes payments that succeeded, so that our books can be held against it.
  package let listsPayments: Bool
  /// Soonest query of a refund after it was sent. Milliseconds.
  package let refundQueryDelayMilliseconds: Int64
  /// What a weak word of money does. Anything but `wakes` says that nothing better is to be had,
  /// from a notice or from a question.
  package let weakWord: WeakWord
  /// A row of a bank's statement that names a payment pays it: the money comes to an account whose
  /// statements are taken in.
  package let isPaidByBankRows: Bool
  /// Real money moves here. False only for the sandbox.
  package let isReal: Bool
  /// Facts of this adapter that could not be verified; shown by `gateway.list`.
  package let isExperimental: Bool

  /// - Parameter createIsRepeatable: "never" is the safe word of an adapter that says nothing.
  package init(
    methods: [Method], currencies: [String], amountMin: Int64, amountMax: Int64, canQuery: Bool,
    canClose: Bool, canRefund: Bool, canRefundPartly: Bool, noticeStrength: EvidenceStrength,
    absenceProvesClosedAfterMilliseconds: Int64?, closesUnseenPayments: Bool,
    zoneOffsetMinutes: Int64, refundQueryDelayMilliseconds: Int64, isReal: Bool,
    isExperimental: Bool, amountRules: [AmountRule] = [], canQueryDisputes: Bool = false,
    catchUpEveryMilliseconds: Int64? = nil, listsPayments: Bool = false,
    createIsRepeatable: Bool = false,
    weakWord: WeakWord = .wakes, isPaidByBankRows: Bool = false
  ) {
    precondition(!methods.isEmpty, "a gateway has at least one method")
    self.methods = methods
    self.currencies = currencies
    self.amountMin = amountMin
    self.amountMax = amountMax
    self.canQuery = canQuery
    self.canClose = canClose
    self.canRefund = canRefund
    self.canRefundPartly = canRefundPartly
    self.noticeStrength = noticeStrength
    self.absenceProvesClosedAfterMilliseconds = absenceProvesClosedAfterMilliseconds
    self.closesUnseenPayments = closesUnseenPayments
    self.createIsRepeatable = createIsRepeatable
    self.zoneOffsetMinutes = zoneOffsetMinutes
    self.refundQueryDelayMilliseconds = refundQueryDelayMilliseconds
    self.isReal = isReal
    self.isExperimental = isExperimental
    self.amountRules = amountRules
    self.canQueryDisputes = canQueryDisputes
    self.catchUpEveryMilliseconds = catchUpEveryMilliseconds
    self.listsPayments = listsPayments
    self.weakWord = weakWord
    self.isPaidByBankRows = isPaidByBankRows
  }

  /// What it takes in a currency.
  package func amountRule(for currency: Currency) -> AmountRule {
    amountRules.first { $0.currency.utf8.elementsEqual(currency.code.utf8) }
      ?? AmountRule(currency: currency.code, min: amountMin, max: amountMax)
  }

  package func method(named name: String) -> Method? {
    methods.first { $0.name.utf8.elementsEqual(name.utf8) }
  }
}

/// How eagerly a payment is asked about; the gaps are the engine's.
package enum ScheduleClass: String, Sendable, CaseIterable {
  /// A QR code on a screen: the buyer is there now.
  case qr
  /// The buyer presents a code: seconds matter, then it is revoked.
  case barcode
  /// A redirect to a page where the buyer logs in.
  case redirect
}
