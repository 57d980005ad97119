package import Domain
import Gateways
package import JSON

// The methods sandbox.pay, sandbox.dispute, sandbox.behave and sandbox.books of the wire.

extension SandboxBank {
  /// The methods that `perform` knows.
  package static let methods = [
    "sandbox.pay", "sandbox.dispute", "sandbox.behave", "sandbox.books",
  ]
  /// Rows of `sandbox.books` where the caller says nothing.
  static let booksLimitDefault: Int64 = 50

  /// Performs a method with parameters of its form in `Protocol/methods`.
  ///
  /// Waits for the disk. Parameters are checked again here, because the bank is also driven by
  /// tests and demos that do not come over the wire.
  /// - Parameter resolve: finds a payment by its `pay_` identifier, at whatever gateway it is.
  /// - Precondition: `method` is one of `methods`.
  package func perform(
    method: String, params: JSONObject, resolve: (String) -> SandboxReference?
  ) -> Result<JSONObject, Rejection> {
    do throws(Rejection) {
      switch method {
      case "sandbox.pay": return .success(try performPay(params, resolve))
      case "sandbox.dispute": return .success(try performDispute(params, resolve))
      case "sandbox.behave": return .success(try performBehave(params))
      case "sandbox.books": return .success(try performBooks(params))
      default: preconditionFailure("the server routes only the sandbox's own methods here")
      }
    } catch { return .failure(error) }
  }

  private func performPay(
    _ params: JSONObject, _ resolve: (String) -> SandboxReference?
  ) throws(Rejection) -> JSONObject {
    let reader = SandboxParams(params)
    try reader.refuseOthers(than: ["payment", "state", "callback", "delay_ms", "amount"])
    let payment = try reader.requiredText("payment")
    let act = try reader.choice("state", SandboxBuyerAct.self) ?? .paid
    let (callback, delay) = try Self.callback(reader)
    let amount = try reader.money("amount")
    guard let reference = resolve(payment) else {
      throw Rejection(
        .paymentNotFound, "There is no payment \(payment).", path: "/params/payment")
    }
    let trade = try pay(
      reference, act, amount: amount, callback: callback, delayMilliseconds: delay
    ).get()
    return JSONObject([("trade", .object(trade.rendered))])
  }

  /// What becomes of the notice, and how late it comes, in milliseconds.
  private static func callback(
    _ reader: SandboxParams
  ) throws(Rejection) -> (callback: SandboxCallback, delay: Int64) {
    let callback = try reader.choice("callback", SandboxCallback.self) ?? .deliver
    let delay = try reader.integer("delay_ms", in: 0...delayMillisecondsMax)
    if callback == .delay, delay == nil {
      throw Rejection(
        .missingParam, "The callback delay needs delay_ms.", path: "/params/delay_ms")
    }
    if callback != .delay, delay != nil {
      throw Rejection(
        .badFormat, "delay_ms belongs to the callback delay.", path: "/params/delay_ms")
    }
    return (callback, delay ?? 0)
  }

  private func performDispute(
    _ params: JSONObject, _ resolve: (String) -> SandboxReference?
  ) throws(Rejection) -> JSONObject {
    let reader = SandboxParams(params)
    try reader.refuseOthers(
      than: ["payment", "state", "callback", "delay_ms", "amount", "due_in_ms"])
    let payment = try reader.requiredText("payment")
    let status = try reader.choice("state", DisputeStatus.self) ?? .needsResponse
    let (callback, delay) = try Self.callback(reader)
    let act = SandboxBankAct(
      status, amount: try reader.money("amount"),
      dueInMilliseconds: try reader.integer(
        "due_in_ms", in: 0...SandboxBankAct.dueMillisecondsMax))
    guard let reference = resolve(payment) else {
      throw Rejection(
        .paymentNotFound, "There is no payment \(payment).", path: "/params/payment")
    }
    let trade = try dispute(reference, act, callback: callback, delayMilliseconds: delay).get()
    return JSONObject([("trade", .object(trade.rendered))])
  }

  private func performBehave(_ params: JSONObject) throws(Rejection) -> JSONObject {
    let reader = SandboxParams(params)
    try reader.refuseOthers(than: ["gateway", "fault", "for_ms", "calls"])
    let gateway = try reader.text("gateway")
    let word = try reader.requiredText("fault")
    let milliseconds = try reader.integer("for_ms", in: 1...Self.delayMillisecondsMax)
    let calls = try reader.integer("calls", in: 1...1_000_000)
    var fault: SandboxFault?
    if !word.utf8.elementsEqual("none".utf8) {
      fault = try reader.choice("fault", SandboxFault.self)
    } else if milliseconds != nil || calls != nil {
      throw Rejection(
        .badFormat, "The fault none has no limits.",
        path: milliseconds != nil ? "/params/for_ms" : "/params/calls")
    }
    let (name, inForce) = try behave(
      gateway: gateway, fault, forMilliseconds: milliseconds, calls: calls
    ).get()
    var result = JSONObject([
      ("gateway", .string(name)),
      ("faults", .array(inForce.map { .string($0.fault.rawValue) })),
    ])
    result["until_at"] = Self.end(of: inForce).map { .integer($0.milliseconds) }
    return result
  }

  /// When the last of the faults ends; nil without faults and where one has no end in time.
  private static func end(of faults: [SandboxFaultInForce]) -> Timestamp? {
    var end: Timestamp?
    for fault in faults {
      guard let untilAt = fault.untilAt else { return nil }
      end = end.map { max($0, untilAt) } ?? untilAt
    }
    return end
  }

  private func performBooks(_ params: JSONObject) throws(Rejection) -> JSONObject {
    let reader = SandboxParams(params)
    try reader.refuseOthers(than: ["gateway", "limit", "page"])
    var gateway = try reader.text("gateway")
    if let named = gateway { gateway = try resolve(named).get() }
    let limit = try reader.integer("limit", in: 1...Int64(Limits.listMax))
    let before = try Self.id(ofPage: reader.text("page"))
    let count = Int(limit ?? Self.booksLimitDefault)
    var trades = try books(gateway: gateway, before: before, limit: count + 1).get()
    let hasMore = trades.count > count
    if hasMore { trades.removeLast() }
    var result = JSONObject([("trades", .array(trades.map { .object($0.rendered) }))])
    if hasMore, let last = trades.last { result["next"] = .string("\(pagePrefix)\(last.id)") }
    return result
  }

  private static func id(ofPage page: String?) throws(Rejection) -> Int64 {
    guard let page else { return .max }
    guard page.hasPrefix(pagePrefix), let id = Int64(page.dropFirst(pagePrefix.count)), id > 0
    else {
      throw Rejection(.badFormat, "page is not the next of a page.", path: "/params/page")
    }
    return id
  }
}

/// Before the id of the last trade of a page.
private let pagePrefix = "before."

extension SandboxTrade {
  /// As the contract's type `trade`.
  package var rendered: JSONObject {
    var object = JSONObject([
      ("gateway", .string(gateway)), ("out_trade_no", .string(outTradeNumber)),
      ("gateway_txn_id", .string(transaction)), ("state", .string(status.rawValue)),
      ("amount", SandboxSpeech.money(amount)),
    ])
    object["paid"] = paid.map { SandboxSpeech.money($0) }
    if let refunded, refunded.minor > 0 { object["refunded"] = SandboxSpeech.money(refunded) }
    object["paid_at"] = paidAt.map { .integer($0.milliseconds) }
    object["callback"] = callbackText.map { .string($0) }
    return object
  }
}
