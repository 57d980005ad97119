import Crypto
import Store
import Wire

enum AuditDispatch {
  static func verify(_ call: Call) throws(WireError) -> Plan {
    let request = try call.params(AuditVerifyRequest.self)
    return .read(.heavy) { scope in
      let report = try scope.store.verifyChain(from: request.from ?? 1, to: request.to)
      return AuditVerifyResult(
        ok: report.brokenAt == nil, events: report.count, firstBad: report.brokenAt,
        head: report.count > 0 ? report.head.hex : nil)
    }
  }
}
