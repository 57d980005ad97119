/// What the words of a column mean; a handful, so they are compared one by one.
struct WordTable: Sendable {
  private let heads: [(head: UInt64, count: Int, meaning: RowMeaning)]
  private let words: [[UInt8]]

  init(_ meanings: [String: RowMeaning]) {
    let sorted = meanings.sorted { $0.key < $1.key }
    words = sorted.map { Array($0.key.utf8) }
    heads = zip(words, sorted).map { word, item in
      let head = word.withUnsafeBufferPointer { ByteView($0).head(of: 0..<word.count) }
      return (head, word.count, item.value)
    }
  }

  @inline(__always)
  func meaning(_ bytes: ByteView, _ field: Range<Int>) -> RowMeaning? {
    let head = bytes.head(of: field)
    for place in heads.indices
    where heads[place].head == head && heads[place].count == field.count {
      // Up to eight bytes the head is the word.
      if field.count <= 8 || isWord(place, bytes, field) {
        return heads[place].meaning
      }
    }
    return nil
  }

  private func isWord(_ place: Int, _ bytes: ByteView, _ field: Range<Int>) -> Bool {
    words[place].withUnsafeBufferPointer {
      ByteView.same(ByteView($0), 0..<$0.count, bytes, field)
    }
  }
}
