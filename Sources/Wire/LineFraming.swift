import Domain

/// Cuts a byte stream into lines. Knows nothing of sockets or JSON and reads no clock.
///
/// ```text
///                 LF              bytes > sizeMax             LF
///   collecting ──────▶ line   collecting ──────▶ discarding ──────▶ collecting
///                                tooLong             │ bytes > discardMax
///   first bytes are a verb of HTTP ─▶ notHTTP        ▼
///   end() within a line ─▶ truncated            discardTooLong
/// ```
///
/// Feed with `append`, take with `next` until it answers nil, say `end` when the peer has closed
/// its side. How the bytes were cut into chunks never changes what comes out. Each byte is looked
/// at a constant number of times.
package struct LineFraming: Sendable {
  /// What to do next with this connection.
  package enum Action: Equatable, Sendable {
    /// A complete line without its LF and without one CR before it; never empty.
    case line([UInt8])
    /// A line went over the limit; it is being thrown away. Said once a line.
    case tooLong
    /// The peer closed its side within a line. The line must not be executed. Nothing follows.
    case truncated
    /// The line begins like HTTP. Fatal, nothing follows.
    case notHTTP
    /// More of one line was thrown away than anyone should send. Fatal, nothing follows.
    case discardTooLong
  }

  private enum State {
    case collecting
    /// Inside an over-long line of which so many bytes have passed.
    case discarding(size: Int)
    /// A fatal action or the end was delivered.
    case finished
  }

  /// Room kept for the next line when a connection falls silent; more is given back.
  private static let idleCapacity = 8_192

  private let sizeMax: Int
  private let discardMax: Int
  private var state = State.collecting
  private var hasEnded = false
  private var buffer: [UInt8] = []
  /// Where the current line begins in `buffer`.
  private var start = 0
  /// Bytes of `buffer` before this index hold no LF that belongs to the current line.
  private var scanned = 0

  /// Lines that ended so far: delivered, empty or thrown away. A change while `isPartial` stays
  /// true means that the partial line is another one, whose time starts anew.
  package private(set) var linesEndedCount: UInt64 = 0
  /// Empty lines so far. They are ignored, but they count as lines against fairness.
  package private(set) var emptyLinesCount: UInt64 = 0

  /// - Parameters:
  ///   - sizeMax: bytes of a line before its LF, a CR included.
  ///   - discardMax: bytes of one over-long line that may pass before the connection must end.
  package init(
    sizeMax: Int = Limits.lineInBytes, discardMax: Int = Limits.lineDiscardBytes
  ) {
    precondition(sizeMax > 0, "a line must have room for a byte")
    precondition(discardMax >= sizeMax, "what is thrown away begins with a full line")
    self.sizeMax = sizeMax
    self.discardMax = discardMax
  }

  /// True within a line: something came after the last LF. Ask after `next` has answered nil.
  package var isPartial: Bool {
    switch state {
    case .collecting: return start < buffer.count
    case .discarding: return true
    case .finished: return false
    }
  }

  /// Bytes held in memory: the partial line, and lines not taken yet.
  package var partialSize: Int { buffer.count - start }

  /// Takes bytes from the peer. Bytes of an over-long line are not kept.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    var kept = 0..<bytes.count
    switch state {
    case .finished:
      return
    case .discarding(let size) where start == buffer.count:
      let end = bytes.firstLineFeed(in: kept)
      discard(upTo: size + (end ?? bytes.count), isEnded: end != nil)
      kept = end.map { $0 + 1..<bytes.count } ?? bytes.count..<bytes.count
    case .discarding, .collecting:
      break
    }
    if !kept.isEmpty { buffer.append(contentsOf: bytes[kept]) }
  }

  /// Takes bytes from the peer.
  package mutating func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { append($0) }
  }

  /// The peer will send nothing more. `next` answers `truncated` last if a line was open.
  package mutating func end() {
    hasEnded = true
  }

  /// The next thing to do, or nil if more bytes are needed.
  package mutating func next() -> Action? {
    while true {
      switch state {
      case .finished:
        return nil
      case .discarding(let size):
        if size > discardMax { return finish(.discardTooLong) }
        guard start < buffer.count else {
          release()
          return hasEnded ? finish(nil) : nil
        }
        let end = buffer.withUnsafeBytes { $0.firstLineFeed(in: start..<buffer.count) }
        let line = (end ?? buffer.count) - start
        start = end.map { $0 + 1 } ?? buffer.count
        scanned = start
        discard(upTo: size + line, isEnded: end != nil)
      case .collecting:
        if let action = collect() { return action }
        guard start < buffer.count else {
          release()
          return hasEnded ? finish(nil) : nil
        }
        if scanned == buffer.count { return hasEnded ? finish(.truncated) : nil }
      }
    }
  }

  /// Takes one line from the buffer; nil after an empty one or when none is complete.
  private mutating func collect() -> Action? {
    guard start < buffer.count else { return nil }
    if beginsLikeHTTP() { return finish(.notHTTP) }
    let limit = min(buffer.count, start + sizeMax + 1)
    let found = buffer.withUnsafeBytes { $0.firstLineFeed(in: scanned..<limit) }
    guard let end = found else {
      scanned = limit
      guard limit - start > sizeMax else { return nil }
      state = .discarding(size: limit - start)
      start = limit
      return .tooLong
    }
    let line = start..<(end > start && buffer[end - 1] == 0x0D ? end - 1 : end)
    let content = line.isEmpty ? [] : Array(buffer[line])
    advance(past: end)
    if content.isEmpty {
      emptyLinesCount += 1
      return nil
    }
    return .line(content)
  }

  private mutating func advance(past lineFeed: Int) {
    linesEndedCount += 1
    start = lineFeed + 1
    scanned = start
    // Moving the rest is paid for by the bytes that went before it.
    if start >= 4_096, start >= buffer.count - start {
      buffer.removeSubrange(..<start)
      start = 0
      scanned = 0
    }
  }

  private func beginsLikeHTTP() -> Bool {
    // Looked at while the line is short, so each byte is looked at a few times at most.
    guard scanned - start <= HTTPVerb.sizeMax, HTTPVerb.mayBegin(with: buffer[start]) else {
      return false
    }
    return HTTPVerb.begins(buffer[start...])
  }

  /// Notes that so many bytes of an over-long line have passed, its LF perhaps among them.
  private mutating func discard(upTo size: Int, isEnded: Bool) {
    if isEnded, size <= discardMax {
      linesEndedCount += 1
      state = .collecting
    } else {
      state = .discarding(size: size)
    }
  }

  private mutating func finish(_ action: Action?) -> Action? {
    state = .finished
    buffer = []
    start = 0
    scanned = 0
    return action
  }

  /// Empties the buffer and gives back what one large line took.
  private mutating func release() {
    if buffer.capacity > Self.idleCapacity {
      buffer = []
    } else {
      buffer.removeAll(keepingCapacity: true)
    }
    start = 0
    scanned = 0
  }
}
