// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// Rows that ended alike.
package struct BucketTotalObject: WireObject, Equatable {
  /// Where.
  package var bucket: String
  /// How many.
  package var rows: Int64
  /// Their sum.
  package var sum: SignedMoneyObject

  package init(bucket: String, rows: Int64, sum: SignedMoneyObject) {
    self.bucket = bucket
    self.rows = rows
    self.sum = sum
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("bucket", bucket)
    writer.member("rows", rows)
    writer.member("sum", sum)
  }
}
