import Domain
import Engine
import Store
import Wire

extension Session {
  /// `key.lookup`: the row, and where it is done the reply that was stored.
  func lookUpKey(_ key: String, _ call: Call, _ serial: UInt32) {
    let principal = call.identity.principal
    flights.move(serial, to: .reading)
    lookUp(serial, call) { scope in
      (try scope.store.key(principal: principal, key: key), scope.last)
    } then: { [self] outcome in
      switch outcome {
      case .success((nil, let last)):
        finish(serial, .success(KeyLookupResult(state: "absent")), sequence: last)
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
}
