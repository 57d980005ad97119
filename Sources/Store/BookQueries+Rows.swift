import Domain
import SQLite

/// Rows of ours, as the columns of `BookQueries` have them.
extension BookQueries {
  static func dispute(
    _ cursor: inout ColumnCursor, _ transaction: String, _ reference: String
  ) throws(SQLiteError) -> BookRow {
    let id = try cursor.identifier(DisputeKind.self, "disputes")
    let place = "dispute \(id)"
    let order = try cursor.identifier(OrderKind.self, place)
    guard let amount = try cursor.money(place) else { throw .damagedRow(place) }
    let at = Timestamp(milliseconds: try cursor.int64())
    let funds = try cursor.word(DisputeFunds.self, place)
    let method = try cursor.string()
    return BookRow(
      subject: .dispute(id), order: order, standing: .succeeded, at: at,
      amount: funds == .none ? Money(0, amount.currency) : amount, fee: nil,
      transaction: transaction.isEmpty ? nil : transaction, number: reference, parent: nil,
      charged: nil, refundedBefore: [], method: method,
      payState: try cursor.word(PayState.self, place),
      deliveryState: try cursor.word(DeliveryState.self, place), isWeak: false,
      posted: funds == .withdrawn ? [minus(amount)] : [])
  }

  static func payment(_ cursor: inout ColumnCursor) throws(SQLiteError) -> BookRow {
    let id = try cursor.identifier(PaymentKind.self, "payments")
    let place = "payment \(id)"
    let order = try cursor.identifier(OrderKind.self, place)
    let state = try cursor.word(PaymentState.self, place)
    guard let amount = try cursor.money(place) else { throw .damagedRow(place) }
    let fee = try cursor.money(place)
    let transaction = try cursor.optionalString()
    let number = try cursor.string()
    let at = Timestamp(milliseconds: try cursor.int64())
    let payState = try cursor.word(PayState.self, place)
    let delivery = try cursor.word(DeliveryState.self, place)
    let flags = OrderFlags(rawValue: try cursor.int64())
    return BookRow(
      subject: .payment(id), order: order, standing: standing(state), at: at, amount: amount,
      fee: fee, transaction: transaction, number: number, parent: nil, charged: nil,
      refundedBefore: [], method: try cursor.string(), payState: payState,
      deliveryState: delivery, isWeak: flags.contains(.weak),
      posted: standing(state) == .succeeded ? [amount] + (fee.map { [minus($0)] } ?? []) : [])
  }

  /// Amounts of rows are never negative, so their opposites fit.
  private static func minus(_ amount: Money) -> Money { Money(0 - amount.minor, amount.currency) }

  private static func standing(_ state: PaymentState) -> BookRow.Standing {
    switch state {
    case .succeeded, .reversed: .succeeded
    case .closed, .failed: .failed
    case .initial, .submitted, .awaitingBuyer, .processing, .unknown, .stale, .closing: .pending
    }
  }

  static func reversal(_ cursor: inout ColumnCursor) throws(SQLiteError) -> BookRow {
    let id = try cursor.identifier(PaymentKind.self, "payments")
    let place = "payment \(id)"
    let order = try cursor.identifier(OrderKind.self, place)
    guard let amount = try cursor.money(place) else { throw .damagedRow(place) }
    let at = Timestamp(milliseconds: try cursor.int64())
    let (parent, method) = (try cursor.string(), try cursor.string())
    let charged = Money(try cursor.int64(), amount.currency)
    let before = try cursor.optionalString() ?? ""
    return BookRow(
      subject: .reversal(id), order: order, standing: .succeeded, at: at, amount: amount,
      fee: nil, transaction: nil, number: "", parent: parent, charged: charged,
      refundedBefore: numbers(before), method: method,
      payState: try cursor.word(PayState.self, place), deliveryState: .none, isWeak: false,
      posted: [minus(amount)], isWithoutUs: true)
  }

  /// `30,70`, as `group_concat` gives them.
  private static func numbers(_ text: String) -> [Int64] {
    text.split(separator: ",").compactMap { Int64($0) }
  }

  static func refund(_ cursor: inout ColumnCursor) throws(SQLiteError) -> BookRow {
    let id = try cursor.identifier(RefundKind.self, "refunds")
    let place = "refund \(id)"
    let order = try cursor.identifier(OrderKind.self, place)
    let state = try cursor.word(RefundState.self, place)
    guard let amount = try cursor.money(place) else { throw .damagedRow(place) }
    let transaction = try cursor.optionalString()
    let number = try cursor.string()
    let at = Timestamp(milliseconds: try cursor.int64())
    let (parent, method) = (try cursor.string(), try cursor.string())
    let charged = try cursor.money(place)
    let payState = try cursor.word(PayState.self, place)
    let before = try cursor.optionalString() ?? ""
    let isWithoutUs = try cursor.bool()
    return BookRow(
      subject: .refund(id), order: order, standing: standing(state), at: at, amount: amount,
      fee: nil, transaction: transaction, number: number, parent: parent,
      charged: charged, refundedBefore: numbers(before),
      method: method, payState: payState, deliveryState: .none, isWeak: false,
      posted: state == .succeeded ? [minus(amount)] : [], isWithoutUs: isWithoutUs)
  }

  private static func standing(_ state: RefundState) -> BookRow.Standing {
    switch state {
    case .succeeded, .returned: .succeeded
    case .failed, .rejected, .withdrawn: .failed
    case .requested, .approved, .submitted, .processing, .unknown: .pending
    }
  }
}
