/// Rows of one side, with the numbers they have in the whole of it.
package struct NumberedRows: Sendable {
  package private(set) var table: EntryTable
  /// By row of the table; nil where the table is the whole side.
  private(set) var numbers: [Int32]?

  package init(whole table: EntryTable) {
    self.table = table
    numbers = nil
  }

  /// None yet.
  init() {
    table = EntryTable()
    numbers = []
  }

  mutating func reserve(rows: Int, textBytes: Int) {
    table.reserve(rows: rows, textBytes: textBytes)
    numbers?.reserveCapacity(rows)
  }

  @inline(__always)
  func number(_ row: Int) -> Int { numbers.map { Int($0[row]) } ?? row }

  /// Where a row stands here; numbers must ascend. Nil for a row that is not here.
  package func place(of number: Int) -> Int? {
    guard let numbers else { return number < table.count ? number : nil }
    var low = 0
    var high = numbers.count
    while low < high {
      let middle = (low + high) / 2
      if Int(numbers[middle]) < number { low = middle + 1 } else { high = middle }
    }
    return low < numbers.count && Int(numbers[low]) == number ? low : nil
  }

  /// Adds one row that `body` adds to the table, and gives its number.
  @inline(__always)
  mutating func add(_ body: (inout EntryTable) -> Int) {
    let number = body(&table)
    numbers?.append(Int32(number))
  }

  mutating func append(_ other: NumberedRows) {
    for row in other.table.entries.indices { numbers?.append(Int32(other.number(row))) }
    table.append(other.table)
  }

  /// The same rows by ascending numbers.
  func sorted() -> NumberedRows {
    guard let numbers else { return self }
    var all = NumberedRows()
    all.table.reserve(as: table)
    for row in numbers.indices.sorted(by: { numbers[$0] < numbers[$1] }) {
      all.add { $0.add(row, of: table); return Int(numbers[row]) }
    }
    return all
  }
}
