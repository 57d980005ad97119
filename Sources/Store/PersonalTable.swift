import Domain
import JSON
import SQLite

/// What a shop tells of a buyer, and its own words about the order. Both may name a person.
struct PersonalFacts: Hashable, Sendable {
  var buyer: Buyer?
  /// The shop's own JSON object, as text.
  var metadata: String?

  var isEmpty: Bool { buyer == nil && metadata == nil }
}

/// Rows of `personal`: one sealed value an order, beside the log and outside it.
struct PersonalTable {
  private let selection: Statement
  private let replacement: Statement
  private let deletion: Statement
  private let termInsertion: Statement
  private let termDeletion: Statement
  private let allTermsDeletion: Statement
  let seal: PersonalSeal?

  init(
    _ connection: Connection, seal: PersonalSeal?, canWrite: Bool
  ) throws(SQLiteError) {
    self.seal = seal
    selection = try connection.prepare("SELECT sealed FROM personal WHERE order_key=?")
    let unused = selection
    func writing(_ sql: String) throws(SQLiteError) -> Statement {
      canWrite ? try connection.prepare(sql) : unused
    }
    replacement = try writing("INSERT OR REPLACE INTO personal(order_key, sealed) VALUES (?,?)")
    deletion = try writing("DELETE FROM personal WHERE order_key=?")
    termInsertion = try writing(
      "INSERT OR IGNORE INTO personal_terms(term, order_key) VALUES (?,?)")
    termDeletion = try writing("DELETE FROM personal_terms WHERE term=? AND order_key=?")
    allTermsDeletion = try writing("DELETE FROM personal_terms WHERE order_key=?")
  }

  func save(_ key: Int64, _ facts: PersonalFacts) throws(StoreError) {
    guard let seal else { throw PersonalTable.noKey }
    let sealed = seal.seal(PersonalTable.bytes(facts), for: .personal(key))
    try database { () throws(SQLiteError) in
      try replacement.bind(key, at: 1)
      try replacement.bind(sealed, at: 2)
      try replacement.run()
    }
  }

  /// Makes sure that the order has a row, so that what is kept elsewhere is found when its time has
  /// come.
  func mark(_ key: Int64) throws(StoreError) {
    guard try facts(of: key).isEmpty else { return }
    try save(key, PersonalFacts())
  }

  func facts(of key: Int64) throws(StoreError) -> PersonalFacts {
    let sealed = try database { () throws(SQLiteError) -> [UInt8]? in
      try selection.bind(key, at: 1)
      defer { selection.reset() }
      return try selection.step() ? try selection.blob(0) : nil
    }
    guard let sealed else { return PersonalFacts() }
    return try open(sealed, of: key)
  }

  func open(_ sealed: [UInt8], of key: Int64) throws(StoreError) -> PersonalFacts {
    guard let seal else { throw PersonalTable.noKey }
    let place = SealedPlace.personal(key)
    let stored = try Stored(bytes: try seal.open(sealed, from: place), place.text)
    return PersonalFacts(
      buyer: try stored.optionalNested("buyer")?.buyer(),
      metadata: try stored.optionalString("metadata"))
  }

  /// Nothing that was told about the buyer is left, not even what could be searched.
  func erase(_ key: Int64) throws(StoreError) {
    let terms = try terms(of: key)
    try database { () throws(SQLiteError) in
      if let terms {
        for term in terms {
          try termDeletion.bind(term, at: 1)
          try termDeletion.bind(key, at: 2)
          try termDeletion.run()
        }
      } else {
        try allTermsDeletion.bind(key, at: 1)
        try allTermsDeletion.run()
      }
      try deletion.bind(key, at: 1)
      try deletion.run()
    }
  }

  /// Nil where it does not open any more: then it is erased all the same, only more slowly.
  private func terms(of key: Int64) throws(StoreError) -> [Int64]? {
    guard let seal else { return nil }
    do throws(StoreError) { return try facts(of: key).terms(seal) } catch {
      guard case .sealed = error else { throw error }
      return nil
    }
  }

  func insert(_ terms: [(term: Int64, key: Int64)]) throws(SQLiteError) {
    for (term, key) in terms {
      try termInsertion.bind(term, at: 1)
      try termInsertion.bind(key, at: 2)
      try termInsertion.run()
    }
  }

  static let noKey = StoreError.sealed("personal data cannot be written or read without its key")

  private static func bytes(_ facts: PersonalFacts) -> [UInt8] {
    var writer = JSONWriter(capacity: 256)
    writer.beginObject()
    if let buyer = facts.buyer {
      writer.key("buyer")
      Codec.write(buyer, &writer)
    }
    writer.member("metadata", facts.metadata)
    writer.endObject()
    return writer.bytes
  }
}

extension PersonalFacts {
  /// The digests under which the order is found, each once.
  func terms(_ seal: PersonalSeal) -> [Int64] {
    guard let buyer else { return [] }
    var digests: Set<Int64> = []
    for (field, text) in [(PersonalSeal.SearchField.email, buyer.email), (.userID, buyer.userID)] {
      for term in SearchTerms.terms(of: text ?? "") { digests.insert(seal.digest(field, term)) }
    }
    if let ip = buyer.ip { digests.insert(seal.digest(.ip, ip.lowercased())) }
    // In the order of the index, so that neighbours are written together.
    return digests.sorted()
  }
}
