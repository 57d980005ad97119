import Testing

@testable import Store

@Suite("terms to search by")
struct SearchTermTests {
  /// By their definition: every two neighbouring characters in lower case, each pair once.
  private func expected(_ text: String) -> [[UInt8]] {
    let characters = Array(text.lowercased())
    var terms: [[UInt8]] = []
    for (one, next) in zip(characters, characters.dropFirst()) {
      let term = Array(String([one, next]).utf8)
      if !terms.contains(term) { terms.append(term) }
    }
    return terms
  }

  @Test(
    "plain text and any other have the terms of their characters",
    arguments: [
      "", "a", "Game card", "GAME game", "ab\r\ncd", "a\rb", "游戏点卡", "游戏卡 Card 100点",
      "，、。", "卡\u{301}片", "e\u{301}te\u{301}", "été", "Ⅷ点", "ＡＢ点", "👨‍👩‍👧 card", "각각", "𠀀𠀁", "İstanbul",
      "鿿鿿", "\u{3FFF}点", "\u{A000}点", "aaaaaaaa",
    ])
  func terms(of text: String) {
    #expect(SearchTerms.terms(of: text).map { Array($0.utf8) } == expected(text))
  }
}
