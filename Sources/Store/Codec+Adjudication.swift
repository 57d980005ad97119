import Domain
import JSON
import SQLite

/// Decisions of people, in rows and in events.
extension Codec {
  static func text(_ adjudication: Adjudication?) -> String? {
    guard let adjudication else { return nil }
    return text { writer in
      writer.beginObject()
      write(adjudication, &writer)
      writer.endObject()
    }
  }

  /// As members of the object that is open.
  static func write(_ adjudication: Adjudication, _ writer: inout JSONWriter) {
    writer.member("verb", adjudication.verb.rawValue)
    writer.member("reason", adjudication.reason)
    writer.member("proposed_by", adjudication.by)
    writer.member("until", adjudication.until?.milliseconds)
    writer.member("partner", adjudication.partner?.text)
    if let fee = adjudication.feeKnown { write(fee, "fee_known", &writer) }
  }

  static func adjudication(
    _ text: String?, _ place: String
  ) throws(SQLiteError) -> Adjudication? {
    guard let text else { return nil }
    do throws(StoreError) {
      return try Stored(text: text, place).adjudication()
    } catch { throw .damagedRow(place) }
  }
}

extension Stored {
  func adjudication() throws(StoreError) -> Adjudication {
    Adjudication(
      verb: try word("verb", AdjudicationVerb.self), reason: try string("reason"),
      by: try string("proposed_by"), until: try optionalTime("until"),
      partner: object["partner"] == nil ? nil : try identifier("partner", DiscrepancyNumber.self),
      feeKnown: try optionalMoney("fee_known"))
  }
}
