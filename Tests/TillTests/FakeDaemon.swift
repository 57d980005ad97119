import Foundation
import JSON
import Platform

@testable import till

/// The requests a daemon has read.
final class RequestLog: @unchecked Sendable {
  // @unchecked: touched only under the lock.
  private let lock = NSLock()
  private var requests: [JSONValue] = []

  func add(_ request: JSONValue) { lock.withLock { requests.append(request) } }
  var all: [JSONValue] { lock.withLock { requests } }
}

/// A daemon of a few lines, in this process, on a real Unix socket.
final class FakeDaemon: Sendable {
  let path: String
  private let log = RequestLog()

  static let greeting =
    #"{"jsonrpc":"2.0","method":"session.greeting","params":{"server":"tilld","version":"1.0.0","#
    + #""protocol":{"min":1,"max":1},"schema":"x","instance":"i","epoch":"e","now_at":1795000000000,"#
    + #""state":"ready","peer":{"uid":0,"roles":["admin"],"principal":"root"}}}"#

  /// Serves so many connections one after the other, each with its number from 0, then goes away.
  init(
    connections: Int = 1,
    serve: @escaping @Sendable (RequestLog, FakeConnection, Int) -> Void
  ) {
    // As in the program itself: a client that is gone is an answer, not the end.
    BrokenPipe.ignore()
    let folder = TemporaryFolder()
    path = folder.file("tilld.sock")
    let ready = DispatchSemaphore(value: 0)
    Thread { [path, log] in
      // The thread owns the folder: it lives as long as somebody may connect.
      defer { withExtendedLifetime(folder) {} }
      guard let listener = try? UnixSocket.listen(at: path) else {
        ready.signal()
        return
      }
      ready.signal()
      var served = 0
      while served < connections {
        var entries = [Readiness.reading(listener.number)]
        let deadline = Deadline(afterMilliseconds: 20_000)
        guard (try? Readiness.wait(&entries, until: deadline)) == true else { break }
        if case .accepted(let descriptor) = listener.accept() {
          serve(log, FakeConnection(descriptor), served)
          served += 1
        }
      }
      listener.closeAndUnlink()
    }.start()
    ready.wait()
  }

  /// Every request read so far.
  var received: [JSONValue] { log.all }

  /// A daemon that answers each request by method; nil closes the connection without an answer.
  static func answering(
    connections: Int = 1, _ answer: @escaping @Sendable (_ method: String, JSONValue) -> String?
  ) -> FakeDaemon {
    FakeDaemon(connections: connections) { log, connection, _ in
      connection.send(greeting)
      while let line = connection.readLine() {
        guard let request = try? JSONReader.read(line, profile: .document) else { return }
        log.add(request)
        let id = request["id"]?.integerValue ?? 0
        guard let text = answer(request["method"]?.stringValue ?? "", request["params"] ?? .null)
        else { return }
        connection.send("{\"jsonrpc\":\"2.0\",\"id\":\(id),\(text)}")
      }
    }
  }
}

/// The daemon's end of one connection.
final class FakeConnection {
  private let descriptor: FileDescriptor
  private var buffer: [UInt8] = []

  init(_ descriptor: consuming FileDescriptor) { self.descriptor = descriptor }

  /// The next line, nil at the end.
  func readLine() -> [UInt8]? {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        let line = Array(buffer[..<end])
        buffer.removeSubrange(...end)
        return line
      }
      guard
        let part = try? descriptor.read(
          countMax: 4_096, until: Deadline(afterMilliseconds: 10_000)), !part.isEmpty
      else { return nil }
      buffer += part
    }
  }

  func send(_ line: String) { sendRaw(line + "\n") }

  func sendRaw(_ text: String) {
    try? descriptor.write(Array(text.utf8), until: Deadline(afterMilliseconds: 10_000))
  }
}

/// The inside of an error reply.
func errorReply(
  _ code: String, class errorClass: String, number: Int, retry: String = "never",
  outcome: String = "none", more: String = ""
) -> String {
  "\"error\":{\"code\":\(number),\"message\":\"it is so\",\"data\":{\"code\":\"\(code)\","
    + "\"class\":\"\(errorClass)\",\"retry\":\"\(retry)\",\"outcome\":\"\(outcome)\"\(more),"
    + "\"ref\":\"r-1\"}}"
}
