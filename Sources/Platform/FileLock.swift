@preconcurrency import Glibc

/// Why a lock could not be taken.
package enum LockFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// Another process holds it; nil if it had not yet written its number.
  case held(path: String, holderProcessID: Int32?)
  /// What lies at the path is not a file that we may lock.
  case notALockFile(path: String, found: FileIdentity.Kind)
  case system(SystemError)

  /// A sentence for people.
  package var description: String {
    switch self {
    case .held(let path, let holder):
      holder.map { "\(path) is locked by process \($0)" } ?? "\(path) is locked"
    case .notALockFile(let path, let found): "\(path) is \(found.rawValue), not a lock file"
    case .system(let error): error.description
    }
  }
}

/// An exclusive lock on a file, held until this value ends or the process dies.
///
/// The file stays when the lock goes: removing it would let two processes hold two files of the
/// same name. Its text is the number of the holder and a line feed.
package struct FileLock: ~Copyable, Sendable {
  /// The name of the locked file.
  package let path: String
  private let descriptor: FileDescriptor

  /// Takes the lock without waiting, and writes the number of this process into the file.
  package static func acquire(_ path: String) throws(LockFault) -> FileLock {
    while true {
      let descriptor = try open(path)
      guard try lock(descriptor, path) else {
        throw .held(path: path, holderProcessID: holder(of: descriptor))
      }
      do throws(SystemError) {
        let locked = try FileIdentity.of(descriptor)
        // Somebody may have removed the file between the two calls; then we hold a nameless one.
        guard let named = try FileIdentity.ofPath(path), named.isSameFile(as: locked) else {
          continue
        }
      } catch {
        throw .system(error)
      }
      writeHolder(descriptor)
      return FileLock(path: path, descriptor: descriptor)
    }
  }

  private init(path: String, descriptor: consuming FileDescriptor) {
    self.path = path
    self.descriptor = descriptor
  }

  /// Whether the name still leads to the file that is locked here.
  package borrowing func stillOurs() -> Bool {
    do throws(SystemError) {
      let locked = try FileIdentity.of(descriptor)
      return try FileIdentity.ofPath(path)?.isSameFile(as: locked) ?? false
    } catch {
      return false
    }
  }

  deinit {
    // Unlocked by name and not only closed: a program that is being started has a copy of the
    // descriptor for a moment, and the lock would live as long as that.
    _ = flock(descriptor.number, LOCK_UN)
  }

  /// Gives the lock up before the value ends.
  package consuming func release() {}

  private static func open(_ path: String) throws(LockFault) -> FileDescriptor {
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK
    let number: Int32
    let found: FileIdentity
    do throws(SystemError) {
      let descriptor = try FileDescriptor.open(path, flags: flags, mode: 0o600)
      found = try FileIdentity.of(descriptor)
      number = descriptor.take()
    } catch {
      switch error.errno {
      case ELOOP: throw .notALockFile(path: path, found: .symbolicLink)
      case EISDIR: throw .notALockFile(path: path, found: .directory)
      case ENXIO: throw .notALockFile(path: path, found: .socket)
      default: throw .system(error)
      }
    }
    let descriptor = FileDescriptor(owning: number)
    guard found.kind == .regularFile else {
      throw .notALockFile(path: path, found: found.kind)
    }
    return descriptor
  }

  /// False if somebody else holds the lock.
  private static func lock(_ descriptor: borrowing FileDescriptor, _ path: String)
    throws(LockFault) -> Bool
  {
    let number = descriptor.number
    do throws(SystemError) {
      _ = try retried("flock", path) { flock(number, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      if error.errno == EWOULDBLOCK { return false }
      throw .system(error)
    }
  }

  /// The number is for people only: on a full disk the lock is as good without it.
  private static func writeHolder(_ descriptor: borrowing FileDescriptor) {
    let number = descriptor.number
    let text = Array("\(getpid())\n".utf8)
    _ = ftruncate(number, 0)
    _ = text.withUnsafeBytes { pwrite(number, $0.baseAddress, $0.count, 0) }
  }

  private static func holder(of descriptor: borrowing FileDescriptor) -> Int32? {
    let number = descriptor.number
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = bytes.withUnsafeMutableBytes { pread(number, $0.baseAddress, $0.count, 0) }
    guard count > 0 else { return nil }
    let digits = bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }
    return Int32(String(decoding: digits, as: UTF8.self))
  }
}
