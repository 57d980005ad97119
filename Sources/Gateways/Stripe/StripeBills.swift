import Domain
import JSON

/// Stripe's ledger of one UTC day: the balance transactions made on it, newest first, each with
/// the charge or refund that it is about, whose metadata holds our number.
struct StripeBills: BillSource {
  /// A row is there when the money is; the margin is for clocks.
  private static let readyAfterMilliseconds: Int64 = 30 * 60_000
  /// Stripe has no end; ten years.
  private static let keptDays: Int64 = 3650

  let requests: StripeRequests

  var offers: [BillOffer] {
    let schedule = BillSchedule(
      zoneOffsetMinutes: 0, readyAfterMilliseconds: Self.readyAfterMilliseconds,
      keptDays: Self.keptDays)
    return [BillOffer(kind: .trade, format: .jsonPages, schedule: schedule)]
  }

  func first(for bill: BillName, at now: Timestamp) throws(Fault) -> BillStep {
    let listing = BillListing.window(
      from: bill.day.start(offsetMinutes: 0), before: bill.day.end(offsetMinutes: 0))
    return try step(BillPage(listings: [listing]))
  }

  func read(
    _ answer: GatewayAnswer, to step: BillStep, of bill: BillName, at now: Timestamp
  ) throws(Fault) -> BillReading {
    try answer.requireUsable(of: "Stripe")
    let object = try answer.object(of: "Stripe")
    guard answer.status == 200 else { throw Self.refusal(answer, object) }
    guard case .page(let page) = step.place, let rows = object["data"]?.arrayValue,
      let hasMore = object["has_more"]?.boolValue
    else { throw .badReply("Stripe", "it is no list") }
    guard hasMore else { return .complete(BillClaim(fileName: nil), keeping: answer.pageLine) }
    guard let last = StripeObjects.id(rows.last), last != page.cursor else {
      throw .badReply("Stripe", "it says that there is more, and not where")
    }
    return .next(try self.step(page.next(last)), keeping: answer.pageLine)
  }

  private func step(_ page: BillPage) throws(Fault) -> BillStep {
    guard case .window(let from, let before) = page.listing else {
      preconditionFailure("Stripe's ledger is listed by time")
    }
    return BillStep(
      request: try requests.balanceTransactions(from: from, before: before, after: page.cursor),
      place: .page(page))
  }

  private static func refusal(_ answer: GatewayAnswer, _ object: JSONObject) -> Fault {
    let error = object["error"]?.objectValue ?? JSONObject()
    let verdict = StripeErrors.verdict(
      status: answer.status, code: error["code"]?.stringValue ?? "",
      type: error["type"]?.stringValue ?? "")
    switch verdict {
    case .trouble(let word):
      return .outcomeUnknown(
        StripeErrors.reason(answer, error, word, "Stripe cannot answer now"))
    case .configuration:
      return .answered(
        StripeErrors.reason(
          answer, error, FaultCode.authentication, "the key may not read the balance"))
    default:
      return .answered(
        StripeErrors.reason(
          answer, error, FaultCode.rejected, "Stripe refuses to list the balance"))
    }
  }
}
