import Crypto
package import Domain
import SQLite

/// What a look at signed runs found.
package struct SignOffAudit: Hashable, Sendable {
  /// Runs under which a name stands or stood.
  package let count: Int64
  /// The first that is not what was signed; nil where all are.
  package let firstBad: RunID?
}

/// Runs, their findings and the names under them, as callers ask for them.
extension StoreReader {
  package func signOff(of run: RunID) throws(StoreError) -> SignOff {
    try database { () throws(SQLiteError) in
      try signOffTable.signOff(of: run) ?? SignOff(run: run)
    }
  }

  /// The page to sign, as things are now.
  package func signOffPage(of run: RunRecord) throws(StoreError) -> SignOffPage {
    try database { () throws(SQLiteError) in try signOffTable.page(of: run) }
  }

  /// The run that came after one over the same statement; nil where it is the newest.
  package func laterRun(than run: RunRecord) throws(StoreError) -> RunID? {
    try database { () throws(SQLiteError) in try runTable.later(than: run) }
  }

  /// Whether a statement that a run rests on was issued again.
  package func isReissued(under run: RunRecord) throws(StoreError) -> Bool {
    for id in run.restsOn where try statement(id)?.supersededBy != nil { return true }
    return false
  }

  /// Makes every name under a run anew from the log, compares it with its row, and the page that
  /// it stands under with the digest in the log.
  package func verifySignOffs() throws(StoreError) -> SignOffAudit {
    var signOffs: [RunID: SignOff] = [:]
    let statement = try database { () throws(SQLiteError) in
      try kept("SELECT line FROM events WHERE type IN (\(SignOffAudit.types)) ORDER BY seq")
    }
    defer { statement.reset() }
    while let line = try database({ () throws(SQLiteError) in
      try statement.step() ? try statement.blob(0) : nil
    }) {
      let event = try EventReading.event(line: line).event
      guard case .run(let id, let body) = event.body else { continue }
      signOffs[id, default: SignOff(run: id)].apply(body, by: event.actor.text, at: event.at)
    }
    let all = signOffs.values.sorted { $0.run < $1.run }
    for logged in all where try !isWhole(logged) {
      return SignOffAudit(count: Int64(all.count), firstBad: logged.run)
    }
    return SignOffAudit(count: Int64(all.count), firstBad: nil)
  }

  private func isWhole(_ logged: SignOff) throws(StoreError) -> Bool {
    guard try signOff(of: logged.run) == logged else { return false }
    guard logged.isBinding else { return true }
    guard let run = try run(logged.run), let digest = logged.digest else { return false }
    let page = SignOffPage(
      run: run, findings: try signOffPage(of: run).findings, leftOpen: logged.leftOpen)
    return page.digest.utf8.elementsEqual(digest.utf8)
  }
}

extension SignOffAudit {
  fileprivate static let types = "'recon.half_signed','recon.signed','recon.reopened'"
}

extension SignOffPage {
  /// SHA-256 of the canonical form, lower-case hex.
  package var digest: String {
    SHA256.hash(Array(text { SHA256.hash($0).hex }.utf8)).hex
  }
}

/// The same, as the engine needs and writes them.
extension StoreWriter {
  package func run(_ id: RunID) throws(StoreError) -> RunRecord? {
    try database { () throws(SQLiteError) in try runs.run(id) }
  }

  package func signOff(of run: RunID) throws(StoreError) -> SignOff {
    try database { () throws(SQLiteError) in
      try signOffs.signOff(of: run) ?? SignOff(run: run)
    }
  }

  /// The page to sign, as things are now.
  package func signOffPage(of run: RunRecord) throws(StoreError) -> SignOffPage {
    try database { () throws(SQLiteError) in try signOffs.page(of: run) }
  }

  package func laterRun(than run: RunRecord) throws(StoreError) -> RunID? {
    try database { () throws(SQLiteError) in try runs.later(than: run) }
  }

  /// Signed runs that found a difference.
  package func signOffs(binding discrepancy: DiscrepancyID) throws(StoreError) -> [SignOff] {
    try database { () throws(SQLiteError) in try signOffs.binding(discrepancy) }
  }

  /// Signed runs over a statement.
  package func signOffs(over statement: StatementID) throws(StoreError) -> [SignOff] {
    try database { () throws(SQLiteError) in
      var found: [SignOff] = []
      for id in try runs.runs(over: statement) {
        if let signOff = try signOffs.signOff(of: id), signOff.isBinding { found.append(signOff) }
      }
      return found
    }
  }

  /// Signed runs over a statement, or with it beside: the bill of the balance, the bank's.
  package func signOffs(restingOn statement: StatementID) throws(StoreError) -> [SignOff] {
    try database { () throws(SQLiteError) in try signOffs.resting(on: statement) }
  }

  /// A statement that a run rests on and that was issued again, and as what.
  package func reissued(
    under run: RunRecord
  ) throws(StoreError) -> (old: StatementID, new: StatementID)? {
    for id in run.restsOn {
      if let new = try statement(id)?.supersededBy { return (id, new) }
    }
    return nil
  }

  package func save(_ signOff: SignOff) throws(StoreError) {
    try database { () throws(SQLiteError) in try signOffs.save(signOff) }
  }

  /// Whether a run found a difference, by itself or again.
  package func isFound(_ discrepancy: DiscrepancyID, by run: RunID) throws(StoreError) -> Bool {
    try database { () throws(SQLiteError) in try signOffs.isFound(discrepancy, by: run) }
  }

  /// A run met a difference, new or known.
  package func note(_ discrepancy: DiscrepancyID, foundBy run: RunID) throws(StoreError) {
    try database { () throws(SQLiteError) in try signOffs.insert(discrepancy, foundBy: run) }
  }
}
