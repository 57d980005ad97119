import Domain
import SQLite

/// Reads the payments of a day: from their index alone, in blocks. What is matched elsewhere and
/// which orders are unusual is asked for all of a block at once, in stretches of keys.
struct PaidPayments {
  private static let blockRows = 8192
  /// Keys that lie nearer to each other are asked about together, whatever lies between them.
  private static let gapMost: Int64 = 16

  private let selection: Statement
  private let matchSelection: Statement
  private let looseSelection: Statement
  private let orderSelection: Statement

  init(_ connection: Connection) throws(SQLiteError) {
    selection = try connection.prepare(
      """
      SELECT key, paid_at, \(Schema.paidFacts) FROM payments INDEXED BY payments_paid
      WHERE gateway=? AND paid_at>=? AND paid_at<? ORDER BY paid_at, key
      """)
    matchSelection = try connection.prepare(
      """
      SELECT ours>>\(MatchNumber.keyShift), theirs>>\(MatchNumber.lineShift), run
      FROM match_pieces WHERE ours>=? AND ours<=?
        AND ours & \(MatchNumber.kindMask)=\(MatchNumber.paymentKind)
        AND theirs>>\(MatchNumber.lineShift)<>?
      ORDER BY ours
      """)
    looseSelection = try connection.prepare(
      "SELECT s.key, l.run FROM loose_matches l JOIN statements s ON s.id=l.statement")
    orderSelection = try connection.prepare(
      """
      SELECT key, id, pay_state, delivery_state, flags FROM orders INDEXED BY orders_unusual
      WHERE key>=? AND key<=? AND \(Schema.isUnusual) ORDER BY key
      """)
  }

  /// How far a reading is.
  struct Place {
    /// The key of the statement that is compared.
    fileprivate let statement: Int64
    fileprivate let loose: Set<LooseRun>
    fileprivate var words = PaidFacts.Words()
    fileprivate var isOver = false
  }

  func begin(
    _ gateway: String, besides statement: Int64, from: Timestamp, to: Timestamp
  ) throws(SQLiteError) -> Place {
    // The one before may have been given up half way.
    selection.reset()
    try selection.bind(gateway, at: 1)
    try selection.bind(from.milliseconds, at: 2)
    try selection.bind(to.milliseconds, at: 3)
    return Place(statement: statement, loose: try looseRuns())
  }

  /// The next block; nil at the end.
  func next(_ place: inout Place) throws(SQLiteError) -> PaidBlock? {
    guard !place.isOver else { return nil }
    var block = PaidBlock()
    while block.rows.count < Self.blockRows, !place.isOver {
      place.isOver = try !selection.step()
      if !place.isOver { try add(selection, to: &block, &place.words) }
    }
    if place.isOver { selection.reset() }
    try leaveOutMatched(in: &block, besides: place.statement, place.loose)
    try findOrders(of: &block)
    return block.rows.isEmpty ? nil : block
  }

  private func add(
    _ row: Statement, to block: inout PaidBlock, _ words: inout PaidFacts.Words
  ) throws(SQLiteError) {
    let key = try row.int64(0)
    let at = Timestamp(milliseconds: try row.int64(1))
    guard block.add(key, at, try row.lentText(2), &words) else {
      throw .damagedRow("payment \(key)")
    }
  }

  // MARK: Matches

  /// What a run matched that has not ended, or never did.
  fileprivate struct LooseRun: Hashable {
    let statement: Int64
    /// 0: nothing in the statement counts.
    let run: Int64
  }

  private func looseRuns() throws(SQLiteError) -> Set<LooseRun> {
    var runs: Set<LooseRun> = []
    defer { looseSelection.reset() }
    while try looseSelection.step() {
      runs.insert(
        LooseRun(statement: try looseSelection.int64(0), run: try looseSelection.int64(1)))
    }
    return runs
  }

  private func leaveOutMatched(
    in block: inout PaidBlock, besides statement: Int64, _ loose: Set<LooseRun>
  ) throws(SQLiteError) {
    let keys = block.sorted { $0.key }
    for stretch in Self.stretches(of: keys) {
      let numbers = MatchNumber.numbers(
        ofKeys: keys[stretch.lowerBound].key...keys[stretch.upperBound - 1].key)
      try matchSelection.bind(numbers.lowerBound, at: 1)
      try matchSelection.bind(numbers.upperBound, at: 2)
      try matchSelection.bind(statement, at: 3)
      defer { matchSelection.reset() }
      var place = stretch.lowerBound
      while try matchSelection.step() {
        let key = try matchSelection.int64(0)
        guard let row = Self.first(key, &place, keys[stretch]) else { continue }
        let (other, run) = (try matchSelection.int64(1), try matchSelection.int64(2))
        let isLoose = !loose.isEmpty
          && (loose.contains(LooseRun(statement: other, run: run))
            || loose.contains(LooseRun(statement: other, run: 0)))
        if !isLoose { block.leaveOut(row) }
      }
    }
  }

  // MARK: Orders

