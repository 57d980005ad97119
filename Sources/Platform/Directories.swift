@preconcurrency import Glibc

/// Folders. Blocks: not for `core` and `io`.
package enum Directories {
  /// Makes a folder and the missing ones above it; one that exists is left as it is.
  ///
  /// - Parameter mode: permission bits of each folder made; the umask does not apply.
  package static func create(_ path: String, mode: UInt32 = 0o700) throws(SystemError) {
    if mkdir(path, mode_t(mode)) == 0 {
      _ = try retried("chmod", path) { chmod(path, mode_t(mode)) }
      return
    }
    let code = errno
    switch code {
    case EEXIST: return
    case ENOENT:
      let above = Path.directory(of: path)
      guard above != path, above != "." else {
        throw SystemError(call: "mkdir", errno: code, subject: path)
      }
      try create(above, mode: mode)
      _ = try checked("mkdir", path) { mkdir(path, mode_t(mode)) }
      _ = try retried("chmod", path) { chmod(path, mode_t(mode)) }
    default: throw SystemError(call: "mkdir", errno: code, subject: path)
    }
  }

  /// Makes a folder for this user alone, or checks that the one there is: belongs to us, and
  /// nobody else may look into it.
  ///
  /// - Returns: whether it was made now.
  @discardableResult
  package static func ensurePrivate(_ path: String) throws(FileFault) -> Bool {
    var isNew = false
    let found = try FileFault.wrapping { () throws(SystemError) -> FileIdentity in
      isNew = try FileIdentity.ofPath(path) == nil
      if isNew { try create(path, mode: 0o700) }
      return try FileIdentity.of(try FileDescriptor.open(path, flags: O_RDONLY | O_NONBLOCK))
    }
    guard found.kind == .directory else { throw .wrongKind(path: path, found: found.kind) }
    guard found.userID == geteuid() else {
      throw .foreignOwner(path: path, ownerUserID: found.userID)
    }
    guard found.mode & 0o077 == 0 else { throw .tooOpen(path: path, mode: found.mode) }
    return isNew
  }

  /// The names in a folder without `.` and `..`, sorted by their bytes.
  package static func names(in path: String) throws(SystemError) -> [String] {
    guard let stream = opendir(path) else {
      let code = errno
      throw SystemError(call: "opendir", errno: code, subject: path)
    }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      Glibc.errno = 0
      guard let entry = readdir(stream) else {
        let code = errno
        if code != 0 { throw SystemError(call: "readdir", errno: code, subject: path) }
        break
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != [0x2E] && name != [0x2E, 0x2E] { names.append(name) }
    }
    names.sort { $0.lexicographicallyPrecedes($1) }
    return names.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Makes the names in a folder durable: what was created, renamed or removed there.
  package static func synchronize(_ path: String) throws(SystemError) {
    let descriptor = try FileDescriptor.open(path, flags: O_RDONLY | O_DIRECTORY)
    let number = descriptor.number
    _ = try retried("fsync", path) { fsync(number) }
  }

  /// Removes an empty folder; false if it was not there.
  @discardableResult
  package static func remove(_ path: String) throws(SystemError) -> Bool {
    do throws(SystemError) {
      _ = try retried("rmdir", path) { rmdir(path) }
      return true
    } catch {
      if error.isMissing { return false }
      throw error
    }
  }

  /// The name of the network file system a path lies on; nil for a local one.
  ///
  /// Locks, sockets and databases must not lie on one: other machines do not see the locks.
  /// Source: the magic numbers of statfs(2).
  package static func networkFileSystem(at path: String) throws(SystemError) -> String? {
    // `struct statfs` has 120 bytes and begins with its type, a word.
    var raw = [Int](repeating: 0, count: 32)
    _ = try retried("statfs", path) { raw.withUnsafeMutableBytes { statfs(path, $0.baseAddress) } }
    return networkFileSystem(ofType: UInt32(truncatingIfNeeded: raw[0]))
  }

  static func networkFileSystem(ofType type: UInt32) -> String? {
    switch type {
    case 0x6969: "nfs"
    case 0x517B: "smb"
    case 0xFE53_4D42: "smb2"
    case 0xFF53_4D42: "cifs"
    case 0x5346_414F: "afs"
    case 0x7375_7245: "coda"
    case 0x00C3_6400: "ceph"
    default: nil
    }
  }

  /// Bytes that this user can still write to the file system of a path.
  package static func freeByteCount(at path: String) throws(SystemError) -> Int64 {
    var raw = statvfs()
    _ = try retried("statvfs", path) { statvfs(path, &raw) }
    let product = UInt64(raw.f_bavail).multipliedReportingOverflow(by: UInt64(raw.f_frsize))
    return product.overflow ? .max : Int64(clamping: product.partialValue)
  }
}
