// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One number about the daemon.
package struct MetricObject: WireObject, Equatable {
  /// Name, with unit last.
  package var name: String
  /// How it behaves.
  package var kind: String
  /// What it means.
  package var help: String
  /// Values.
  package var samples: [SampleObject]

  package init(name: String, kind: String, help: String, samples: [SampleObject]) {
    self.name = name
    self.kind = kind
    self.help = help
    self.samples = samples
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("name", name)
    writer.member("kind", kind)
    writer.member("help", help)
    writer.member("samples", samples)
  }
}
