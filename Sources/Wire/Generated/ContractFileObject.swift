// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// One file of the contract.
package struct ContractFileObject: WireObject, Equatable {
  /// Path below Protocol/.
  package var path: String
  /// Its content.
  package var content: RawJSON

  package init(path: String, content: RawJSON) {
    self.path = path
    self.content = content
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("path", path)
    writer.member("content", content)
  }
}
