import Foundation
package import JSON
import Testing

/// A client of a test: a plain socket, lines in and out, a limit on every wait.
final class LineClient: @unchecked Sendable {
  // @unchecked: one test uses it, from one thread at a time.

  enum End: Error {
    case closed
    case noLine
  }

  private(set) var number: Int32
  private var buffer: [UInt8] = []
  private var waiting: [JSONObject] = []
  private var lastID: Int64 = 0
  /// The line the daemon began with: a greeting, or a goodbye.
  private(set) var first = JSONObject()

  /// Connects and takes the first line, be it a greeting or a goodbye.
  init(_ path: String, receiveBuffer: Int32? = nil) throws {
    number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    if var receiveBuffer {
      setsockopt(number, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let number = number
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(number, $0, size) }
    }
    guard result == 0 else { throw End.closed }
    first = try nextLine()
  }

  deinit { if number >= 0 { close(number) } }

  func disconnect() {
    if number >= 0 { close(number) }
    number = -1
  }

  func halfClose() { shutdown(number, Int32(SHUT_WR)) }

  func send(raw text: String) { send(bytes: Array(text.utf8)) }

  func send(bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Foundation.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  /// Sends a request and gives its id.
  @discardableResult
  func ask(_ method: String, _ params: JSONObject = JSONObject(), id: Int64? = nil) -> Int64 {
    lastID += 1
    let id = id ?? lastID
    let line = JSONValue.object([
      "jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": .object(params),
    ])
    send(bytes: line.bytes() + [10])
    return id
  }

  /// Sends a request and waits for its reply.
  func call(
    _ method: String, _ params: JSONObject = JSONObject(), waiting seconds: Double = 20
  ) throws -> JSONObject {
    try reply(to: ask(method, params), waiting: seconds)
  }

  /// The result of a request that must succeed.
  func result(_ method: String, _ params: JSONObject = JSONObject()) throws -> JSONObject {
    let reply = try call(method, params)
    return try #require(reply["result"]?.objectValue, "\(method): \(text(reply))")
  }

  /// The code of a request that must fail.
  func failure(_ method: String, _ params: JSONObject = JSONObject()) throws -> String {
    let reply = try call(method, params)
    return try #require(code(reply), "\(method): \(text(reply))")
  }

  func reply(to id: Int64, waiting seconds: Double = 20) throws -> JSONObject {
    try line(waiting: seconds) { $0["id"]?.integerValue == id }
  }

  func notification(_ method: String, waiting seconds: Double = 20) throws -> JSONObject {
    let line = try line(waiting: seconds) { $0["method"]?.stringValue == method }
    return line["params"]?.objectValue ?? JSONObject()
  }

  /// The first line that fits, earlier ones kept for later.
  func line(waiting seconds: Double = 20, _ fits: (JSONObject) -> Bool) throws -> JSONObject {
    let limit = Date().addingTimeInterval(seconds)
    while true {
      if let index = waiting.firstIndex(where: fits) { return waiting.remove(at: index) }
      waiting.append(try nextLine(until: limit))
    }
  }

  /// True once the daemon has ended the connection; lines that came before are kept.
  func isEnded(waiting seconds: Double = 20) -> Bool {
    let limit = Date().addingTimeInterval(seconds)
    while true {
      do { waiting.append(try nextLine(until: limit)) } catch { return error as? End == .closed }
    }
  }

  /// Lines that came and were not taken.
  var untaken: [JSONObject] { waiting }

  private func nextLine(until limit: Date = Date().addingTimeInterval(20)) throws -> JSONObject {
    while true {
      if let end = buffer.firstIndex(of: 10) {
        let line = Array(buffer[..<end])
        buffer.removeSubrange(...end)
        return try #require(
          try JSONReader.read(line, profile: .document).objectValue, "a line is an object")
      }
      try receive(until: limit)
    }
  }

  private func receive(until limit: Date) throws {
    var entry = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    let left = limit.timeIntervalSinceNow
    guard left > 0, poll(&entry, 1, Int32(left * 1_000) + 1) > 0 else { throw End.noLine }
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = recv(number, &chunk, chunk.count, 0)
    guard count > 0 else { throw End.closed }
    buffer += chunk[..<count]
  }
}

/// The stable code of an error reply.
func code(_ reply: JSONObject) -> String? { reply["error"]?["data"]?["code"]?.stringValue }

func text(_ object: JSONObject) -> String {
  String(decoding: JSONValue.object(object).bytes(), as: UTF8.self)
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral,
  ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements))
  }

  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}
