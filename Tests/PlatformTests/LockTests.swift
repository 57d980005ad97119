@preconcurrency import Glibc
import Platform
import Testing

@Suite struct LockTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var path: String { folder.file("lock") }

  private func acquire() throws(LockFault) { _ = try FileLock.acquire(path) }

  @Test("a second lock fails and names the holder; after the first is gone it succeeds")
  func twoLocks() throws {
    let lock = try FileLock.acquire(path)
    #expect(throws: LockFault.held(path: path, holderProcessID: getpid())) { try acquire() }
    #expect(lock.stillOurs() == true)
    lock.release()
    try acquire()
    #expect(try Files.read(path, byteCountMax: 20) == Array("\(getpid())\n".utf8))
    #expect(try FileIdentity.ofPath(path)?.mode == 0o600)
  }

  @Test("a lock left by a dead process is taken over, whatever its file says")
  func leftBehind() throws {
    try Files.writeAtomically(Array("999999999 and more".utf8), to: path)
    try acquire()
    #expect(try Files.read(path, byteCountMax: 20) == Array("\(getpid())\n".utf8))
  }

  @Test("a holder that wrote nothing readable is not made up")
  func unreadableHolder() throws {
    let lock = try FileLock.acquire(path)
    try FileDescriptor.open(path, flags: O_WRONLY | O_TRUNC).write(Array("x".utf8))
    #expect(throws: LockFault.held(path: path, holderProcessID: nil)) { try acquire() }
    #expect(lock.stillOurs() == true)
  }

  @Test("a lock whose file was removed knows it")
  func removed() throws {
    let lock = try FileLock.acquire(path)
    try Files.remove(path)
    #expect(lock.stillOurs() == false)
    try acquire()
    #expect(lock.stillOurs() == false)
  }

  @Test("a link, a folder, a pipe and a socket are no lock files")
  func noLockFile() throws {
    let target = folder.file("target")
    try Files.writeAtomically([], to: target)
    #expect(symlink(target, path) == 0)
    #expect(throws: LockFault.notALockFile(path: path, found: .symbolicLink)) { try acquire() }
    try Files.remove(path)
    try Directories.create(path)
    #expect(throws: LockFault.notALockFile(path: path, found: .directory)) { try acquire() }
    try Directories.remove(path)
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: LockFault.notALockFile(path: path, found: .other)) { try acquire() }
    try Files.remove(path)
    _ = try UnixSocket.listen(at: path)
    #expect(throws: LockFault.notALockFile(path: path, found: .socket)) { try acquire() }
  }

  @Test("a child does not inherit the lock")
  func notInherited() throws {
    let lock = try FileLock.acquire(path)
    // The child outlives the lock and would keep it if it had the descriptor.
    let outcome = try Spawn.run(
      SpawnRequest(
        arguments: ["/bin/sh", "-c", "ls -l /proc/self/fd"], environment: [:],
        timeoutMilliseconds: 30_000))
    #expect(!String(decoding: outcome.standardOutput, as: UTF8.self).contains(path))
    lock.release()
    try acquire()
  }
}
