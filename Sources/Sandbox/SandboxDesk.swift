import Domain
import Gateways
import SQLite

/// The sandbox's rules: what a merchant's request or a buyer's act does to the books.
///
/// Lives for one transaction. Never gives back more than was paid, and takes a number that comes
/// again for the same thing.
struct SandboxDesk {
  /// What a request came to.
  struct Outcome {
    var code: SandboxCode
    var trade: SandboxTrade?
    var refund: SandboxRefund?
    var dispute: SandboxDispute?

    init(_ code: SandboxCode, _ trade: SandboxTrade? = nil, _ refund: SandboxRefund? = nil) {
      self.code = code
      self.trade = trade
      self.refund = refund
    }
  }

  /// Trades are never deleted, so their ids count them.
  static let tradesMax: Int64 = 10_000_000
  static let refundsPerTradeMax = 1_000

  let books: SandboxBooks
  let gateway: String
  let now: Timestamp
  let pace: SandboxPace
  var hand: FaultHand

  mutating func serve(
    _ operation: SandboxOperation, _ request: SandboxMerchantRequest
  ) throws(SQLiteError) -> Outcome {
    switch operation {
    case .create: try create(request)
    case .query: try query(request)
    case .close: try close(request)
    case .refund: try refund(request)
    case .refundQuery: try queryRefund(request)
    case .disputeQuery: try queryDispute(request)
    case .check: Outcome(.ok)
    }
  }

  private func create(_ request: SandboxMerchantRequest) throws(SQLiteError) -> Outcome {
    guard let number = request.outTradeNumber, let amount = request.amount,
      let method = request.method, let expiresAt = request.expiresAt
    else { return Outcome(.badRequest) }
    if let trade = try books.trade(gateway: gateway, number: number) {
      let isSame = trade.amount == amount && trade.method.utf8.elementsEqual(method.utf8)
      return Outcome(isSame ? .ok : .tradeConflict, isSame ? trade : nil)
    }
    guard now < expiresAt else { return Outcome(.tradeExpired) }
    guard try books.newestTradeID() < Self.tradesMax else { return Outcome(.broken) }
    try books.insertTrade(
      gateway: gateway, number: number, method: method, subject: request.subject ?? "",
      amount: amount, expiresAt: expiresAt, at: now)
    return Outcome(.ok, try kept(number))
  }

  private mutating func query(_ request: SandboxMerchantRequest) throws(SQLiteError) -> Outcome {
    guard let number = request.outTradeNumber else { return Outcome(.badRequest) }
    guard let trade = try books.trade(gateway: gateway, number: number),
      !hand.strikes(.notExistLie)
    else { return Outcome(.tradeNotExist) }
    return Outcome(.ok, trade)
  }

  private mutating func close(_ request: SandboxMerchantRequest) throws(SQLiteError) -> Outcome {
    guard let number = request.outTradeNumber else { return Outcome(.badRequest) }
    guard var trade = try books.trade(gateway: gateway, number: number),
      !hand.strikes(.notExistLie)
    else { return Outcome(.tradeNotExist) }
    switch trade.status {
    case .closed, .failed: return Outcome(.ok, trade)
    case .processing: return Outcome(.tradeProcessing, trade)
    case .paid, .refunded: return Outcome(.alreadyPaid, trade)
    case .waiting: break
    }
    if hand.strikes(.alreadyPaidOnClose) {
      trade = try take(trade.amount, for: trade)
      return Outcome(.alreadyPaid, trade)
    }
    trade.status = .closed
    trade.closedAt = now
    if hand.strikes(.successAfterClose) {
      trade.lateSuccessAt = now.adding(milliseconds: pace.lateSuccessMilliseconds)
    }
    try books.update(trade)
    return Outcome(.ok, trade)
  }

  private mutating func refund(_ request: SandboxMerchantRequest) throws(SQLiteError) -> Outcome {
    guard let number = request.outTradeNumber, let refundNumber = request.refundNumber,
      let amount = request.amount
    else { return Outcome(.badRequest) }
    guard let trade = try books.trade(gateway: gateway, number: number) else {
      return Outcome(.tradeNotExist)
    }
    if let known = trade.refund(numbered: refundNumber) {
      return known.amount == amount ? Outcome(.ok, trade, known) : Outcome(.refundConflict, trade)
    }
    guard let paid = trade.paid, let refunded = trade.refunded else {
      return Outcome(.notPaid, trade)
    }
    guard amount.currency == paid.currency else { return Outcome(.refundCurrency, trade) }
    let (sum, overflow) = refunded.minor.addingReportingOverflow(amount.minor)
    guard !overflow, sum <= paid.minor, trade.refunds.count < Self.refundsPerTradeMax else {
      return Outcome(.refundExceedsPaid, trade)
    }
    let returnsAt =
      hand.strikes(.refundReturned)
      ? now.adding(milliseconds: pace.refundReturnMilliseconds) : nil
    try books.insertRefund(
      refundNumber, of: trade, amount: amount, reason: request.reason, returnsAt: returnsAt,
      at: now)
    let after = try settled(number)
    precondition(
      after.refunded.map { $0.minor <= paid.minor } ?? false, "no more is refunded than was paid")
    return Outcome(.ok, after, after.refund(numbered: refundNumber))
  }

