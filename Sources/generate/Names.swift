// Contract names are lower_snake_case; Swift names are made from them here and nowhere else.

/// Words written in capitals, or in full, inside a Swift name.
private let initialisms: [String: String] = [
  "id": "ID", "ip": "IP", "url": "URL", "http": "HTTP", "json": "JSON", "uid": "UID",
  "utf8": "UTF8", "db": "DB", "sku": "SKU", "ms": "Milliseconds",
]

private let reservedWords: Set<String> = [
  "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer",
  "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "for", "func", "guard",
  "if", "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "package",
  "private", "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct",
  "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where",
  "while",
]

enum SwiftName {
  /// `order_no` → `orderNo`; words after the first are capitalised or written as initialisms.
  static func member(_ name: String) -> String {
    let words = split(name)
    guard let first = words.first else { return name }
    return first + words.dropFirst().map(capitalised).joined()
  }

  /// `order.create` → `OrderCreate`.
  static func type(_ name: String) -> String {
    split(name).map(capitalised).joined()
  }

  /// A member name in backticks where Swift reserves the word.
  static func escaped(_ name: String) -> String {
    reservedWords.contains(name) ? "`\(name)`" : name
  }

  /// `order_no` → `order-no`, as a flag of the command line.
  static func flag(_ name: String) -> String {
    String(name.map { $0 == "_" ? "-" : $0 })
  }

  private static func split(_ name: String) -> [String] {
    name.split(whereSeparator: { "_./-".contains($0) }).map(String.init)
  }

  private static func capitalised(_ word: String) -> String {
    initialisms[word] ?? (word.prefix(1).uppercased() + word.dropFirst())
  }
}
