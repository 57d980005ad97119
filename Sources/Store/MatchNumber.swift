import Domain

/// What is matched, as the numbers of `match_pieces`.
///
/// Ours: 40 bits of the key in the table of payments, refunds, orders or disputes, 3 of the kind,
/// 20 of the part; of a dispute, 10 of these are the movement of its money. Theirs: the key of the
/// statement above 32 bits of the line.
enum MatchNumber {
  static let keyShift: Int64 = 23
  static let kindShift: Int64 = 20
  static let lineShift: Int64 = 32
  static let partMax: Int64 = 1 << kindShift - 1
  static let lineMax: Int64 = 1 << lineShift - 1
  /// Movements of one dispute, and parts of one movement.
  static let movementShift: Int64 = 10
  static let movementMost = 1 << 10

  static func ours(_ kind: Int64, key: Int64, part: Int64) -> Int64 {
    precondition(
      key >= 0 && key < 1 << 40 && part >= 0 && part <= partMax,
      "a log has less than 2^40 events, and a bill less than 2^20 rows about one payment")
    return key << keyShift | kind << kindShift | part
  }

  static func theirs(_ statement: Int64, line: Int64) -> Int64 {
    precondition(line >= 0 && line <= lineMax, "a statement has less than 2^32 lines")
    return statement << lineShift | line
  }

  /// The bits of the kind, and what they are for a payment.
  static let kindMask: Int64 = 7 << kindShift
  static let paymentKind: Int64 = 0

  /// All parts of all that have one of these keys.
  static func numbers(ofKeys keys: ClosedRange<Int64>) -> ClosedRange<Int64> {
    keys.lowerBound << keyShift...(keys.upperBound << keyShift | (kindMask | partMax))
  }

  /// The rows of one statement.
  static func rows(of statement: Int64) -> ClosedRange<Int64> {
    statement << lineShift...(statement << lineShift | lineMax)
  }

  /// All parts of one of ours, as SQL.
  ///
  /// - Parameter key: the column of its key.
  static func holds(_ key: String, _ kind: Int64) -> String {
    "m.ours>=(\(key)<<\(keyShift))|\(kind << kindShift)"
      + " AND m.ours<=(\(key)<<\(keyShift))|\(kind << kindShift | partMax)"
  }

  /// Whether a row `m` of `match_pieces` counts, as SQL.
  static let counts = """
    NOT EXISTS(SELECT 1 FROM loose_matches l JOIN statements s ON s.id=l.statement
      WHERE s.key=m.theirs>>\(lineShift) AND l.run IN (0, m.run))
    """
}

extension LocalSubject {
  /// The kind within a number of ours. Never changes: it is stored.
  var kindNumber: Int64 {
    switch self {
    case .payment: 0
    case .refund: 1
    case .reversal: 2
    case .order: 3
    case .dispute: 4
    case .refundReturn: 5
    }
  }

  /// Where its parts begin, among those of the same key and kind.
  var firstPart: Int64 {
    guard case .dispute(_, let movement) = self else { return 0 }
    return Int64(movement - 1) << MatchNumber.movementShift
  }

  /// The last one that its parts may have, counted from `firstPart`.
  package var partMost: Int32 {
    guard case .dispute = self else { return Int32(MatchNumber.partMax) }
    return 1 << Int32(MatchNumber.movementShift) - 1
  }

  /// The identifier that it is kept under: that of the payment, of what was given back of it.
  var keptText: String {
    switch self {
    case .payment(let id), .reversal(let id): id.text
    case .refund(let id), .refundReturn(let id): id.text
    case .order(let id): id.text
    case .dispute(let id, _): id.text
    }
  }
}
