import Domain
import JSON

/// PayPal's transaction search of one UTC day.
///
/// The search lags by up to three hours and says how far it has come; a day is taken only when it
/// has come to its end. It gives no more than ten thousand rows of one window, so a window that
/// holds more is halved.
struct PayPalBills: BillSource {
  /// Three hours, and one for lateness.
  private static let readyAfterMilliseconds: Int64 = 4 * 3_600_000
  /// Three years.
  private static let keptDays: Int64 = 1095
  /// PayPal's own limits: of a call's window, and of its rows.
  private static let windowMillisecondsMax: Int64 = 31 * 86_400_000
  private static let tooManyRows = "RESULTSET_TOO_LARGE"
  private static let windowMillisecondsMin: Int64 = 2000

  let requests: PayPalRequests

  var offers: [BillOffer] {
    let schedule = BillSchedule(
      zoneOffsetMinutes: 0, readyAfterMilliseconds: Self.readyAfterMilliseconds,
      keptDays: Self.keptDays)
    return [BillOffer(kind: .trade, format: .jsonPages, schedule: schedule)]
  }

  func first(for bill: BillName, at now: Timestamp) throws(Fault) -> BillStep {
    let listing = BillListing.window(
      from: bill.day.start(offsetMinutes: 0), before: bill.day.end(offsetMinutes: 0))
    return step(BillPage(listings: [listing]))
  }

  func read(
    _ answer: GatewayAnswer, to step: BillStep, of bill: BillName, at now: Timestamp
  ) throws(Fault) -> BillReading {
    try answer.requireUsable(of: "PayPal")
    let object = try answer.object(of: "PayPal")
    guard case .page(let page) = step.place else {
      throw .badReply("PayPal", "nothing was asked")
    }
    guard answer.status == 200 else { return try refusal(answer, object, page) }
    let hasRows = object["transaction_details"]?.arrayValue != nil
    guard hasRows || Self.number(object, "total_items") == 0,
      let pages = Self.number(object, "total_pages")
    else { throw .badReply("PayPal", "it is no list of transactions") }
    if let known = GatewayTime.read(object["last_refreshed_datetime"]?.stringValue),
      known < bill.day.end(offsetMinutes: 0)
    {
      let text = "PayPal's transaction search has come to \(known)"
      return .notYet(Reason(code: BillAbsence.notReady, text: text))
    }
    let next = Int64(page.number + 1) < pages ? page.next() : page.nextListing()
    guard let next else {
      return .complete(BillClaim(fileName: nil), keeping: answer.pageLine)
    }
    return .next(self.step(next), keeping: answer.pageLine)
  }

  private static func number(_ object: JSONObject, _ name: String) -> Int64? {
    object[name]?.integerValue ?? object[name]?.stringValue.flatMap { Int64($0) }
  }

  private func step(_ page: BillPage) -> BillStep {
    guard case .window(let from, let before) = page.listing,
      before.milliseconds(since: from) <= Self.windowMillisecondsMax
    else { preconditionFailure("PayPal's transactions are listed by a month at most") }
    return BillStep(
      request: requests.transactions(from: from, before: before, page: page.number + 1),
      place: .page(page))
  }

  private func refusal(
    _ answer: GatewayAnswer, _ object: JSONObject, _ page: BillPage
  ) throws(Fault) -> BillReading {
    if PayPalIssues.issue(object).hasSameBytes(as: Self.tooManyRows)
      || (object["name"]?.stringValue).hasSameBytes(as: Self.tooManyRows)
    {
      return .next(step(try Self.halved(page)), keeping: [])
    }
    if Self.isTooFresh(object) {
      return .notYet(
        PayPalIssues.reason(object, BillAbsence.notReady, "PayPal does not know that day yet"))
    }
    switch PayPalIssues.verdict(status: answer.status, object) {
    case .trouble, .done, .buyerStillThere:
      throw .outcomeUnknown(
        PayPalIssues.reason(object, FaultCode.broken, "PayPal cannot answer now"))
    case .configuration:
      throw .answered(
        PayPalIssues.reason(
          object, FaultCode.authentication,
          "the app needs PayPal's feature \"Transaction search\""))
    case .absent, .refused:
      throw .answered(
        PayPalIssues.reason(object, FaultCode.rejected, "PayPal refuses to list transactions"))
    }
  }

  /// There is no code of its own for a day that the search has not come to.
  private static func isTooFresh(_ object: JSONObject) -> Bool {
    let details = object["details"]?.arrayValue ?? []
    let words = details.compactMap { $0["description"]?.stringValue ?? $0["issue"]?.stringValue }
      + [object["message"]?.stringValue ?? ""]
    return words.contains { $0.contains("start date is not available") }
  }

  private static func halved(_ page: BillPage) throws(Fault) -> BillPage {
    guard case .window(let from, let before) = page.listing, page.number == 0 else {
      throw .badReply("PayPal", "it finds too many rows within a listing")
    }
    let gap = before.milliseconds(since: from)
    guard gap >= windowMillisecondsMin else {
      throw .badReply("PayPal", "it finds too many rows within a second")
    }
    let middle = from.adding(milliseconds: gap / 2 / 1000 * 1000)
    let halves = [
      BillListing.window(from: from, before: middle),
      BillListing.window(from: middle, before: before),
    ]
    return BillPage(listings: halves + page.listings.dropFirst())
  }
}
