import Domain
import Gateways
import JSON
import SQLite

/// Takes one request from the wire through the faults and the books to its answer.
struct SandboxCounter {
  /// How an exchange ends, and how long after its beginning.
  struct Turn: Sendable {
    var result: Result<GatewayAnswer, Fault>
    var delayMilliseconds: Int64 = 0
  }

  static let retryAfterSeconds = 1

  let books: SandboxBooks
  let accounts: [SandboxAccount]
  let pace: SandboxPace
  let now: Timestamp

  /// Serves one request. The caller has a transaction open and answers after its commit.
  func turn(_ request: GatewayRequest) throws(SQLiteError) -> Turn {
    guard let operation = Self.operation(of: request) else {
      return Turn(result: .success(Self.plain(404, .badRequest)))
    }
    let merchant = SandboxSeal.value(of: SandboxSeal.merchantHeader, in: request.headers) ?? ""
    let account = accounts.first { $0.name.utf8.elementsEqual(merchant.utf8) }
    guard let account else {
      return Turn(result: .success(Self.plain(401, .unknownMerchant)))
    }
    var hand = FaultHand(try books.faults(of: account.name, at: now))
    let turn = try serve(request, operation, account, &hand)
    for fault in hand.struck { try books.use(fault, of: account.name) }
    return turn
  }

  private func serve(
    _ request: GatewayRequest, _ operation: SandboxOperation, _ account: SandboxAccount,
    _ hand: inout FaultHand
  ) throws(SQLiteError) -> Turn {
    if hand.strikes(.down) {
      let reason = Reason(code: FaultCode.unreachable, text: "the sandbox is down")
      return Turn(result: .failure(.notSent(reason)))
    }
    let body = SandboxBody(request.body)
    let members = SandboxMerchantRequest(body ?? SandboxBody(JSONObject()))
    let turn: Turn
    let code: String
    var isServed = false
    if hand.strikes(.hang) {
      turn = Self.timeout(of: request)
      code = SandboxFault.hang.rawValue
    } else if hand.strikes(.rateLimit) {
      turn = Turn(result: .success(Self.limited()))
      code = SandboxCode.rateLimited.rawValue
    } else if let flaw = flaw(of: request, body, operation, account) {
      turn = Turn(result: .success(Self.plain(flaw == .badRequest ? 400 : 401, flaw)))
      code = flaw.rawValue
    } else {
      (turn, code) = try served(request, operation, members, account, &hand)
      isServed = true
    }
    if let number = members.outTradeNumber {
      let isCreate = isServed && operation == .create
      try books.countCall(of: number, gateway: account.name, isCreate: isCreate)
    }
    try books.record(
      SandboxCall(
        id: 0, at: now, gateway: account.name, operation: operation.rawValue,
        outTradeNumber: members.outTradeNumber, refundNumber: members.refundNumber,
        amount: operation == .refund ? members.amount : nil, code: code,
        faults: hand.struck.map(\.rawValue)))
    return turn
  }

  /// The request is done and its answer may be spoilt on the way.
  private func served(
    _ request: GatewayRequest, _ operation: SandboxOperation, _ members: SandboxMerchantRequest,
    _ account: SandboxAccount, _ hand: inout FaultHand
  ) throws(SQLiteError) -> (Turn, String) {
    var desk = SandboxDesk(
      books: books, gateway: account.name, now: now, pace: pace, hand: hand)
    let outcome = try desk.serve(operation, members)
    hand = desk.hand
    let body = SandboxSpeech.answer(
      outcome, to: operation, merchant: account.name, members, hand: &hand)
    let isMissealed = hand.strikes(.wrongSignature)
    var answer = GatewayAnswer(
      status: 200, headers: Self.headers(account, body, operation, now, isMissealed: isMissealed),
      body: body)
    if hand.strikes(.errorAfterSuccess) {
      answer = Self.plain(500, .broken)
    } else if hand.strikes(.tornAnswer) {
      answer = GatewayAnswer(
        status: 200, headers: answer.headers, body: Array(body.prefix(body.count / 2)))
    }
    var turn = Turn(result: .success(answer))
    if hand.strikes(.slow) { turn.delayMilliseconds = pace.slowMilliseconds }
    if turn.delayMilliseconds >= request.timeoutMilliseconds { turn = Self.timeout(of: request) }
    return (turn, outcome.code.rawValue)
  }

  /// Why a request is not the merchant's; nil where it is.
  private func flaw(
    of request: GatewayRequest, _ body: SandboxBody?, _ operation: SandboxOperation,
    _ account: SandboxAccount
  ) -> SandboxCode? {
    do throws(SandboxSeal.Flaw) {
      let sentAt = try account.seal.open(request.body, request.headers, as: .request(operation))
      let gap = sentAt.milliseconds(since: now)
      let isNear = (-SandboxSeal.clockGapMillisecondsMax...SandboxSeal.clockGapMillisecondsMax)
        .contains(gap)
      guard isNear else { return .clockOff }
      guard let body else { return .badRequest }
      return body.holds(account.name, in: "merchant") ? nil : .unknownMerchant
    } catch { return .badSignature }
  }
}

// MARK: Answers

extension SandboxCounter {
  private static let urlPrefix = "sandbox://bank/"

  private static func operation(of request: GatewayRequest) -> SandboxOperation? {
    guard request.method.utf8.elementsEqual("POST".utf8), request.url.hasPrefix(urlPrefix) else {
      return nil
    }
    return SandboxOperation(rawValue: String(request.url.dropFirst(urlPrefix.count)))
  }

  /// An answer without a seal, for those without a key and for what a front end would say.
  static func plain(_ status: Int, _ code: SandboxCode) -> GatewayAnswer {
    GatewayAnswer(
      status: status, headers: [Header("Content-Type", "application/json")],
      body: JSONValue.object(JSONObject([("code", .string(code.rawValue))])).bytes())
  }

  private static func limited() -> GatewayAnswer {
    let answer = plain(429, .rateLimited)
    return GatewayAnswer(
      status: answer.status,
      headers: answer.headers + [Header("Retry-After", "\(retryAfterSeconds)")],
      body: answer.body)
  }

  private static func timeout(of request: GatewayRequest) -> Turn {
    let reason = Reason(
      code: FaultCode.timeout,
      text: "the sandbox did not answer within \(request.timeoutMilliseconds) ms")
    return Turn(
      result: .failure(.outcomeUnknown(reason)), delayMilliseconds: request.timeoutMilliseconds)
  }

  private static func headers(
    _ account: SandboxAccount, _ body: [UInt8], _ operation: SandboxOperation, _ now: Timestamp,
    isMissealed: Bool
  ) -> [Header] {
    let sealed = isMissealed ? body + [0x20] : body
    return [Header("Content-Type", "application/json")]
      + account.seal.headers(sealing: sealed, as: .answer(operation), at: now)
  }
}
