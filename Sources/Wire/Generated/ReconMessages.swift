// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `recon.get`: One reconciliation run.
package struct ReconGetRequest: WireRequest, Equatable {
  package typealias Result = ReconGetResult

  /// The method.
  package static let method = Method.reconGet
  /// Which.
  package var run: String

  package static func read(_ reader: inout ParamReader) -> ReconGetRequest? {
    let run = reader.text("run", .runID, required: true)
    reader.finish(["run"])
    guard reader.isClean, let run else { return nil }
    return ReconGetRequest(run: run)
  }
}

/// What `recon.get` answers.
package struct ReconGetResult: WireObject, Equatable {
  /// It.
  package var run: RunObject
  /// Its discrepancies by kind.
  package var kinds: [KindCountObject]

  package init(run: RunObject, kinds: [KindCountObject]) {
    self.run = run
    self.kinds = kinds
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("run", run)
    writer.member("kinds", kinds)
  }
}

/// `recon.list`: Reconciliation runs.
package struct ReconListRequest: WireRequest, Equatable {
  package typealias Result = ReconListResult

  /// The method.
  package static let method = Method.reconList
  /// Whose.
  package var gateway: String?
  /// Of this statement.
  package var statement: String?
  /// Rows at most.
  package var limit: Int64
  /// next of the page before.
  package var page: String?

  package static func read(_ reader: inout ParamReader) -> ReconListRequest? {
    let gateway = reader.text("gateway", .accountName)
    let statement = reader.text("statement", .statementID)
    let limit = reader.integer("limit", in: 1...200) ?? 50
    let page = reader.text("page", .page)
    reader.finish(["gateway", "statement", "limit", "page"])
    guard reader.isClean else { return nil }
    return ReconListRequest(gateway: gateway, statement: statement, limit: limit, page: page)
  }
}

/// What `recon.list` answers.
package struct ReconListResult: WireObject, Equatable {
  /// Rows.
  package var runs: [RunObject]
  /// Where the next page begins; absent on the last.
  package var next: String?

  package init(runs: [RunObject], next: String? = nil) {
    self.runs = runs
    self.next = next
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("runs", runs)
    writer.member("next", next)
  }
}

/// `recon.run`: Compare a statement with our books.
package struct ReconRunRequest: WireRequest, Equatable {
  package typealias Result = ReconRunResult

  /// The method.
  package static let method = Method.reconRun
  /// A gateway's bill.
  package var statement: String
  /// The bank's statement in which its payouts must be found.
  package var bank: String?

  package static func read(_ reader: inout ParamReader) -> ReconRunRequest? {
    let statement = reader.text("statement", .statementID, required: true)
    let bank = reader.text("bank", .statementID)
    reader.finish(["statement", "bank"])
    guard reader.isClean, let statement else { return nil }
    return ReconRunRequest(statement: statement, bank: bank)
  }
}

/// What `recon.run` answers.
package struct ReconRunResult: WireObject, Equatable {
  /// What came of it.
  package var run: RunObject
  /// Its discrepancies by kind.
  package var kinds: [KindCountObject]

  package init(run: RunObject, kinds: [KindCountObject]) {
    self.run = run
    self.kinds = kinds
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("run", run)
    writer.member("kinds", kinds)
  }
}
