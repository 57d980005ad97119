// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One sentence in both languages.
package struct PhraseObject: WireObject, Equatable {
  /// Chinese.
  package var zh: String
  /// English.
  package var en: String

  package init(zh: String, en: String) {
    self.zh = zh
    self.en = en
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("zh", zh)
    writer.member("en", en)
  }
}
