import Synchronization

/// Puts pieces of a file together in their order, while others are still read. What a piece held
/// is given free as soon as the whole has it.
final class PieceRow: Sendable {
  fileprivate struct State: Sendable {
    var all: TableStatementReader.Piece?
    var next = 0
    /// Pieces that wait for one before them.
    var waiting: [Int: TableStatementReader.Piece] = [:]
    /// By place.
    var faults: [(place: Int, fault: TextFault)] = []
    var hasQuotes = false
  }

  private let count: Int
  private let state = Mutex(State())

  init(count: Int) { self.count = count }

  func put(
    _ result: Result<TableStatementReader.Piece, TextFault>, hasQuotes: Bool, at place: Int
  ) {
    state.withLock { state in
      state.hasQuotes = state.hasQuotes || hasQuotes
      switch result {
      case .failure(let fault): state.faults.append((place, fault))
      case .success(let piece): state.waiting[place] = piece
      }
      while let piece = state.waiting.removeValue(forKey: state.next) {
        do throws(StatementError) {
          try state.add(piece, of: count)
          state.next += 1
        } catch {
          state.faults.append((state.next, .statement(error)))
          break
        }
      }
    }
  }

  /// What all pieces came to; nil where they cannot be told apart, as there are quotes.
  ///
  /// - Throws: the first fault of the file. Bytes that are no text make the whole file another one,
  ///   whatever its rows say.
  func finish() throws(TextFault) -> Statement? {
    let state = state.withLock { $0.taken() }
    if state.hasQuotes { return nil }
    let faults = state.faults.sorted { $0.place < $1.place }
    for item in faults {
      guard case .statement = item.fault else { throw item.fault }
    }
    if case .statement(let error) = faults.first?.fault {
      let lines = state.all?.lines ?? 0
      throw .statement(StatementError(line: error.line + lines, error.problem))
    }
    guard let all = state.all, state.next == count else {
      preconditionFailure("a piece of the file was never read")
    }
    var statement = all.statement
    statement.checks = all.totals.checks()
    return statement
  }
}

extension PieceRow.State {
  /// Adds the piece behind those that are there.
  fileprivate mutating func add(
    _ piece: TableStatementReader.Piece, of count: Int
  ) throws(StatementError) {
    guard all != nil else {
      all = piece
      // Rows of one file are about as long in all of its pieces.
      all?.statement.table.reserve(times: count)
      return
    }
    try all?.add(piece)
  }

  fileprivate mutating func taken() -> Self {
    let state = self
    self = Self()
    return state
  }
}

extension TableStatementReader.Piece {
  fileprivate mutating func add(_ next: Self) throws(StatementError) {
    // Where a sum overflows, the lines before this piece are added to the line that is told.
    try totals.add(next.totals, line: 0)
    statement.table.append(next.statement.table, linesBefore: lines)
    statement.skippedRows += next.statement.skippedRows
    lines += next.lines
  }
}
