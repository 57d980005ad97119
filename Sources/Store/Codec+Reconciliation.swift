import Domain
import JSON
import SQLite

/// Lists inside the rows of statements, runs and discrepancies. Nil for an empty list.
extension Codec {
  private static func list<Element>(
    _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
  ) -> String? {
    guard !elements.isEmpty else { return nil }
    return text { writer in
      writer.beginArray()
      for element in elements {
        writer.beginObject()
        write(element, &writer)
        writer.endObject()
      }
      writer.endArray()
    }
  }

  private static func read<Element>(
    _ text: String?, _ place: String, _ element: (Stored) throws(StoreError) -> Element
  ) throws(SQLiteError) -> [Element] {
    do throws(StoreError) {
      return try Stored.list(text: text, place, element)
    } catch { throw .damagedRow(place) }
  }

  static func text(_ totals: [StatementTotal]) -> String? {
    list(totals) { total, writer in
      writer.member("kind", total.kind)
      writer.member("rows", total.rows)
      write(total.sum, "sum", &writer)
    }
  }

  static func totals(_ text: String?, _ place: String) throws(SQLiteError) -> [StatementTotal] {
    try read(text, place) { stored throws(StoreError) in
      StatementTotal(
        kind: try stored.string("kind"), rows: try stored.integer("rows"),
        sum: try stored.money("sum"))
    }
  }

  static func text(_ figures: [StatementFigure]) -> String? {
    list(figures) { figure, writer in
      writer.member("subject", figure.subject)
      writer.member("stated", figure.stated)
      writer.member("found", figure.found)
    }
  }

  static func figures(_ text: String?, _ place: String) throws(SQLiteError) -> [StatementFigure] {
    try read(text, place) { stored throws(StoreError) in
      StatementFigure(
        subject: try stored.string("subject"), stated: try stored.integer("stated"),
        found: try stored.integer("found"))
    }
  }

  static func text(_ buckets: [BucketRecord]) -> String? {
    list(buckets) { bucket, writer in
      writer.member("bucket", bucket.bucket)
      writer.member("rows", bucket.rows)
      write(bucket.sum, "sum", &writer)
    }
  }

  static func buckets(_ text: String?, _ place: String) throws(SQLiteError) -> [BucketRecord] {
    try read(text, place) { stored throws(StoreError) in
      BucketRecord(
        bucket: try stored.string("bucket"), rows: try stored.integer("rows"),
        sum: try stored.money("sum"))
    }
  }

  static func text(_ proofs: [RunProof]) -> String? {
    list(proofs) { proof, writer in
      writer.member("currency", proof.currency.code)
      writer.member("bill", proof.bill)
      writer.member("bill_waiting", proof.billWaiting)
      writer.member("books", proof.books)
      writer.member("books_waiting", proof.booksWaiting)
      writer.member("differences", proof.differences)
      writer.member("overflown", proof.hasOverflown)
    }
  }

  static func proofs(_ text: String?, _ place: String) throws(SQLiteError) -> [RunProof] {
    try read(text, place) { stored throws(StoreError) in
      guard let currency = Currency(code: try stored.string("currency")) else {
        throw stored.damaged("currency")
      }
      return RunProof(
        currency, bill: try stored.integer("bill"), books: try stored.integer("books"),
        billWaiting: try stored.integer("bill_waiting"),
        booksWaiting: try stored.integer("books_waiting"),
        differences: try stored.integer("differences"),
        hasOverflown: try stored.bool("overflown"))
    }
  }
}

/// What runs book, as their events have it.
extension Codec {
  static func text(_ bookings: RunBookings) -> String? {
    guard bookings != RunBookings() else { return nil }
    return text { writer in
      writer.beginObject()
      EventWriting.write(bookings, &writer)
      writer.endObject()
    }
  }

  static func bookings(_ text: String?, _ place: String) throws(SQLiteError) -> RunBookings {
    guard let text else { return RunBookings() }
    do throws(StoreError) {
      return try EventReading.bookings(Stored(text: text, place))
    } catch { throw .damagedRow(place) }
  }
}

/// Discrepancies in rows and events.
extension Codec {
  static func write(
    _ row: StatementRowReference, _ key: StaticString, _ writer: inout JSONWriter
  ) {
    writer.key(key)
    writeObject(row, &writer)
  }

  static func writeObject(_ row: StatementRowReference, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("statement", row.statement.text)
    writer.member("line", row.line)
    writer.member("gateway_txn_id", row.transaction)
    writer.member("reference", row.reference)
    writer.member("parent", row.parent)
    writer.member("at", row.at.milliseconds)
    if let fee = row.fee { write(fee, "fee", &writer) }
    if let coupon = row.coupon { write(coupon, "coupon", &writer) }
    if let credited = row.credited { write(credited, "credited", &writer) }
    writer.endObject()
  }

  static func text(_ row: StatementRowReference?) -> String? {
    guard let row else { return nil }
    return text { writeObject(row, &$0) }
  }

  static func row(
    _ text: String?, _ place: String
  ) throws(SQLiteError) -> StatementRowReference? {
    guard let text else { return nil }
    do throws(StoreError) {
      return try Stored(text: text, place).statementRow()
    } catch { throw .damagedRow(place) }
  }

  static func writeSuggestions(_ suggestions: [[Int64]], _ writer: inout JSONWriter) {
    writer.beginArray()
    for lines in suggestions {
      writer.beginArray()
      for line in lines { writer.integer(line) }
      writer.endArray()
    }
    writer.endArray()
  }

  static func text(_ suggestions: [[Int64]]) -> String? {
    suggestions.isEmpty ? nil : text { writeSuggestions(suggestions, &$0) }
  }

  static func suggestions(_ text: String?, _ place: String) throws(SQLiteError) -> [[Int64]] {
    guard let text else { return [] }
    do throws(JSONError) {
      return suggestions(try JSONReader.read(Array(text.utf8), profile: .document))
    } catch { throw .damagedRow(place) }
  }

  static func suggestions(_ value: JSONValue?) -> [[Int64]] {
    (value?.arrayValue ?? []).map { lines in
      (lines.arrayValue ?? []).compactMap(\.integerValue)
    }
  }
}

extension Stored {
  func statementRow() throws(StoreError) -> StatementRowReference {
    StatementRowReference(
      statement: try identifier("statement", StatementKind.self), line: try integer("line"),
      transaction: try optionalString("gateway_txn_id"),
      reference: try optionalString("reference"), parent: try optionalString("parent"),
      at: try time("at"), fee: try optionalMoney("fee"), coupon: try optionalMoney("coupon"),
      credited: try optionalMoney("credited"))
  }
}
