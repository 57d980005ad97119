import Domain
import Foundation
import Testing

@Suite("Civil time")
struct CivilTimeTests {
  @Test(
    "readings agree with the system's calendar over more than a century",
    arguments: [0, 480, -300, 345] as [Int64])
  func againstFoundation(_ offset: Int64) throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: Int(offset) * 60))
    let words = IdentifierSource(seed: (21, 22, 23, 24))
    // 1940 to 2090, a random moment every day and a half or so.
    var milliseconds: Int64 = -946_771_200_000
    while milliseconds < 3_786_912_000_000 {
      milliseconds += Int64(words.word() % 259_200_000)
      let moment = Timestamp(milliseconds: milliseconds)
      let civil = CivilTime(moment, offsetMinutes: offset)
      let date = Date(
        timeIntervalSince1970: Double(milliseconds / 1000) - (milliseconds % 1000 < 0 ? 1 : 0))
      let parts = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute, .second], from: date)
      let mine = [civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second]
      let theirs = [parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second]
        .map { Int64($0 ?? -1) }
      #expect(mine == theirs, "\(milliseconds)")
      let text = "\(civil.dateText) \(civil.timeText)"
      let whole = milliseconds - ((milliseconds % 1000) + 1000) % 1000
      #expect(
        CivilTime.read(text, offsetMinutes: offset) == Timestamp(milliseconds: whole), "\(text)")
    }
  }

  @Test(
    "leap days follow the Gregorian rule",
    arguments: [
      ("2000-02-29", true), ("1900-02-29", false), ("2024-02-29", true), ("2023-02-29", false),
      ("2100-02-29", false), ("2026-04-31", false), ("2026-12-31", true), ("2026-00-10", false),
      ("2026-13-01", false), ("2026-01-00", false), ("2026-01-32", false),
    ])
  func dates(_ date: String, _ exists: Bool) {
    #expect((CivilTime.read("\(date) 12:00:00", offsetMinutes: 480) != nil) == exists)
  }

  @Test(
    "other shapes are not read",
    arguments: [
      "", "2026-11-21", "2026-11-21 16:00", "2026/11/21 16:00:00", "2026-11-21 24:00:00",
      "2026-11-21 16:60:00", "2026-11-21 16:00:61", "2026-11-21 16:00:00Z", "2026-11-21 16:00:00.",
      "2026-1-21 16:00:000", "２026-11-21 16:00:00", "-026-11-21 16:00:00",
    ])
  func badShapes(_ text: String) { #expect(CivilTime.read(text, offsetMinutes: 480) == nil) }

  @Test("a fraction after the seconds is ignored, and T is a space")
  func fraction() {
    let plain = CivilTime.read("2026-11-21 16:00:00", offsetMinutes: 480)
    #expect(plain == Timestamp(milliseconds: 1_795_248_000_000))
    #expect(CivilTime.read("2026-11-21 16:00:00.123", offsetMinutes: 480) == plain)
    #expect(CivilTime.read("2026-11-21T16:00:00", offsetMinutes: 480) == plain)
  }

  @Test("a moment is written in UTC with milliseconds")
  func description() {
    #expect("\(Timestamp(milliseconds: 0))" == "1970-01-01T00:00:00.000Z")
    #expect("\(Timestamp(milliseconds: -1))" == "1969-12-31T23:59:59.999Z")
    #expect("\(Timestamp(milliseconds: 1_795_248_000_123))" == "2026-11-21T08:00:00.123Z")
  }

  @Test("times far away saturate instead of wrapping")
  func saturation() {
    let end = Timestamp(milliseconds: .max)
    #expect(end.adding(milliseconds: 1) == end)
    #expect(Timestamp(milliseconds: .min).adding(milliseconds: -1).milliseconds == .min)
    #expect(end.milliseconds(since: Timestamp(milliseconds: -1)) == .max)
    #expect(Timestamp(milliseconds: .min).milliseconds(since: Timestamp(milliseconds: 1)) == .min)
  }
}
