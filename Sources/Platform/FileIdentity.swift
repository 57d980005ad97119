@preconcurrency import Glibc

/// What the file system says about one name, without following a symbolic link.
package struct FileIdentity: Equatable, Sendable {
  /// What lies under a name; the text fits behind "is".
  package enum Kind: String, Sendable {
    case regularFile = "a regular file"
    case directory = "a directory"
    case symbolicLink = "a symbolic link"
    case socket = "a socket"
    case other = "something else"
  }

  /// What it is.
  package let kind: Kind
  /// With `inode`, names a file while it exists.
  package let device: UInt64
  /// With `device`, names a file while it exists.
  package let inode: UInt64
  /// The owner.
  package let userID: UInt32
  /// The group.
  package let groupID: UInt32
  /// Permission bits with set-id and sticky bits: `0o1777`.
  package let mode: UInt32
  /// The size; 0 for most of what is no regular file.
  package let byteCount: Int64

  /// The same file, whatever its name is now.
  package func isSameFile(as other: FileIdentity) -> Bool {
    device == other.device && inode == other.inode
  }

  /// Reads the identity of a name; nil if nothing is there.
  package static func ofPath(_ path: String) throws(SystemError) -> FileIdentity? {
    var raw = stat()
    do throws(SystemError) {
      _ = try retried("lstat", path) { lstat(path, &raw) }
    } catch {
      if error.errno == ENOENT { return nil }
      throw error
    }
    return FileIdentity(raw)
  }

  /// Reads the identity of an open file.
  package static func of(_ descriptor: borrowing FileDescriptor) throws(SystemError)
    -> FileIdentity
  {
    try ofNumber(descriptor.number)
  }

  static func ofNumber(_ number: Int32) throws(SystemError) -> FileIdentity {
    var raw = stat()
    _ = try retried("fstat") { fstat(number, &raw) }
    return FileIdentity(raw)
  }

  private init(_ raw: stat) {
    switch raw.st_mode & S_IFMT {
    case S_IFREG: kind = .regularFile
    case S_IFDIR: kind = .directory
    case S_IFLNK: kind = .symbolicLink
    case S_IFSOCK: kind = .socket
    default: kind = .other
    }
    device = UInt64(raw.st_dev)
    inode = UInt64(raw.st_ino)
    userID = raw.st_uid
    groupID = raw.st_gid
    mode = UInt32(raw.st_mode) & 0o7777
    byteCount = Int64(raw.st_size)
  }
}

/// Paths as text, as `dirname` and `basename` cut them.
package enum Path {
  /// The folder a name lies in: `.` for a bare name, `/` for a name in the root.
  package static func directory(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  package static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// `name` in the folder `directory`.
  package static func join(_ directory: String, _ name: String) -> String {
    directory.utf8.last == UInt8(ascii: "/") ? directory + name : "\(directory)/\(name)"
  }
}
