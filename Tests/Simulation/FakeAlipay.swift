import Chance
import Crypto
import Domain
import Foundation
import Gateways
import JSON

/// Alipay's side: its own books, its own reading of requests, its own answers and signatures.
///
/// It shares no code with the adapter. Its books are the truth that the daemon is judged by, and
/// outlive every crash of it. All times are milliseconds of the virtual clock.
final class FakeAlipay {
  static let applicationID = "2021001234567890"
  static let sellerID = "2088001234567890"
  static let otherSellerID = "2088009876543210"

  enum Status { case code, waiting, paid, closed }

  struct Refund {
    let number: String
    let minor: Int64
    let madeAt: Int64
    /// Not to be found by a query before this.
    var shownFrom: Int64
    /// Done, although the shop was told for good that it was not.
    var isDisowned = false
    /// Made at the gateway's own desk, not by Till.
    var isFromDesk = false
  }

  struct Trade {
    let number: String
    let asked: Int64
    let expiresAt: Int64
    var status = Status.code
    var taken: Int64 = 0
    var transaction: String
    var paidAt: Int64 = 0
    var refunds: [Refund] = []
    /// A thief has spoken about it with the gateway's key.
    var isSlandered = false

    var given: Int64 { refunds.reduce(0) { $0 + $1.minor } }
    /// It can still be paid.
    var isUnpaid: Bool { status == .code || status == .waiting }
  }

  /// A signed answer and what it states.
  struct Spoken {
    let answer: GatewayAnswer
    let statement: GatewayWord.Statement?
    let number: String
  }

  var temper: Temper
  var word = GatewayWord()
  private(set) var trades: [String: Trade] = [:]
  /// In the order in which they were made.
  private(set) var numbers: [String] = []
  /// Requests that were carried out, by operation and number.
  private(set) var carriedOut: [String: Int] = [:]
  /// What each create asked for when it came first.
  private var contents: [String: JSONObject] = [:]
  /// Requests that no honest shop would send.
  private(set) var complaints: [String] = []
  var unreachableUntil: Int64 = 0
  var limitedUntil: Int64 = 0
  var rotatedUntil: Int64 = 0
  var amnesiaUntil: Int64 = 0
  var papers: BillShelf
  /// Called with a number when its trade was paid, refunded at the desk or closed by the buyer.
  var tell: (String) -> Void = { _ in }
  /// Runs something after so many milliseconds.
  var later: (Int64, @escaping () -> Void) -> Void = { _, _ in }
  private var serial = 0
  /// What it said first to each question, and last of all: for those who play it again.
  var firstAnswers: [String: Spoken] = [:]
  var latestAnswer: Spoken?
  /// What may be believed of the answer that is being given.
  var spoken: Spoken?
  private let merchantKey: RSAPublicKey
  var random: SeededRandom

  init(temper: Temper, random: SeededRandom) {
    self.temper = temper
    self.random = random
    var other = random
    papers = BillShelf(random: SeededRandom(seed: other.next()))
    do throws(CryptoError) {
      merchantKey = try FixedKeys.merchant.publicKey()
    } catch { preconditionFailure("a good key has a public half") }
  }

  func count(_ operation: String, _ number: String) -> Int {
    carriedOut["\(operation) \(number)"] ?? 0
  }

  // MARK: one exchange

  func serve(_ request: GatewayRequest, at now: Int64) -> FakeAnswer {
    let unknown: (String) -> FakeAnswer = { code in
      FakeAnswer(result: .failure(.outcomeUnknown(Reason(code: code, text: "No answer came."))))
    }
    if request.method == "GET" { return billFile(request.url) }
    guard let call = AlipayCall(url: request.url, body: request.body, key: merchantKey) else {
      complaints.append("a request that is not signed by the shop: \(request.url.prefix(200))")
      return FakeAnswer(result: .success(Self.plain(400, "bad request")))
    }
    if call.method == "alipay.trade.precreate" {
      let first = contents[call.number, default: call.content]
      contents[call.number] = first
      if first != call.content { complaints.append("\(call.number) was sent again otherwise") }
    }
    if now < unreachableUntil { return unknown(FaultCode.unreachable) }
    if now < limitedUntil {
      noteNeverBegun(call)
      return FakeAnswer(result: .success(Self.plain(429, "")))
    }
    let road = temper.strike(.road)
    if let road, let ended = Self.endedBefore(road) {
      temper.note(road)
      if road != .requestLost, road != .brokenBefore { noteNeverBegun(call) }
      return ended
    }
    carriedOut["\(call.method) \(Self.subject(call))", default: 0] += 1
    var speech = carryOut(call, at: now)
    tellLies(&speech, call, at: now)
    spoken = nil
    let answer = seal(speech, call, at: now)
    guard let road else { return FakeAnswer(result: .success(answer), denied: denial(by: call)) }
    temper.note(road)
    // Whoever is turned away with 429 has no code to show: nobody can pay it.
    if road == .limitedAfter { noteNeverBegun(call) }
    return Self.endedAfter(road, answer, &random)
  }

  func complain(_ text: String) { complaints.append(text) }

  /// The number that was asked about, where what was said of it is that nobody has paid it.
  private func denial(by call: AlipayCall) -> String? {
    guard call.method == "alipay.trade.query", let spoken, spoken.number == call.number else {
      return nil
    }
    switch spoken.statement {
    case .unpaid, .closed, .absent: return spoken.number
    default: return nil
    }
  }

  private static func subject(_ call: AlipayCall) -> String {
    call.refundNumber.isEmpty ? call.number : call.refundNumber
  }

