import Crypto
import Domain
import Platform
import Server
import Store

/// The daemon's own folder: nobody else may look into it, and one daemon works in it.
enum StateFolder {
  /// What a first look at the database says.
  struct Opening: Sendable {
    let epoch: String
    let sequence: Int64
  }

  static func prepare(_ path: String) throws(StartFault) {
    do throws(FileFault) {
      _ = try Directories.ensurePrivate(path)
    } catch {
      guard case .foreignOwner(_, let owner) = error else { throw StartFault("\(path): \(error)") }
      throw foreign("\(path): \(error)", owner: owner)
    }
  }

  /// What another user made there, the daemon could not read.
  private static func foreign(_ found: String, owner: UInt32) -> StartFault {
    // try?: a user without a name has a number.
    let name = (try? Accounts.userName(of: owner)).flatMap(\.self) ?? "#\(owner)"
    return StartFault(
      """
      \(found), and you are user \(CurrentProcess.userID). Work on it as its owner: \
      sudo -u \(name) tilld …
      """)
  }

  /// Refuses to make a folder of root's within one of another user, whose daemon it would be.
  static func requireOwnPlace(of path: String) throws(StartFault) {
    guard CurrentProcess.userID == 0 else { return }
    var place = path
    var owner: UInt32?
    do throws(SystemError) {
      owner = try FileIdentity.ofPath(place)?.userID
      guard owner == nil else { return }
      while owner == nil, place != "/" {
        place = Path.directory(of: place)
        owner = try FileIdentity.ofPath(place)?.userID
      }
    } catch { throw StartFault("\(error)") }
    guard let owner, owner != 0 else { return }
    throw foreign("\(path) is not there, and \(place) belongs to user \(owner)", owner: owner)
  }

  static func open(_ path: String) throws(StartFault) -> FileLock {
    do throws(LockFault) {
      return try FileLock.acquire(Path.join(path, "lock"))
    } catch {
      throw StartFault(error, hint: "Is another tilld running?")
    }
  }

  /// Makes or upgrades the database and reads where its log stands.
  static func firstLook(_ path: String, _ seal: PersonalSeal) throws(StartFault) -> Opening {
    do throws(StoreError) {
      let store = try StoreWriter(path: path, newEpoch: Hex.encode(Entropy.bytes(3)), seal: seal)
      let opening = Opening(epoch: store.epoch, sequence: store.lastSequence)
      try store.finish()
      return opening
    } catch {
      guard case .sealed = error else { throw StartFault("\(path): \(error.text)") }
      throw StartFault("\(path): \(error.text). \(PersonalKey.wayOut)")
    }
  }
}

extension StartFault {
  /// Somebody else's lock is worth another try; a disk that fails is not.
  fileprivate init(_ fault: LockFault, hint: String) {
    switch fault {
    case .held: self.init("\(fault). \(hint)", status: 10)
    case .notALockFile, .system: self.init("\(fault)")
    }
  }
}

/// Locks beside the sockets, taken before a socket is replaced.
final class SocketLocks: Sendable {
  private let first: FileLock
  private let rest: SocketLocks?

  private init(_ first: consuming FileLock, _ rest: SocketLocks?) {
    self.first = first
    self.rest = rest
  }

  static func acquire(_ listeners: [ListenerConfiguration]) throws(StartFault) -> SocketLocks {
    var chain: SocketLocks?
    for listener in listeners {
      if let mode = listener.options.directoryMode {
        do throws(SystemError) {
          try Directories.create(Path.directory(of: listener.path), mode: mode)
        } catch {
          // try?: what cannot be looked at is not there for us either.
          let found = (try? FileIdentity.ofPath(Path.directory(of: listener.path)))?.kind
          guard found == .directory else { throw StartFault("\(error)") }
        }
      }
      do throws(LockFault) {
        chain = SocketLocks(try FileLock.acquire(listener.path + ".lock"), chain)
      } catch {
        throw StartFault(error, hint: "Is another tilld listening there?")
      }
    }
    guard let chain else { throw StartFault("There is no socket to listen on.") }
    return chain
  }
}
