/// Threads that a caller has to spare. What comes of the work is the same with and without them.
package struct Threads: Sendable {
  /// Starts work while the caller goes on; what comes back waits for its end.
  package typealias Beside =
    @Sendable (_ work: @escaping @Sendable () -> Void) -> @Sendable () -> Void

  let beside: Beside
  package let forEach: @Sendable (_ count: Int, _ work: @Sendable (Int) -> Void) -> Void

  /// None: one thing is done after the other.
  package static let none = Threads(
    beside: { $0 }, forEach: { count, work in for place in 0..<count { work(place) } })

  package init(
    beside: @escaping Beside,
    forEach: @escaping @Sendable (_ count: Int, _ work: @Sendable (Int) -> Void) -> Void
  ) {
    self.beside = beside
    self.forEach = forEach
  }
}

/// What is made while its caller goes on.
package struct Meanwhile<Value: Sendable>: Sendable {
  private let shelf = Shelf<Result<Value, any Error>>(count: 1)
  private let wait: @Sendable () -> Void

  package init(_ threads: Threads, _ make: @escaping @Sendable () throws -> Value) {
    let shelf = shelf
    wait = threads.beside { shelf.put(Result { try make() }, at: 0) }
  }

  /// Waits for it, and goes on with it beside the caller again. It is given away.
  package func then(
    _ threads: Threads, _ change: @escaping @Sendable (inout Value) -> Void
  ) -> Meanwhile {
    wait()
    let shelf = shelf
    return Meanwhile(threads) {
      var value = try shelf.take(0).get()
      change(&value)
      return value
    }
  }

  /// Waits for it; to be called once.
  package func value() throws -> Value {
    wait()
    return try shelf.take(0).get()
  }
}
