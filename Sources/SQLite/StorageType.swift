import CSQLite

/// The five types a stored value can have.
package enum StorageType: Sendable, Equatable {
  case integer, real, text, blob, null

  init(code: Int32) {
    switch code {
    case SQLITE_INTEGER: self = .integer
    case SQLITE_FLOAT: self = .real
    case SQLITE_TEXT: self = .text
    case SQLITE_BLOB: self = .blob
    default: self = .null
    }
  }
}
