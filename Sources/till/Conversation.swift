// One connection to the daemon: lines out, lines in, each with a deadline.

import JSON
import Platform
import Wire

/// Why a conversation ended without the answer.
enum ConversationFault: Error, Equatable {
  /// No connection came about; nothing was sent.
  case unreachable(ConnectFault)
  /// The connection ended before the line feed of the answer; `farewell` is what was said last.
  case lost(farewell: Farewell?)
  case timedOut(milliseconds: Int)
  /// What came is not the protocol.
  case garbled(String)
  /// The daemon did not admit the connection; no request of it was looked at.
  case turnedAway(Farewell)
  /// The daemon refused the operator's token; nothing else was sent.
  case tokenRefused(ErrorReply)
}

/// What `session.bye` said.
struct Farewell: Equatable {
  let code: String
  let message: String
  let retryAfterMilliseconds: Int64?
}

/// What it takes to reach a daemon.
struct ConnectionSettings {
  var path: String
  var connectTimeoutMilliseconds: Int64 = 5_000
  /// Shows traffic; nil keeps quiet. The flag is true for lines that leave.
  var trace: ((_ line: [UInt8], _ isOutgoing: Bool) -> Void)?
  /// The token of an operator, presented before anything else.
  var token: String?
  /// Told once when the daemon is waited for longer than a person expects.
  var notice: ((String) -> Void)?
}

final class Conversation {
  private let descriptor: FileDescriptor
  private let settings: ConnectionSettings
  private var buffer: [UInt8] = []
  /// Bytes of `buffer` already searched for a line feed.
  private var searchedCount = 0
  private var lastID: Int64 = 0
  /// What the daemon said of itself, once its first line was read.
  private(set) var greeting: JSONObject?
  private(set) var farewell: Farewell?

  private static let pauseMillisecondsMin = 20
  private static let pauseMillisecondsMax = 500
  private static let noticeAttempts = 6
  private static let readByteCountMax = 65_536
  private static let helloTimeoutMilliseconds = 10_000
  private static let lastWordsMilliseconds = 200

  /// Connects, trying again with growing, random pauses while nobody listens yet.
  init(_ settings: ConnectionSettings) throws(ConversationFault) {
    self.settings = settings
    do throws(ConnectFault) {
      descriptor = try Self.connect(settings)
    } catch {
      throw .unreachable(error)
    }
    if let token = settings.token { try present(token) }
  }

  /// Becomes an operator, or fails: a request must never run as somebody else than was asked for.
  private func present(_ token: String) throws(ConversationFault) {
    let deadline = Deadline(afterMilliseconds: Self.helloTimeoutMilliseconds)
    let parameters = JSONObject([
      ("client", .string("till/\(ProgramVersion.text)")), ("token", .string(token)),
    ])
    let hello = try send("session.hello", parameters, until: deadline)
    while true {
      switch try next(until: deadline).0 {
      case .result(hello, _): return
      case .failure(let id, let error) where id == nil || id == hello: throw .tokenRefused(error)
      default: continue
      }
    }
  }

  private static func connect(
    _ settings: ConnectionSettings
  ) throws(ConnectFault) -> FileDescriptor {
    let deadline = Deadline(afterMilliseconds: Int(settings.connectTimeoutMilliseconds))
    var pause = pauseMillisecondsMin
    var attempts = 0
    while true {
      attempts += 1
      do throws(ConnectFault) {
        let left = max(0, Int(deadline.pollMilliseconds))
        return try UnixSocket.connect(to: settings.path, timeoutMilliseconds: left)
      } catch {
        guard error.isWorthWaiting, !deadline.isOver else { throw error }
        if attempts == noticeAttempts { settings.notice?("\(error)") }
      }
      let jittered = pause / 2 + Int(Entropy.word() % UInt64(pause))
      SystemClock.sleep(milliseconds: min(jittered, Int(deadline.pollMilliseconds)))
      pause = min(pause * 2, pauseMillisecondsMax)
    }
  }

