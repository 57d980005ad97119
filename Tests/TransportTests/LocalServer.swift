import Foundation
import Synchronization

/// A small HTTP server on a loopback port whose behaviour is a closure a connection. It reads real
/// bytes from real sockets, so that the transport under test is the whole of it.
final class LocalServer: Sendable {
  /// One request as it arrived.
  struct Received: Sendable {
    let head: String
    let body: [UInt8]

    func header(_ name: String) -> String? {
      for line in head.components(separatedBy: "\r\n").dropFirst() {
        let parts = line.split(separator: ":", maxSplits: 1)
        if parts.count == 2, parts[0].lowercased() == name.lowercased() {
          return parts[1].trimmingCharacters(in: .whitespaces)
        }
      }
      return nil
    }
  }

  /// One accepted connection; used by one thread only.
  final class Connection: Sendable {
    private let descriptor: Int32
    private let server: LocalServer
    private let isClosed = Mutex(false)

    init(_ descriptor: Int32, _ server: LocalServer) {
      self.descriptor = descriptor
      self.server = server
    }

    /// The next request, nil once the peer has closed.
    func read(headOnly: Bool = false) -> Received? {
      var bytes: [UInt8] = []
      let separator = Array("\r\n\r\n".utf8)
      while true {
        if let end = Self.position(of: separator, in: bytes) {
          let head = String(decoding: bytes[..<end], as: UTF8.self)
          let length = Received(head: head, body: []).header("Content-Length").flatMap { Int($0) }
          let bodyStart = end + separator.count
          if headOnly || bytes.count - bodyStart >= length ?? 0 {
            let request = Received(head: head, body: Array(bytes[bodyStart...]))
            server.received.withLock { $0.append(request) }
            return request
          }
        }
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { return nil }
        bytes.append(contentsOf: chunk[..<count])
      }
    }

    /// False once the peer has gone.
    @discardableResult
    func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
      var offset = 0
      while offset < bytes.count {
        let count = bytes[offset...].withUnsafeBytes {
          Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard count > 0 else { return false }
        offset += count
      }
      return true
    }

    func answer(status: String = "200 OK", headers: [String] = [], body: String) {
      let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
      write(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// Closes with a reset instead of an orderly end.
    func reset() {
      var option = linger(l_onoff: 1, l_linger: 0)
      setsockopt(
        descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
      close()
    }

    func close() {
      let isFirst = isClosed.withLock { closed in
        defer { closed = true }
        return !closed
      }
      if isFirst { Foundation.close(descriptor) }
    }

    private static func position(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
      guard bytes.count >= pattern.count else { return nil }
      for start in 0...(bytes.count - pattern.count)
      where bytes[start..<(start + pattern.count)].elementsEqual(pattern) { return start }
      return nil
    }
  }

  let port: UInt16
  let received = Mutex<[Received]>([])
  let connectionsCount = Mutex(0)
  private let listener: Int32

  init(_ serve: @escaping @Sendable (Connection) -> Void) {
    (listener, port) = Self.listen()
    let listener = listener
    Thread.detachNewThread { [weak self] in
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        guard let self else {
          Foundation.close(descriptor)
          return
        }
        connectionsCount.withLock { $0 += 1 }
        let connection = Connection(descriptor, self)
        Thread.detachNewThread {
          serve(connection)
          connection.close()
        }
      }
    }
  }

  deinit { stopListening() }

  func stopListening() { shutdown(listener, Int32(SHUT_RDWR)) }

  var address: String { "http://127.0.0.1:\(port)" }

  /// A port on which nobody listens.
  static func refusedPort() -> UInt16 {
    let (descriptor, port) = listen()
    Foundation.close(descriptor)
    return port
  }

  private static func listen() -> (Int32, UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        precondition(bind(descriptor, generic, length) == 0, "a free port can be bound")
        precondition(Foundation.listen(descriptor, 64) == 0, "a bound port can be listened on")
        precondition(getsockname(descriptor, generic, &length) == 0, "a bound port has a number")
      }
    }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }
}
