import Engine

/// What the daemon can do now, as `server_state` on the wire.
package enum ServerState: String, Sendable {
  case starting
  case ready
  case readOnly = "readonly"
  case recovering
  case draining

  init(_ condition: CoreCondition, isDraining: Bool) {
    if isDraining {
      self = .draining
      return
    }
    switch condition {
    case .starting: self = .starting
    case .ready: self = .ready
    case .readOnly, .failed: self = .readOnly
    case .recovering: self = .recovering
    }
  }
}

extension CoreCondition {
  /// Why it is not ready, in words.
  var reason: String? {
    switch self {
    case .ready: nil
    case .starting: "The daemon is starting."
    case .recovering: "The store was restored; open payments are being asked."
    case .readOnly(let reason), .failed(let reason): reason
    }
  }
}
