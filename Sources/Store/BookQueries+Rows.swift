import Domain
import SQLite

/// What most rows say as the row before them did: read once, and recognised by its bytes.
struct BookWords {
  var paymentState = RepeatedWord<PaymentState>()
  var refundState = RepeatedWord<RefundState>()
  var payState = RepeatedWord<PayState>()
  var deliveryState = RepeatedWord<DeliveryState>()
  var currency = RepeatedWord<Currency>()
  var feeCurrency = RepeatedWord<Currency>()
  var method = RepeatedWord<String>()
}

struct RepeatedWord<Word> {
  private var bytes: [UInt8] = []
  private var word: Word?

  mutating func read(
    _ text: UnsafeRawBufferPointer, _ make: (String) -> Word?
  ) -> Word? {
    if let word, isSame(text) { return word }
    guard let string = String(validating: text, as: UTF8.self), let new = make(string) else {
      return nil
    }
    bytes = Array(text)
    word = new
    return new
  }

  private func isSame(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count == bytes.count else { return false }
    for place in 0..<text.count where text[place] != bytes[place] { return false }
    return true
  }
}

/// Rows of ours, as the columns of `BookQueries` have them.
extension BookQueries {
  func payment(
    _ row: Statement, _ words: inout BookWords, _ take: Take
  ) throws(SQLiteError) {
    var cursor = ColumnCursor(row)
    let key = try cursor.int64()
    let id = try cursor.identifier(PaymentKind.self, "payments")
    let order = try cursor.identifier(OrderKind.self, "orders")
    let state = words.paymentState.read(try cursor.lentText()) { .init(rawValue: $0) }
    let amount = try cursor.money(&words.currency)
    let fee = try cursor.money(&words.feeCurrency)
    let (transaction, number) = (try cursor.lentText(), try cursor.lentText())
    let at = Timestamp(milliseconds: try cursor.int64())
    let payState = words.payState.read(try cursor.lentText()) { .init(rawValue: $0) }
    let delivery = words.deliveryState.read(try cursor.lentText()) { .init(rawValue: $0) }
    let flags = OrderFlags(rawValue: try cursor.int64())
    let method = words.method.read(try cursor.lentText()) { $0 }
    guard let state, let amount, let payState, let delivery, let method else {
      throw .damagedRow("payment \(id)")
    }
    let standing = Self.standing(state)
    take(
      BookRow(
        subject: .payment(id), key: key, order: order, standing: standing, at: at,
        amount: amount, fee: fee, charged: nil, payState: payState, deliveryState: delivery,
        isWeak: flags.contains(.weak), isPosted: standing == .succeeded),
      BookTexts(transaction: transaction, number: number, method: method))
  }

  private static func standing(_ state: PaymentState) -> BookRow.Standing {
    switch state {
    case .succeeded, .reversed: .succeeded
    case .closed, .failed: .failed
    case .initial, .submitted, .awaitingBuyer, .processing, .unknown, .stale, .closing: .pending
    }
  }

