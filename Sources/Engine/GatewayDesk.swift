import Domain
import Gateways

/// One gateway's budget: what is under way, what waits, and how fast it may be asked.
///
/// Not a fact; a restart begins with a full budget. Times are our wall clock.
struct GatewayDesk {
  private(set) var account: GatewayAccount
  /// Bills that it gives out and that can be read here.
  private(set) var billOffers: [BillOffer]
  var isPaused = false
  /// Exchanges under way.
  private(set) var running = 0
  /// Money-moving exchanges whose intent is on disk and whose turn has not come.
  private var waiting: [GatewayExchange] = []
  /// Tokens in thousandths, so that no fraction of a second is lost.
  private var tokensThousandths: Int64
  private var filledAt: Timestamp
  private(set) var backoffUntil: Timestamp?
  /// Exchanges in a row that brought nothing.
  private(set) var failures: Int64 = 0
  var isDegraded = false
  /// When to ask what happened that nobody told us; nil while it is being asked, and for ever where
  /// the gateway cannot be asked.
  var catchUpAt: Timestamp?
  /// Until when what the gateway lists is compared every few minutes, because payments happen.
  var isBusyUntil: Timestamp?
  var proofs = NoticeProofs()
  /// When notifications were refused lately, oldest first; at most `rejectionsMax`.
  private var rejections: [Timestamp] = []

  /// This many failures in a row make a gateway degraded.
  static let degradedAfter: Int64 = 5
  private static let backoffMax: Int64 = 300_000
  /// More refused notifications than this within the window are an alarm (AL16).
  static let rejectionsMax = 3
  private static let rejectionWindowMilliseconds: Int64 = 300_000

  init(_ account: GatewayAccount, at now: Timestamp) {
    self.account = account
    billOffers = account.gateway.bills?.offers ?? []
    filledAt = now
    catchUpAt = account.gateway.capabilities.catchUpEveryMilliseconds == nil ? nil : now
    tokensThousandths = account.queriesPerSecond * 2 * 1000
  }

  var gateway: any Gateway { account.gateway }

  /// The same gateway with other keys, settings or limits. What is counted stays.
  mutating func replace(with account: GatewayAccount) {
    precondition(
      account.gateway.name.utf8.elementsEqual(gateway.name.utf8), "a desk keeps its gateway's name")
    self.account = account
    billOffers = account.gateway.bills?.offers ?? []
    tokensThousandths = min(tokensThousandths, account.queriesPerSecond * 2 * 1000)
  }

  func billOffer(_ kind: BillKind) -> BillOffer? { billOffers.first { $0.kind == kind } }

  /// Whether a question may be asked now. Taking it costs a token.
  ///
  /// - Parameter isSpare: nothing waits for it: half of the budget stays for what matters.
  mutating func takeTurn(at now: Timestamp, isSpare: Bool = false) -> Bool {
    guard turns(at: now, isSpare: isSpare) > 0 else { return false }
    tokensThousandths -= 1000
    running += 1
    return true
  }

  /// How many questions may be asked now.
  mutating func turns(at now: Timestamp, isSpare: Bool) -> Int {
    guard running < places(isSpare: isSpare), waiting.isEmpty else { return 0 }
    if let until = backoffUntil, now < until { return 0 }
    fill(at: now)
    let above = tokensThousandths - tokensNeeded(isSpare: isSpare)
    guard above >= 0 else { return 0 }
    return min(places(isSpare: isSpare) - running, Int(above / 1000) + 1)
  }

  /// A turn was taken and nothing left.
  mutating func giveBack() { running -= 1 }

  /// Sends an exchange that was promised, or keeps it until another one ends.
  mutating func start(_ exchange: GatewayExchange) -> GatewayExchange? {
    guard running < account.concurrency else {
      waiting.append(exchange)
      return nil
    }
    running += 1
    return exchange
  }

  /// Takes an exchange out of the line.
  ///
  /// - Returns: false where it has left.
  mutating func withdraw(_ id: CallID) -> Bool {
    guard let place = waiting.firstIndex(where: { $0.id == id }) else { return false }
    waiting.remove(at: place)
    return true
  }

  /// An exchange ended; the next one in the line may leave.
  mutating func end() -> GatewayExchange? {
    running -= 1
    precondition(running >= 0, "an exchange ended that was never started")
    guard !waiting.isEmpty else { return nil }
    running += 1
    return waiting.removeFirst()
  }

  /// Whether this refused notification is one too many; then counting begins anew, so that a
  /// flood is said once for every few and not for each.
  mutating func noteRejected(at now: Timestamp) -> Bool {
    rejections.removeAll {
      now.milliseconds(since: $0) > Self.rejectionWindowMilliseconds
    }
    guard rejections.count >= Self.rejectionsMax else {
      rejections.append(now)
      return false
    }
    rejections.removeAll()
    return true
  }

  mutating func noteSuccess() {
    failures = 0
    backoffUntil = nil
  }

  /// - Parameter isLimited: the gateway asked for fewer questions.
  mutating func noteFailure(isLimited: Bool, at now: Timestamp) {
    failures += 1
    guard isLimited || failures >= 3 else { return }
    let gap = min(GatewayDesk.backoffMax, 1000 << min(failures, 9))
    backoffUntil = now.adding(milliseconds: gap)
  }

  /// The clock was set back: nothing waits longer than it would have.
  mutating func noteSetBack(at now: Timestamp) {
    let last = now.adding(milliseconds: GatewayDesk.backoffMax)
    backoffUntil = backoffUntil.map { min($0, last) }
    catchUpAt = catchUpAt.map { min($0, now) }
    proofs.dueAt = proofs.dueAt.map { min($0, last) }
  }

  private func places(isSpare: Bool) -> Int {
    isSpare ? max(1, account.concurrency / 2) : account.concurrency
  }

  private func tokensNeeded(isSpare: Bool) -> Int64 {
    isSpare ? 1000 + account.queriesPerSecond * 1000 : 1000
  }

  /// When asking may go on, where the budget is what stands in the way.
  func nextTurn(at now: Timestamp, isSpare: Bool = false) -> Timestamp? {
    if running >= places(isSpare: isSpare) { return nil }
    if let until = backoffUntil, now < until { return until }
    let missing = tokensNeeded(isSpare: isSpare) - tokensThousandths
    return missing <= 0 ? now : now.adding(milliseconds: missing / account.queriesPerSecond + 1)
  }

  private mutating func fill(at now: Timestamp) {
    let passed = max(0, now.milliseconds(since: filledAt))
    filledAt = now
    let most = account.queriesPerSecond * 2 * 1000
    let (gain, overflow) = passed.multipliedReportingOverflow(by: account.queriesPerSecond)
    tokensThousandths = overflow ? most : min(most, tokensThousandths + gain)
  }
}