  private func noteNeverBegun(_ call: AlipayCall) {
    word.add(.neverBegun, about: call.number)
  }

  static func plain(_ status: Int, _ body: String) -> GatewayAnswer {
    GatewayAnswer(
      status: status, headers: [Header("Content-Type", "text/html;charset=utf-8")],
      body: Array(body.utf8))
  }

  // MARK: books

  func trade(_ number: String) -> Trade? { trades[number] }

  func change(_ number: String, _ body: (inout Trade) -> Void) {
    guard var trade = trades[number] else { return }
    body(&trade)
    trades[number] = trade
  }

  func make(_ number: String, asked: Int64, expiresAt: Int64) {
    serial += 1
    numbers.append(number)
    trades[number] = Trade(
      number: number, asked: asked, expiresAt: expiresAt, transaction: "2026\(100_000 + serial)")
  }

  func newTransaction() -> String {
    serial += 1
    return "2026\(100_000 + serial)"
  }

  /// A buyer shows the code to his phone: from now on the gateway knows the trade.
  func scan(_ number: String, at now: Int64) {
    change(number) { trade in
      if trade.status == .code, now < trade.expiresAt { trade.status = .waiting }
    }
  }

  /// A buyer pays.
  ///
  /// - Parameter isForced: also what is closed or past its time.
  /// - Returns: whether the money was taken.
  @discardableResult
  func pay(_ number: String, at now: Int64, isForced: Bool = false) -> Bool {
    guard let trade = trades[number], trade.status != .paid else { return false }
    let isOpen = trade.status != .closed && now < trade.expiresAt
    guard isOpen || isForced else { return false }
    change(number) { trade in
      trade.status = .paid
      trade.taken = trade.asked
      trade.paidAt = now
    }
    tell(number)
    return true
  }

  /// Somebody gives the rest of a trade back at the gateway's own desk.
  func refundAtDesk(_ number: String, at now: Int64) {
    guard let trade = trades[number], trade.status == .paid, trade.given < trade.taken else {
      return
    }
    serial += 1
    let refund = Refund(
      number: "DESK\(serial)", minor: trade.taken - trade.given, madeAt: now, shownFrom: now,
      isFromDesk: true)
    change(number) { $0.refunds.append(refund) }
    tell(number)
  }

  /// How long after its expiry an unpaid trade is still said to wait: the gateway tidies up at
  /// leisure, so the shop meets trades that it has to close itself.
  private static let tidiesAfter: Int64 = 120_000

  /// What is due by the gateway's own clock: an unpaid trade dies some time after its expiry.
  func settle(_ number: String, at now: Int64) {
    change(number) { trade in
      if trade.status == .waiting, now >= trade.expiresAt + Self.tidiesAfter {
        trade.status = .closed
      }
    }
  }
}

// MARK: The road

extension FakeAlipay {
  /// Faults before the request was carried out.
  private static func endedBefore(_ road: Behaviour) -> FakeAnswer? {
    switch road {
    case .requestLost:
      return FakeAnswer(
        result: .failure(.outcomeUnknown(Reason(code: FaultCode.timeout, text: "Nothing came."))),
        delay: 15_000)
    case .connectionRefused:
      return FakeAnswer(
        result: .failure(.notSent(Reason(code: FaultCode.unreachable, text: "No connection."))))
    case .brokenBefore: return FakeAnswer(result: .success(plain(500, "")))
    case .badGateway:
      return FakeAnswer(result: .success(plain(502, "<html><h1>502 Bad Gateway</h1></html>")))
    case .limitedBefore: return FakeAnswer(result: .success(plain(429, "")))
    case .notFound: return FakeAnswer(result: .success(plain(404, "no such page")))
    case .redirected:
      let answer = plain(302, "")
      return FakeAnswer(
        result: .success(
          GatewayAnswer(
            status: 302, headers: answer.headers + [Header("Location", "https://evil.example/")],
            body: [])))
    case .captivePortal:
      return FakeAnswer(result: .success(plain(200, "<html>Please log in to this network</html>")))
    default: return nil
    }
  }

  /// Faults on the way back.
  private static func endedAfter(
    _ road: Behaviour, _ answer: GatewayAnswer, _ random: inout SeededRandom
  ) -> FakeAnswer {
    let lost = Fault.outcomeUnknown(Reason(code: FaultCode.timeout, text: "No answer came."))
    func with(_ body: [UInt8]) -> FakeAnswer {
      FakeAnswer(
        result: .success(
          GatewayAnswer(status: answer.status, headers: answer.headers, body: body)))
    }
    switch road {
    case .answerLost: return FakeAnswer(result: .failure(lost), delay: 15_000)
    case .answerDripping: return FakeAnswer(result: .failure(lost), delay: 14_000)
    case .answerSlow: return FakeAnswer(result: .success(answer), delay: 10_000)
    case .brokenAfter: return FakeAnswer(result: .success(plain(500, "")))
    case .limitedAfter: return FakeAnswer(result: .success(plain(429, "")))
    case .tornAnswer: return with(Array(answer.body.prefix(answer.body.count / 2)))
    case .emptyAnswer: return with([])
    case .garbageAnswer: return with((0..<200).map { _ in UInt8(random.next(below: 256)) })
    case .brokenText: return with(answer.body + [0xC3, 0x28])
    case .nestedAnswer:
      return with(Array(repeating: UInt8(ascii: "["), count: 5000) + answer.body)
    case .paddedAnswer:
      return with(Array(repeating: UInt8(ascii: " "), count: 100_000) + answer.body)
    default: return FakeAnswer(result: .success(answer))
    }
  }
}
