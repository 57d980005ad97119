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
  /// What a name would stand under; absent once two do, and where a newer run took its place.
  package var toSign: ToSignObject?

  package init(run: RunObject, kinds: [KindCountObject], toSign: ToSignObject? = nil) {
    self.run = run
    self.kinds = kinds
    self.toSign = toSign
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("run", run)
    writer.member("kinds", kinds)
    writer.member("to_sign", toSign)
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
  /// The bill of the balance for the same days: what was earned must have been moved. By default
  /// the one in force, if one is here.
  package var fund: String?
  /// The bank's statement in which its payouts must be found: those of the bill of the balance,
  /// else of the bill itself.
  package var bank: String?

  package static func read(_ reader: inout ParamReader) -> ReconRunRequest? {
    let statement = reader.text("statement", .statementID, required: true)
    let fund = reader.text("fund", .statementID)
    let bank = reader.text("bank", .statementID)
    reader.finish(["statement", "fund", "bank"])
    guard reader.isClean, let statement else { return nil }
    return ReconRunRequest(statement: statement, fund: fund, bank: bank)
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

/// `recon.sign`: Put your name under a run.
package struct ReconSignRequest: WireRequest, Equatable {
  package typealias Result = ReconSignResult

  /// The method.
  package static let method = Method.reconSign
  /// Which.
  package var run: String
  /// The digest that recon.get showed under to_sign; another one is refused.
  package var sha256: String?

  package static func read(_ reader: inout ParamReader) -> ReconSignRequest? {
    let run = reader.text("run", .runID, required: true)
    let sha256 = reader.text("sha256", .sha256)
    reader.finish(["run", "sha256"])
    guard reader.isClean, let run else { return nil }
    return ReconSignRequest(run: run, sha256: sha256)
  }
}

/// What `recon.sign` answers.
package struct ReconSignResult: WireObject, Equatable {
  /// As it is now.
  package var run: RunObject

  package init(run: RunObject) {
    self.run = run
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("run", run)
  }
}
