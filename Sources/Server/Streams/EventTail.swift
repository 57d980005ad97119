import Dispatch
import Domain
import Platform
import Store
import Synchronization

/// A stretch of the log that was just written, for everybody who listens.
struct TailPage: Sendable {
  struct Item: Sendable {
    let sequence: Int64
    let order: OrderID?
    let type: String
    let line: [UInt8]
  }

  /// It holds everything after this place …
  let after: Int64
  /// … up to this one. Events of one transaction are never parted.
  let last: Int64
  let items: [Item]
}

/// Reads the log once for all who listen to its end, while somebody does.
///
/// A listener that keeps up gets the page from memory; one that does not reads the store by itself.
/// Nothing is queued for anybody.
final class EventTail: Sendable {
  private let queue: DispatchQueue
  private let open: @Sendable () throws -> StoreReader
  private let deliver: @Sendable (TailPage) -> Void
  private let onFault: @Sendable (String) -> Void
  private let place: Confined<Place>
  private let listeners = Mutex(Listening())
  private static let retryMilliseconds = 100

  /// How far the log was read, and with what.
  private struct Place {
    var source: StoreReader?
    var position: Int64 = 0
  }

  private struct Listening {
    var count = 0
    var isAwake = false
    /// Where to begin when the first listener came; nil while it runs.
    var beginning: Int64?
  }

  /// - Parameter deliver: called on the tail's queue.
  init(
    open: @escaping @Sendable () throws -> StoreReader,
    deliver: @escaping @Sendable (TailPage) -> Void,
    onFault: @escaping @Sendable (String) -> Void
  ) {
    queue = Queues.root("tail")
    place = Confined(Place(), on: queue)
    self.open = open
    self.deliver = deliver
    self.onFault = onFault
  }

  /// Somebody listens from now on. Read the store only after this: what is committed later comes
  /// as a page.
  ///
  /// - Parameter published: how far the log had grown, as far as we know.
  func enter(published: Int64) {
    listeners.withLock { state in
      state.count += 1
      if state.count == 1 { state.beginning = published }
    }
  }

  func leave() {
    listeners.withLock { state in
      state.count -= 1
      precondition(state.count >= 0, "a listener leaves once")
    }
  }

  /// The log has grown.
  func published() {
    wake()
  }

  private func wake() {
    let mustWake = listeners.withLock { state in
      guard state.count > 0, !state.isAwake else { return false }
      state.isAwake = true
      return true
    }
    if mustWake { place.enter { self.read(&$0) } }
  }

  private func read(_ place: inout Place) {
    let beginning = listeners.withLock { state in
      state.isAwake = false
      defer { state.beginning = nil }
      return state.beginning
    }
    if let beginning { place.position = beginning }
    do {
      let reader = try place.source ?? open()
      place.source = reader
      var isAtEnd = false
      while !isAtEnd {
        let page = try reader.events(
          after: place.position, EventFilter(), limit: .max, bytesMax: Limits.eventChunkBytes,
          scanMax: .max, keepsTransactions: true)
        isAtEnd = page.isAtEnd
        guard page.scannedTo > place.position else { return }
        let items = page.items.map { item in
          let head = EventHead(item.line)
          return TailPage.Item(
            sequence: item.sequence, order: head.order, type: head.type, line: item.line)
        }
        deliver(TailPage(after: place.position, last: page.scannedTo, items: items))
        place.position = page.scannedTo
      }
    } catch {
      onFault("the event log could not be read: \(error)")
      // Nobody may be left waiting for events that are there.
      queue.asyncAfter(deadline: .now() + .milliseconds(Self.retryMilliseconds)) { self.wake() }
    }
  }
}

/// The first members of an event's line, which this program wrote in a fixed order.
struct EventHead {
  let type: String
  let order: OrderID?

  /// - Parameter line: `{"id":"…","seq":…,"tx":…,"type":"…","at":…,"order":"…"…`.
  init(_ line: [UInt8]) {
    type = EventHead.text(after: "\"type\":\"", in: line) ?? ""
    order = EventHead.order(in: line)
  }

  private static func order(in line: [UInt8]) -> OrderID? {
    // Members before it hold no text of a caller, so the first place found is the member.
    guard let at = place(after: "\"at\":", in: line) else { return nil }
    var index = at
    while index < line.count, (48...57).contains(line[index]) { index += 1 }
    let key = Array(",\"order\":\"".utf8)
    guard line[index...].starts(with: key) else { return nil }
    let start = index + key.count
    guard let end = line[start...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
    return OrderID(text: String(decoding: line[start..<end], as: UTF8.self))
  }

  private static func text(after key: StaticString, in line: [UInt8]) -> String? {
    guard let start = place(after: key, in: line),
      let end = line[start...].firstIndex(of: UInt8(ascii: "\""))
    else { return nil }
    return String(decoding: line[start..<end], as: UTF8.self)
  }

  private static func place(after key: StaticString, in line: [UInt8]) -> Int? {
    let count = key.utf8CodeUnitCount
    guard line.count > count else { return nil }
    for start in 0..<(line.count - count) {
      var index = 0
      while index < count, line[start + index] == key.utf8Start[index] { index += 1 }
      if index == count { return start + count }
    }
    return nil
  }
}

extension EventFilter {
  /// Whether an event at the end of the log is wanted. Who owns its order is not known here.
  func wants(_ item: TailPage.Item) -> Bool {
    if let order, item.order != order { return false }
    if types.isEmpty { return true }
    for pattern in types {
      if pattern.utf8.last == UInt8(ascii: "*") {
        if item.type.utf8.starts(with: pattern.utf8.dropLast()) { return true }
      } else if pattern.utf8.elementsEqual(item.type.utf8) {
        return true
      }
    }
    return false
  }
}
