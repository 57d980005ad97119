import Domain
import Gateways
import Store

/// When a gateway is asked next. Pure: state and time in, time out; all gaps are milliseconds.
///
/// The gaps follow what buyers do: most pay within a minute of seeing the code, so questions are
/// dense at first and thin out; after an end a few guards watch for money that comes late.
struct Schedule {
  let timeScale: Int64
  /// The gateway's clock, for what counts as today.
  let zoneOffsetMinutes: Int64

  /// Lower is asked first.
  enum Rank {
    static let watched: Int64 = 0
    static let closing: Int64 = 1
    static let guarding: Int64 = 2
    static let young: Int64 = 3
    static let longTail: Int64 = 4
    static let comparing = ScheduledQuestion.comparingRank
    static let all: [Int64] = [watched, closing, guarding, young, longTail, comparing]
  }

  struct Next: Hashable {
    var at: Timestamp?
    var rank: Int64
    var step: ScheduledQuestion.Step
  }

  private static let qrGaps: [Int64] = [
    5000, 5000, 5000, 5000, 10_000, 10_000, 10_000, 10_000, 15_000, 15_000, 15_000, 15_000,
    30_000, 30_000, 30_000, 30_000,
  ]
  private static let barcodeGaps: [Int64] = [
    3000, 3000, 5000, 5000, 5000, 5000, 5000, 10_000, 10_000,
  ]
  private static let redirectGaps: [Int64] = [10_000, 20_000, 30_000, 60_000, 60_000, 120_000]
  private static let unknownGaps: [Int64] = [1000, 2000, 4000, 8000, 15_000, 30_000, 60_000]
  private static let guardOffsets: [Int64] = [
    60_000, 300_000, 1_800_000, 7_200_000, 21_600_000, 86_400_000,
  ]
  /// Guards without an answer are repeated within five minutes so many times, about a day; then
  /// every hour, for about a month in all.
  private static let guardTriesDense: Int64 = 300
  private static let guardTriesMax: Int64 = 1000
  private static let closingGaps: [Int64] = [
    0, 0, 0, 2000, 2000, 5000, 5000, 10_000, 10_000, 30_000, 30_000, 60_000, 60_000,
  ]
  private static let refundGaps: [Int64] = [5000, 15_000, 60_000, 300_000, 900_000]
  /// Looks thin out as guards do.
  private static let lookGaps = guardOffsets
  /// A look that brings no answer is given up after so many: about a week.
  private static let looksMax: Int64 = 30
  private static let disputeGaps: [Int64] = [300_000, 900_000, 3_600_000]
  /// The sweep over today's undecided payments, as a ceiling of every gap.
  private static let sweep = Int64(Limits.pollGapMaxMilliseconds)
  private static let minute: Int64 = 60_000
  private static let hour: Int64 = 3_600_000
  private static let day: Int64 = 86_400_000

  /// After how long without a final answer a payment is called stale.
  static let staleAfter: Int64 = 30 * minute
  /// A payment that is still stale so long after its creation is an alarm (AL2).
  static let alarmAfter: Int64 = 3 * day
  /// A weakly proven payment that nothing has confirmed for so long needs a person.
  static let confirmedWithin: Int64 = day
  /// So long after it was sent, a refund without a final answer needs a person (AL24).
  static let refundCallAfter: Int64 = day
  /// From when on a stale payment is a case.
  static let caseAfter: Int64 = day
  /// A closing that the gateway neither confirms nor refuses for this long needs a person.
  static let closingStaleAfter: Int64 = 2 * hour
  /// A call that brought no answer is asked about again after this long, should its end get lost.
  static let callGrace: Int64 = 20_000
  /// A success learnt from a notice is confirmed by one query.
  static let confirmAfter: Int64 = 30_000

