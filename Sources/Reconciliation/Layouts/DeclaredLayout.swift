package import Domain

/// How a file of a shop or channel that nobody here has heard of is read, as a merchant declared
/// it. The declaration is kept beside each file that was read by it.
package struct DeclaredLayout: Sendable, Hashable {
  /// Character sets that files of banks and gateways come in; the words of a declaration.
  package enum Charset: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    /// Read as GB18030, which holds all of it.
    case gbk
    case gb18030
    case utf16 = "utf-16"
    case big5
    case shiftJIS = "shift_jis"
    case windows1252 = "windows-1252"
    case latin1 = "iso-8859-1"
    case latin9 = "iso-8859-15"
    case windows1251 = "windows-1251"
    case koi8 = "koi8-r"
  }

  package let layout: StatementLayout
  package let content: StatementContent
  /// Nil where the bytes tell.
  package let charset: Charset?
  /// The declaration itself: canonical JSON, read again by `read(kept:)`.
  package let text: String

  package var name: String { layout.name }
}

/// What a declaration may hold.
package enum LayoutLimit {
  /// A heading, a word of a column, a name; bytes.
  package static let textBytes = 200
  /// Names of a column, words of a map, trailers.
  package static let items = 200
  package static let linesToSkip: Int64 = 1_000
}

/// One thing wrong with a declared layout.
package struct LayoutFault: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case member(String)
    case item(Int)
  }

  package enum Problem: Hashable, Sendable {
    case missing
    case unknownMember
    /// With the JSON type it should have.
    case wrongType(String)
    case badValue
    case outOfRange(ClosedRange<Int64>)
  }

  package let problem: Problem
  /// From the declaration's own object on; for a missing or unknown member, to that member.
  package let path: [Step]
  /// One English sentence.
  package let text: String
  package let hint: String?
  /// The words that could stand there, for suggestions; the word that does is the second.
  package let known: [String]
  package let given: String
}

/// All that is wrong with a declared layout, in the order of its members. Never empty.
package struct LayoutFaults: Error, Hashable, Sendable {
  package let list: [LayoutFault]

  init(_ list: [LayoutFault]) {
    precondition(!list.isEmpty, "a layout without faults has no list of them")
    self.list = list
  }
}
