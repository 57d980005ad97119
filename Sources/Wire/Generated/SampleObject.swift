// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One value of a metric.
package struct SampleObject: WireObject, Equatable {
  /// Labels.
  package var labels: TextMap
  /// Value.
  package var value: Int64

  package init(labels: TextMap, value: Int64) {
    self.labels = labels
    self.value = value
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("labels", labels)
    writer.member("value", value)
  }
}
