import Domain
import Store
import Wire

/// What a reader thread reads with, and the state of the store it stands on.
final class ReadSource {
  let store: StoreReader
  /// Place of the newest event in the present snapshot.
  private(set) var last: Int64 = 0

  init(_ store: StoreReader) { self.store = store }

  /// Runs jobs on one state of the store; without one they get nil.
  func run(_ jobs: [ReaderPool<ReadSource>.Job], onFault: (String) -> Void) {
    var hasRun = false
    do throws(StoreError) {
      try store.snapshot { store throws(StoreError) in
        last = try store.lastSequence()
        hasRun = true
        for job in jobs { job(self) }
      }
    } catch {
      onFault(error.text)
      if !hasRun { for job in jobs { job(nil) } }
    }
  }
}

extension WireError {
  /// What a caller hears of a fault while reading.
  static func reading(_ error: any Error) -> WireError {
    switch error {
    case let error as WireError: error
    case let error as Rejection: WireError(error)
    case is StoreError: WireError(.dbError, "The store could not be read.", retry: .later)
    default: WireError(.internal, "The request could not be answered.")
    }
  }
}