  /// Sends one request and returns its id.
  func send(
    _ method: String, _ parameters: JSONObject, until deadline: Deadline
  ) throws(ConversationFault) -> Int64 {
    lastID += 1
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("jsonrpc", "2.0")
    writer.member("id", lastID)
    writer.member("method", method)
    writer.member("params", parameters)
    writer.endObject()
    if let trace = settings.trace {
      trace(
        method == "session.hello" ? Array("session.hello with a token".utf8) : writer.bytes, true)
    }
    do throws(TransferFault) {
      try descriptor.write(writer.bytes + [0x0A], until: deadline)
    } catch {
      guard case .system = error else { throw fault(error) }
      throw lastWords()
    }
    return lastID
  }

  /// What the daemon said before it went away, which may still wait to be read.
  private func lastWords() -> ConversationFault {
    do throws(ConversationFault) {
      let deadline = Deadline(afterMilliseconds: Self.lastWordsMilliseconds)
      while true { _ = try next(until: deadline) }
    } catch {
      if case .timedOut = error { return connectionLost() }
      return error
    }
  }

  /// The next message that is not of the session itself, with its line.
  func next(until deadline: Deadline) throws(ConversationFault) -> (Message, line: [UInt8]) {
    while true {
      let line = try nextLine(until: deadline)
      guard !line.isEmpty else { continue }
      settings.trace?(line, false)
      guard let message = readMessage(line) else {
        // After the greeting it is a daemon, and one bad line of it costs no more than that line.
        guard greeting == nil else { continue }
        throw .garbled("a line that is no message of the protocol")
      }
      guard case .notification(let method, let parameters) = message else {
        return (message, line)
      }
      switch method {
      case "session.greeting": try greet(parameters)
      case "session.bye":
        farewell = Farewell(
          code: parameters["code"]?.stringValue ?? "",
          message: parameters["message"]?.stringValue ?? "",
          retryAfterMilliseconds: parameters["retry_after_ms"]?.integerValue)
      default: return (message, line)
      }
    }
  }

  private func greet(_ parameters: JSONObject) throws(ConversationFault) {
    greeting = parameters
    let spoken = parameters["protocol"]
    guard let least = spoken?["min"]?.integerValue, let most = spoken?["max"]?.integerValue,
      !(least...max(least, most)).contains(ProgramVersion.protocolNumber)
    else { return }
    throw .garbled(
      "the daemon speaks protocol \(least) to \(most), "
        + "this program \(ProgramVersion.protocolNumber)")
  }

  private func nextLine(until deadline: Deadline) throws(ConversationFault) -> [UInt8] {
    while true {
      if let end = buffer[searchedCount...].firstIndex(of: 0x0A) {
        var line = Array(buffer[..<end])
        if line.last == 0x0D { line.removeLast() }
        buffer.removeSubrange(...end)
        searchedCount = 0
        return line
      }
      searchedCount = buffer.count
      guard buffer.count <= lineByteCountMax else {
        throw .garbled("a line of more than \(lineByteCountMax) bytes")
      }
      let part: [UInt8]
      do throws(TransferFault) {
        part = try descriptor.read(countMax: Self.readByteCountMax, until: deadline)
      } catch {
        throw fault(error)
      }
      guard !part.isEmpty else { throw connectionLost() }
      buffer += part
    }
  }

  private func fault(_ fault: TransferFault) -> ConversationFault {
    switch fault {
    case .timedOut(let milliseconds): .timedOut(milliseconds: milliseconds)
    case .system: connectionLost()
    }
  }

  /// The greeting is the first line of every admitted connection: a farewell without it means that
  /// nothing sent here was ever looked at.
  private func connectionLost() -> ConversationFault {
    if let farewell, greeting == nil { return .turnedAway(farewell) }
    return .lost(farewell: farewell)
  }
}

extension ConnectFault {
  /// True when a daemon that is just starting or restarting would explain it.
  var isWorthWaiting: Bool {
    switch self {
    case .missing, .notListening, .busy: true
    case .pathTooLong, .notASocket, .forbidden, .system: false
    }
  }
}