  /// - Parameter isReturn: its coming back is meant, which has happened or not.
  func refund(
    _ row: Statement, isReturn: Bool = false, _ words: inout BookWords, _ take: Take
  ) throws(SQLiteError) {
    var cursor = ColumnCursor(row)
    let key = try cursor.int64()
    let id = try cursor.identifier(RefundKind.self, "refunds")
    let order = try cursor.identifier(OrderKind.self, "orders")
    let state = words.refundState.read(try cursor.lentText()) { .init(rawValue: $0) }
    let amount = try cursor.money(&words.currency)
    let (transaction, number) = (try cursor.lentText(), try cursor.lentText())
    let at = Timestamp(milliseconds: try cursor.int64())
    let parent = try cursor.lentText()
    let method = words.method.read(try cursor.lentText()) { $0 }
    let charged = try cursor.money(&words.currency)
    let payState = words.payState.read(try cursor.lentText()) { .init(rawValue: $0) }
    let before = try cursor.optionalString() ?? ""
    let isWithoutUs = try cursor.bool()
    guard let state, let amount, let method, let payState else {
      throw .damagedRow("refund \(id)")
    }
    // What came back had left first; its coming back is a movement of its own.
    let standing =
      isReturn ? (state == .returned ? .succeeded : .pending) : Self.standing(state)
    take(
      BookRow(
        subject: isReturn ? .refundReturn(id) : .refund(id), key: key, order: order,
        standing: standing, at: at,
        amount: amount, fee: nil, charged: charged, payState: payState, deliveryState: .none,
        isWeak: false, isPosted: standing == .succeeded, isWithoutUs: isWithoutUs && !isReturn,
        isReinstatement: isReturn),
      BookTexts(
        transaction: transaction, number: number, parent: parent, method: method,
        refundedBefore: Self.numbers(before)))
  }

  private static func standing(_ state: RefundState) -> BookRow.Standing {
    switch state {
    case .succeeded, .returned: .succeeded
    case .failed, .rejected, .withdrawn: .failed
    case .requested, .approved, .submitted, .processing, .unknown: .pending
    }
  }

  func reversal(
    _ row: Statement, _ words: inout BookWords, _ take: Take
  ) throws(SQLiteError) {
    var cursor = ColumnCursor(row)
    let key = try cursor.int64()
    let id = try cursor.identifier(PaymentKind.self, "payments")
    let order = try cursor.identifier(OrderKind.self, "orders")
    let amount = try cursor.money(&words.currency)
    let at = Timestamp(milliseconds: try cursor.int64())
    let parent = try cursor.lentText()
    let method = words.method.read(try cursor.lentText()) { $0 }
    let charged = try cursor.int64()
    let before = try cursor.optionalString() ?? ""
    let payState = words.payState.read(try cursor.lentText()) { .init(rawValue: $0) }
    guard let amount, let method, let payState else { throw .damagedRow("payment \(id)") }
    let none = UnsafeRawBufferPointer(start: nil, count: 0)
    take(
      BookRow(
        subject: .reversal(id), key: key, order: order, standing: .succeeded, at: at,
        amount: amount, fee: nil, charged: Money(charged, amount.currency), payState: payState,
        deliveryState: .none, isWeak: false, isPosted: true, isWithoutUs: true),
      BookTexts(
        transaction: none, number: none, parent: parent, method: method,
        refundedBefore: Self.numbers(before)))
  }

  /// `30,70`, as `group_concat` gives them.
  private static func numbers(_ text: String) -> [Int64] {
    text.isEmpty ? [] : text.split(separator: ",").compactMap { Int64($0) }
  }

  func order(_ row: Statement) throws(SQLiteError) -> BookRow {
    var cursor = ColumnCursor(row)
    let key = try cursor.int64()
    let id = try cursor.identifier(OrderKind.self, "orders")
    let place = "order \(id)"
    guard let amount = try cursor.money(place) else { throw .damagedRow(place) }
    return BookRow(
      subject: .order(id), key: key, order: id, standing: .pending,
      at: Timestamp(milliseconds: try cursor.int64()), amount: amount, fee: nil, charged: nil,
      payState: try cursor.word(PayState.self, place),
      deliveryState: try cursor.word(DeliveryState.self, place), isWeak: false, isPosted: false)
  }
}

extension ColumnCursor {
  /// - Parameter currency: what the row before said.
  fileprivate mutating func money(
    _ currency: inout RepeatedWord<Currency>
  ) throws(SQLiteError) -> Money? {
    let code = try lentText()
    guard let minor = try optionalInt64(), !code.isEmpty else { return nil }
    guard let known = currency.read(code, { Currency(code: $0) }) else {
      throw .damagedRow("a currency of the books")
    }
    return Money(minor, known)
  }
}
