package import Domain

/// What a run compares by. Everything is a number with a unit; nothing is guessed.
package struct MatchRules: Sendable {
  /// The statement covers `from ..< to`, in the gateway's own days.
  package var from: Timestamp
  package var to: Timestamp
  /// When the run is made: ages are measured to here.
  package var asOf: Timestamp
  /// Around both ends of the day, where the two clocks may put a row on different days.
  package var cutOffMilliseconds: Int64 = 3_600_000
  /// A row may appear in bills this many business days late (T+1 is 1).
  package var delayDays: Int = 0
  package var calendar = BusinessCalendar()
  /// In the pool no longer than this; then it is a discrepancy of its own kind.
  package var carryLimitMilliseconds: Int64 = 3 * 86_400_000
  /// A fee off by no more than this is tolerated, minor units a row.
  package var feeTolerance: Int64 = 0
  /// A refund may be worked on for this long.
  package var refundLimitMilliseconds: Int64 = 86_400_000
  package var deliveryLimitMilliseconds: Int64 = 600_000
  /// The run has the bank's statement, so a payout must be found in it.
  package var comparesBank = false
  /// Payouts wait for the bank's statement, though this run has none.
  package var keepsPayouts = false
  /// Bank credits come this many business days after the payout was made.
  package var bankDays: Int = 3
  /// Where the bank's file ends: of what came later it says nothing. Nil: it says all there is.
  package var bankEnds: Timestamp?
  /// Business days after which a payout is missed though no file of the bank covers its last day.
  package var bankSilentDays: Int = 2
  /// The bank's rows from here to there can only be payouts that are known here; outside of it they
  /// may be those of other days. Nil: the bounds do not matter.
  package var bankFrom: Timestamp?
  package var bankTo: Timestamp?
  /// Money that is late is looked for this long.
  package var lateKeptMilliseconds: Int64 = 30 * 86_400_000
  /// The merchant number that rows must carry; empty takes any.
  package var merchant: [UInt8] = []
  /// What is known of rates, and what of an exchange the gateway may keep.
  package var exchange = ExchangeBook()
  /// At most so many rows are searched for a group, so many combinations tried.
  package var groupRows: Int = 24
  package var groupSteps: Int = 200_000

  package init(from: Timestamp, to: Timestamp, asOf: Timestamp) {
    self.from = from
    self.to = to
    self.asOf = asOf
  }

  /// Whether a bank row of this time would have to be a payout that is known.
  func knowsPayouts(at moment: Timestamp) -> Bool {
    (bankFrom.map { moment >= $0 } ?? true) && (bankTo.map { moment < $0 } ?? true)
  }

  /// Whether a row at this time may stand in the neighbouring bill, or in one not yet here.
  func mayStandElsewhere(_ at: Timestamp) -> Bool {
    if at >= to.adding(milliseconds: -cutOffMilliseconds) { return true }
    if at < from.adding(milliseconds: cutOffMilliseconds) { return true }
    return delayDays > 0 && calendar.adding(businessDays: delayDays, to: at) >= to
  }
}

/// Days on which nothing is settled. Days are counted from 1970-01-01 in the gateway's zone. Bills
/// come every day; only what goes to a bank keeps to it.
package struct BusinessCalendar: Sendable, Hashable {
  package var offsetMinutes: Int64 = 480
  package var hasWeekends = false
  /// Days off, ascending.
  package var holidays: [Int64] = []
  /// Weekend days that are worked, ascending.
  package var workedDays: [Int64] = []

  package init() {}

  /// Banks rest on Saturdays and Sundays.
  package static let weekdays = {
    var calendar = BusinessCalendar()
    calendar.hasWeekends = true
    return calendar
  }()

  package func day(of moment: Timestamp) -> Int64 {
    let local = moment.adding(milliseconds: offsetMinutes * 60_000).milliseconds
    return local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000
  }

  package func isBusinessDay(_ day: Int64) -> Bool {
    if workedDays.contains(day) { return true }
    if holidays.contains(day) { return false }
    // Day 0 was a Thursday.
    return !hasWeekends || ![2, 3].contains(((day % 7) + 7) % 7)
  }

  /// The same time of day, this many business days later.
  package func adding(businessDays count: Int, to moment: Timestamp) -> Timestamp {
    let first = day(of: moment)
    var day = first
    var left = count
    // A calendar without business days would never end; a year is the limit.
    while left > 0, day < first + 366 {
      day += 1
      if isBusinessDay(day) { left -= 1 }
    }
    return moment.adding(milliseconds: (day - first) * 86_400_000)
  }
}
