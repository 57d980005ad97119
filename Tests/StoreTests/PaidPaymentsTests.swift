import Domain
import SQLite
import Testing

@testable import Store

/// The same chances in every run.
private struct Dice {
  private var state: UInt64 = 7

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  /// Once in so many times.
  mutating func chooses(_ times: Int) -> Bool { below(times) == 0 }
  mutating func pick<Element>(_ all: [Element]) -> Element { all[below(all.count)] }
}

@Suite("Payments of a day")
struct PaidPaymentsTests {
  private static let day: Int64 = 1_795_104_000_000
  private static let count = 4000

  /// What a comparison takes from a payment, so that two readings can be held against each other.
  private struct Seen: Equatable {
    let subject: LocalSubject
    let key: Int64
    let standing: BookRow.Standing
    let at: Timestamp
    let amount: Money
    let fee: Money?
    let isWeak: Bool
    let isPosted: Bool
    let transaction: String
    let number: String
    let method: String

    init(_ row: BookRow, _ texts: BookTexts) {
      subject = row.subject
      key = row.key
      standing = row.standing
      at = row.at
      amount = row.amount
      fee = row.fee
      isWeak = row.isWeak
      isPosted = row.isPosted
      transaction = String(decoding: texts.transaction, as: UTF8.self)
      number = String(decoding: texts.number, as: UTF8.self)
      method = texts.method
    }
  }

  private let folder = TemporaryFolder()
  private var path: String { folder.file("till.db") }
  private var chance = Dice()

  private func text(_ value: String?) -> String { value.map { "'\($0)'" } ?? "NULL" }
  private func number(_ value: Int64?) -> String { value.map(String.init) ?? "NULL" }

  /// Orders and payments of all kinds, some of which share an order, in no order of time.
  private mutating func fill(_ connection: Connection) throws {
    let states = PaymentState.allCases.map(\.rawValue) + Array(repeating: "succeeded", count: 12)
    let methods = ["qr", "h5", "a way with spaces", "", "ä"]
    try connection.execute("BEGIN")
    for key in 1...Self.count {
      let pay = chance.chooses(2) ? "paid" : chance.pick(PayState.allCases).rawValue
      let delivery = chance.chooses(2) ? "none" : chance.pick(DeliveryState.allCases).rawValue
      let id = OrderID(high: 1, low: UInt64(key)).text
      try connection.execute(
        """
        INSERT INTO orders(key, id, owner, currency, amount, subject, created_at, expires_at,
          pay_state, delivery_state, risk_state, dispute_state, captured, refunded, excess, flags,
          updated_at, version)
        VALUES (\(key), '\(id)', 'shop', 'CNY', 990, 'tea', 0, 0, '\(pay)', '\(delivery)',
          'clear', 'none', 0, 0, 0, \(chance.pick([0, 0, 0, 1, 512, 513])), 0, 2)
        """)
      let fee: Int64? = chance.chooses(2) ? nil : chance.pick([0, 6, -6])
      let taken: Int64? = chance.chooses(4) ? nil : Int64(key)
      let digits = chance.chooses(3) ? nil : chance.pick(["", "42 ", " x y ", "T’"]) + "\(key)"
      let at = chance.chooses(8) ? nil : Self.day + Int64(chance.below(400))
      try connection.execute(
        """
        INSERT INTO payments(key, id, order_key, gateway, kind, method, currency, amount,
          out_trade_no, created_at, expires_at, state, captured_currency, captured, fee_currency,
          fee, gateway_txn_id, is_mismatched, is_accepted, is_late, paid_at, version)
        VALUES (\(key * 3), '\(PaymentID(high: 2, low: UInt64(key)).text)',
          \(1 + chance.below(key)), '\(chance.pick(["shop", "other"]))', 'alipay',
          '\(chance.pick(methods))', 'CNY', 990, '\(chance.pick(["N", "1 ", "ß"]))\(key)', 0, 0,
          '\(chance.pick(states))', \(text(taken == nil ? nil : chance.pick(["CNY", "EUR"]))),
          \(number(taken)), \(text(fee == nil ? nil : chance.pick(["CNY", "USD"]))),
          \(number(fee)), \(text(digits)), 0, 0, 0, \(number(at)), 4)
        """)
    }
    for key in 1...4 {
      let id = StatementID(high: 3, low: UInt64(key)).text
      try connection.execute(
        """
        INSERT INTO statements(key, id, gateway, content, format, charset, digest, byte_count,
          period_from, period_to, row_count, skipped_rows, imported_at, imported_by)
        VALUES (\(key), '\(id)', 'shop', 'trade', 'x', 'UTF-8', 'd\(key)', 1, 0, 1, 1, 0, 0, 'x')
        """)
      // Of the third nothing counts, and of the fourth what one of two runs matched.
      if key > 2 {
        let run = key == 3 ? 0 : 1
        try connection.execute(
          "INSERT INTO loose_matches(statement, run) VALUES ('\(id)', \(run))")
      }
    }
    for key in 1...Self.count where chance.chooses(2) {
      // Of the payment, or of what was given back of it.
      let kind: Int64 = chance.pick([0, 2])
      let ours = MatchNumber.ours(kind, key: Int64(key * 3), part: Int64(chance.below(3)))
      let theirs = MatchNumber.theirs(Int64(1 + chance.below(4)), line: Int64(key))
      try connection.execute(
        "INSERT INTO match_pieces VALUES (\(ours), \(theirs), \(1 + chance.below(2)))")
    }
    try connection.execute("COMMIT")
  }

