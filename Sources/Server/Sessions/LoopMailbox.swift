import Engine
import Platform
import Synchronization
import Wire

/// What comes to a loop of sessions from other threads.
///
/// Indirect: it is handed on several times, and a copy of an answer is many counts.
indirect enum LoopMail: Sendable {
  case answer(Answer)
  case finished(FinishedReply)
  case page(TailPage)
  case run(@Sendable (SessionLoop) -> Void)
}

/// A reply that was made elsewhere.
struct FinishedReply: Sendable {
  let session: UInt32
  let serial: UInt32
  let outcome: Result<[UInt8], WireError>

  /// Its bytes, where they count against what its connection has not taken.
  var countedBytes: Int {
    switch outcome {
    case .success(let line): LongReplies.counted(line.count)
    case .failure: 0
    }
  }
}

/// The one way from any thread to the sessions of a loop.
final class LoopMailbox: Sendable {
  /// Which of the server's loops this is.
  let index: Int
  let sockets: SocketLoop
  private let mail = Mutex<[LoopMail]>([])

  init(index: Int, sockets: SocketLoop) {
    self.index = index
    self.sockets = sockets
  }

  /// Hands something in; from any thread.
  func post(_ item: LoopMail) { post(contentsOf: CollectionOfOne(item)) }

  /// - Parameter wakes: false for the loop itself, which takes its mail after what it does.
  func post(contentsOf items: some Collection<LoopMail>, wakes: Bool = true) {
    mail.withLock { $0.append(contentsOf: items) }
    if wakes { sockets.wake() }
  }

  /// What has come since the last time.
  func take() -> [LoopMail] {
    var taken: [LoopMail] = []
    mail.withLock { swap(&taken, &$0) }
    return taken
  }
}
