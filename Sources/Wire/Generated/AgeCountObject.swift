// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Undecided discrepancies of one age.
package struct AgeCountObject: WireObject, Equatable {
  /// Which.
  package var age: String
  /// How many.
  package var count: Int64

  package init(age: String, count: Int64) {
    self.age = age
    self.count = count
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("age", age)
    writer.member("count", count)
  }
}
