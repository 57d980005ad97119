package import Domain

/// One gateway's access token and who waits for it. A value without a clock; the shell keeps it
/// under a lock.
package struct TokenShelf<Waiter: Sendable>: Sendable {
  /// What to do about one that wants the token.
  package enum Turn: Sendable {
    /// Here it is, with the number that `refuse` wants.
    case use(AccessToken, serial: Int64)
    /// It waits; fetch a token now.
    case fetch
    /// It waits; a token is being fetched.
    case wait
  }

  private var token: AccessToken?
  /// Counts the tokens that were fetched.
  private var serial: Int64 = 0
  private var isFetching = false
  private var waiting: [Waiter] = []

  package init() {}

  package mutating func want(_ waiter: Waiter, at now: Timestamp) -> Turn {
    if let token, now < token.renewAt { return .use(token, serial: serial) }
    waiting.append(waiter)
    guard !isFetching else { return .wait }
    isFetching = true
    return .fetch
  }

  /// A token was refused. One that was fetched since is not thrown away for it.
  package mutating func refuse(serial refused: Int64) {
    if refused == serial { token = nil }
  }

  /// A fetch ended.
  ///
  /// - Parameter token: nil where it failed.
  /// - Returns: all who waited, in their order, and the new token's number.
  package mutating func fetched(_ token: AccessToken?) -> (waiting: [Waiter], serial: Int64) {
    isFetching = false
    self.token = token
    if token != nil { serial += 1 }
    defer { waiting = [] }
    return (waiting, serial)
  }
}
