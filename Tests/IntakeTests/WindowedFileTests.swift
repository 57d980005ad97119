import Domain
import Intake
import Platform
import Reconciliation
import Testing

@Suite("a file that is read through a window")
struct WindowedFileTests {
  private static let heading = "支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,商家实收（元）,退款批次号/请求号,服务费（元）\n"
  /// The same in GB18030.
  private static let chineseHeading: [UInt8] = [
    0xD6, 0xA7, 0xB8, 0xB6, 0xB1, 0xA6, 0xBD, 0xBB, 0xD2, 0xD7, 0xBA, 0xC5, 0x2C, 0xC9, 0xCC, 0xBB,
    0xA7, 0xB6, 0xA9, 0xB5, 0xA5, 0xBA, 0xC5, 0x2C, 0xD2, 0xB5, 0xCE, 0xF1, 0xC0, 0xE0, 0xD0, 0xCD,
    0x2C, 0xCD, 0xEA, 0xB3, 0xC9, 0xCA, 0xB1, 0xBC, 0xE4, 0x2C, 0xB6, 0xA9, 0xB5, 0xA5, 0xBD, 0xF0,
    0xB6, 0xEE, 0xA3, 0xA8, 0xD4, 0xAA, 0xA3, 0xA9, 0x2C, 0xC9, 0xCC, 0xBC, 0xD2, 0xCA, 0xB5, 0xCA,
    0xD5, 0xA3, 0xA8, 0xD4, 0xAA, 0xA3, 0xA9, 0x2C, 0xCD, 0xCB, 0xBF, 0xEE, 0xC5, 0xFA, 0xB4, 0xCE,
    0xBA, 0xC5, 0x2F, 0xC7, 0xEB, 0xC7, 0xF3, 0xBA, 0xC5, 0x2C, 0xB7, 0xFE, 0xCE, 0xF1, 0xB7, 0xD1,
    0xA3, 0xA8, 0xD4, 0xAA, 0xA3, 0xA9, 0x0A,
  ]
  /// More than three pieces of two MiB.
  private static let rowCount = 120_000

  private static func rows(_ kind: [UInt8]) -> [[UInt8]] {
    (0..<rowCount).map { row in
      Array("202611202200\(row),A\(row),".utf8) + kind
        + Array(",2026-11-20 10:00:07,\(row % 90 + 1).00,\(row % 90 + 1).00,,-0.01\n".utf8)
    }
  }

  private static let plain = rows(Array("交易".utf8))

  private func open(_ bytes: [UInt8], pieces: Int) throws -> OpenedStatement {
    let path = Path.join("/tmp", "till-window-\(SystemClock.monotonicNanoseconds()).csv")
    try Files.writeAtomically(bytes, to: path)
    defer { #expect(throws: Never.self) { try Files.remove(path) } }
    return try StatementFile.open(try PositionedFile(path), as: nil, pieces: pieces) { count, work in
      // The last piece first: which is ready when must not matter.
      for place in (0..<count).reversed() { work(place) }
    }
  }

  private func expectSame(_ bytes: [UInt8], _ charset: String) throws {
    let whole = try StatementFile.open(bytes)
    #expect(whole.charset == charset && whole.statement.table.count >= Self.rowCount)
    for pieces in [1, 3] {
      let read = try open(bytes, pieces: pieces)
      #expect(read.charset == charset && read.format == whole.format)
      let (one, other) = (whole.statement.table, read.statement.table)
      #expect(one.count == other.count)
      for row in 0..<min(one.count, other.count) {
        let (left, right) = (one.entries[row], other.entries[row])
        let isSame = left.line == right.line && left.gross == right.gross && left.at == right.at
          && one.key(row).elementsEqual(other.key(row))
        guard isSame else {
          Issue.record("row \(row) is another in \(pieces) pieces")
          return
        }
      }
    }
  }

  @Test("its rows are those of the file in memory, in UTF-8 and in GB18030")
  func same() throws {
    try expectSame(Array(Self.heading.utf8) + Self.plain.joined(), "UTF-8")
    let chinese = Self.rows([0xBD, 0xBB, 0xD2, 0xD7])
    try expectSame(Self.chineseHeading + Array(chinese.joined()), "GB18030")
  }

  @Test("a quoted field with a line end in a later piece is one row")
  func lateQuote() throws {
    var rows = Self.plain
    rows[100_000] = Array(
      "\"2026\n11\",\"A\"\"x\",交易,2026-11-20 10:00:07,1.00,1.00,,-0.01\n".utf8)
    try expectSame(Array(Self.heading.utf8) + rows.joined(), "UTF-8")
  }

  @Test("a fault in a later piece has its line, and bytes that are no text their place")
  func lateFaults() throws {
    var rows = Self.plain
    rows[100_000] = Array("x,y\n".utf8)
    rows[110_000] = Array("x,y\n".utf8)
    for pieces in [1, 3] {
      let error = #expect(throws: IntakeError.self) {
        try open(Array(Self.heading.utf8) + rows.joined(), pieces: pieces)
      }
      guard case .unreadable(let fault) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(fault.line == 100_002)
    }
    rows[115_000] = [0xFF, 0xFF, 0x0A]
    let bytes = Array(Self.heading.utf8) + rows.joined()
    let whole = try #require(
      #expect(throws: IntakeError.self) { try StatementFile.open(bytes) })
    for pieces in [1, 3] {
      #expect(throws: whole) { try open(bytes, pieces: pieces) }
    }
    guard case .notText = whole else {
      Issue.record("bytes that are no text outrank a row: \(whole)")
      return
    }
  }
}