  @Test("what is read of all payments at once is what is read of each alone")
  func sameAsAlone() throws {
    var tests = self
    do {
      _ = try StoreWriter(path: path, newEpoch: "e")
      try tests.fill(try Connection(path: path, role: .writer))
    }
    let writer = try StoreWriter(path: path, newEpoch: "e")
    let reader = try StoreReader(path: path)
    let statement = try #require(try reader.statement(StatementID(high: 3, low: 1)))
    let books = try reader.books(for: statement)
    let days = Timestamp(milliseconds: Self.day + 10)..<Timestamp(milliseconds: Self.day + 390)
    var alone: [Seen] = []
    var orders: [LocalSubject: BookRow] = [:]
    for key in 1...Self.count {
      let id = PaymentID(high: 2, low: UInt64(key))
      guard let payment = try Self.state(of: id, writer.connection), days.contains(payment.at),
        payment.state == "succeeded" || payment.state == "reversed"
      else { continue }
      try books.row(.payment(id)) { row, texts in
        alone.append(Seen(row, texts))
        orders[row.subject] = row
      }
    }
    alone.sort { ($0.at, $0.key) < ($1.at, $1.key) }
    var all: [Seen] = []
    var unseen = 0
    try books.rows(.paid, from: days.lowerBound, to: days.upperBound) { row, texts in
      all.append(Seen(row, texts))
      let other = orders[row.subject]
      if row.order == nil {
        unseen += 1
        #expect(other?.payState == .paid && other?.isWeak == false)
        #expect(other?.deliveryState == DeliveryState.none || other?.deliveryState == .delivered)
      } else {
        #expect(row.order == other?.order && row.payState == other?.payState)
        #expect(row.deliveryState == other?.deliveryState)
      }
      #expect((try? reader.order(ofPayment: row.key)) == other?.order)
    }
    #expect(all.count > 300 && unseen > 50 && unseen < all.count - 50)
    #expect(all == alone)
  }

  private static func state(
    of id: PaymentID, _ connection: Connection
  ) throws -> (state: String, at: Timestamp)? {
    let statement = try connection.prepare("SELECT state, paid_at FROM payments WHERE id=?")
    try statement.bind(id.text, at: 1)
    guard try statement.step(), let at = try statement.optionalInt64(1) else { return nil }
    return (try statement.string(0), Timestamp(milliseconds: at))
  }

  @Test("texts of another form are refused", arguments: [
    "", "1", "1 990 CNY   7 pay_ 2 1 qrN", "1 990 cny   7 pay_00000000000000000000000001 2 1 qrN",
    "1 990 CNY   7 pay_00000000000000000000000001 2 9 qrN",
    "1 990 CNY   7 pay_00000000000000000000000001 -2 1 qrN",
    "1 9x CNY   7 pay_00000000000000000000000001 2 1 qrN",
    "1 9999999999999999999 CNY   7 pay_00000000000000000000000001 2 1 qrN",
    "1 990 CNY 1 XXX 7 pay_00000000000000000000000001 2 1 qrN",
  ])
  func damaged(text: String) {
    var words = PaidFacts.Words()
    let facts = Array(text.utf8).withUnsafeBytes { PaidFacts($0, &words) }
    #expect(facts == nil)
  }
}
