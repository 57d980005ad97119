import Domain
import Engine
import Store
import Wire

extension Session {
  /// `key.lookup`: the row, and where it is done the reply that was stored.
  ///
  /// What is on its way is looked for before the store is read, in the order in which a request
  /// goes: in the sockets, among the requests, in the store. It cannot slip through between.
  func lookUpKey(_ key: String, _ call: Call, _ serial: UInt32) {
    let principal = call.identity.principal
    let isUnread = context.connections.isDeaf(principal)
    let use = context.core.keys[key, of: principal]
    flights.move(serial, to: .reading)
    lookUp(serial, call) { scope in
      (try scope.store.key(principal: principal, key: key), scope.last)
    } then: { [self] outcome in
      switch outcome {
      case .success((nil, let last)):
        let result = KeyLookupResult(
          state: use != nil || isUnread ? "running" : "absent", method: use?.method.rawValue,
          createdAt: use?.at.milliseconds)
        finish(serial, .success(result), sequence: last)
      case .success((let row?, let last)) where row.state == .running:
        let result = KeyLookupResult(
          state: row.state.rawValue, method: row.method,
          createdAt: row.createdAt.milliseconds)
        finish(serial, .success(result), sequence: last)
      case .success((let row?, _)):
        flights.expect(row, serial)
        let token = SessionToken(loop: loop.index, session: number, serial: serial)
        context.core.submit(.request(KeyDispatch.replay(row, call, token: token)))
      case .failure(let error): finish(serial, .failure(error), sequence: nil)
      }
    }
  }

  // MARK: Keys in flight

  /// The key of a write that begins is in flight. A dry run leaves nothing that could be found.
  func holdKey(of flight: Flight) {
    let options = flight.call.envelope.options
    guard let key = options.idempotencyKey, !options.dryRun else { return }
    flight.holdsKey = true
    context.core.keys.enter(
      key, of: flight.call.identity.principal,
      KeysInFlight.Use(method: flight.call.method, at: context.services.clock()))
  }

  /// It ends. What was handed to the engine goes on without it, and its key stays in flight.
  func letKeyGo(of flight: Flight) {
    guard flight.holdsKey, let key = flight.call.envelope.options.idempotencyKey else { return }
    flight.holdsKey = false
    context.core.keys.leave(key, of: flight.call.identity.principal)
  }
}
