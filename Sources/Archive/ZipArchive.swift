import CZip

/// A zip file held in memory, as gateways send their bills.
///
/// Nothing is written anywhere, no name of an entry is used as a path, and what an entry grows to
/// is limited before it is unpacked.
package final class ZipArchive {
  package struct Entry: Hashable, Sendable {
    /// The place in the archive, from 0.
    package let place: Int
    /// The bytes of the name as they stand there: often GBK, without a mark that says so.
    package let name: [UInt8]
    /// What it unpacks to.
    package let byteCount: Int
  }

  package enum Limit {
    package static let entries = 1_000
    /// Of one entry, unpacked.
    package static let entryBytes = 4 << 30
    package static let chunkBytes = 1 << 20
  }

  private let handle: OpaquePointer
  /// libzip reads from here for as long as the archive is open.
  private let storage: UnsafeMutableRawBufferPointer
  package let entries: [Entry]

  /// - Throws: `damaged` where the bytes are no whole zip file, `tooLarge` beyond the limits.
  package init(_ bytes: [UInt8]) throws(ArchiveError) {
    // libzip takes no bytes at all for a new archive without entries.
    guard !bytes.isEmpty else { throw .damaged("no bytes") }
    // unsafe: a copy that lives until deinit, because libzip keeps the pointer it is given.
    storage = .allocate(byteCount: bytes.count, alignment: 16)
    storage.copyBytes(from: bytes)
    var fault = zip_error_t()
    zip_error_init(&fault)
    defer { zip_error_fini(&fault) }
    let source = zip_source_buffer_create(
      storage.baseAddress, zip_uint64_t(bytes.count), 0, &fault)
    guard let source else {
      storage.deallocate()
      throw .damaged(ArchiveError.text(&fault))
    }
    guard let opened = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &fault) else {
      zip_source_free(source)
      storage.deallocate()
      throw .damaged(ArchiveError.text(&fault))
    }
    do throws(ArchiveError) {
      entries = try Self.list(opened)
    } catch {
      zip_discard(opened)
      storage.deallocate()
      throw error
    }
    handle = opened
  }

  deinit {
    zip_discard(handle)
    storage.deallocate()
  }

  private static func list(_ handle: OpaquePointer) throws(ArchiveError) -> [Entry] {
    let count = zip_get_num_entries(handle, 0)
    guard count >= 0, count <= Limit.entries else { throw .tooLarge }
    var entries: [Entry] = []
    for place in 0..<Int(count) {
      var facts = zip_stat_t()
      guard zip_stat_index(handle, zip_uint64_t(place), zip_flags_t(ZIP_FL_ENC_RAW), &facts) == 0,
        let name = facts.name
      else { throw .damaged("an entry cannot be read") }
      guard facts.size <= UInt64(Limit.entryBytes) else { throw .tooLarge }
      let length = (0...).first { name[$0] == 0 } ?? 0
      let bytes = (0..<length).map { UInt8(bitPattern: name[$0]) }
      entries.append(Entry(place: place, name: bytes, byteCount: Int(facts.size)))
    }
    return entries
  }

  /// Unpacks an entry piece by piece.
  ///
  /// - Throws: `damaged` where the checksum does not agree, `locked` where a password is asked for,
  ///   and whatever `take` throws.
  package func read(
    _ entry: Entry, _ take: (ArraySlice<UInt8>) throws -> Void
  ) throws {
    guard let file = zip_fopen_index(handle, zip_uint64_t(entry.place), 0) else {
      let code = zip_error_code_zip(zip_get_error(handle))
      let isLocked = code == ZIP_ER_NOPASSWD || code == ZIP_ER_WRONGPASSWD
      throw isLocked ? ArchiveError.locked : .damaged("an entry cannot be opened")
    }
    defer { zip_fclose(file) }
    var chunk = [UInt8](repeating: 0, count: Limit.chunkBytes)
    var left = entry.byteCount
    while true {
      let count = chunk.withUnsafeMutableBytes { buffer in
        // unsafe: libzip writes at most the count it is given.
        zip_fread(file, buffer.baseAddress, zip_uint64_t(buffer.count))
      }
      guard count >= 0, count <= left else {
        throw ArchiveError.damaged("an entry does not unpack to what it says")
      }
      if count == 0 { break }
      left -= Int(count)
      try take(chunk[..<Int(count)])
    }
    guard left == 0 else { throw ArchiveError.damaged("an entry is cut short") }
  }
}

package enum ArchiveError: Error, Hashable, Sendable {
  case damaged(String)
  case tooLarge
  case locked

  fileprivate static func text(_ fault: inout zip_error_t) -> String {
    String(cString: zip_error_strerror(&fault))
  }
}