  /// Our books and a gateway's are held side by side this often, while payments happen.
  static let compareEvery: Int64 = 5 * minute
  /// A paid payment is asked about once more so long after it was paid.
  private static let compareAfter: Int64 = hour
  /// A comparison that brings no answer is tried again for so long.
  private static let compareWithin: Int64 = day

  private func scaled(_ gap: Int64) -> Int64 { max(1, gap / timeScale) }

  /// - Parameters:
  ///   - absenceProvesAt: from when on "does not exist" ends a closing, where it ever does.
  ///   - canClose: the gateway can be told to close; else only time brings the proof.
  func next(
    for payment: Payment, _ question: ScheduledQuestion, class scheduleClass: ScheduleClass,
    isWatched: Bool, absenceProvesAt: Timestamp?, canClose: Bool, at now: Timestamp
  ) -> Next {
    if !payment.state.isOpen, let look = looking(question, now) { return look }
    switch payment.state {
    case .initial, .submitted:
      return Next(
        at: now.adding(milliseconds: scaled(Schedule.callGrace)), rank: Rank.young, step: .query)
    case .awaitingBuyer, .processing:
      return open(payment, question, scheduleClass, isWatched, now)
    case .unknown where question.step == .create:
      return Next(at: now, rank: Rank.closing, step: .create)
    case .unknown:
      let gap = gap(Schedule.unknownGaps, question, then: Schedule.sweep)
      return Next(at: after(gap, question, now), rank: Rank.young, step: .query)
    case .stale: return stale(payment, question, now)
    case .closing: return closing(question, absenceProvesAt, canClose, now)
    case .closed, .failed: return guarding(payment, question, now)
    case .succeeded: return confirming(payment, question, now)
    case .reversed: return Next(at: nil, rank: Rank.longTail, step: .guarding)
    }
  }

  private func open(
    _ payment: Payment, _ question: ScheduledQuestion, _ scheduleClass: ScheduleClass,
    _ isWatched: Bool, _ now: Timestamp
  ) -> Next {
    let age = now.milliseconds(since: payment.createdAt) &* timeScale
    if payment.state == .processing, age > Schedule.staleAfter {
      return stale(payment, question, now)
    }
    let gap: Int64
    switch scheduleClass {
    case .qr: gap = self.gap(Schedule.qrGaps, question, then: Schedule.minute)
    case .barcode: gap = self.gap(Schedule.barcodeGaps, question, then: Schedule.minute)
    case .redirect: gap = self.gap(Schedule.redirectGaps, question, then: Schedule.sweep)
    }
    var at = after(min(gap, Schedule.sweep), question, now)
    if isWatched {
      let eager: Int64 = age < Schedule.minute ? 3000 : 10_000
      at = min(at, after(eager, question, now))
    }
    // The expiry timer asks for the end; never sleep past it.
    if payment.expiresAt > now { at = min(at, payment.expiresAt) }
    return Next(at: at, rank: isWatched ? Rank.watched : Rank.young, step: .query)
  }

  private func stale(
    _ payment: Payment, _ question: ScheduledQuestion, _ now: Timestamp
  ) -> Next {
    let age = now.milliseconds(since: payment.createdAt) &* timeScale
    let gap: Int64
    if isToday(payment.createdAt, now) {
      gap = Schedule.sweep
    } else if age < 3 * Schedule.day {
      gap = Schedule.hour
    } else if age < 7 * Schedule.day {
      gap = 6 * Schedule.hour
    } else {
      gap = Schedule.day
    }
    return Next(at: after(gap, question, now), rank: Rank.longTail, step: .query)
  }