  private func findOrders(of block: inout PaidBlock) throws(SQLiteError) {
    let keys = block.sorted { $0.facts.orderKey }
    for stretch in Self.stretches(of: keys) {
      try orderSelection.bind(keys[stretch.lowerBound].key, at: 1)
      try orderSelection.bind(keys[stretch.upperBound - 1].key, at: 2)
      defer { orderSelection.reset() }
      var place = stretch.lowerBound
      while try orderSelection.step() {
        let key = try orderSelection.int64(0)
        guard Self.first(key, &place, keys[stretch]) != nil else { continue }
        let order = try UnusualOrder(orderSelection)
        // An order may have been paid more than once.
        while place < stretch.upperBound, keys[place].key == key {
          block.set(order, at: keys[place].row)
          place += 1
        }
      }
    }
  }

  // MARK: Keys

  /// Places of ascending keys that lie near each other.
  private static func stretches(of keys: [PaidBlock.Key]) -> [Range<Int>] {
    var all: [Range<Int>] = []
    var first = 0
    for place in keys.indices {
      let isLast = place + 1 == keys.count
      guard isLast || keys[place + 1].key - keys[place].key > gapMost else { continue }
      all.append(first..<place + 1)
      first = place + 1
    }
    return all
  }

  /// The row with a key, if there is one; keys are asked for in ascending order.
  private static func first(
    _ key: Int64, _ place: inout Int, _ keys: ArraySlice<PaidBlock.Key>
  ) -> Int? {
    while place < keys.endIndex, keys[place].key < key { place += 1 }
    return place < keys.endIndex && keys[place].key == key ? keys[place].row : nil
  }
}

/// An order that a comparison looks at more closely.
struct UnusualOrder {
  let id: OrderID
  let payState: PayState
  let deliveryState: DeliveryState
  let isWeak: Bool

  /// - Parameter row: its key stands before it.
  fileprivate init(_ row: Statement) throws(SQLiteError) {
    var cursor = ColumnCursor(row, from: 1)
    id = try cursor.identifier(OrderKind.self, "orders")
    let place = "order \(id)"
    payState = try cursor.word(PayState.self, place)
    deliveryState = try cursor.word(DeliveryState.self, place)
    isWeak = OrderFlags(rawValue: try cursor.int64()).contains(.weak)
  }
}

/// Some payments of a day, as many as are looked at together.
package struct PaidBlock: Sendable {
  struct Row: Sendable {
    let key: Int64
    let at: Timestamp
    let facts: PaidFacts
    /// Where its text begins.
    let start: Int
    var isLeftOut: Bool
    /// The place among the orders; -1 where nothing is unusual.
    var order: Int32 = -1
  }

  /// A key of a row, or of its order.
  struct Key: Sendable {
    let key: Int64
    let row: Int
  }

  private(set) var rows: [Row] = []
  private var texts: [UInt8] = []
  private var orders: [UnusualOrder] = []

  /// - Returns: false for a text of another form.
  mutating func add(
    _ key: Int64, _ at: Timestamp, _ text: UnsafeRawBufferPointer, _ words: inout PaidFacts.Words
  ) -> Bool {
    guard let facts = PaidFacts(text, &words) else { return false }
    rows.append(
      Row(key: key, at: at, facts: facts, start: texts.count, isLeftOut: !facts.isTaken))
    texts.append(contentsOf: text)
    return true
  }

  /// The rows by a key, ascending.
  func sorted(by key: (Row) -> Int64) -> [Key] {
    var keys: [Key] = []
    keys.reserveCapacity(rows.count)
    var isSorted = true
    for (place, row) in rows.enumerated() {
      let next = Key(key: key(row), row: place)
      if let last = keys.last, last.key > next.key { isSorted = false }
      keys.append(next)
    }
    if !isSorted { keys.sort { ($0.key, $0.row) < ($1.key, $1.row) } }
    return keys
  }

  mutating func leaveOut(_ row: Int) { rows[row].isLeftOut = true }

  mutating func set(_ order: UnusualOrder, at row: Int) {
    rows[row].order = Int32(orders.count)
    orders.append(order)
  }

  /// Those that nothing else is matched with, each with its texts, which are lent.
  package func give(_ take: BookQueries.Take) {
    texts.withUnsafeBytes { texts in
      for row in rows where !row.isLeftOut {
        func text(_ range: Range<Int>) -> UnsafeRawBufferPointer {
          UnsafeRawBufferPointer(
            rebasing: texts[row.start + range.lowerBound..<row.start + range.upperBound])
        }
        let order = row.order < 0 ? nil : orders[Int(row.order)]
        take(
          BookRow(
            subject: .payment(row.facts.id), key: row.key, order: order?.id, standing: .succeeded,
            at: row.at, amount: row.facts.amount, fee: row.facts.fee, charged: nil,
            payState: order?.payState ?? .paid, deliveryState: order?.deliveryState ?? .none,
            isWeak: order?.isWeak ?? false, isPosted: true),
          BookTexts(
            transaction: text(row.facts.transaction), number: text(row.facts.number),
            method: row.facts.method))
      }
    }
  }
}
