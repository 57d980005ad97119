import Domain
import JSON

/// Events about statements, runs and discrepancies.
extension EventWriting {
  static func write(_ event: StatementEvent, _ id: StatementID, _ writer: inout JSONWriter) {
    writer.member("statement", id.text)
    switch event {
    case .imported(
      let gateway, let content, let digest, let rows, let from, let to, let isVerified,
      let supersedes):
      writer.member("gateway", gateway)
      writer.member("content", content.rawValue)
      writer.member("sha256", digest)
      writer.member("rows", rows)
      writer.member("from_at", from.milliseconds)
      writer.member("to_at", to.milliseconds)
      writer.member("verified", isVerified)
      writer.member("supersedes", supersedes?.text)
    }
  }

  static func write(_ event: RunEvent, _ id: RunID, _ writer: inout JSONWriter) {
    writer.member("run", id.text)
    switch event {
    case .finished(
      let statement, let gateway, let rows, let filledBack, let opened, let digest, let bookings):
      writer.member("statement", statement.text)
      writer.member("gateway", gateway)
      writer.member("rows", rows)
      writer.member("filled_back", filledBack)
      writer.member("opened", opened)
      writer.member("sha256", digest)
      write(bookings, &writer)
    case .halfSigned(let digest, let leftOpen):
      writer.member("sha256", digest)
      writer.key("left_open")
      Codec.write(leftOpen, &writer)
    case .signed(let digest): writer.member("sha256", digest)
    case .reopened(let cause): writer.member("cause", cause.text)
    }
  }

  /// In the order in which they came to be written; empty lists are left out, as they were before
  /// there were any.
  static func write(_ bookings: RunBookings, _ writer: inout JSONWriter) {
    list("fees", bookings.fees, &writer, write)
    list("coupons", bookings.coupons, &writer, write)
    list("conversions", bookings.conversions, &writer, write)
    list("carried", bookings.carried, &writer, write)
    list("payouts", bookings.payouts, &writer, write)
    list("returns", bookings.returns, &writer, write)
    list("awaited", bookings.awaited, &writer) { payout, writer in
      writer.member("statement", payout.place.statement.text)
      writer.member("line", payout.place.line)
      writer.member("sent_at", payout.sentAt.milliseconds)
      writer.member("due_at", payout.dueAt.milliseconds)
    }
    list("arrivals", bookings.arrivals, &writer) { arrival, writer in
      writer.member("statement", arrival.statement.text)
      writer.member("line", arrival.line)
      writer.member("account", arrival.account)
      Codec.write(arrival.amount, "amount", &writer)
      list("credits", arrival.credits, &writer) { credit, writer in
        writer.member("statement", credit.statement.text)
        writer.member("line", credit.line)
      }
    }
  }

  /// - Parameter write: the members of one.
  private static func list<Item>(
    _ name: StaticString, _ items: [Item], _ writer: inout JSONWriter,
    _ write: (Item, inout JSONWriter) -> Void
  ) {
    guard !items.isEmpty else { return }
    writer.key(name)
    writer.beginArray()
    for item in items {
      writer.beginObject()
      write(item, &writer)
      writer.endObject()
    }
    writer.endArray()
  }

  private static func write(_ sum: Money, _ writer: inout JSONWriter) {
    writer.member("currency", sum.currency.code)
    writer.member("minor", sum.minor)
  }

  private static func write(_ costs: CarriedCosts, _ writer: inout JSONWriter) {
    writer.member("statement", costs.row.statement.text)
    writer.member("line", costs.row.line)
    if let fee = costs.fee { Codec.write(fee, "fee", &writer) }
    if let coupon = costs.coupon { Codec.write(coupon, "coupon", &writer) }
    guard let conversion = costs.conversion else { return }
    writer.key("conversion")
    writer.beginObject()
    write(conversion, &writer)
    writer.endObject()
  }

  private static func write(_ back: PayoutReturn, _ writer: inout JSONWriter) {
    writer.member("statement", back.payout.statement.text)
    writer.member("line", back.payout.line)
    writer.member("return_statement", back.row.statement.text)
    writer.member("return_line", back.row.line)
  }

  private static func write(_ payout: PayoutProof, _ writer: inout JSONWriter) {
    writer.member("statement", payout.statement.text)
    writer.member("line", payout.line)
    Codec.write(payout.amount, "amount", &writer)
    writer.member("basis", payout.basis.rawValue)
    writer.member("rows", payout.rows)
    writer.member("from_at", payout.from.milliseconds)
    writer.member("to_at", payout.to.milliseconds)
    writer.member("alternatives", payout.alternatives)
  }

