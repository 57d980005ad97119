import JSON
import Wire

/// Makes the `events.item` lines of one subscription: all but the event and its place is fixed.
struct EventItemLine {
  private let head: [UInt8]
  private let middle: [UInt8]

  init(id: RequestID, epoch: String) {
    var writer = JSONWriter()
    id.write(to: &writer)
    head =
      Array("{\"jsonrpc\":\"2.0\",\"method\":\"events.item\",\"params\":{\"id\":".utf8)
      + writer.bytes + Array(",\"event\":".utf8)
    middle = Array(",\"cursor\":\"\(epoch):".utf8)
  }

  /// - Parameter event: one JSON object as it is stored.
  func bytes(_ event: [UInt8], sequence: Int64) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(head.count + event.count + middle.count + 24)
    line += head
    line += event
    line += middle
    line += String(sequence).utf8
    line += "\"}}\n".utf8
    return line
  }
}
