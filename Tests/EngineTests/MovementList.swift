import Domain
import Engine
import Store
import Testing

/// Lists of movements that know refunds by the gateway's own number alone, as Airwallex' do.
extension World {
  /// A row, made now, about what moved for a payment.
  ///
  /// - Parameters:
  ///   - amount: major units, as the list writes them.
  ///   - kept: the fee, and what is left of the amount; nil for no fee.
  ///   - currency: of the balance that it moved.
  func movement(
    _ number: Int, _ word: String, _ source: String, _ amount: String, of payment: Payment,
    kept: (fee: String, net: String)? = nil, in currency: String = "CNY"
  ) -> String {
    let at = CivilTime(now, offsetMinutes: 0)
    return #"{"id":"ftx_\#(number)","source_id":"\#(source)","source_type":"\#(word)","#
      + #""transaction_type":"\#(word)","currency":"\#(currency)","amount":\#(amount),"#
      + #""fee":\#(kept?.fee ?? "0"),"net":\#(kept?.net ?? amount),"status":"PENDING","#
      + #""created_at":"\#(at.dateText)T\#(at.timeText)+0000","#
      + #""funding_source_id":"\#(payment.gatewayTransaction ?? "")"}"#
  }

  /// Takes a list in and compares it; its proof must be whole.
  func compare(
    movements: [String]
  ) throws -> (run: RunRecord, found: [DiscrepancyRecord]) {
    let text = #"{"items":[\#(movements.joined(separator: ","))],"has_more":false}\#n"#
    guard case .success(.statement(let reply)) = try take(try upload(Array(text.utf8)))
    else { throw ShortcutFault.unexpected("refused") }
    let run = try reconcile(reply.record.id).run
    for proof in run.proofs { #expect(proof.remainder == 0, "\(proof)") }
    #expect(alarms.allSatisfy { !$0.hasPrefix("I15") })
    return (run, try discrepancies(of: run.id))
  }
}
