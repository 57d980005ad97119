import Domain
import Gateways
import Store

/// After a restore from a backup: what nobody here knows any more.
extension PaymentEngine {
  /// Whether a restored store still waits for gateways; a full disk does not end that.
  var isRecovering: Bool {
    state == .recovering || (state == .readOnly && stateBeforeFullDisk == .recovering)
  }

  /// Gateways that can tell what happened since.
  var askableGateways: [String] {
    gatewayNames.filter { desks[$0]?.gateway.capabilities.canQuery == true }
  }

  /// Refuses what could move money or goods twice while a gateway of this order has not said what
  /// happened since the backup. Orders of other gateways go on.
  func requireHeard(_ order: LoadedOrder) throws(CommandStop) {
    guard isRecovering else { return }
    let names = order.aggregate.payments.map(\.gateway)
    for name in askableGateways where names.contains(name) {
      let count = try stored { () throws(StoreError) in try store.unheard(of: name) }
      guard count > 0 else { continue }
      throw .refused(
        Rejection(
          .recovering,
          "This daemon was restored from a backup and is still asking \(name) what has happened "
            + "since: \(count) questions there have had no answer yet.",
          hint: "Try again in a moment; till poll due lists what is still to be asked.",
          details: [.init("gateway", .text(name)), .init("open", .integer(count))],
          retryAfterMilliseconds: 10_000))
    }
  }
}
