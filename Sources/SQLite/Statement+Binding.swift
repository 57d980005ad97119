import CSQLite

/// Binding by number, from 1 as in `?1`.
///
/// Text and blobs are copied before the call returns: the caller may change or free its value at
/// once. Up to `BindingStorage.keptBytesMax` bytes go into a buffer the statement reuses, so no
/// memory is allocated; longer values are copied by SQLite.
extension Statement {
  /// Stores INTEGER.
  package func bind(_ value: Int64, at index: Int) throws(SQLiteError) {
    try willBind(at: index)
    try didBind(sqlite3_bind_int64(pointer, Int32(truncatingIfNeeded: index), value), at: index)
  }

  /// Stores INTEGER.
  package func bind(_ value: Int, at index: Int) throws(SQLiteError) {
    try bind(Int64(value), at: index)
  }

  /// Stores 1 or 0.
  package func bind(_ value: Bool, at index: Int) throws(SQLiteError) {
    try bind(value ? 1 as Int64 : 0, at: index)
  }

  /// Stores TEXT. A NUL character inside is kept.
  package func bind(_ value: String, at index: Int) throws(SQLiteError) {
    try willBind(at: index)
    let code = value.utf8.withContiguousStorageIfAvailable { bytes in
      bindTextCode(UnsafeRawBufferPointer(bytes), at: index)
    }
    if let code { return try didBind(code, at: index) }
    let copied = Array(value.utf8)
    try didBind(copied.withUnsafeBytes { bindTextCode($0, at: index) }, at: index)
  }

  /// Stores TEXT that lives as long as the program, without a copy.
  package func bind(_ value: StaticString, at index: Int) throws(SQLiteError) {
    try willBind(at: index)
    guard value.hasPointerRepresentation else {
      return try bind(String(describing: value), at: index)
    }
    let code = csqlite_bind_text_kept(
      pointer, Int32(truncatingIfNeeded: index),
      UnsafeRawPointer(value.utf8Start).assumingMemoryBound(to: CChar.self),
      UInt64(value.utf8CodeUnitCount))
    try didBind(code, at: index)
  }

  /// Stores a BLOB. An empty array is an empty blob, not null.
  package func bind(_ value: [UInt8], at index: Int) throws(SQLiteError) {
    try willBind(at: index)
    try didBind(value.withUnsafeBytes { bindBlobCode($0, at: index) }, at: index)
  }

  /// Stores a BLOB. An empty buffer, even without an address, is an empty blob, not null.
  package func bind(_ value: UnsafeRawBufferPointer, at index: Int) throws(SQLiteError) {
    try willBind(at: index)
    try didBind(bindBlobCode(value, at: index), at: index)
  }

  /// Stores bytes as TEXT.
  ///
  /// - Precondition: they are UTF-8; reading others back as a string is a fault `.malformedText`.
  package func bindText(_ value: UnsafeRawBufferPointer, at index: Int) throws(SQLiteError) {
    try willBind(at: index)
    try didBind(bindTextCode(value, at: index), at: index)
  }

  /// Stores bytes as TEXT, under the same precondition as the other form.
  package func bindText(_ value: [UInt8], at index: Int) throws(SQLiteError) {
    try willBind(at: index)
    try didBind(value.withUnsafeBytes { bindTextCode($0, at: index) }, at: index)
  }

  /// Stores NULL.
  package func bindNull(at index: Int) throws(SQLiteError) {
    try willBind(at: index)
    try didBind(sqlite3_bind_null(pointer, Int32(truncatingIfNeeded: index)), at: index)
  }

  /// Stores INTEGER, or NULL for nil.
  package func bind(_ value: Int64?, at index: Int) throws(SQLiteError) {
    if let value { try bind(value, at: index) } else { try bindNull(at: index) }
  }

  /// Stores INTEGER, or NULL for nil.
  package func bind(_ value: Int?, at index: Int) throws(SQLiteError) {
    if let value { try bind(value, at: index) } else { try bindNull(at: index) }
  }

  /// Stores 1 or 0, or NULL for nil.
  package func bind(_ value: Bool?, at index: Int) throws(SQLiteError) {
    if let value { try bind(value, at: index) } else { try bindNull(at: index) }
  }

  /// Stores TEXT, or NULL for nil.
  package func bind(_ value: String?, at index: Int) throws(SQLiteError) {
    if let value { try bind(value, at: index) } else { try bindNull(at: index) }
  }

  /// Stores a BLOB, or NULL for nil.
  package func bind(_ value: [UInt8]?, at index: Int) throws(SQLiteError) {
    if let value { try bind(value, at: index) } else { try bindNull(at: index) }
  }

  private func bindTextCode(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int32 {
    let (number, size) = (Int32(truncatingIfNeeded: index), UInt64(bytes.count))
    if let kept = storage.keep(bytes, at: index - 1) {
      return csqlite_bind_text_kept(
        pointer, number, kept.assumingMemoryBound(to: CChar.self), size)
    }
    return csqlite_bind_text_copied(
      pointer, number, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), size)
  }

  private func bindBlobCode(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int32 {
    let (number, size) = (Int32(truncatingIfNeeded: index), UInt64(bytes.count))
    if let kept = storage.keep(bytes, at: index - 1) {
      return csqlite_bind_blob_kept(pointer, number, kept, size)
    }
    return csqlite_bind_blob_copied(pointer, number, bytes.baseAddress, size)
  }
}
