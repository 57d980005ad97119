/// What can be told from the free text of a bank row.
package enum BankText {
  /// What each gateway calls itself in the text of a bank's row, in lower case.
  private static let names: [(kind: String, words: [String])] = [
    ("alipay", ["alipay", "支付宝"]), ("wechat", ["wechat", "微信", "财付通", "tenpay"]),
    ("stripe", ["stripe"]), ("paypal", ["paypal", "贝宝"]), ("airwallex", ["airwallex", "空中云汇"]),
    ("pingpong", ["pingpong", "乒乓智能"]), ("yeepay", ["yeepay", "易宝"]),
    ("99bill", ["99bill", "快钱"]),
  ]

  /// The words of all gateways.
  static let gatewayWords = names.flatMap(\.words)

  /// The gateways, by the kinds of their adapters, that a text names.
  package static func gateways(in text: some RandomAccessCollection<UInt8>) -> [String] {
    names.filter { $0.words.contains { contains(text, Array($0.utf8)) } }.map(\.kind)
  }

  /// Whether one of the words, in lower-case ASCII or any other script, stands in the text.
  static func names(_ text: [UInt8], anyOf words: [[UInt8]]) -> Bool {
    words.contains { contains(text, $0) }
  }

  /// Byte by byte, A to Z as a to z.
  static func contains(_ text: some RandomAccessCollection<UInt8>, _ word: [UInt8]) -> Bool {
    guard !word.isEmpty, text.count >= word.count else { return false }
    var start = text.startIndex
    let last = text.index(text.endIndex, offsetBy: -word.count)
    while start <= last {
      if zip(text[start...], word).allSatisfy({ lowered($0) == lowered($1) }) { return true }
      start = text.index(after: start)
    }
    return false
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }

  /// Pieces that look like numbers of ours or of a gateway: six or more of letters, digits, `_`
  /// and `-` in a row, with a digit among them.
  package static func numbers(in text: some Collection<UInt8>) -> [[UInt8]] {
    var found: [[UInt8]] = []
    var piece: [UInt8] = []
    for byte in text + [0x20] {
      let letter = lowered(byte)
      if byte &- 0x30 <= 9 || letter &- 0x61 < 26 || byte == 0x5F || byte == 0x2D {
        piece.append(byte)
      } else {
        if piece.count >= 6, piece.contains(where: { $0 &- 0x30 <= 9 }) { found.append(piece) }
        piece.removeAll(keepingCapacity: true)
      }
    }
    return found
  }

  /// Whether two numbers are different ones of one kind: as long, with `_` and `-` at the same
  /// places and the same word before the last `_`; without any of these, digits alone.
  static func areAlike(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    func word(_ number: [UInt8]) -> ArraySlice<UInt8> {
      number[..<(number.lastIndex(of: 0x5F) ?? 0)]
    }
    guard one != other, one.count == other.count, word(one) == word(other),
      zip(one, other).allSatisfy({ isJoint($0) ? $0 == $1 : !isJoint($1) })
    else { return false }
    return hasJoints(one) || (one + other).allSatisfy { $0 &- 0x30 <= 9 }
  }

  /// `po_1`, or the groups of a UUID.
  static func hasJoints(_ number: [UInt8]) -> Bool { number.contains(where: isJoint) }

  private static func isJoint(_ byte: UInt8) -> Bool { byte == 0x5F || byte == 0x2D }
}

extension EntryTable {
  /// What a row of a bank names.
  func numbersNamed(by entry: Entry) -> Set<[UInt8]> {
    Set(BankText.numbers(in: text(entry.parent)) + [Array(text(entry.transaction))])
  }

  /// What a bank may call a payout by.
  func numbers(ofPayout entry: Entry) -> [[UInt8]] {
    let texts = [text(entry.transaction), text(entry.reference), word(entry.batch)]
    return texts.map { Array($0) }.filter { $0.count >= 6 }
  }

  /// Rows of a bank that name a payout of a list.
  package func rows(naming payout: Int, of list: EntryTable) -> [Int] {
    let numbers = list.numbers(ofPayout: list.entries[payout])
    return entries.indices.filter { row in
      let named = numbersNamed(by: entries[row])
      return numbers.contains(where: named.contains)
    }
  }

  /// What those rows of a bank name that took money.
  package var numbersDebited: Set<[UInt8]> {
    entries.lazy.filter { $0.gross < 0 }.reduce(into: []) { $0.formUnion(numbersNamed(by: $1)) }
  }
}