  private func closing(
    _ question: ScheduledQuestion, _ absenceProvesAt: Timestamp?, _ canClose: Bool,
    _ now: Timestamp
  ) -> Next {
    // Ask, close, ask again: at once the first time, ever slower while the gateway says that it
    // closed and still takes the buyer's money.
    // A gateway that cannot close proves nothing before its time: money is all it may tell of.
    let isFarOff = !canClose && absenceProvesAt.map { $0 > now } ?? false
    let gap = gap(
      Schedule.closingGaps, question, then: isFarOff ? Schedule.hour : Schedule.sweep)
    let step: ScheduledQuestion.Step =
      [.guarding, .create].contains(question.step) ? .query : question.step
    var at = after(gap, question, now)
    // The moment from which on an answer can be the proof is not slept through.
    if let proof = absenceProvesAt, proof > now { at = min(at, proof) }
    return Next(at: at, rank: Rank.closing, step: step)
  }

  private func guarding(
    _ payment: Payment, _ question: ScheduledQuestion, _ now: Timestamp
  ) -> Next {
    if let again = guardingAgain(question, now) { return again }
    let closedAt = min(payment.closedAt ?? now, question.since)
    let passed = now.milliseconds(since: closedAt)
    for offset in Schedule.guardOffsets where scaled(offset) > passed {
      return Next(
        at: closedAt.adding(milliseconds: scaled(offset)), rank: Rank.guarding, step: .guarding)
    }
    return Next(at: nil, rank: Rank.guarding, step: .guarding)
  }

  /// A guard that brought no answer was none: it is made up for soon, also after the last one. Nil
  /// where the last one was answered, or none was ever answered for a month.
  private func guardingAgain(_ question: ScheduledQuestion, _ now: Timestamp) -> Next? {
    guard question.failed > 0, question.failed < Schedule.guardTriesMax else { return nil }
    let gap = question.failed < Schedule.guardTriesDense ? 0 : Schedule.hour
    return Next(at: after(gap, question, now), rank: Rank.guarding, step: .guarding)
  }

  /// After a hint: at once, again where no answer came, and on where a dispute is looked for. Nil
  /// once there is no more to look for.
  private func looking(_ question: ScheduledQuestion, _ now: Timestamp) -> Next? {
    guard question.step.isLooking else { return nil }
    let looks = max(question.asked, question.failed)
    let isAnswered = looks > 0 && question.failed == 0
    let isOver =
      question.step == .looking ? isAnswered : isAnswered && looks > Schedule.lookGaps.count
    guard !isOver, looks < Schedule.looksMax else { return nil }
    guard looks > 0 else { return Next(at: now, rank: Rank.closing, step: question.step) }
    let place = Int(looks) - 1
    let gap = place < Schedule.lookGaps.count ? Schedule.lookGaps[place] : 6 * Schedule.hour
    return Next(at: after(gap, question, now), rank: Rank.guarding, step: question.step)
  }

  private func confirming(
    _ payment: Payment, _ question: ScheduledQuestion, _ now: Timestamp
  ) -> Next {
    let isProven = payment.evidence.contains { $0.strength >= .answer }
    guard !isProven, question.asked == 0 || question.failed > 0 else {
      return comparing(question, now)
    }
    let gap = question.failed > 0 ? Schedule.sweep : Schedule.confirmAfter
    return Next(at: now.adding(milliseconds: scaled(gap)), rank: Rank.guarding, step: .guarding)
  }

  /// A paid payment is asked about once more before its day is over, all of them at the same few
  /// moments, so that a quiet shop is left alone in between.
  private func comparing(_ question: ScheduledQuestion, _ now: Timestamp) -> Next {
    let due = comparedAt(question.since)
    let isAsked = question.askedAt.map { $0 >= due } ?? false
    let end = question.since.adding(milliseconds: scaled(Schedule.compareWithin))
    guard !isAsked || (question.failed > 0 && now < end) else {
      return Next(at: nil, rank: Rank.guarding, step: .guarding)
    }
    let again = isAsked ? now.adding(milliseconds: scaled(Schedule.sweep)) : due
    return Next(at: again, rank: Rank.comparing, step: .comparing)
  }

