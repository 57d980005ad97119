import Synchronization

/// A read that waits until its connection has taken more of what it was sent.
struct PutOffRead {
  let serial: UInt32
  let read: (Session) -> Void
}

/// Which replies count on their way from a reader to a loop. A short one is not worth a count: all
/// that can be under way together are less than one long one.
enum LongReplies {
  private static let bytesMin = 16_384

  static func counted(_ bytes: Int) -> Int { bytes < bytesMin ? 0 : bytes }
}

/// Replies that nobody takes: their making is put off, so that a connection holds a bounded number
/// of bytes however many requests it has sent.
///
/// A reader looks when it is about to read, because only then is it known what the requests before
/// it have brought.
extension Session {
  /// A reader found that too much waits for this connection.
  func putOff(_ serial: UInt32, _ read: @escaping (Session) -> Void) {
    putOff.append(PutOffRead(serial: serial, read: read))
    // There may be room by now, and then nobody says so any more.
    readPutOff()
  }

  /// Something long came from a reader; from now on it counts where it is queued.
  func arrived(_ bytes: Int) {
    if bytes > 0 { record.madeBytes.subtract(bytes, ordering: .relaxed) }
  }

  /// Reads what was put off, if the peer has taken enough.
  ///
  /// Where it has not, `drained` comes, or a reply that is still on its way.
  func readPutOff() {
    guard !putOff.isEmpty, hasOutputRoom, record.hasRoom(context.limits.untakenBytes) else {
      return
    }
    var due: [PutOffRead] = []
    swap(&due, &putOff)
    for one in due where isInFlight(one.serial) { one.read(self) }
  }
}
