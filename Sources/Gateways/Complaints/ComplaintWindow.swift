import Domain

/// Which part of a gateway's list of complaints is read next.
///
/// A list is asked for by the days on which complaints were made, page by page. A look begins a day
/// before the last one did, so that what was entered late is seen; what became of complaints that
/// are known is asked about one by one.
struct ComplaintWindow: Hashable, Sendable {
  /// The longest span that both gateways take, with a day to spare.
  static let spanMillisecondsMax: Int64 = 29 * day
  /// The very first look.
  static let firstMilliseconds: Int64 = 3 * day
  static let everyMilliseconds: Int64 = 900_000
  private static let day: Int64 = 86_400_000

  let begin: Timestamp
  /// When the look began; its next pages end there too.
  let end: Timestamp
  /// Complaints of this look that were read already.
  let offset: Int64

  /// - Parameter facts: the cursor is one of `cursor(after:)`; another one counts as none.
  init(_ facts: CatchUpFacts, at now: Timestamp) {
    let parts = (facts.cursor ?? "").split(separator: "/").compactMap { Int64($0) }
    if parts.count == 3, parts.allSatisfy({ $0 >= 0 }), parts[0] <= parts[1] {
      begin = Timestamp(milliseconds: parts[0])
      end = Timestamp(milliseconds: parts[1])
      offset = parts[2]
      return
    }
    let last = parts.count == 1 ? Timestamp(milliseconds: max(0, parts[0])) : nil
    let wanted = last?.adding(milliseconds: -Self.day)
      ?? facts.since.adding(milliseconds: -Self.firstMilliseconds)
    begin = max(min(wanted, now), now.adding(milliseconds: -Self.spanMillisecondsMax))
    end = now
    offset = 0
  }

  /// Where to go on after a page of so many complaints; nil: the look is over.
  func cursor(after count: Int64?) -> String {
    guard let count else { return "\(end.milliseconds)" }
    return "\(begin.milliseconds)/\(end.milliseconds)/\(offset + count)"
  }
}
