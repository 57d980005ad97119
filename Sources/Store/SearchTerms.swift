import Domain
import SQLite

/// Words to look for inside subjects and line names: every two neighbouring characters, so that two
/// Chinese characters are found as well as part of a Latin word.
///
/// The index follows the orders outside the commits that make them; what it has not reached yet is
/// read directly, so nothing is ever missed.
enum SearchTerms {
  /// A search of fewer characters has no term.
  static let charactersMin = 2

  /// The distinct terms of a text, in the order of their first place. Latin letters in lower case.
  static func terms(of text: String) -> [String] {
    var terms = DistinctTerms()
    terms.add(text)
    return terms.all
  }

  static func terms(of order: Order) -> [String] {
    var terms = DistinctTerms()
    terms.add(order.subject)
    for line in order.lines { terms.add(line.name) }
    return terms.all
  }

  /// Whether a subject or a line name holds the text, Latin letters in either case.
  static func matches(_ order: Order, _ text: String) -> Bool {
    ([order.subject] + order.lines.map(\.name)).contains { contains($0, text) }
  }

  /// Whether a text is there and holds the wanted one, Latin letters in either case.
  static func contains(_ text: String?, _ wanted: String) -> Bool {
    guard let text else { return false }
    return contains(Array(text.lowercased().utf8), Array(wanted.lowercased().utf8))
  }

  private static func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
    guard !wanted.isEmpty, bytes.count >= wanted.count else { return wanted.isEmpty }
    for start in 0...bytes.count - wanted.count
    where bytes[start..<start + wanted.count].elementsEqual(wanted) {
      return true
    }
    return false
  }
}

/// Gathers terms, each once. Every new order passes here, so plain text takes a short way.
private struct DistinctTerms {
  private(set) var all: [String] = []
  /// Of terms of up to seven bytes: the bytes, and how many, as one number.
  private var seenShort: Set<UInt64> = []
  private var seenLong: Set<[UInt8]> = []

  mutating func add(_ text: String) {
    if let plain = Characters(plain: text) { return add(plain) }
    add(Characters(text.lowercased()))
  }

  private mutating func add(_ characters: Characters) {
    let starts = characters.starts
    guard starts.count > SearchTerms.charactersMin else { return }
    for place in 0..<starts.count - SearchTerms.charactersMin {
      add(term: characters.bytes[starts[place]..<starts[place + SearchTerms.charactersMin]])
    }
  }

  private mutating func add(term: ArraySlice<UInt8>) {
    let isNew: Bool
    if term.count < 8 {
      let packed = term.reduce(UInt64(term.count)) { $0 << 8 | UInt64($1) }
      isNew = seenShort.insert(packed).inserted
    } else {
      isNew = seenLong.insert(Array(term)).inserted
    }
    if isNew { all.append(String(decoding: term, as: UTF8.self)) }
  }
}

/// Where the characters of a text in lower case begin, and last where it ends.
private struct Characters {
  private(set) var bytes: [UInt8]
  private(set) var starts: [Int] = []

  /// Of any text in lower case.
  init(_ text: String) {
    bytes = Array(text.utf8)
    var start = 0
    for character in text {
      starts.append(start)
      start += character.utf8.count
    }
    starts.append(start)
  }

  /// Of Latin letters and Chinese characters, of which none joins another; nil for other text.
  init?(plain text: String) {
    bytes = Array(text.utf8)
    starts.reserveCapacity(bytes.count + 1)
    var place = 0
    while place < bytes.count {
      starts.append(place)
      switch bytes[place] {
      // A carriage return makes one character with the line feed behind it.
      case 0x0D: return nil
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        bytes[place] |= 0x20
        place += 1
      case 0..<0x80: place += 1
      // The lead bytes of U+4000 to U+9FFF.
      case 0xE4...0xE9: place += 3
      default: return nil
      }
    }
    starts.append(place)
  }
}
