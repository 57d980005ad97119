/// Everything that a gateway has said with its own key, kept beside its books.
///
/// What Till believes about money must stand here: a success, an end or a refund that no gateway
/// ever stated was made up. Lies stand here too; contradicting them is Till's affair.
struct GatewayWord {
  enum Statement: Hashable {
    case unpaid
    case closed
    case absent
    case refused
    /// The way to pay was given out before and will not be again.
    case begunBefore
    /// The call that should have begun it never left, or was turned away.
    case neverBegun
    case paid(minor: Int64, currency: String, transaction: String)
    case reversed(minor: Int64, currency: String, transaction: String)
    case refunded(String)
    case refundRefused(String)
    case refundReturned(String)
  }

  private var statements: [String: Set<Statement>] = [:]
  /// How often each number was said not to exist.
  private var absences: [String: Int] = [:]
  /// How often a call about each number got a genuine refusal that was meant for another.
  private var strayRefusals: [String: Int] = [:]

  /// - Parameter number: our number of the payment.
  mutating func add(_ statement: Statement, about number: String) {
    statements[number, default: []].insert(statement)
    if statement == .absent { absences[number, default: 0] += 1 }
  }

  /// A refusal names no number: it may be taken for one of the call that it was put before.
  mutating func addStray(_ statement: Statement?, about number: String) {
    switch statement {
    case .absent: add(.absent, about: number)
    case .refused, .begunBefore, .refundRefused: strayRefusals[number, default: 0] += 1
    case .unpaid, .closed, .neverBegun, .paid, .reversed, .refunded, .refundReturned, nil: break
    }
  }

  /// One refusal that nobody meant is never believed; two that the gateway bears out by denying the
  /// number cannot be told from true ones.
  func seemsRefused(_ number: String) -> Bool { strayRefusals[number, default: 0] >= 2 }

  func holds(_ statement: Statement, about number: String) -> Bool {
    statements[number]?.contains(statement) ?? false
  }

  func absences(of number: String) -> Int { absences[number] ?? 0 }

  /// Whether it ever said that this was taken, whatever amount it named.
  func saysPaid(_ number: String) -> Bool {
    statements[number]?.contains { if case .paid = $0 { true } else { false } } ?? false
  }

  /// Whether it ever said that this was taken and given back, whatever amount it named.
  func saysReversed(_ number: String) -> Bool {
    statements[number]?.contains { if case .reversed = $0 { true } else { false } } ?? false
  }
}
