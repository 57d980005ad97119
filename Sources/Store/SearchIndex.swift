import Domain
import SQLite

/// The tables that follow the orders outside the commits that make them: terms of subjects and line
/// names, digests of buyers, amounts. What they have not reached is read directly, so nothing is
/// ever missed.
struct SearchIndex {
  /// A table of terms, and how far it has come.
  struct Terms {
    let table: String
    /// Selects the keys of orders that the table has not reached.
    let unreached: String
  }

  static let words = Terms(
    table: "terms", unreached: "SELECT key FROM orders WHERE key>\(reached("indexed"))")
  static let buyers = Terms(
    table: "personal_terms",
    unreached: "SELECT order_key FROM personal WHERE order_key>\(reached("indexed_personal"))")

  /// The key of the last order that a table has reached, as an expression.
  static func reached(_ mark: String) -> String {
    "coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name='\(mark)'), 0)"
  }

  /// A term found in more orders than this does not narrow well enough to begin with.
  static let rareMax: Int64 = 20_000
  /// So many terms narrow a search; more cost more than they save.
  static let termsMax = 4
}

extension QueryText {
  /// Orders that hold all of the terms, and those that the index has not reached.
  ///
  /// - Parameter counts: in how many orders each term is found, cut at `rareMax` + 1.
  mutating func narrow(_ index: SearchIndex.Terms, _ counts: [(term: Value, count: Int64)]) {
    let ranked = counts.enumerated().sorted { one, other in
      (one.element.count, one.offset) < (other.element.count, other.offset)
    }.map(\.element)
    let rare = ranked.prefix(SearchIndex.termsMax).filter { $0.count <= SearchIndex.rareMax }
    if rare.isEmpty {
      // Found nearly everywhere: walking in the order of the list fills a page soon.
      let common = ranked.prefix(SearchIndex.termsMax).map(\.term)
      let each = common.map { _ in
        "EXISTS(SELECT 1 FROM \(index.table) WHERE term=? AND order_key=orders.key)"
      }
      add(
        all: "(\(each.joined(separator: " AND ")) OR orders.key IN (\(index.unreached)))", common)
      return
    }
    let each = rare.map { _ in "SELECT order_key FROM \(index.table) WHERE term=?" }
    let all = each.joined(separator: " INTERSECT ")
    add(all: "orders.key IN (\(all) UNION ALL \(index.unreached))", rare.map(\.term))
  }
}

extension StoreReader {
  /// Narrows by the parts of a filter that an index of terms serves.
  func narrow(_ query: inout QueryText, byTermsOf filter: OrderFilter) throws(StoreError) {
    if let text = filter.text {
      let terms = SearchTerms.terms(of: text).map { QueryText.Value.text($0) }
      query.narrow(SearchIndex.words, try counts(SearchIndex.words, terms))
    }
    guard filter.namesBuyer else { return }
    guard let seal = personal.seal else { throw PersonalTable.noKey }
    let digests = filter.buyerTerms(seal).map { QueryText.Value.integer($0) }
    query.narrow(SearchIndex.buyers, try counts(SearchIndex.buyers, digests))
  }

  private func counts(
    _ index: SearchIndex.Terms, _ terms: [QueryText.Value]
  ) throws(StoreError) -> [(term: QueryText.Value, count: Int64)] {
    try database { () throws(SQLiteError) in
      let statement = try kept(
        """
        SELECT count(*) FROM
          (SELECT 1 FROM \(index.table) WHERE term=? LIMIT \(SearchIndex.rareMax + 1))
        """)
      var counts: [(term: QueryText.Value, count: Int64)] = []
      for term in terms {
        try QueryText.bind([term], to: statement)
        defer { statement.reset() }
        counts.append((term, try statement.step() ? try statement.int64(0) : 0))
      }
      return counts
    }
  }
}

extension OrderFilter {
  /// The digests that an order must have to fit.
  fileprivate func buyerTerms(_ seal: PersonalSeal) -> [Int64] {
    var digests: [Int64] = []
    if let email { digests += SearchTerms.terms(of: email).map { seal.digest(.email, $0) } }
    if let userID { digests += SearchTerms.terms(of: userID).map { seal.digest(.userID, $0) } }
    if let ip { digests.append(seal.digest(.ip, ip.lowercased())) }
    return digests
  }
}