  private mutating func queryRefund(
    _ request: SandboxMerchantRequest
  ) throws(SQLiteError) -> Outcome {
    guard let number = request.outTradeNumber, let refundNumber = request.refundNumber else {
      return Outcome(.badRequest)
    }
    guard let trade = try books.trade(gateway: gateway, number: number) else {
      return Outcome(.tradeNotExist)
    }
    guard let refund = trade.refund(numbered: refundNumber), !hand.strikes(.notExistLie) else {
      return Outcome(.refundNotExist, trade)
    }
    return Outcome(.ok, trade, refund)
  }

  private func queryDispute(
    _ request: SandboxMerchantRequest
  ) throws(SQLiteError) -> Outcome {
    guard let number = request.outTradeNumber, let wanted = request.disputeNumber else {
      return Outcome(.badRequest)
    }
    guard let trade = try books.trade(gateway: gateway, number: number),
      let dispute = trade.dispute, dispute.gatewayDispute.utf8.elementsEqual(wanted.utf8)
    else { return Outcome(.disputeNotExist) }
    var outcome = Outcome(.ok, trade)
    outcome.dispute = dispute
    return outcome
  }
}

// MARK: Money

extension SandboxDesk {
  /// The money is taken and its notice goes out.
  mutating func take(
    _ amount: Money, for trade: SandboxTrade, at moment: Timestamp? = nil,
    callback: SandboxCallback = .deliver, delayMilliseconds: Int64 = 0
  ) throws(SQLiteError) -> SandboxTrade {
    precondition(trade.paid == nil, "a trade is paid once")
    precondition(amount.minor > 0, "a buyer pays something")
    var trade = trade
    trade.status = .paid
    trade.paid = amount
    trade.paidAt = moment ?? now
    trade.lateSuccessAt = nil
    trade.callback = callback
    try books.update(trade)
    return try announce(trade, callback, delayMilliseconds: delayMilliseconds)
  }

  /// Writes the notices of a trade as it stands, and gives it back as it then is.
  mutating func announce(
    _ trade: SandboxTrade, _ callback: SandboxCallback, delayMilliseconds: Int64
  ) throws(SQLiteError) -> SandboxTrade {
    let present = try kept(trade.outTradeNumber)
    let body = SandboxSpeech.notice(
      id: try books.nextNoticeID(), of: present, refund: nil, hand: &hand)
    let isMissealed = hand.strikes(.wrongSignature)
    let dueAt = now.adding(milliseconds: callback == .delay ? delayMilliseconds : 0)
    for _ in 0..<(callback == .duplicate ? 2 : 1) {
      try books.insertNotice(
        ofTrade: trade.id, body: body, isMissealed: isMissealed, isLost: callback == .lose,
        dueAt: dueAt)
    }
    return try kept(trade.outTradeNumber)
  }

  /// Writes the notice of a trade's dispute, and gives the trade back as it then is.
  mutating func announceDispute(
    _ number: String, _ callback: SandboxCallback, delayMilliseconds: Int64
  ) throws(SQLiteError) -> SandboxTrade {
    let trade = try kept(number)
    guard let dispute = trade.dispute else {
      preconditionFailure("a dispute that was written is there")
    }
    let body = SandboxSpeech.notice(
      id: try books.nextNoticeID(), of: trade, dispute: dispute, hand: &hand)
    let isMissealed = hand.strikes(.wrongSignature)
    let dueAt = now.adding(milliseconds: callback == .delay ? delayMilliseconds : 0)
    for _ in 0..<(callback == .duplicate ? 2 : 1) {
      try books.insertNotice(
        ofTrade: trade.id, body: body, isMissealed: isMissealed, isLost: callback == .lose,
        dueAt: dueAt)
    }
    return try kept(number)
  }

  /// A trade that was just written or read.
  private func kept(_ number: String) throws(SQLiteError) -> SandboxTrade {
    guard let trade = try books.trade(gateway: gateway, number: number) else {
      preconditionFailure("a trade that was written is there")
    }
    return trade
  }

  /// Brings the status of a paid trade in line with its refunds.
  private func settled(_ number: String) throws(SQLiteError) -> SandboxTrade {
    var trade = try kept(number)
    guard let paid = trade.paid else { return trade }
    let status: SandboxTradeStatus = trade.refunded == paid ? .refunded : .paid
    guard status != trade.status else { return trade }
    trade.status = status
    try books.update(trade)
    return trade
  }

  /// A refund's money comes back, and the merchant is told.
  mutating func returnRefund(
    _ number: String, of trade: SandboxTrade, at moment: Timestamp
  ) throws(SQLiteError) {
    try books.returnRefund(number, ofTrade: trade.id, at: moment)
    let after = try settled(trade.outTradeNumber)
    guard let refund = after.refund(numbered: number) else {
      preconditionFailure("a refund that was written is there")
    }
    let body = SandboxSpeech.notice(
      id: try books.nextNoticeID(), of: after, refund: refund, hand: &hand)
    try books.insertNotice(
      ofTrade: trade.id, body: body, isMissealed: hand.strikes(.wrongSignature), isLost: false,
      dueAt: now)
  }
}

extension SandboxTrade {
  func refund(numbered number: String) -> SandboxRefund? {
    refunds.first { $0.number.utf8.elementsEqual(number.utf8) }
  }
}
