// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `batch.run`: Several writes, all or none.
package struct BatchRunRequest: WireRequest, Equatable {
  package typealias Result = BatchRunResult

  /// The method.
  package static let method = Method.batchRun
  /// Calls in order.
  package var calls: [BatchCallObject]

  package static func read(_ reader: inout ParamReader) -> BatchRunRequest? {
    let calls = reader.list("calls", of: BatchCallObject.self, count: 1...50, required: true)
    reader.finish(["calls"])
    guard reader.isClean, let calls else { return nil }
    return BatchRunRequest(calls: calls)
  }
}

/// What `batch.run` answers.
package struct BatchRunResult: WireObject, Equatable {
  /// Results in the same order.
  package var results: [RawJSON]

  package init(results: [RawJSON]) {
    self.results = results
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("results", results)
  }
}
