import Domain
import JSON
package import Wire

/// A place in the event log: everything up to `sequence`. On the wire `epoch:sequence`.
package enum LogPosition {
  package static func cursor(epoch: String, sequence: Int64) -> String { "\(epoch):\(sequence)" }

  /// The place a cursor names.
  ///
  /// - Parameter last: place of the newest event.
  /// - Throws: `bad_format`, `cursor_foreign`, `cursor_ahead`.
  package static func sequence(
    of cursor: String, epoch: String, last: Int64, path: String
  ) throws(WireError) -> Int64 {
    let parts = cursor.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let sequence = number(parts[1]) else {
      throw WireError(
        .badFormat, "This is no cursor.", path: path,
        hint: "Send a cursor that the daemon gave, unchanged.")
    }
    guard parts[0].utf8.elementsEqual(epoch.utf8) else {
      throw WireError(
        .cursorForeign, "The cursor belongs to another event history.", path: path,
        details: JSONObject([("epoch", .string(epoch))]))
    }
    guard sequence <= last else {
      let newest = self.cursor(epoch: epoch, sequence: last)
      throw WireError(
        .cursorAhead, "The cursor lies after the newest event, \(newest).", path: path,
        details: JSONObject([("last", .string(newest))]))
    }
    return sequence
  }

  /// The same for a parameter that may also say `oldest` or `now`.
  ///
  /// - Parameter now: the end of the log when the request was begun: what the same connection
  ///   writes after it comes after `now`.
  package static func sequence(
    after position: String, epoch: String, last: Int64, now: Int64, path: String
  ) throws(WireError) -> Int64 {
    switch position {
    case "oldest": return 0
    case "now": return min(now, last)
    default: return try sequence(of: position, epoch: epoch, last: last, path: path)
    }
  }

  /// Plain digits only: one place has one cursor.
  private static func number(_ text: Substring) -> Int64? {
    let isPlain =
      (1...19).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
      && (text.utf8.count == 1 || text.utf8.first != 48)
    return isPlain ? Int64(text) : nil
  }
}
