@preconcurrency import Glibc

/// Setting up a listening socket at a path.
package enum UnixSocket {
  /// The longest path of a socket, in bytes.
  package static let pathByteCountMax = SocketAddress.pathByteCountMax

  /// Listens at `path`, with its mode and group right from the first moment.
  ///
  /// The socket is bound under a temporary name beside it, given mode and group, made to listen
  /// and then renamed over the name: at every moment the name leads to the old socket or to the
  /// finished new one. A socket of this user is replaced without asking who listens, because a
  /// probe would wake a daemon that is starting: hold `<path>.lock` first.
  package static func listen(at path: String, options: ListenOptions = ListenOptions())
    throws(ListenFault) -> ListeningSocket
  {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .pathEmpty }
    guard path.utf8.count <= pathByteCountMax else {
      throw .pathTooLong(
        path: path, byteCount: path.utf8.count, byteCountMax: pathByteCountMax)
    }
    let directory = Path.directory(of: path)
    try checkDirectory(directory, modeIfMissing: options.directoryMode)
    try checkReplaceable(path)
    do throws(SystemError) {
      return try bindAndRename(path, directory: directory, options: options)
    } catch {
      throw .system(error)
    }
  }

  /// Refuses a folder in which others could put their socket in place of ours.
  private static func checkDirectory(_ path: String, modeIfMissing: UInt32?)
    throws(ListenFault)
  {
    let found: FileIdentity
    let network: String?
    do throws(SystemError) {
      if let modeIfMissing { try Directories.create(path, mode: modeIfMissing) }
      let directory = try FileDescriptor.open(path, flags: O_RDONLY | O_DIRECTORY)
      found = try FileIdentity.of(directory)
      network = try Directories.networkFileSystem(at: path)
    } catch {
      if error.errno == ENOENT { throw .directoryRefused(path: path, reason: "does not exist") }
      if error.errno == ENOTDIR { throw .directoryRefused(path: path, reason: "is no folder") }
      throw .system(error)
    }
    if let network {
      throw .directoryRefused(path: path, reason: "lies on a network file system (\(network))")
    }
    let isSticky = found.mode & 0o1000 != 0
    guard isSticky || found.mode & 0o002 == 0 else {
      throw .directoryRefused(path: path, reason: "may be written by everybody")
    }
    guard found.userID == geteuid() || found.userID == 0 else {
      throw .directoryRefused(path: path, reason: "belongs to user \(found.userID)")
    }
  }

  private static func checkReplaceable(_ path: String) throws(ListenFault) {
    let found: FileIdentity?
    do throws(SystemError) {
      found = try FileIdentity.ofPath(path)
    } catch {
      throw .system(error)
    }
    guard let found else { return }
    guard found.kind == .socket, found.userID == geteuid() else {
      throw .occupied(path: path, found: found.kind, ownerUserID: found.userID)
    }
  }

  private static func bindAndRename(_ path: String, directory: String, options: ListenOptions)
    throws(SystemError) -> ListeningSocket
  {
    let temporary = temporaryName(for: path, in: directory)
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = FileDescriptor(owning: try checked("socket") { socket(AF_UNIX, type, 0) })
    try bind(descriptor, temporary, in: directory)
    do throws(SystemError) {
      if let groupID = options.groupID {
        _ = try retried("chown", temporary) { lchown(temporary, uid_t.max, gid_t(groupID)) }
      }
      _ = try retried("chmod", temporary) { chmod(temporary, mode_t(options.mode)) }
      _ = try retried("listen", temporary) { Glibc.listen(descriptor.number, options.backlog) }
      let identity = try FileIdentity.ofPath(temporary)
      _ = try retried("rename", path) { rename(temporary, path) }
      return ListeningSocket(descriptor: descriptor, path: path, identity: identity)
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// A name beside `path`. The true name stays readable in it where it fits, because `ss` shows
  /// the name a socket was bound to.
  private static func temporaryName(for path: String, in directory: String) -> String {
    let unique = ".\(Entropy.hexadecimal(3))"
    let readable = path + unique
    return readable.utf8.count <= pathByteCountMax ? readable : Path.join(directory, unique)
  }

  /// Binds to a name that may be longer than an address: then through the folder's descriptor.
  private static func bind(
    _ descriptor: borrowing FileDescriptor, _ path: String, in directory: String
  ) throws(SystemError) {
    let number = descriptor.number
    if let address = SocketAddress(path: path) {
      _ = try checked("bind", path) { address.withRaw { Glibc.bind(number, $0, $1) } }
      return
    }
    let folder = try FileDescriptor.open(directory, flags: O_RDONLY | O_DIRECTORY)
    let short = "/proc/self/fd/\(folder.number)/\(Path.name(of: path))"
    guard let address = SocketAddress(path: short) else {
      throw SystemError(call: "bind", errno: ENAMETOOLONG, subject: path)
    }
    _ = try checked("bind", path) { address.withRaw { Glibc.bind(number, $0, $1) } }
  }
}