  private static func write(_ conversion: CurrencyConversion, _ writer: inout JSONWriter) {
    let currency = conversion.credited.currency
    writer.member("rows", conversion.rows)
    Codec.write(conversion.charged, "charged", &writer)
    Codec.write(conversion.credited, "credited", &writer)
    Codec.write(Money(conversion.fee, currency), "fee", &writer)
    Codec.write(Money(conversion.rate, currency), "rate", &writer)
    Codec.write(Money(conversion.margin, currency), "margin", &writer)
    Codec.write(Money(conversion.rounding, currency), "rounding", &writer)
    Codec.write(Money(conversion.unexplained, currency), "unexplained", &writer)
  }

  static func write(
    _ event: DiscrepancyEvent, _ id: DiscrepancyID, _ writer: inout JSONWriter
  ) {
    writer.member("discrepancy", id.text)
    switch event {
    case .resolved(let how): writer.member("resolution", how.rawValue)
    case .proposed(let wish): Codec.write(wish, &writer)
    case .adjudicated(let wish, let confirmedBy):
      Codec.write(wish, &writer)
      writer.member("confirmed_by", confirmedBy)
    case .rejected(let reason), .reopened(let reason): writer.member("reason", reason)
    case .escalated: break
    case .opened(let facts):
      writer.member("run", facts.run.text)
      writer.member("statement", facts.statement.text)
      writer.member("gateway", facts.gateway)
      writer.member("kind", facts.kind.word)
      writer.member("level", facts.level.word)
      Codec.write(Money(facts.expected, facts.expectedCurrency), "expected", &writer)
      Codec.write(Money(facts.actual, facts.currency), "actual", &writer)
      if let row = facts.theirs { Codec.write(row, "theirs", &writer) }
      if let row = facts.bank { Codec.write(row, "bank", &writer) }
      writer.member("ours", facts.ours?.text)
      if !facts.suggestions.isEmpty {
        writer.key("suggestions")
        Codec.writeSuggestions(facts.suggestions, &writer)
      }
      writer.member("mark", facts.mark)
      writer.member("due_at", facts.dueAt.milliseconds)
    }
  }
}

extension EventReading {
  static func imported(_ data: Stored) throws(StoreError) -> StatementEvent {
    .imported(
      gateway: try data.string("gateway"),
      content: try data.word("content", StatementContent.self),
      digest: try data.string("sha256"), rows: try data.integer("rows"),
      from: try data.time("from_at"), to: try data.time("to_at"),
      isVerified: try data.bool("verified"),
      supersedes: data.object["supersedes"] == nil
        ? nil : try data.identifier("supersedes", StatementKind.self))
  }

  static func run(_ verb: String, _ data: Stored) throws(StoreError) -> RunEvent {
    switch verb {
    case "finished":
      return .finished(
        statement: try data.identifier("statement", StatementKind.self),
        gateway: try data.string("gateway"), rows: try data.integer("rows"),
        filledBack: try data.integer("filled_back"), opened: try data.integer("opened"),
        digest: try data.string("sha256"), bookings: try bookings(data))
    case "half_signed":
      return .halfSigned(digest: try data.string("sha256"), leftOpen: try data.leftOpenList())
    case "signed": return .signed(digest: try data.string("sha256"))
    case "reopened":
      guard let cause = SignOffBreak(text: try data.string("cause")) else {
        throw data.damaged("cause")
      }
      return .reopened(cause)
    default: throw .damaged("event: recon.\(verb)")
    }
  }

  static func bookings(_ data: Stored) throws(StoreError) -> RunBookings {
    var bookings = RunBookings()
    bookings.fees = try sums("fees", data)
    bookings.coupons = try sums("coupons", data)
    for value in data.object["arrivals"]?.arrayValue ?? [] {
      guard let row = value.objectValue else { throw data.damaged("arrivals") }
      bookings.arrivals.append(try arrival(Stored(row, "recon.finished")))
    }
    for value in data.object["returns"]?.arrayValue ?? [] {
      guard let row = value.objectValue else { throw data.damaged("returns") }
      let stored = Stored(row, "recon.finished")
      bookings.returns.append(
        PayoutReturn(
          payout: try stored.place("statement", "line"),
          row: try stored.place("return_statement", "return_line")))
    }
    for value in data.object["conversions"]?.arrayValue ?? [] {
      guard let row = value.objectValue else { throw data.damaged("conversions") }
      bookings.conversions.append(try conversion(Stored(row, "recon.finished")))
    }
    for value in data.object["carried"]?.arrayValue ?? [] {
      guard let row = value.objectValue else { throw data.damaged("carried") }
      bookings.carried.append(try carried(Stored(row, "recon.finished")))
    }
    for value in data.object["payouts"]?.arrayValue ?? [] {
      guard let row = value.objectValue else { throw data.damaged("payouts") }
      bookings.payouts.append(try payout(Stored(row, "recon.finished")))
    }
    for value in data.object["awaited"]?.arrayValue ?? [] {
      guard let row = value.objectValue else { throw data.damaged("awaited") }
      let stored = Stored(row, "recon.finished")
      bookings.awaited.append(
        PayoutAwaited(
          place: try stored.place("statement", "line"), sentAt: try stored.time("sent_at"),
          dueAt: try stored.time("due_at")))
    }
    return bookings
  }

