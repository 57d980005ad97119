@preconcurrency import Glibc
import Platform
import Testing

@Suite struct UnixSocketTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var path: String { folder.file("tilld.sock") }

  @Test("the socket has its mode whatever the umask, and no other name is left")
  func mode() throws {
    var options = ListenOptions()
    options.mode = 0o666
    options.groupID = getegid()
    let listener = try UnixSocket.listen(at: path, options: options)
    let found = try #require(try FileIdentity.ofPath(path))
    #expect(found.kind == .socket)
    #expect(found.mode == 0o666)
    #expect(found.groupID == getegid())
    #expect(try Directories.names(in: folder.path) == ["tilld.sock"])
    #expect(listener.stillOurs() == true)
    _ = listener.closeAndUnlink()
    #expect(try FileIdentity.ofPath(path) == nil)
  }

  @Test("a socket left behind by a dead daemon is replaced")
  func stale() throws {
    _ = try UnixSocket.listen(at: path)
    #expect(throws: ConnectFault.notListening(path: path)) { try connect(path) }
    let listener = try UnixSocket.listen(at: path)
    #expect(try connect(path))
    #expect(listener.stillOurs() == true)
  }

  @Test("there is always something to connect to while a socket is replaced")
  func replacedWithoutGap() throws {
    let first = try UnixSocket.listen(at: path)
    let second = try UnixSocket.listen(at: path)
    #expect(first.stillOurs() == false)
    #expect(second.stillOurs() == true)
    #expect(try connect(path))
    guard case .drained = first.accept() else {
      Issue.record("the old socket got a connection")
      return
    }
    guard case .accepted = second.accept() else {
      Issue.record("the new socket got no connection")
      return
    }
    #expect(first.closeAndUnlink() == false)
    #expect(try FileIdentity.ofPath(path)?.kind == .socket)
    #expect(second.closeAndUnlink() == true)
    #expect(try FileIdentity.ofPath(path) == nil)
  }

  @Test("a socket whose name was removed or replaced knows it")
  func removed() throws {
    let listener = try UnixSocket.listen(at: path)
    try Files.remove(path)
    #expect(listener.stillOurs() == false)
    try Files.writeAtomically([1], to: path)
    #expect(listener.stillOurs() == false)
    #expect(listener.closeAndUnlink() == false)
    #expect(try Files.read(path, byteCountMax: 10) == [1])
  }

  @Test("a regular file, a folder, a link and a pipe at the path are left alone")
  func occupied() throws {
    try Files.writeAtomically([7], to: path)
    #expect(throws: occupied(.regularFile)) { _ = try UnixSocket.listen(at: path) }
    #expect(try Files.read(path, byteCountMax: 10) == [7])
    try Files.remove(path)

    try Directories.create(path)
    #expect(throws: occupied(.directory)) { _ = try UnixSocket.listen(at: path) }
    try Directories.remove(path)

    let target = folder.file("other.sock")
    let other = try UnixSocket.listen(at: target)
    #expect(symlink(target, path) == 0)
    #expect(throws: occupied(.symbolicLink)) { _ = try UnixSocket.listen(at: path) }
    #expect(other.stillOurs() == true)
    try Files.remove(path)

    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: occupied(.other)) { _ = try UnixSocket.listen(at: path) }
    #expect(try Directories.names(in: folder.path) == ["other.sock", "tilld.sock"])
  }

  @Test("a socket of another user is left alone", .enabled(if: geteuid() == 0))
  func foreign() throws {
    _ = try UnixSocket.listen(at: path)
    #expect(lchown(path, 12_345, gid_t.max) == 0)
    #expect(throws: ListenFault.occupied(path: path, found: .socket, ownerUserID: 12_345)) {
      _ = try UnixSocket.listen(at: path)
    }
  }

  private func occupied(_ kind: FileIdentity.Kind) -> ListenFault {
    .occupied(path: path, found: kind, ownerUserID: geteuid())
  }

  @Test("a path of 107 bytes works and one of 108 is refused with the number")
  func pathLength() throws {
    let room = 107 - folder.path.utf8.count - 1
    let longest = folder.file(String(repeating: "s", count: room))
    let listener = try UnixSocket.listen(at: longest)
    #expect(listener.stillOurs() == true)
    #expect(try connect(longest))
    #expect(try Directories.names(in: folder.path).count == 1)
    let tooLong = longest + "s"
    let fault = ListenFault.pathTooLong(path: tooLong, byteCount: 108, byteCountMax: 107)
    #expect(throws: fault) { _ = try UnixSocket.listen(at: tooLong) }
    #expect(fault.description.contains("108 bytes, at most 107"))
    #expect(throws: ConnectFault.pathTooLong(path: tooLong, byteCount: 108, byteCountMax: 107)) {
      try connect(tooLong)
    }
    #expect(throws: ListenFault.pathEmpty) { _ = try UnixSocket.listen(at: "") }
    #expect(throws: ListenFault.pathEmpty) { _ = try UnixSocket.listen(at: "a\0b") }
  }

  @Test("a name of one letter at the end of a long folder still gets its temporary name")
  func shortNameInLongFolder() throws {
    let room = 107 - folder.path.utf8.count - 3
    let directory = folder.file(String(repeating: "d", count: room))
    try Directories.create(directory)
    let path = Path.join(directory, "s")
    #expect(path.utf8.count == 107)
    let listener = try UnixSocket.listen(at: path)
    #expect(listener.stillOurs() == true)
    #expect(try connect(path))
    #expect(try Directories.names(in: directory) == ["s"])
  }

  @Test("a missing folder is made when asked for, and refused otherwise")
  func missingFolder() throws {
    let path = folder.file("a/b/tilld.sock")
    let directory = folder.file("a/b")
    #expect(throws: ListenFault.directoryRefused(path: directory, reason: "does not exist")) {
      _ = try UnixSocket.listen(at: path)
    }
    var options = ListenOptions()
    options.directoryMode = 0o750
    let listener = try UnixSocket.listen(at: path, options: options)
    #expect(listener.stillOurs() == true)
    #expect(try FileIdentity.ofPath(directory)?.mode == 0o750)
  }

  @Test("a folder that everybody may write is refused unless it is sticky")
  func openFolder() throws {
    try Files.setMode(folder.path, mode: 0o777)
    #expect(
      throws: ListenFault.directoryRefused(
        path: folder.path, reason: "may be written by everybody")
    ) { _ = try UnixSocket.listen(at: path) }
    try Files.setMode(folder.path, mode: 0o1777)
    _ = try UnixSocket.listen(at: path)
    try Files.setMode(folder.path, mode: 0o700)
  }

  @Test("a folder of another user is refused", .enabled(if: geteuid() == 0))
  func foreignFolder() throws {
    #expect(lchown(folder.path, 12_345, gid_t.max) == 0)
    #expect(
      throws: ListenFault.directoryRefused(
        path: folder.path, reason: "belongs to user 12345")
    ) { _ = try UnixSocket.listen(at: path) }
  }

  @Test("connecting tells apart what is missing, dead, no socket and busy")
  func connectFaults() throws {
    #expect(throws: ConnectFault.missing(path: path)) { try connect(path) }
    #expect(throws: ConnectFault.missing(path: path + "/x")) { try connect(path + "/x") }
    try Files.writeAtomically([], to: path)
    #expect(throws: ConnectFault.notASocket(path: path)) { try connect(path) }
    try Files.remove(path)

    var options = ListenOptions()
    options.backlog = 0
    let listener = try UnixSocket.listen(at: path, options: options)
    // A line of length 0 has room for one.
    let waiting = try UnixSocket.connect(to: path)
    #expect(throws: ConnectFault.busy(path: path, milliseconds: 30)) { try connect(path, 30) }
    guard case .accepted = listener.accept() else {
      Issue.record("nobody waits")
      return
    }
    #expect(try connect(path))
    withExtendedLifetime(waiting.number) {}
  }

  @Test("not being permitted is told apart", .enabled(if: geteuid() == 0))
  func connectForbidden() async throws {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let path = folder.file("s")
      var options = ListenOptions()
      options.mode = 0o600
      let listener = try UnixSocket.listen(at: path, options: options)
      try Files.setMode(folder.path, mode: 0o755)
      precondition(seteuid(12_345) == 0)
      do throws(ConnectFault) {
        _ = try UnixSocket.connect(to: path)
        preconditionFailure("the mode must forbid it")
      } catch {
        precondition(error == .forbidden(path: path))
      }
      precondition(seteuid(0) == 0)
      precondition(listener.stillOurs())
      folder.remove()
    }
  }

  @Test("an accepted socket is non-blocking and closed on exec")
  func acceptedFlags() throws {
    let listener = try UnixSocket.listen(at: path)
    let client = try UnixSocket.connect(to: path)
    guard case .accepted(let connection) = listener.accept() else {
      Issue.record("nobody waits")
      return
    }
    #expect(try connection.isNonblocking() == true)
    #expect(fcntl(connection.number, F_GETFD) & FD_CLOEXEC != 0)
    #expect(try client.isNonblocking() == true)
    #expect(fcntl(client.number, F_GETFD) & FD_CLOEXEC != 0)
  }

  @Test("a peer is this process with its user and its groups")
  func peer() throws {
    let listener = try UnixSocket.listen(at: path)
    let client = try UnixSocket.connect(to: path)
    guard case .accepted(let connection) = listener.accept() else {
      Issue.record("nobody waits")
      return
    }
    let peer = try PeerCredentials.of(connection)
    #expect(peer.processID == getpid())
    #expect(peer.userID == geteuid())
    #expect(peer.groupID == getegid())
    #expect(peer.belongs(toGroup: getegid()))
    #expect(!peer.belongs(toGroup: 4_000_000_000))
    var groups = [gid_t](repeating: 0, count: 1_024)
    let count = getgroups(1_024, &groups)
    #expect(peer.supplementaryGroups == groups[..<Int(count)].sorted())
    withExtendedLifetime(client.number) {}
  }

  private func connect(_ path: String, _ timeoutMilliseconds: Int = 1_000)
    throws(ConnectFault) -> Bool
  {
    _ = try UnixSocket.connect(to: path, timeoutMilliseconds: timeoutMilliseconds)
    return true
  }
}
