import Crypto
import Domain
import Store

/// What the engine knows of bills beside the database.
struct BillDesk {
  /// One bill of one gateway.
  struct Key: Hashable {
    let gateway: String
    let name: BillName
  }

  /// All bills of a kind of a gateway.
  struct Series: Hashable {
    let gateway: String
    let kind: BillKind
  }

  /// A file that came and is being written, a piece at a time.
  struct Keeping {
    let task: CallID
    let key: Key
    let bytes: [UInt8]
    /// Of what is written.
    let digest = RunningDigest()
    var upload: UploadRow
  }

  /// From which day on bills are of interest, by gateway; none before its first payment.
  var firstDays: [String: CivilDay] = [:]
  /// Up to this day each one has a row; none before the first look of this process.
  var newestDays: [Series: CivilDay] = [:]
  /// Tasks that the shell is at.
  var running: [CallID: Key] = [:]
  /// The first one is being written; its task is among those that run.
  var keepings: [Keeping] = []
  /// Nothing is to be done before this; nil while nothing waits.
  var lookAt: Timestamp?

  /// One at a time for each gateway: a bill is no reason to crowd out payments.
  func isBusy(_ gateway: String) -> Bool {
    running.values.contains { $0.gateway.utf8.elementsEqual(gateway.utf8) }
  }

  mutating func look(at moment: Timestamp?) {
    guard let moment else { return }
    lookAt = lookAt.map { min($0, moment) } ?? moment
  }
}

/// A SHA-256 that grows with a file.
final class RunningDigest {
  private var hasher = SHA256Hasher()

  func add(_ bytes: [UInt8]) { hasher.update(bytes) }

  func finish() -> SHA256Digest { hasher.finish() }
}
