package import SQLite

/// The store could not do what it must.
package enum StoreError: Error, Sendable {
  /// SQLite's own word; `isFinalForWriter` says whether the daemon must stop.
  case database(SQLiteError)
  /// A stored value that this program did not write, or another one changed: nothing is guessed.
  case damaged(String)
  /// Personal data that the key at hand does not open, or no key at all. Everything else is sound.
  case sealed(String)

  /// Nothing was written, and a later try may succeed.
  package var isDiskFull: Bool {
    guard case .database(let error) = self, case .diskFull = error.classification else {
      return false
    }
    return true
  }

  /// Only what was read is lost; other rows can be read.
  package var isAboutOneRow: Bool {
    switch self {
    case .damaged, .sealed: true
    case .database(let error):
      switch error.classification {
      case .unreadableRow, .wrongType, .malformedText: true
      default: false
      }
    }
  }

  package var text: String {
    switch self {
    case .database(let error) where isAboutOneRow: error.message
    case .database(let error): error.description
    case .damaged(let what): "the database is damaged: \(what)"
    case .sealed(let what): what
    }
  }
}

/// Runs SQLite code inside a function that throws `StoreError`.
@inline(__always)
func database<Value>(_ body: () throws(SQLiteError) -> Value) throws(StoreError) -> Value {
  do throws(SQLiteError) { return try body() } catch { throw .database(error) }
}
