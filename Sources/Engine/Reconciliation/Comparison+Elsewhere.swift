import Domain
import Reconciliation
import Store

/// Rows whose money another statement in force has told of: an export of a week beside the bills of
/// its days, or a row that the next day's bill repeats.
struct Elsewhere {
  /// A row that is matched there.
  struct Twin {
    let subject: LocalSubject
    let order: OrderID
    let row: StatementRowReference
    let says: RowElsewhere
  }

  /// By rows of the bill.
  fileprivate(set) var twins: [Int: Twin] = [:]
  /// What rows name that are no twins, though a row of another statement is matched with it.
  fileprivate(set) var named: [Int: (subject: LocalSubject, order: OrderID)] = [:]

  var rows: [Int: RowElsewhere] { twins.mapValues(\.says) }
  var rivals: Set<Int> { Set(named.keys) }
  var statements: [StatementID] { Set(twins.values.map(\.row.statement)).sorted() }
}

extension Comparison {
  /// - Parameter left: rows about charges and refunds that name nothing which is free.
  func findElsewhere(_ left: [Int], _ books: BookQueries) throws -> Elsewhere {
    var rows = left
    if theirs.table.has(.dispute) {
      rows += theirs.table.entries.indices.filter { theirs.table.entries[$0].kind == .dispute }
    }
    var held: [Int: [HeldRow]] = [:]
    for row in rows {
      guard let numbers = numbers(row) else { continue }
      let own = theirs.rowPlace(row)
      let found = try books.held(numbers).filter { $0.place != own }
      if !found.isEmpty { held[row] = found }
    }
    return held.isEmpty ? Elsewhere() : try elsewhere(held)
  }

  /// Nil for a row that moved no money.
  private func numbers(_ row: Int) -> RowNumbers? {
    let (table, entry) = (theirs.table, theirs.table.entries[row])
    let kind: RowNumbers.Kind
    switch entry.kind {
    case .charge where entry.status == .succeeded: kind = .charge
    case .refund where entry.status != .failed: kind = .refund
    case .dispute where entry.status != .failed: kind = .dispute
    default: return nil
    }
    return RowNumbers(
      kind, transaction: table.string(entry.transaction),
      reference: table.string(entry.reference), parent: table.string(entry.parent))
  }

  private func elsewhere(_ held: [Int: [HeldRow]]) throws -> Elsewhere {
    let (others, rows) = try rowsElsewhere(held)
    var candidates: [Int: [RowTwins.Candidate]] = [:]
    var subjects: [Int: HeldRow] = [:]
    for (row, found) in held {
      candidates[row] = found.compactMap { other in
        guard let place = rows[other.place] else { return nil }
        subjects[place] = other
        return RowTwins.Candidate(row: place, isNamed: other.isNamed)
      }
    }
    let pairs = RowTwins(theirs.table, others.table, candidates)
    var found = Elsewhere()
    for (row, held) in held {
      if let place = pairs.twins[row], let says = pairs.elsewhere(row),
        let twin = subjects[place]
      {
        found.twins[row] = Elsewhere.Twin(
          subject: twin.subject, order: twin.order, row: others.reference(place), says: says)
      } else if let named = held.first(where: \.isNamed) {
        found.named[row] = (named.subject, named.order)
      }
    }
    return found
  }

  /// The rows themselves, and where each of them is.
  private func rowsElsewhere(
    _ held: [Int: [HeldRow]]
  ) throws -> (table: StatementRows, places: [StatementPlace: Int]) {
    var lines: [StatementID: Set<UInt32>] = [:]
    for place in held.values.joined().map(\.place) {
      lines[place.statement, default: []].insert(UInt32(clamping: place.line))
    }
    var table = StatementRows(EntryTable(), of: statement.id)
    for id in lines.keys.sorted() {
      guard let record = try store.statement(id), record.supersededBy == nil,
        let wanted = lines[id]
      else { continue }
      table.add(try kept.rows(of: record, wanted), of: id)
    }
    var places: [StatementPlace: Int] = [:]
    for row in table.table.entries.indices { places[table.rowPlace(row)] = row }
    return (table, places)
  }
}
