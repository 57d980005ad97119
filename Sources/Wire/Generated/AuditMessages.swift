// Generated from Protocol/ by `swift run generate`; do not edit.

package import JSON

/// `audit.verify`: Check the chain of the event log.
package struct AuditVerifyRequest: WireRequest, Equatable {
  package typealias Result = AuditVerifyResult

  /// The method.
  package static let method = Method.auditVerify
  /// First event number.
  package var from: Int64?
  /// Last event number.
  package var to: Int64?

  package static func read(_ reader: inout ParamReader) -> AuditVerifyRequest? {
    let from = reader.integer("from", in: 1...9007199254740991)
    let to = reader.integer("to", in: 1...9007199254740991)
    reader.finish(["from", "to"])
    guard reader.isClean else { return nil }
    return AuditVerifyRequest(from: from, to: to)
  }
}

/// What `audit.verify` answers.
package struct AuditVerifyResult: WireObject, Equatable {
  /// The chain holds.
  package var ok: Bool
  /// Events checked.
  package var events: Int64
  /// Number of the first event that does not fit.
  package var firstBad: Int64?
  /// Digest of the last event checked.
  package var head: String?
  /// Notifications whose kept bytes were compared with their digest and the log; only where the
  /// whole log was asked for.
  package var receipts: Int64?
  /// The first notification whose bytes are not those that arrived.
  package var badReceipt: String?
  /// Runs that somebody signed, compared with the digest in the log; only where the whole log was
  /// asked for.
  package var signOffs: Int64?
  /// The first run that is not what was signed.
  package var badSignOff: String?
  /// Hours whose kept sums of the ledger were made anew from the log; only where the whole log was
  /// asked for.
  package var ledgerHours: Int64?
  /// The first hour whose kept sums are not those of the log.
  package var badLedgerHour: Int64?

  package init(
    ok: Bool, events: Int64, firstBad: Int64? = nil, head: String? = nil, receipts: Int64? = nil,
    badReceipt: String? = nil, signOffs: Int64? = nil, badSignOff: String? = nil,
    ledgerHours: Int64? = nil, badLedgerHour: Int64? = nil
  ) {
    self.ok = ok
    self.events = events
    self.firstBad = firstBad
    self.head = head
    self.receipts = receipts
    self.badReceipt = badReceipt
    self.signOffs = signOffs
    self.badSignOff = badSignOff
    self.ledgerHours = ledgerHours
    self.badLedgerHour = badLedgerHour
  }

  package func writeMembers(to writer: inout JSONWriter) {
    writer.member("ok", ok)
    writer.member("events", events)
    writer.member("first_bad", firstBad)
    writer.member("head", head)
    writer.member("receipts", receipts)
    writer.member("bad_receipt", badReceipt)
    writer.member("sign_offs", signOffs)
    writer.member("bad_sign_off", badSignOff)
    writer.member("ledger_hours", ledgerHours)
    writer.member("bad_ledger_hour", badLedgerHour)
  }
}
