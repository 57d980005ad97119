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
    let characters = Array(text.lowercased())
    guard characters.count >= charactersMin else { return [] }
    var seen: Set<[UInt8]> = []
    var terms: [String] = []
    for place in 0..<characters.count - 1 {
      let term = String(characters[place...place + 1])
      if seen.insert(Array(term.utf8)).inserted { terms.append(term) }
    }
    return terms
  }

  static func terms(of order: Order) -> [String] {
    var seen: Set<[UInt8]> = []
    var all: [String] = []
    for text in [order.subject] + order.lines.map(\.name) {
      for term in terms(of: text) where seen.insert(Array(term.utf8)).inserted { all.append(term) }
    }
    return all
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
