import Domain
import JSON
import Platform
import Synchronization

/// One line of JSON an entry on standard error.
///
/// A reader that stands still must not stop the daemon: lines wait in a bounded line of their own,
/// and what does not fit is dropped and counted.
final class Log: Sendable {
  enum Level: String, Sendable {
    case info
    case warning
    case error
  }

  private let sink = LineSink("log", number: Terminal.standardError, byteCountMax: 2 << 20)
  /// Lines were dropped of which nothing was said yet.
  private let hasDropped = Atomic(false)

  func write(_ level: Level, _ text: String) {
    var writer = JSONWriter(capacity: 160)
    writer.beginObject()
    writer.member("at", SystemClock.wallMilliseconds())
    writer.member("level", level.rawValue)
    writer.member("message", text)
    writer.endObject()
    write(line: writer.line())
  }

  func info(_ text: String) { write(.info, text) }
  func warning(_ text: String) { write(.warning, text) }
  func error(_ text: String) { write(.error, text) }

  /// A finished line with its end.
  func write(line: [UInt8]) {
    guard sink.append(line) else { return hasDropped.store(true, ordering: .relaxed) }
    guard hasDropped.load(ordering: .relaxed), hasDropped.exchange(false, ordering: .relaxed) else {
      return
    }
    // There was room for a line just now, so there is for this one.
    warning("\(sink.takeDroppedCount()) log lines were dropped")
  }
}
