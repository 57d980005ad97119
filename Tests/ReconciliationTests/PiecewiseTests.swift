import PlantedFaults
import Testing

@testable import Reconciliation

@Suite("a file read in pieces at once")
struct PiecewiseTests {
  private func inTurn(_ count: Int, _ work: (Int) -> Void) {
    for place in (0..<count).reversed() { work(place) }
  }

  @Test("rows, lines, sums and texts are those of reading from front to end")
  func same() throws {
    let day = PlantedDay(orders: 16_000, perKind: 3, seed: 6)
    let bill = day.bill
    #expect(bill.count > 3 << 20)
    var reader = TableStatementReader(.wechatTrades)
    try reader.feed(bill)
    let whole = try reader.finish()
    let pieces = try TableStatementReader.read(
      bill, as: .wechatTrades, pieces: 3, forEach: inTurn)
    #expect(whole.isVerified && whole.checks == pieces.checks)
    #expect(whole.table.count == pieces.table.count)
    for row in stride(from: 0, to: whole.table.count, by: 37) {
      let (one, other) = (whole.table.entries[row], pieces.table.entries[row])
      #expect(one.line == other.line && one.gross == other.gross && one.at == other.at)
      #expect(whole.table.key(row).elementsEqual(pieces.table.key(row)))
      #expect(
        whole.table.word(one.merchant).elementsEqual(pieces.table.word(other.merchant)))
    }
  }

  @Test("a fault in a later piece is told with its line in the file")
  func line() throws {
    var bill = PlantedDay(orders: 16_000, perKind: 0, seed: 6).bill
    // The last digit of an amount near the end of the second piece.
    let ends = bill.indices.filter { bill[$0] == 0x0A }
    let line = ends.count * 3 / 5
    for place in (ends[line - 1] + 1)...(ends[line - 1] + 3) { bill[place] = 0x78 }
    let error = #expect(throws: StatementError.self) {
      try TableStatementReader.read(bill, as: .wechatTrades, pieces: 3, forEach: inTurn)
    }
    #expect(error?.line == line + 1)
  }
}
