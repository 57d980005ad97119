import Domain
import SQLite

/// A SELECT that is narrowed step by step. Conditions are constant texts; values are always bound.
struct QueryText {
  enum Value: Hashable {
    case text(String)
    case integer(Int64)
  }

  private let head: String
  /// ORDER BY and LIMIT, if any.
  var tail = ""
  private var conditions: [String] = []
  private(set) var values: [Value] = []

  init(_ head: String) { self.head = head }

  var sql: String {
    (conditions.isEmpty ? head : head + " WHERE " + conditions.joined(separator: " AND ")) + tail
  }

  mutating func add(_ condition: String, _ values: Value...) {
    conditions.append(condition)
    self.values += values
  }

  mutating func add(all condition: String, _ values: [Value]) {
    conditions.append(condition)
    self.values += values
  }

  static func bind(_ values: [Value], to statement: Statement) throws(SQLiteError) {
    for (index, value) in values.enumerated() {
      switch value {
      case .text(let text): try statement.bind(text, at: index + 1)
      case .integer(let number): try statement.bind(number, at: index + 1)
      }
    }
  }

  /// A state is written into the text, from a closed set of words: only so SQLite sees that the
  /// partial index of the rare states fits.
  mutating func narrow(_ filter: OrderFilter) {
    if let state = filter.payState { add("orders.pay_state='\(state.rawValue)'") }
    if let state = filter.deliveryState { add("orders.delivery_state='\(state.rawValue)'") }
    if let state = filter.riskState { add("orders.risk_state='\(state.rawValue)'") }
    if let owner = filter.owner { add("orders.owner=?", .text(owner)) }
    if let currency = filter.currency { add("orders.currency=?", .text(currency)) }
    if let least = filter.amountMin { add("orders.amount>=?", .integer(least)) }
    if let most = filter.amountMax { add("orders.amount<=?", .integer(most)) }
    if let from = filter.createdFrom { add("orders.created_at>=?", .integer(from.milliseconds)) }
    if let to = filter.createdTo { add("orders.created_at<?", .integer(to.milliseconds)) }
    if let from = filter.paidFrom { add("orders.paid_at>=?", .integer(from.milliseconds)) }
    if let to = filter.paidTo { add("orders.paid_at<?", .integer(to.milliseconds)) }
    if let flag = filter.flag { add("orders.flags & ? <> 0", .integer(flag.rawValue)) }
    if let gateway = filter.gateway {
      add(
        "EXISTS(SELECT 1 FROM payments WHERE order_key=orders.key AND gateway=?)", .text(gateway))
    }
    if let method = filter.method {
      add("EXISTS(SELECT 1 FROM payments WHERE order_key=orders.key AND method=?)", .text(method))
    }
  }
}

extension StoreReader {
  /// A prepared statement for a text, kept for the next time.
  func kept(_ sql: String) throws(SQLiteError) -> Statement {
    if let statement = statements[sql] { return statement }
    if statements.count >= StoreReader.keptStatementsMax { statements.removeAll() }
    let statement = try connection.prepare(sql)
    statements[sql] = statement
    return statement
  }
}
