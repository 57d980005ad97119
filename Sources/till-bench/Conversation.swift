import JSON
import Platform

/// One connection that waits for each answer: for preparing, and for one client's round trips.
final class Conversation {
  private let descriptor: FileDescriptor
  private var received: [UInt8] = []
  private var nextID: Int64 = 1
  private static let timeoutMilliseconds = 120_000

  init(_ socketPath: String) throws {
    descriptor = try UnixSocket.connect(to: socketPath)
  }

  /// The process that listens at the other end.
  func daemonID() throws -> Int32 { try PeerCredentials.of(descriptor).processID }

  /// For waiting on many conversations at once.
  var readiness: Readiness { .reading(descriptor.number) }

  func send(_ line: [UInt8]) throws {
    try descriptor.write(line, until: Deadline(afterMilliseconds: Self.timeoutMilliseconds))
  }

  /// The next line without its end, waiting for it.
  func line() throws -> [UInt8] {
    let deadline = Deadline(afterMilliseconds: Self.timeoutMilliseconds)
    while true {
      if let line = lineThere() { return line }
      try receive(until: deadline)
    }
  }

  /// The next line if it came already.
  func lineThere() -> [UInt8]? {
    guard let end = received.firstIndex(of: 0x0A) else { return nil }
    let line = Array(received[..<end])
    received.removeFirst(end + 1)
    return line
  }

  /// Takes what has come; waits for something.
  func receive(until deadline: Deadline) throws {
    let bytes = try descriptor.read(countMax: 16_384, until: deadline)
    if bytes.isEmpty { throw BenchFault("the daemon closed the connection") }
    received += bytes
  }

  /// Sends one prepared line and waits for its reply, unread.
  func exchange(_ request: [UInt8]) throws {
    try send(request)
    while true {
      let line = try line()
      switch line.withUnsafeBytes({ LineHead($0) }) {
      case .result: return
      case .error: throw BenchFault("refused: \(String(decoding: line, as: UTF8.self))")
      case .event, .other: continue
      }
    }
  }

  /// Sends a request and returns its id.
  @discardableResult
  func start(_ method: String, _ params: JSONObject = JSONObject()) throws -> Int64 {
    let id = nextID
    nextID += 1
    let request = JSONObject([
      ("id", .integer(id)), ("method", .string(method)), ("params", .object(params)),
    ])
    try send(JSONValue.object(request).bytes() + [0x0A])
    return id
  }

  /// Asks and returns the result.
  func ask(_ method: String, _ params: JSONObject = JSONObject()) throws -> JSONValue {
    let id = try start(method, params)
    while true {
      let line = try line()
      let message = try JSONReader.read(line, profile: .document)
      guard message["id"]?.integerValue == id else { continue }
      if let result = message["result"] { return result }
      throw BenchFault("\(method): \(String(decoding: line, as: UTF8.self))")
    }
  }
}
