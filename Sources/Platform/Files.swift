@preconcurrency import Glibc

/// Reading and writing whole files. Blocks: not for `core` and `io`.
package enum Files {
  /// What a file must be before its bytes are believed.
  package enum Trust: Sendable {
    /// Any regular file.
    case anyone
    /// Belongs to this user or root, and only they may change it.
    case protected
    /// Belongs to this user or root, and only the owner may read or change it: keys, tokens.
    case secret
  }

  /// Size of a file in bytes; nil where there is none that can be looked at.
  package static func byteCount(_ path: String) -> Int64? {
    // try?: the caller asks for a size or nothing.
    (try? FileIdentity.ofPath(path))?.map(\.byteCount)
  }

  /// Reads a whole file.
  ///
  /// A symbolic link is followed; what it leads to is checked on the open file, so nothing can
  /// be exchanged between the check and the reading.
  ///
  /// - Parameter byteCountMax: a longer file is refused, not cut.
  package static func read(_ path: String, byteCountMax: Int, trust: Trust = .anyone)
    throws(FileFault) -> [UInt8]
  {
    let descriptor = try FileFault.wrapping { () throws(SystemError) -> FileDescriptor in
      // Non-blocking, so that opening a pipe does not wait for a writer.
      try FileDescriptor.open(path, flags: O_RDONLY | O_NONBLOCK | O_NOCTTY)
    }
    let number = descriptor.number
    let found = try FileFault.wrapping { () throws(SystemError) -> FileIdentity in
      try FileIdentity.ofNumber(number)
    }
    if let refusal = refusal(of: found, path, trust) { throw refusal }
    guard found.byteCount <= byteCountMax else {
      throw .tooLarge(path: path, byteCountMax: byteCountMax)
    }
    return try read(descriptor, path, found.byteCount, byteCountMax)
  }

  private static func refusal(of found: FileIdentity, _ path: String, _ trust: Trust)
    -> FileFault?
  {
    guard found.kind == .regularFile else { return .wrongKind(path: path, found: found.kind) }
    let forbidden: UInt32
    switch trust {
    case .anyone: return nil
    case .protected: forbidden = 0o022
    case .secret: forbidden = 0o077
    }
    guard found.userID == geteuid() || found.userID == 0 else {
      return .foreignOwner(path: path, ownerUserID: found.userID)
    }
    return found.mode & forbidden == 0 ? nil : .tooOpen(path: path, mode: found.mode)
  }

  private static func read(
    _ descriptor: borrowing FileDescriptor, _ path: String, _ expected: Int64,
    _ byteCountMax: Int
  ) throws(FileFault) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(expected))
    // The size may be wrong (0 in /proc) or the file may grow: read to the end, but not further
    // than one byte over the limit.
    while true {
      // Written so that no limit, however large, overflows.
      let wanted = min(65_535, byteCountMax - bytes.count) + 1
      var part = [UInt8](repeating: 0, count: wanted)
      let number = descriptor.number
      let count = try FileFault.wrapping { () throws(SystemError) -> Int in
        try retried("read", path) {
          part.withUnsafeMutableBytes { Glibc.read(number, $0.baseAddress, $0.count) }
        }
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: part[..<count])
      guard bytes.count <= byteCountMax else {
        throw .tooLarge(path: path, byteCountMax: byteCountMax)
      }
    }
  }

  /// Replaces a file as one step: after a power cut it has the old bytes or the new ones.
  ///
  /// Written under a temporary name beside it, made durable, renamed over the name; then the
  /// folder is made durable. A symbolic link at `path` is replaced, not followed.
  ///
  /// - Parameter mode: permission bits of the new file; the umask does not apply.
  package static func writeAtomically(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o600)
    throws(SystemError)
  {
    let directory = Path.directory(of: path)
    let temporary = Path.join(directory, ".\(Path.name(of: path)).\(Entropy.hexadecimal(6))")
    let descriptor = try FileDescriptor.open(
      temporary, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
    do throws(SystemError) {
      try writeAll(bytes, to: descriptor, temporary)
      let number = descriptor.number
      _ = try retried("fchmod", temporary) { fchmod(number, mode_t(mode)) }
      _ = try retried("fsync", temporary) { fsync(number) }
      _ = try retried("rename", path) { Glibc.rename(temporary, path) }
    } catch {
      unlink(temporary)
      throw error
    }
    try Directories.synchronize(directory)
  }

  private static func writeAll(
    _ bytes: [UInt8], to descriptor: borrowing FileDescriptor, _ path: String
  ) throws(SystemError) {
    let number = descriptor.number
    var offset = 0
    while offset < bytes.count {
      offset += try retried("write", path) {
        bytes.withUnsafeBytes {
          Glibc.write(number, $0.baseAddress.map { $0 + offset }, $0.count - offset)
        }
      }
    }
  }

  /// Makes the bytes of a file durable. A failure must not be tried again: the kernel may have
  /// dropped the pages that failed and would call the next attempt a success.
  package static func synchronize(_ path: String) throws(SystemError) {
    let descriptor = try FileDescriptor.open(path, flags: O_RDONLY)
    let number = descriptor.number
    _ = try retried("fsync", path) { fsync(number) }
  }

  /// Renames within one file system, replacing what is there, and makes the folders durable.
  package static func rename(_ path: String, to target: String) throws(SystemError) {
    _ = try retried("rename", target) { Glibc.rename(path, target) }
    let directory = Path.directory(of: target)
    try Directories.synchronize(directory)
    let origin = Path.directory(of: path)
    if origin != directory { try Directories.synchronize(origin) }
  }

  /// Gives a file a second name in the same file system. A name that is taken is an error.
  package static func link(_ path: String, to target: String) throws(SystemError) {
    _ = try retried("link", target) { Glibc.link(path, target) }
  }

  /// Removes a name; false if it was not there.
  @discardableResult
  package static func remove(_ path: String) throws(SystemError) -> Bool {
    do throws(SystemError) {
      _ = try retried("unlink", path) { unlink(path) }
      return true
    } catch {
      if error.isMissing { return false }
      throw error
    }
  }

  /// Sets permission bits.
  package static func setMode(_ path: String, mode: UInt32) throws(SystemError) {
    _ = try retried("chmod", path) { chmod(path, mode_t(mode)) }
  }
}
