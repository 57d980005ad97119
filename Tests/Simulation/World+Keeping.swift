import Domain
import Engine
import SQLite
import Store

/// The moment between a decision and its answer: only what is kept may be told.
extension World {
  /// What befalls a group that holds somebody's wish; nil where it is spared.
  func doom(of group: [Input]) -> Behaviour? {
    guard engine.state == .ready, store.faultPlan == nil, group.contains(where: Self.isWish),
      let doom = alipay.temper.strike(.keeping)
    else { return nil }
    switch doom {
    case .keepingFull: store.faultPlan = FaultPlan(.commit, .diskFull)
    case .keepingBroken: store.faultPlan = FaultPlan(.commit, .writeFailed)
    case .keptUnsaid: store.faultPlan = FaultPlan(.committed, .syncFailed)
    default: break
    }
    return doom
  }

  func note(_ doom: Behaviour?) {
    guard let doom, doom == .diesAnswering || store.faultPlan?.hasFired == true else { return }
    alipay.temper.note(doom)
  }

  /// A request that its caller will make again under the same key.
  private static func isWish(_ input: Input) -> Bool {
    guard case .request(let request) = input else { return false }
    return request.key != nil
  }
}
