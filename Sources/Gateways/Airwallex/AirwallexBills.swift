import Domain
import JSON

/// Airwallex's movements of one day of Beijing time, and what the settlements of that day are made
/// of. Settlements are listed by currency, so they are offered where the configuration names some.
struct AirwallexBills: BillSource {
  private static let readyAfterMilliseconds: Int64 = 3_600_000
  /// Not documented; a year is safe to ask for.
  private static let keptDays: Int64 = 365

  let settings: AirwallexSettings
  let requests: AirwallexRequests

  var offers: [BillOffer] {
    let schedule = BillSchedule(
      zoneOffsetMinutes: BeijingTime.offsetMinutes,
      readyAfterMilliseconds: Self.readyAfterMilliseconds, keptDays: Self.keptDays)
    let kinds: [BillKind] = settings.settlementCurrencies.isEmpty ? [.trade] : [.trade, .settlement]
    return kinds.map { BillOffer(kind: $0, format: .jsonPages, schedule: schedule) }
  }

  func first(for bill: BillName, at now: Timestamp) throws(Fault) -> BillStep {
    let offset = BeijingTime.offsetMinutes
    guard bill.kind == .settlement else {
      let day = BillListing.window(
        from: bill.day.start(offsetMinutes: offset), before: bill.day.end(offsetMinutes: offset))
      return try step(BillPage(listings: [day]), bill)
    }
    let listings = settings.settlementCurrencies.map { BillListing.settlements(currency: $0) }
    return try step(BillPage(listings: listings), bill)
  }

  func read(
    _ answer: GatewayAnswer, to step: BillStep, of bill: BillName, at now: Timestamp
  ) throws(Fault) -> BillReading {
    try answer.requireUsable(of: "Airwallex")
    let object = try answer.object(of: "Airwallex")
    guard answer.status == 200 else { throw Self.refusal(answer, object) }
    guard case .page(let page) = step.place, let rows = object["items"]?.arrayValue else {
      throw .badReply("Airwallex", "it is no list")
    }
    guard let next = try following(page, object, rows) else {
      return .complete(BillClaim(fileName: nil), keeping: answer.pageLine)
    }
    return .next(try self.step(next, bill), keeping: answer.pageLine)
  }

  /// Records go on by a mark, the other lists by number; both spellings of the members occur.
  private func following(
    _ page: BillPage, _ object: JSONObject, _ rows: [JSONValue]
  ) throws(Fault) -> BillPage? {
    if case .records = page.listing {
      guard let mark = object["page_after"]?.stringValue, !mark.isEmpty, !rows.isEmpty else {
        return page.nextListing()
      }
      guard mark != page.cursor else {
        throw .badReply("Airwallex", "its list does not go on")
      }
      return page.next(mark)
    }
    var more: [BillListing] = []
    if case .settlements = page.listing {
      for row in rows {
        guard let id = row["id"]?.stringValue, GatewayText.isName(id) else {
          throw .badReply("Airwallex", "a settlement has no id")
        }
        more.append(.records(settlement: id))
      }
    }
    let hasMore = (object["has_more"] ?? object["hasMore"])?.boolValue ?? false
    guard hasMore else { return page.nextListing(adding: more) }
    guard !rows.isEmpty else { throw .badReply("Airwallex", "its list does not go on") }
    return BillPage(listings: page.listings + more, number: page.number + 1)
  }

  private func step(_ page: BillPage, _ bill: BillName) throws(Fault) -> BillStep {
    let request: GatewayRequest
    switch page.listing {
    case .window(let from, let before):
      request = requests.financialTransactions(from: from, to: before, page: page.number)
    case .settlements(let currency):
      request = requests.settlements(in: currency, on: bill.day, page: page.number)
    case .records(let settlement):
      request = try requests.settlementRecords(of: settlement, after: page.cursor)
    }
    return BillStep(request: request, place: .page(page))
  }

  private static func refusal(_ answer: GatewayAnswer, _ object: JSONObject) -> Fault {
    let verdict = AirwallexErrors.verdict(
      status: answer.status, code: object["code"]?.stringValue ?? "")
    switch verdict {
    case .trouble(let word):
      return .outcomeUnknown(
        AirwallexErrors.reason(object, word, "Airwallex cannot answer now"))
    case .configuration:
      return .answered(
        AirwallexErrors.reason(
          object, FaultCode.authentication, "the API key may not read the settlements"))
    default:
      return .answered(
        AirwallexErrors.reason(
          object, FaultCode.rejected, "Airwallex refuses to list its movements"))
    }
  }
}
