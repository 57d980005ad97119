// What is said of files that do not read, in the two languages of the desk.

/// One sentence in English and in Chinese.
struct Sentence {
  let english: String
  let chinese: String

  init(_ english: String, _ chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  func text(_ language: String?) -> String { language == "zh" ? chinese : english }
}
