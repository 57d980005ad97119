@preconcurrency import Glibc
import Testing

@testable import Platform

@Suite struct FilesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var path: String { folder.file("file") }

  @Test("a file is replaced as a whole, with its mode, and nothing else is left")
  func atomicWrite() throws {
    try Files.writeAtomically(pattern(100_000), to: path, mode: 0o640)
    let first = try #require(try FileIdentity.ofPath(path))
    #expect(first.mode == 0o640)
    #expect(try Files.read(path, byteCountMax: 100_000) == pattern(100_000))
    try Files.writeAtomically([1, 2, 3], to: path)
    let second = try #require(try FileIdentity.ofPath(path))
    #expect(second.mode == 0o600)
    #expect(!second.isSameFile(as: first))
    #expect(try Files.read(path, byteCountMax: 3) == [1, 2, 3])
    #expect(try Directories.names(in: folder.path) == ["file"])
  }

  @Test("a link at the name is replaced, what it leads to is not touched")
  func atomicWriteOverLink() throws {
    let target = folder.file("target")
    try Files.writeAtomically([1], to: target)
    #expect(symlink(target, path) == 0)
    try Files.writeAtomically([2], to: path)
    #expect(try Files.read(target, byteCountMax: 1) == [1])
    #expect(try FileIdentity.ofPath(path)?.kind == .regularFile)
  }

  @Test("a failed write leaves the old file and no temporary one")
  func failedWrite() throws {
    try Directories.create(path)
    #expect(throws: SystemError.self) { try Files.writeAtomically([1], to: path) }
    #expect(try Directories.names(in: folder.path) == ["file"])
    let error = #expect(throws: SystemError.self) {
      try Files.writeAtomically([1], to: folder.file("none/x"))
    }
    #expect(error?.isMissing == true)
  }

  @Test("a file over the limit is refused, one at the limit is read")
  func limit() throws {
    try Files.writeAtomically(pattern(1_000), to: path)
    #expect(try Files.read(path, byteCountMax: 1_000).count == 1_000)
    #expect(throws: FileFault.tooLarge(path: path, byteCountMax: 999)) {
      try Files.read(path, byteCountMax: 999)
    }
    // Files of /proc say that they are empty.
    #expect(try !Files.read("/proc/self/status", byteCountMax: 100_000).isEmpty)
    #expect(throws: FileFault.tooLarge(path: "/proc/self/status", byteCountMax: 10)) {
      try Files.read("/proc/self/status", byteCountMax: 10)
    }
  }

  @Test("only regular files are read, and a pipe without a writer is not waited for")
  func kinds() throws {
    #expect(throws: FileFault.wrongKind(path: folder.path, found: .directory)) {
      try Files.read(folder.path, byteCountMax: 10)
    }
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: FileFault.wrongKind(path: path, found: .other)) {
      try Files.read(path, byteCountMax: 10)
    }
    do throws(FileFault) {
      _ = try Files.read(folder.file("none"), byteCountMax: 1)
      Issue.record("nothing is there")
    } catch {
      #expect(error.isMissing)
    }
  }

  @Test(
    "a secret that others may read or change is refused with its mode",
    arguments: [0o640, 0o620, 0o604, 0o602, 0o610, 0o644, 0o666] as [UInt32])
  func secrets(mode: UInt32) throws {
    try Files.writeAtomically([9], to: path, mode: mode)
    let fault = FileFault.tooOpen(path: path, mode: mode)
    #expect(throws: fault) { try Files.read(path, byteCountMax: 9, trust: .secret) }
    #expect(fault.description.contains("mode 0\(String(mode, radix: 8))"))
    if mode & 0o022 == 0 {
      #expect(try Files.read(path, byteCountMax: 9, trust: .protected) == [9])
    } else {
      #expect(throws: fault) { try Files.read(path, byteCountMax: 9, trust: .protected) }
    }
    for mode in [0o600, 0o400] as [UInt32] {
      try Files.setMode(path, mode: mode)
      #expect(try Files.read(path, byteCountMax: 9, trust: .secret) == [9])
    }
  }

  @Test("a secret of another user is refused", .enabled(if: geteuid() == 0))
  func foreignSecret() throws {
    try Files.writeAtomically([9], to: path)
    #expect(chown(path, 12_345, gid_t.max) == 0)
    #expect(throws: FileFault.foreignOwner(path: path, ownerUserID: 12_345)) {
      try Files.read(path, byteCountMax: 9, trust: .secret)
    }
    #expect(try Files.read(path, byteCountMax: 9) == [9])
  }

  @Test("a private folder is made with 0700, and one that is open or no folder is refused")
  func privateFolder() throws {
    let directory = folder.file("a/b/c")
    let before = umask(0)
    umask(before)
    #expect(try Directories.ensurePrivate(directory))
    #expect(try !Directories.ensurePrivate(directory))
    #expect(try FileIdentity.ofPath(directory)?.mode == 0o700)
    #expect(try FileIdentity.ofPath(folder.file("a"))?.mode == 0o700)
    for mode in [0o750, 0o701, 0o777, 0o1777] as [UInt32] {
      try Files.setMode(directory, mode: mode)
      #expect(throws: FileFault.tooOpen(path: directory, mode: mode)) {
        try Directories.ensurePrivate(directory)
      }
    }
    try Files.writeAtomically([1], to: path)
    #expect(throws: FileFault.wrongKind(path: path, found: .regularFile)) {
      try Directories.ensurePrivate(path)
    }
  }

  @Test("names come sorted by their bytes, without the folder itself")
  func names() throws {
    for name in ["b", "a", "Z", "é", ".hidden", "10", "9"] {
      try Files.writeAtomically([], to: folder.file(name))
    }
    #expect(
      try Directories.names(in: folder.path) == [".hidden", "10", "9", "Z", "a", "b", "é"])
    #expect(throws: SystemError.self) { try Directories.names(in: folder.file("none")) }
  }

  @Test("removing and renaming say what was there")
  func removeAndRename() throws {
    #expect(try !Files.remove(path))
    try Files.writeAtomically([1], to: path)
    try Directories.create(folder.file("d"))
    try Files.rename(path, to: folder.file("d/moved"))
    #expect(try Files.read(folder.file("d/moved"), byteCountMax: 1) == [1])
    try Files.synchronize(folder.file("d/moved"))
    #expect(throws: SystemError.self) { try Directories.remove(folder.file("d")) }
    #expect(try Files.remove(folder.file("d/moved")))
    #expect(try Directories.remove(folder.file("d")))
    #expect(try !Directories.remove(folder.file("d")))
  }

  @Test("paths are cut as dirname and basename do")
  func paths() {
    #expect(Path.directory(of: "a") == ".")
    #expect(Path.directory(of: "/a") == "/")
    #expect(Path.directory(of: "a/b") == "a")
    #expect(Path.directory(of: "/a/b/c") == "/a/b")
    #expect(Path.name(of: "/a/b/c") == "c")
    #expect(Path.name(of: "c") == "c")
    #expect(Path.join("/", "c") == "/c")
    #expect(Path.join("/a", "c") == "/a/c")
  }

  @Test("a network file system is told by its number, a local one is none")
  func networkFileSystems() throws {
    #expect(Directories.networkFileSystem(ofType: 0x6969) == "nfs")
    #expect(Directories.networkFileSystem(ofType: 0xFE53_4D42) == "smb2")
    // ext4, tmpfs and overlayfs.
    for type in [0xEF53, 0x0102_1994, 0x794C_7630] as [UInt32] {
      #expect(Directories.networkFileSystem(ofType: type) == nil)
    }
    #expect(try Directories.networkFileSystem(at: folder.path) == nil)
  }

  @Test("what the process uses can be read")
  func resources() throws {
    #expect(try Directories.freeByteCount(at: folder.path) > 0)
    #expect(try #require(Resources.residentByteCount()) > 1_000_000)
    #expect(try #require(Resources.threadCount()) > 0)
    #expect(try #require(Resources.openDescriptorCount()) >= 3)
    let limit = try Resources.descriptorLimit()
    #expect(limit.current > 0 && limit.current <= limit.maximum)
  }
}
