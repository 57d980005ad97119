import CSQLite

/// A fault of the database: what SQLite answered, or what this module refused on its behalf.
///
/// Carries the text of the statement but never a bound value, so it may be logged.
package struct SQLiteError: Error, Sendable, Equatable {
  /// The rule a row broke. The rule's own name is in `SQLiteError.message`.
  package enum Constraint: Sendable, Equatable {
    case unique, primaryKey, notNull, check, foreignKey
    /// A value of another type than a STRICT column's.
    case dataType
    /// A trigger's RAISE.
    case trigger
    case other
  }

  /// What the caller can do about it. Ordered as tested: the first that fits is the one.
  package enum Classification: Sendable, Equatable {
    /// The disk, the quota of pages or a limit of the file is used up. Nothing was written.
    case diskFull
    /// Reading, writing or syncing failed. On the writer this is final.
    case ioError
    /// The file is damaged or is no database. On the writer this is final.
    case corrupt
    /// Another connection held a lock for longer than the busy timeout.
    case busy
    /// The row broke a rule of the schema; `message` is SQLite's, for example
    /// "UNIQUE constraint failed: orders.order_no".
    case constraint(kind: Constraint, message: String)
    /// A value, a statement or a row passes a limit of `SQLiteLimit`.
    case tooBig
    /// A write through a connection that may not write.
    case readOnly
    /// `InterruptHandle.interrupt` ended the statement.
    case interrupted
    /// The file could not be opened, or its path leads through a symbolic link.
    case cannotOpen
    /// A bug of ours: a statement used out of order, a parameter missing, SQL that does not parse.
    case misuse
    /// A setting reads back differently from what was set.
    case setting(name: String, wanted: String, found: String)
    /// A column holds another type than the one asked for, or there is no row. 0-based column.
    case wrongType(column: Int, wanted: StorageType, found: StorageType)
    /// A text column holds bytes that are not UTF-8. 0-based column.
    case malformedText(column: Int)
    /// A row holds what the program that owns the schema would not have written. Said by that
    /// program, never by SQLite; the rest of the file may be sound.
    case unreadableRow
    /// The file was written by a later version of this program.
    case newerSchema(found: Int32, known: Int32)
    /// The file belongs to another program (`application_id`), or has tables but no owner.
    case foreignFile(found: Int32, own: Int32)
    /// Anything else, for example a search text FTS5 cannot parse, or no memory.
    case other
  }

  /// The extended result code of sqlite3.h, for example 2067 for a broken UNIQUE index.
  package let extendedCode: Int32
  /// What the caller can do about it.
  package let classification: Classification
  /// SQLite's sentence, or ours. Holds no bound value.
  package let message: String
  /// The statement's text with its parameters as `?1`. Empty if no statement was at work.
  package let sql: String

  /// The low byte of `extendedCode`, for example 19 for any constraint.
  package var primaryCode: Int32 { extendedCode & 0xff }

  /// A fault named by its code. `classification` replaces the one the code stands for.
  ///
  /// - Precondition: neither text holds a bound value.
  package init(
    extendedCode: Int32, message: String, sql: String = "",
    classification: Classification? = nil
  ) {
    self.extendedCode = extendedCode
    self.message = message
    self.sql = sql
    self.classification =
      classification ?? SQLiteError.classify(extendedCode, message: message)
  }

  /// The writer must answer nothing as success, end the process and recover by restart.
  ///
  /// True for I/O errors (after a failed sync the kernel may have dropped the page, so a second
  /// sync that succeeds proves nothing), for a damaged file and for a file moved away under us.
  package var isFinalForWriter: Bool {
    switch classification {
    case .ioError, .corrupt: true
    default: extendedCode == SQLITE_READONLY | (4 << 8)
    }
  }

  /// A broken unique index or primary key: the row is already there.
  package var isDuplicate: Bool {
    switch classification {
    case .constraint(.unique, _), .constraint(.primaryKey, _): true
    default: false
    }
  }
}

extension SQLiteError: CustomStringConvertible {
  /// One line for the log; holds no bound value.
  package var description: String {
    let place = sql.isEmpty ? "" : " in: \(sql)"
    return "SQLite \(extendedCode): \(message)\(place)"
  }
}

extension SQLiteError {
  static func misuse(_ message: String, sql: String = "") -> SQLiteError {
    SQLiteError(extendedCode: SQLITE_MISUSE, message: message, sql: sql, classification: .misuse)
  }

  private static func classify(_ code: Int32, message: String) -> Classification {
    switch code & 0xff {
    case SQLITE_FULL: .diskFull
    case SQLITE_IOERR: .ioError
    case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    case SQLITE_CONSTRAINT: .constraint(kind: constraint(code), message: message)
    case SQLITE_TOOBIG: .tooBig
    case SQLITE_READONLY: .readOnly
    case SQLITE_INTERRUPT: .interrupted
    case SQLITE_CANTOPEN: .cannotOpen
    case SQLITE_MISUSE, SQLITE_RANGE: .misuse
    default: .other
    }
  }

  // The extended codes are macros with a shift, which Swift does not import.
  private static func constraint(_ code: Int32) -> Constraint {
    switch code >> 8 {
    case 1: .check
    case 3: .foreignKey
    case 5: .notNull
    case 6, 10: .primaryKey
    case 7: .trigger
    case 8: .unique
    case 12: .dataType
    default: .other
    }
  }
}
