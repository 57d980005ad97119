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

  private let lane = WorkQueue("log", limit: 1, waitingCountMax: 10_000)
  private let droppedCount = Atomic<Int>(0)

  func write(_ level: Level, _ text: String) {
    var writer = JSONWriter(capacity: 160)
    writer.beginObject()
    writer.member("at", SystemClock.wallMilliseconds())
    writer.member("level", level.rawValue)
    writer.member("message", text)
    writer.endObject()
    write(line: writer.bytes)
  }

  func info(_ text: String) { write(.info, text) }
  func warning(_ text: String) { write(.warning, text) }
  func error(_ text: String) { write(.error, text) }

  /// A finished line without its end.
  func write(line: [UInt8]) {
    let bytes = line + [0x0A]
    let isTaken = lane.submit { [self] in
      _ = Terminal.write(bytes, to: Terminal.standardError)
      tellDropped()
    }
    if !isTaken { droppedCount.add(1, ordering: .relaxed) }
  }

  /// Lines lost so far; shown in the metrics.
  var dropped: Int { droppedCount.load(ordering: .relaxed) }

  private func tellDropped() {
    let count = droppedCount.exchange(0, ordering: .relaxed)
    guard count > 0 else { return }
    let text = "{\"level\":\"warning\",\"message\":\"\(count) log lines were dropped\"}\n"
    _ = Terminal.write(Array(text.utf8), to: Terminal.standardError)
  }
}
