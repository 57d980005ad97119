import Domain
import Intake
import PlantedFaults
import Platform
import Reconciliation
import Testing

@Suite("two files held against each other")
struct FilePairTests {
  /// A folder of its own, removed afterwards.
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = Path.join("/tmp", "till-pair-\(SystemClock.monotonicNanoseconds())")
    try Directories.create(folder)
    defer {
      #expect(throws: Never.self) {
        for name in try Directories.names(in: folder) {
          try Files.remove(Path.join(folder, name))
        }
        _ = try Directories.remove(folder)
      }
    }
    try body(folder)
  }

  private func match(
    _ bill: [UInt8], _ books: [UInt8], wholeBytes: Int, in folder: String,
    scratch: String? = nil
  ) throws -> FileMatch {
    let (theirs, ours) = (Path.join(folder, "bill.csv"), Path.join(folder, "books.csv"))
    try Files.writeAtomically(bill, to: theirs)
    try Files.writeAtomically(books, to: ours)
    let pair = FilePair(
      statement: .init(try PositionedFile(theirs), as: .table(.wechatTrades)),
      local: .init(try PositionedFile(ours), as: .table(PlantedDay.booksLayout)),
      scratchIn: scratch ?? folder, wholeBytes: wholeBytes, partBytes: 1 << 18)
    var rules = PlantedDay(orders: 0, perKind: 0, seed: 1).rules
    rules.comparesBank = false
    return try pair.match(
      pieces: 4,
      forEach: { count, work in for place in (0..<count).reversed() { work(place) } },
      rules: { _, _ in rules })
  }

  private func expectSame(_ bill: [UInt8], _ books: [UInt8]) throws {
    try inFolder { folder in
      let whole = try match(bill, books, wholeBytes: .max, in: folder)
      let parted = try match(bill, books, wholeBytes: 0, in: folder)
      let (one, other) = (whole.found, parted.found)
      #expect(one.result.discrepancies == other.result.discrepancies)
      #expect(one.result.statementBuckets == other.result.statementBuckets)
      #expect(one.result.localBuckets == other.result.localBuckets)
      #expect(one.result.partners == other.result.partners)
      #expect(whole.statement.checks == parted.statement.checks && whole.statement.isVerified)
      #expect(whole.rows == parted.rows && whole.local.times == parted.local.times)
      #expect(whole.statement.times == parted.statement.times)
      for side in [\PartedResult.statementTotals, \.localTotals] {
        for (left, right) in zip(one[keyPath: side], other[keyPath: side]) {
          #expect(left.rows == right.rows && left.sums.map(\.minor) == right.sums.map(\.minor))
        }
        #expect(one[keyPath: side].reduce(0) { $0 + $1.rows } > 10_000)
      }
      // Only what is told of is still in memory.
      #expect(other.statement.table.count * 4 < one.statement.table.count)
      #expect(!one.result.discrepancies.isEmpty)
      for row in one.result.discrepancies.compactMap(\.statementRow) {
        let place = try #require(other.statement.place(of: row))
        #expect(one.statement.table.key(row).elementsEqual(other.statement.table.key(place)))
        #expect(
          one.statement.table.entries[row].line == other.statement.table.entries[place].line)
      }
    }
  }

  @Test("what is found part by part is what is found in memory")
  func same() throws {
    let day = PlantedDay(orders: 13_000, perKind: 10, seed: 3)
    let bill = day.bill
    // Three pieces.
    #expect(bill.count > 3 << 20)
    try expectSame(bill, day.books)
  }

  @Test("so it is with files that are read in turn, as there are quotes far behind")
  func quotes() throws {
    let day = PlantedDay(orders: 24_000, perKind: 10, seed: 4)
    var layout = PlantedDay.booksLayout
    layout.quoting = .doubleQuotes
    let theirs = day.books
    #expect(theirs.count > 2 << 20)
    var ours = theirs
    let last = try #require(ours.dropLast().lastIndex(of: 0x0A))
    ours.removeSubrange((last + 1)...)
    let place = try #require(ours[(ours.count / 4 * 3)...].firstIndex(of: 0x0A))
    let end = try #require(ours[(place + 1)...].firstIndex(of: 0x2C))
    ours.insert(0x22, at: end)
    ours.insert(0x22, at: place + 1)
    try inFolder { folder in
      let paths = [Path.join(folder, "theirs.csv"), Path.join(folder, "ours.csv")]
      for (path, bytes) in zip(paths, [theirs, ours]) { try Files.writeAtomically(bytes, to: path) }
      let found = try [Int.max, 0].map { wholeBytes in
        let pair = FilePair(
          statement: .init(try PositionedFile(paths[0]), as: .table(layout)),
          local: .init(try PositionedFile(paths[1]), as: .table(layout)), scratchIn: folder,
          wholeBytes: wholeBytes, partBytes: 1 << 20)
        return try pair.match(
          pieces: 4, forEach: { count, work in for place in 0..<count { work(place) } },
          rules: { _, _ in day.rules }
        ).found.result
      }
      #expect(!found[0].discrepancies.isEmpty && found[0].localBuckets.count > 24_000)
      #expect(found[0].discrepancies == found[1].discrepancies)
      #expect(found[0].partners == found[1].partners)
    }
  }

  /// A bill of a day in two files of one archive, which another file stands between.
  @Test("the files of an archive are one bill, part by part as in memory")
  func archive() throws {
    let day = PlantedDay(orders: 13_000, perKind: 5, seed: 6)
    let bill = day.bill
    let totals = try #require(bill.firstRange(of: Array("总交易单数".utf8))?.lowerBound)
    let heading = try #require(bill.firstIndex(of: 0x0A)) + 1
    let middle = try #require(bill[(totals / 2)...].firstIndex(of: 0x0A)) + 1
    let bytes = StoredZip.bytes([
      ("1.csv", Array(bill[..<middle])), ("summary.csv", Array("day,rows\n2026-11-20,1\n".utf8)),
      ("2.csv", Array(bill[..<heading]) + Array(bill[middle..<totals])),
    ])
    try inFolder { folder in
      let paths = [Path.join(folder, "bill.zip"), Path.join(folder, "books.csv")]
      for (path, bytes) in zip(paths, [bytes, day.books]) { try Files.writeAtomically(bytes, to: path) }
      for format in [nil, StatementFormat.table(.wechatTrades)] {
        let found = try [Int.max, 0].map { wholeBytes in
          let pair = FilePair(
            statement: try PairSide(try PositionedFile(paths[0]), as: format, unpackIn: folder),
            local: .init(try PositionedFile(paths[1]), as: .table(PlantedDay.booksLayout)),
            scratchIn: folder, wholeBytes: wholeBytes, partBytes: 1 << 20)
          return try pair.match(
            pieces: 4, forEach: { count, work in for place in 0..<count { work(place) } },
            rules: { _, _ in day.rules })
        }
        let (one, other) = (found[0].found, found[1].found)
        #expect(one.result.discrepancies == other.result.discrepancies)
        #expect(one.result.partners == other.result.partners)
        #expect(found[0].rows == found[1].rows && found[0].statement.rows > 13_000)
        #expect(found[1].statement.leftOut == ["summary.csv"])
        #expect(found[0].statement.times == found[1].statement.times)
        for row in one.result.discrepancies.compactMap(\.statementRow) {
          let place = try #require(other.statement.place(of: row))
          #expect(
            one.statement.table.entries[row].line == other.statement.table.entries[place].line)
        }
      }
    }
  }

  @Test("without a place for its rows a large file is not compared, and nothing is left there")
  func noPlace() throws {
    let day = PlantedDay(orders: 3_000, perKind: 1, seed: 5)
    try inFolder { folder in
      let error = #expect(throws: FilePairFault.self) {
        try match(
          day.bill, day.books, wholeBytes: 0, in: folder, scratch: Path.join(folder, "none"))
      }
      guard case .notKept(let text) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(text.contains("No such file"))
      _ = try match(day.bill, day.books, wholeBytes: 0, in: folder)
      #expect(try Directories.names(in: folder).sorted() == ["bill.csv", "books.csv"])
    }
  }
}
