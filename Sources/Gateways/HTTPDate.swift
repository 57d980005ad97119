package import Domain

/// The `Date` header of an answer, in the one form that servers send today (RFC 9110, 5.6.7).
package enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`. Nil for any other shape.
  package static func read(_ text: String) -> Timestamp? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 6, parts[5] == "GMT", parts[1].utf8.count == 2,
      let month = months.firstIndex(of: parts[2]), parts[3].utf8.count == 4
    else { return nil }
    let monthText = CivilTime.padded(Int64(month + 1), 2)
    return CivilTime.read(
      "\(parts[3])-\(monthText)-\(parts[1]) \(parts[4])", offsetMinutes: 0)
  }
}
