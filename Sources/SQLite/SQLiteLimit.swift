import CSQLite

/// The limits every connection sets. Passing one is a fault `.tooBig` or `.misuse`, never a
/// truncation.
package enum SQLiteLimit {
  /// Largest value and largest row, in bytes.
  package static let valueBytesMax = 16 * 1024 * 1024
  /// Longest text given to `prepare` or `execute`, in bytes.
  package static let sqlBytesMax = 256 * 1024
  /// Most parameters of one statement.
  package static let parametersMax = 128
  /// Most columns of a table or a result.
  package static let columnsMax = 256
  /// Most terms of a UNION.
  package static let compoundSelectMax = 50
  /// Deepest expression.
  package static let expressionDepthMax = 200
  /// Deepest chain of triggers.
  package static let triggerDepthMax = 16
  /// Longest pattern of LIKE, in bytes.
  package static let likePatternBytesMax = 1024
  /// Attached databases: none, because nothing in the daemon spans two files in one transaction.
  package static let attachedMax = 0

  /// The log file is cut back to this size when it starts over, in bytes.
  package static let logBytesKept = 64 * 1024 * 1024
  /// Longest wait of a due checkpoint for readers that keep the log from starting over.
  package static let checkpointWaitMilliseconds = 50

  static var all: [(code: Int32, name: String, value: Int)] {
    [
      (SQLITE_LIMIT_LENGTH, "value bytes", valueBytesMax),
      (SQLITE_LIMIT_SQL_LENGTH, "SQL bytes", sqlBytesMax),
      (SQLITE_LIMIT_VARIABLE_NUMBER, "parameters", parametersMax),
      (SQLITE_LIMIT_COLUMN, "columns", columnsMax),
      (SQLITE_LIMIT_COMPOUND_SELECT, "compound select", compoundSelectMax),
      (SQLITE_LIMIT_EXPR_DEPTH, "expression depth", expressionDepthMax),
      (SQLITE_LIMIT_TRIGGER_DEPTH, "trigger depth", triggerDepthMax),
      (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, "LIKE pattern bytes", likePatternBytesMax),
      (SQLITE_LIMIT_ATTACHED, "attached databases", attachedMax),
      (SQLITE_LIMIT_WORKER_THREADS, "worker threads", 0),
    ]
  }
}
