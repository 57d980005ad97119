// Requests whose outcome nobody knows, kept until `till key resolve` has learnt it.
//
// `$XDG_STATE_HOME/till/pending.jsonl`, one JSON object a line, readable by its owner only: it
// holds what was asked, with the buyer's data in it.

import JSON
import Platform

/// A request that may or may not have acted.
struct PendingRequest: Equatable {
  /// When the outcome became unknown, milliseconds since 1970 UTC.
  let at: Int64
  let key: String
  let method: String
  let parameters: JSONObject
  let socket: String
  /// The command line that repeats it with the same key.
  let command: String

  var json: JSONObject {
    JSONObject([
      ("at", .integer(at)), ("key", .string(key)), ("method", .string(method)),
      ("params", .object(parameters)), ("socket", .string(socket)), ("command", .string(command)),
    ])
  }

  init(
    at: Int64, key: String, method: String, parameters: JSONObject, socket: String, command: String
  ) {
    self.at = at
    self.key = key
    self.method = method
    self.parameters = parameters
    self.socket = socket
    self.command = command
  }

  /// Nil for a line that is no pending request, such as one torn by a full disk.
  init?(line: [UInt8]) {
    do throws(JSONError) {
      self.init(try JSONReader.read(line, profile: .document))
    } catch {
      return nil
    }
  }

  private init?(_ value: JSONValue) {
    guard let at = value["at"]?.integerValue, let key = value["key"]?.stringValue,
      let method = value["method"]?.stringValue, let parameters = value["params"]?.objectValue
    else { return nil }
    self.init(
      at: at, key: key, method: method, parameters: parameters,
      socket: value["socket"]?.stringValue ?? "", command: value["command"]?.stringValue ?? "")
  }
}

/// The file of pending requests.
struct PendingKeys {
  let path: String

  private static let byteCountMax = 16 << 20
  private static let lockAttemptsMax = 200
  private static let lockPauseMilliseconds = 10

  /// Nil where neither XDG_STATE_HOME nor HOME says where state belongs.
  init?(environment: (String) -> String?) {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      path = Path.join(state, "till/pending.jsonl")
    } else if let home = environment("HOME"), home.hasPrefix("/") {
      path = Path.join(home, ".local/state/till/pending.jsonl")
    } else {
      return nil
    }
  }

  init(path: String) { self.path = path }

  /// All pending requests, oldest first. Lines that are none are kept but not returned.
  func all() throws(PendingFault) -> [PendingRequest] {
    try lines().compactMap { $0.request }
  }

  /// Remembers a request; one with the same key takes the place of the earlier one.
  func add(_ request: PendingRequest) throws(PendingFault) {
    try change { lines in
      lines.removeAll { $0.request?.key == request.key }
      lines.append(Line(bytes: JSONValue.object(request.json).bytes(), request: request))
    }
  }

  /// Forgets a request; false when it was not there.
  @discardableResult
  func remove(key: String) throws(PendingFault) -> Bool {
    var wasThere = false
    try change { lines in
      wasThere = lines.contains { $0.request?.key == key }
      lines.removeAll { $0.request?.key == key }
    }
    return wasThere
  }

  private struct Line {
    let bytes: [UInt8]
    let request: PendingRequest?
  }

  private func lines() throws(PendingFault) -> [Line] {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try Files.read(path, byteCountMax: Self.byteCountMax, trust: .secret)
    } catch {
      if error.isMissing { return [] }
      throw PendingFault(text: "\(error)")
    }
    return bytes.split(separator: 0x0A).map { line in
      Line(bytes: Array(line), request: PendingRequest(line: Array(line)))
    }
  }

  private func change(_ body: (inout [Line]) -> Void) throws(PendingFault) {
    do throws(SystemError) {
      try Directories.create(Path.directory(of: path), mode: 0o700)
    } catch {
      throw PendingFault(text: "\(error)")
    }
    let lock = try lock()
    var lines = try lines()
    body(&lines)
    do throws(SystemError) {
      try Files.writeAtomically(lines.flatMap { $0.bytes + [0x0A] }, to: path, mode: 0o600)
    } catch {
      throw PendingFault(text: "\(error)")
    }
    lock.release()
  }

  private func lock() throws(PendingFault) -> FileLock {
    var attempts = 0
    while true {
      do throws(LockFault) {
        return try FileLock.acquire(path + ".lock")
      } catch {
        attempts += 1
        guard case .held = error, attempts < Self.lockAttemptsMax else {
          throw PendingFault(text: "\(error)")
        }
      }
      SystemClock.sleep(milliseconds: Self.lockPauseMilliseconds)
    }
  }
}

/// The file of pending requests could not be read or written.
struct PendingFault: Error, Equatable {
  let text: String
}
