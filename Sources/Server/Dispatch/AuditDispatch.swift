import Crypto
import Domain
import Store
import Wire

enum AuditDispatch {
  static func verify(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(AuditVerifyRequest.self)
    return .read(.heavy) { scope in
      let report = try scope.store.verifyChain(from: request.from ?? 1, to: request.to)
      // A stretch of the log is asked about for its events alone.
      let isWhole = request.from == nil && request.to == nil && report.brokenAt == nil
      let receipts = isWhole ? try scope.store.verifyReceipts() : nil
      let signOffs = isWhole ? try scope.store.verifySignOffs() : nil
      let ledger = isWhole ? try scope.store.verifyLedger() : nil
      return AuditVerifyResult(
        ok: report.brokenAt == nil && receipts?.firstBad == nil && signOffs?.firstBad == nil
          && ledger?.firstBad == nil,
        events: report.count, firstBad: report.brokenAt,
        head: report.count > 0 ? report.head.hex : nil, receipts: receipts?.count,
        badReceipt: receipts?.firstBad?.text, signOffs: signOffs?.count,
        badSignOff: signOffs?.firstBad?.text,
        ledgerHours: ledger?.count,
        badLedgerHour: ledger?.firstBad.map(LedgerSums.start(ofHour:))?.milliseconds)
    }
  }
}