  /// The first moment of comparing that is late enough; earlier where the gateway's day ends.
  private func comparedAt(_ paidAt: Timestamp) -> Timestamp {
    let step = scaled(Schedule.compareEvery)
    let late = paidAt.milliseconds + scaled(Schedule.compareAfter)
    let due = (late + step - 1) / step * step
    let offset = zoneOffsetMinutes * Schedule.minute
    let dayEnd = ((paidAt.milliseconds + offset) / Schedule.day + 1) * Schedule.day - offset
    let last = (dayEnd - 1) / step * step
    return Timestamp(milliseconds: last > paidAt.milliseconds + step ? min(due, last) : due)
  }

  func next(
    for refund: Refund, _ question: ScheduledQuestion, delay: Int64, at now: Timestamp
  ) -> Next {
    guard refund.state.isInFlight else { return Next(at: nil, rank: Rank.longTail, step: .query) }
    let age = now.milliseconds(since: refund.submittedAt ?? refund.createdAt) &* timeScale
    let then = age < 3 * Schedule.day ? 30 * Schedule.minute : Schedule.hour
    let gap = max(gap(Schedule.refundGaps, question, then: then), delay)
    return Next(at: after(gap, question, now), rank: Rank.young, step: .query)
  }

  /// - Precondition: the gateway can be asked about disputes.
  func next(for dispute: Dispute, _ question: ScheduledQuestion, at now: Timestamp) -> Next {
    let isProven = dispute.evidence.last.map { $0.strength >= .answer } ?? false
    if !isProven, question.asked == 0 || question.failed > 0 {
      let gap = question.failed > 0 ? Schedule.sweep : Schedule.confirmAfter
      return Next(at: after(gap, question, now), rank: Rank.guarding, step: .query)
    }
    guard dispute.state.isOpen else { return guarding(dispute, question, now) }
    var gap = gap(Schedule.disputeGaps, question, then: 6 * Schedule.hour)
    if let due = dispute.terms.dueAt, due.milliseconds(since: now) < Schedule.day {
      gap = min(gap, Schedule.hour)
    }
    return Next(at: after(gap, question, now), rank: Rank.longTail, step: .query)
  }

  /// Banks reopen what was decided, for weeks.
  private func guarding(
    _ dispute: Dispute, _ question: ScheduledQuestion, _ now: Timestamp
  ) -> Next {
    if let again = guardingAgain(question, now) { return again }
    let closedAt = min(dispute.closedAt ?? now, question.since)
    let passed = now.milliseconds(since: closedAt)
    for days: Int64 in [1, 7, 30, 60] where scaled(days * Schedule.day) > passed {
      return Next(
        at: closedAt.adding(milliseconds: scaled(days * Schedule.day)), rank: Rank.guarding,
        step: .guarding)
    }
    return Next(at: nil, rank: Rank.guarding, step: .guarding)
  }

  private func gap(
    _ gaps: [Int64], _ question: ScheduledQuestion, then: Int64
  ) -> Int64 {
    let index = Int(min(question.asked, Int64(gaps.count)))
    return index < gaps.count ? gaps[index] : then
  }

  private func after(
    _ gap: Int64, _ question: ScheduledQuestion, _ now: Timestamp
  ) -> Timestamp {
    let backoff = question.failed > 0 ? min(Schedule.sweep, 1000 << min(question.failed, 8)) : 0
    // Never further ahead than the gap, whatever the clock said when it was asked.
    let base = min(question.askedAt ?? question.since, now)
    return max(now, base.adding(milliseconds: scaled(max(gap, backoff))))
  }

  private func isToday(_ moment: Timestamp, _ now: Timestamp) -> Bool {
    // By a clock that has been set back since.
    if moment > now { return true }
    let one = CivilTime(moment, offsetMinutes: zoneOffsetMinutes)
    let other = CivilTime(now, offsetMinutes: zoneOffsetMinutes)
    return one.day == other.day && one.month == other.month && one.year == other.year
  }
}
