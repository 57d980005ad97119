import Domain
import JSON
import SQLite

extension SQLiteError {
  /// A row that this program did not write so.
  static func damagedRow(_ place: String) -> SQLiteError {
    SQLiteError(
      extendedCode: 11, message: "damaged row: \(place)", classification: .unreadableRow)
  }
}

extension StoreError {
  init(_ error: SQLiteError) { self = .database(error) }
}

extension ColumnCursor {
  mutating func time() throws(SQLiteError) -> Timestamp? {
    guard let milliseconds = try optionalInt64() else { return nil }
    return Timestamp(milliseconds: milliseconds)
  }

  mutating func word<Word: RawRepresentable<String>>(
    _: Word.Type, _ place: @autoclosure () -> String
  ) throws(SQLiteError) -> Word {
    guard let word = Word(rawValue: try string()) else { throw .damagedRow(place()) }
    return word
  }

  mutating func identifier<Kind>(
    _: Kind.Type, _ place: String
  ) throws(SQLiteError) -> Identifier<Kind> {
    guard let id = Identifier<Kind>(utf8: try lentText()) else { throw .damagedRow(place) }
    return id
  }

  mutating func money(_ place: String) throws(SQLiteError) -> Money? {
    let code = try optionalString()
    let minor = try optionalInt64()
    guard let code, let minor else { return nil }
    guard let currency = Currency(code: code) else { throw .damagedRow(place) }
    return Money(minor, currency)
  }

  mutating func reason(_ place: @autoclosure () -> String) throws(SQLiteError) -> Reason? {
    guard let text = try optionalString() else { return nil }
    do throws(StoreError) {
      return try Stored(text: text, place()).reason()
    } catch { throw .damagedRow(place()) }
  }

  mutating func evidence(_ place: String) throws(SQLiteError) -> [Evidence] {
    let text = try optionalString()
    do throws(StoreError) {
      return try Stored.list(text: text, place) { stored throws(StoreError) in
        try stored.evidence()
      }
    } catch { throw .damagedRow(place) }
  }
}

extension Codec {
  /// Nil for an empty list: most rows have none.
  static func text(_ evidence: [Evidence]) -> String? {
    guard !evidence.isEmpty else { return nil }
    return text { writer in
      writer.beginArray()
      for item in evidence { writeObject(item, &writer) }
      writer.endArray()
    }
  }

  static func text(_ reason: Reason?) -> String? {
    guard let reason else { return nil }
    return text { writeObject(reason, &$0) }
  }
}
