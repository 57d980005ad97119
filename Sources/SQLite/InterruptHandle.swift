import CSQLite
import Synchronization

/// Stops the running statement of a connection from any thread.
package final class InterruptHandle: Sendable {
  private let address: Mutex<UInt?>

  init(_ database: OpaquePointer) {
    address = Mutex(UInt(bitPattern: database))
  }

  /// The statement running now throws `.interrupted`; inside a write SQLite also rolls back the
  /// transaction. Nothing happens if none is running or the connection is closed.
  package func interrupt() {
    address.withLock { address in
      guard let database = address.flatMap({ OpaquePointer(bitPattern: $0) }) else { return }
      sqlite3_interrupt(database)
    }
  }

  /// After this returns no interrupt touches the connection any more.
  func forget() {
    address.withLock { $0 = nil }
  }
}
