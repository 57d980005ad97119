import Crypto
import Domain
import Platform
import Server
import Store
import Synchronization
import Wire

/// Copies of the store in the configured folder, made while writing goes on.
final class Backups: Sendable {
  private let folder: String?
  private let storePath: String
  /// Names of those being made.
  private let underWay = Mutex<Set<String>>([])

  private static let chunkBytes = 1_048_576

  /// - Parameter folder: nil where the configuration names none.
  init(folder: String?, storePath: String) {
    self.folder = folder
    self.storePath = storePath
  }

  /// A consistent copy while writing goes on: copied, reopened, checked, synced, then renamed.
  func make(_ name: String) -> Result<ServerBackupResult, Rejection> {
    guard let folder else {
      return .failure(
        Rejection(
          .backupNotConfigured, "The configuration names no backup folder.",
          hint: "Set backup_dir and restart."))
    }
    guard underWay.withLock({ $0.insert(name).inserted }) else {
      return .failure(
        Rejection(
          .alreadyExists, "A backup \(name) is being made at this moment.", path: "/params/name"))
    }
    defer { underWay.withLock { _ = $0.remove(name) } }
    let target = Path.join(folder, name)
    // No name of a backup begins with a dot, so nobody's finished copy lies there.
    let part = Path.join(folder, ".\(name).part")
    do {
      _ = try Directories.ensurePrivate(folder)
      guard try FileIdentity.ofPath(target) == nil else {
        return .failure(
          Rejection(.alreadyExists, "There is a backup \(name) already.", path: "/params/name"))
      }
      let at = Daemon.now()
      let made = try StoreBackup.make(of: storePath, at: part)
      try Files.synchronize(part)
      try Files.rename(part, to: target)
      try Directories.synchronize(folder)
      let (bytes, digest) = try Self.digest(of: target)
      return .success(
        ServerBackupResult(
          name: name, bytes: bytes, sha256: digest.hex, events: made.events,
          at: at.milliseconds))
    } catch {
      // try?: what is left of a failed copy may be gone already.
      _ = try? Files.remove(part)
      return .failure(Self.failure(error, folder))
    }
  }

  /// Size and digest of a file of any size.
  private static func digest(of path: String) throws -> (bytes: Int64, digest: SHA256Digest) {
    let file = try FileDescriptor.open(path, flags: 0)
    var hasher = SHA256Hasher()
    var count: Int64 = 0
    while true {
      let chunk = try file.read(countMax: chunkBytes, until: .never)
      if chunk.isEmpty { return (count, hasher.finish()) }
      hasher.update(chunk)
      count += Int64(chunk.count)
    }
  }

  /// A backup has no key, so nobody is sent to look one up: it is asked for again.
  private static func failure(_ error: any Error, _ folder: String) -> Rejection {
    guard let fault = error as? StoreError else {
      return Rejection(
        .dbError, "The backup folder \(folder) cannot be used: \(error)", hint: folderHint)
    }
    guard case .damaged(let what) = fault else {
      return Rejection(
        .dbError, "The backup into \(folder) failed: \(fault.text)", hint: folderHint)
    }
    return Rejection(
      .dbError, "The backup into \(folder) failed: \(what)",
      hint: "Look with audit.verify, and keep the backups made before.")
  }

  private static let folderHint = """
    Let backup_dir be a folder of tilld's own user with mode 0700 and enough room, and ask again. \
    A service of systemd may write only where its unit says: add the folder with \
    ReadWritePaths= in systemctl edit tilld.
    """
}
