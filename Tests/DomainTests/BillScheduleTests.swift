import Domain
import Testing

@Suite("Bill schedule")
struct BillScheduleTests {
  private static let minute: Int64 = 60_000
  private static let hour: Int64 = 3_600_000
  private static let dayLength: Int64 = 86_400_000

  /// As Alipay: Beijing time, ready at nine.
  private let schedule = BillSchedule(
    zoneOffsetMinutes: 480, readyAfterMilliseconds: 9 * hour, keptDays: 90,
    silenceMeansEmptyAfterMilliseconds: 12 * hour)

  private func beijing(_ text: String) throws -> Timestamp {
    try #require(CivilTime.read(text, offsetMinutes: 480))
  }

  private func day(_ text: String) throws -> CivilDay { try #require(CivilDay(text)) }

  @Test("a day begins and ends at midnight of its zone")
  func dayBounds() throws {
    let day = try day("2026-11-20")
    #expect(try day.start(offsetMinutes: 480) == beijing("2026-11-20 00:00:00"))
    #expect(try day.end(offsetMinutes: 480) == beijing("2026-11-21 00:00:00"))
    #expect(CivilDay(try beijing("2026-11-20 23:59:59"), offsetMinutes: 480) == day)
    #expect(CivilDay(try beijing("2026-11-20 07:59:59"), offsetMinutes: 0).text == "2026-11-19")
    #expect(day.plainText == "20261120")
  }

  @Test("days before 1970 and across leap years count on")
  func dayArithmetic() throws {
    #expect(CivilDay(Timestamp(milliseconds: -1), offsetMinutes: 0).text == "1969-12-31")
    #expect(CivilDay(Timestamp(milliseconds: -Self.dayLength), offsetMinutes: 0).number == -1)
    #expect(try day("2028-02-28").adding(days: 1).text == "2028-02-29")
    #expect(try day("2100-02-28").adding(days: 1).text == "2100-03-01")
    for number in stride(from: Int64(-700_000), through: 2_900_000, by: 9973) {
      #expect(CivilDay(CivilDay(number: number).text)?.number == number)
    }
  }

  @Test(
    "what is no day of the calendar is refused",
    arguments: ["2026-02-29", "2026-13-01", "2026-11-2", "2026/11/20", "", "2026-11-20 "])
  func noDay(_ text: String) {
    #expect(CivilDay(text) == nil)
  }

  @Test("far days saturate instead of trapping")
  func farDays() {
    let far = CivilDay(number: .max)
    #expect(far.adding(days: 1) == far)
    #expect(far.end(offsetMinutes: -720).milliseconds == .max)
    #expect(CivilDay(number: .min).start(offsetMinutes: 840).milliseconds == .min)
  }

  @Test("a bill is due at its ready time of the next day, not a moment before")
  func readyTime() throws {
    let day = try day("2026-11-20")
    let ready = try beijing("2026-11-21 09:00:00")
    #expect(schedule.readyAt(day) == ready)
    #expect(schedule.newestReadyDay(at: ready) == day)
    #expect(schedule.newestReadyDay(at: ready.adding(milliseconds: -1)) == day.adding(days: -1))
    #expect(try schedule.alarmAt(day) == beijing("2026-11-21 11:00:00"))
  }

  @Test("after a time of standing still every day that is still kept is due, oldest first")
  func madeUp() throws {
    let now = try beijing("2026-11-21 12:00:00")
    let days = schedule.readyDays(from: try day("2026-11-18"), at: now)
    #expect(days.map(\.text) == ["2026-11-18", "2026-11-19", "2026-11-20"])
    #expect(schedule.readyDays(from: try day("2026-11-21"), at: now).isEmpty)
    let all = schedule.readyDays(from: CivilDay(number: 0), at: now)
    #expect(all.count <= 90)
    #expect(all.allSatisfy { schedule.goneAt($0) > now })
    #expect(try schedule.goneAt(#require(all.first).adding(days: -1)) <= now)
  }

  @Test("the waits are 1, 5, 15, 30 and 60 minutes, hourly for a day, then daily while it is kept")
  func waits() throws {
    let day = try day("2026-11-20")
    let first = schedule.readyAt(day)
    var tries = BillSchedule.Tries(count: 1, firstAt: first, lastAt: first)
    var gaps: [Int64] = []
    while let next = schedule.nextTry(for: day, after: tries) {
      gaps.append(next.milliseconds(since: tries.lastAt))
      tries = tries.adding(at: next)
    }
    #expect(Array(gaps.prefix(5)) == [1, 5, 15, 30, 60].map { $0 * Self.minute })
    let hourly = gaps.dropFirst(5).prefix { $0 == Self.hour }
    #expect(hourly.count == 23)
    #expect(gaps.dropFirst(28).allSatisfy { $0 == Self.dayLength })
    #expect(tries.lastAt < schedule.goneAt(day))
    #expect(tries.lastAt.adding(milliseconds: Self.dayLength) >= schedule.goneAt(day))
  }

  @Test("a first try long after the ready time begins with the short waits too")
  func lateFirstTry() throws {
    let day = try day("2026-11-10")
    let first = try beijing("2026-11-21 12:00:00")
    let tries = BillSchedule.Tries(count: 1, firstAt: first, lastAt: first)
    #expect(schedule.nextTry(for: day, after: tries) == first.adding(milliseconds: Self.minute))
  }

  @Test("silence means an empty day only late enough, and only if our day is empty too")
  func silence() throws {
    let day = try day("2026-11-20")
    let noon = try beijing("2026-11-21 12:00:00")
    #expect(schedule.silenceMeansEmpty(day, ownDayIsEmpty: true, at: noon))
    #expect(!schedule.silenceMeansEmpty(day, ownDayIsEmpty: false, at: noon))
    #expect(
      !schedule.silenceMeansEmpty(day, ownDayIsEmpty: true, at: noon.adding(milliseconds: -1)))
    let telling = BillSchedule(
      zoneOffsetMinutes: 480, readyAfterMilliseconds: 0, keptDays: 90)
    #expect(!telling.silenceMeansEmpty(day, ownDayIsEmpty: true, at: noon))
  }
  @Test("a day taken for empty is asked about daily, until four days after its end")
  func looks() throws {
    let day = try day("2026-11-20")
    let noon = try beijing("2026-11-21 12:00:00")
    #expect(schedule.nextLook(at: day, after: noon) == noon.adding(milliseconds: Self.dayLength))
    let last = try beijing("2026-11-25 00:00:00")
    let before = last.adding(milliseconds: -Self.dayLength)
    #expect(schedule.nextLook(at: day, after: before) == last)
    #expect(schedule.nextLook(at: day, after: before.adding(milliseconds: 1)) == nil)
    #expect(
      schedule.nextLook(at: day, after: last.adding(milliseconds: -10), gapMilliseconds: 10) == last)
  }
}
