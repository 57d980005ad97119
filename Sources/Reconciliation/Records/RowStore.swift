/// Where rows are put aside that need not lie in memory all at once. Used by several threads.
package protocol RowStore: Sendable {
  /// Keeps the bytes and gives where they begin.
  func add(_ bytes: [UInt8]) throws(RowStoreFault) -> Int
  /// Adds those of these places behind those of the buffer.
  func read(_ range: Range<Int>, into buffer: inout [UInt8]) throws(RowStoreFault)
  /// Gives up all that was kept.
  func clear() throws(RowStoreFault)
}

/// Rows could not be put aside, or did not come back.
package struct RowStoreFault: Error, Hashable, Sendable {
  /// A sentence for people.
  package let text: String

  package init(_ text: String) { self.text = text }
}