  /// One sum a currency.
  private static func sums(_ name: StaticString, _ data: Stored) throws(StoreError) -> [Money] {
    try (data.object["\(name)"]?.arrayValue ?? []).map { value throws(StoreError) in
      guard let currency = Currency(code: value.objectValue?["currency"]?.stringValue ?? ""),
        let minor = value.objectValue?["minor"]?.integerValue
      else { throw data.damaged(name) }
      return Money(minor, currency)
    }
  }

  private static func arrival(_ stored: Stored) throws(StoreError) -> PayoutArrival {
    let credits = try (stored.object["credits"]?.arrayValue ?? []).map {
      value throws(StoreError) in
      guard let row = value.objectValue else { throw stored.damaged("credits") }
      return try Stored(row, "recon.finished").place("statement", "line")
    }
    return PayoutArrival(
      statement: try stored.identifier("statement", StatementKind.self),
      line: try stored.integer("line"), account: try stored.string("account"),
      amount: try stored.money("amount"),
      credits: credits)
  }

  private static func payout(_ stored: Stored) throws(StoreError) -> PayoutProof {
    PayoutProof(
      statement: try stored.identifier("statement", StatementKind.self),
      line: try stored.integer("line"), amount: try stored.money("amount"),
      basis: try stored.word("basis", PayoutProof.Basis.self), rows: try stored.integer("rows"),
      from: try stored.time("from_at"), to: try stored.time("to_at"),
      alternatives: try stored.integer("alternatives"))
  }

  private static func carried(_ stored: Stored) throws(StoreError) -> CarriedCosts {
    func money(_ name: StaticString) throws(StoreError) -> Money? {
      stored.object["\(name)"] == nil ? nil : try stored.money(name)
    }
    return CarriedCosts(
      row: try stored.place("statement", "line"), fee: try money("fee"),
      coupon: try money("coupon"),
      conversion: try stored.optionalNested("conversion").map(conversion))
  }

  private static func conversion(_ stored: Stored) throws(StoreError) -> CurrencyConversion {
    CurrencyConversion(
      rows: try stored.integer("rows"), charged: try stored.money("charged"),
      credited: try stored.money("credited"), fee: try stored.money("fee").minor,
      rate: try stored.money("rate").minor, margin: try stored.money("margin").minor,
      rounding: try stored.money("rounding").minor,
      unexplained: try stored.money("unexplained").minor)
  }

  static func discrepancy(
    _ verb: String, _ line: Stored, _ data: Stored
  ) throws(StoreError) -> DiscrepancyEvent {
    switch verb {
    case "resolved":
      return .resolved(try data.word("resolution", DiscrepancyResolution.self))
    case "proposed": return .proposed(try data.adjudication())
    case "adjudicated":
      return .adjudicated(
        try data.adjudication(), confirmedBy: try data.optionalString("confirmed_by"))
    case "rejected": return .rejected(reason: try data.string("reason"))
    case "reopened": return .reopened(reason: try data.string("reason"))
    case "escalated": return .escalated
    case "opened":
      guard let kind = DiscrepancyKind(word: try data.string("kind")) else {
        throw data.damaged("kind")
      }
      guard let level = HandlingLevel(word: try data.string("level")) else {
        throw data.damaged("level")
      }
      let (expected, actual) = (try data.money("expected"), try data.money("actual"))
      return .opened(
        DiscrepancyFacts(
          run: try data.identifier("run", RunKind.self),
          statement: try data.identifier("statement", StatementKind.self),
          gateway: try data.string("gateway"), kind: kind, level: level,
          expected: expected.minor, actual: actual.minor, currency: actual.currency,
          expectedCurrency: expected.currency,
          theirs: try data.optionalNested("theirs")?.statementRow(),
          bank: try data.optionalNested("bank")?.statementRow(),
          ours: try data.optionalString("ours").flatMap(LocalSubject.init(text:)),
          order: line.object["order"] == nil
            ? nil : try line.identifier("order", OrderKind.self),
          suggestions: Codec.suggestions(data.object["suggestions"]),
          dueAt: try data.time("due_at"), mark: try data.string("mark")))
    default: throw .damaged("event: discrepancy.\(verb)")
    }
  }
}

extension Stored {
  fileprivate func place(
    _ statement: StaticString, _ line: StaticString
  ) throws(StoreError) -> StatementPlace {
    StatementPlace(
      statement: try identifier(statement, StatementKind.self), line: try integer(line))
  }
}