extension StoreWriter {
  /// Takes the next orders into the search index, in the present transaction.
  ///
  /// - Returns: whether more orders wait.
  package func indexOrders(limit: Int) throws(StoreError) -> Bool {
    let isMore = try indexGoods(limit: limit)
    return try indexBuyers(limit: limit) || isMore
  }

  private func mark(_ name: String) throws(SQLiteError) -> Int64 {
    Int64(try notes.meta(name) ?? "0") ?? 0
  }

  private func indexGoods(limit: Int) throws(StoreError) -> Bool {
    let selection = try database { () throws(SQLiteError) in
      let statement = try connection.prepare(
        "SELECT \(OrderTable.columns) FROM orders WHERE key>? ORDER BY key LIMIT ?")
      try statement.bind(try mark("indexed"), at: 1)
      try statement.bind(limit, at: 2)
      return statement
    }
    defer { selection.finalize() }
    var orders: [(key: Int64, order: Order)] = []
    while try database({ () throws(SQLiteError) in try selection.step() }) {
      orders.append(try OrderTable.read(selection))
    }
    guard let last = orders.last else { return false }
    try database { () throws(SQLiteError) in
      try insertTerms(of: orders)
      try insertAmounts(of: orders)
      try notes.setMeta("indexed", String(last.key))
    }
    return orders.count == limit
  }

  private func insertTerms(of orders: [(key: Int64, order: Order)]) throws(SQLiteError) {
    let insertion = try connection.prepare(
      "INSERT OR IGNORE INTO terms(term, order_key) VALUES (?,?)")
    defer { insertion.finalize() }
    for row in orders {
      for term in SearchTerms.terms(of: row.order) {
        try insertion.bind(term, at: 1)
        try insertion.bind(row.key, at: 2)
        try insertion.run()
      }
    }
  }

  private func insertAmounts(of orders: [(key: Int64, order: Order)]) throws(SQLiteError) {
    let insertion = try connection.prepare(
      "INSERT OR IGNORE INTO order_amounts(amount, order_key) VALUES (?,?)")
    defer { insertion.finalize() }
    for row in orders.sorted(by: { $0.order.amount.minor < $1.order.amount.minor }) {
      try insertion.bind(row.order.amount.minor, at: 1)
      try insertion.bind(row.key, at: 2)
      try insertion.run()
    }
  }

  /// Without the key nothing is indexed; searching then needs the key as well.
  private func indexBuyers(limit: Int) throws(StoreError) -> Bool {
    guard let seal = personal.seal else { return false }
    let rows = try database { () throws(SQLiteError) in
      let statement = try connection.prepare(
        "SELECT order_key, sealed FROM personal WHERE order_key>? ORDER BY order_key LIMIT ?")
      defer { statement.finalize() }
      try statement.bind(try mark("indexed_personal"), at: 1)
      try statement.bind(limit, at: 2)
      var rows: [(key: Int64, sealed: [UInt8])] = []
      while try statement.step() {
        rows.append((try statement.int64(0), try statement.blob(1)))
      }
      return rows
    }
    guard let last = rows.last else { return false }
    var terms: [(term: Int64, key: Int64)] = []
    for row in rows {
      // try?: what does not open cannot be found either; reading that order says why.
      guard let facts = try? personal.open(row.sealed, of: row.key) else { continue }
      terms += facts.terms(seal).map { ($0, row.key) }
    }
    terms.sort { $0 < $1 }
    try database { () throws(SQLiteError) in
      try personal.insert(terms)
      try notes.setMeta("indexed_personal", String(last.key))
    }
    return rows.count == limit
  }

  /// The index is made anew from the orders, step by step.
  func forgetIndex() throws(SQLiteError) {
    try connection.execute(
      """
      DELETE FROM terms; DELETE FROM order_amounts; DELETE FROM personal_terms;
      DELETE FROM meta WHERE name IN ('indexed', 'indexed_personal')
      """)
  }
}
