// `till statement import FILE`: a bill or bank statement, sent in pieces.

import JSON
import Platform

/// The command of the table with the file in place of the number that the daemon gives it.
func importCommand(_ generated: CommandSpec?) -> LocalCommand? {
  guard let generated else { return nil }
  let file = ArgumentSpec(
    name: "file", pointer: "/statement", kind: .text, required: true, repeated: false,
    doc: "The bill as downloaded, zipped or not.")
  let flags = generated.flags.filter { $0.name != "mapping" }.map { flag in
    flag.name == "layout"
      ? ArgumentSpec(
        name: flag.name, pointer: flag.pointer, kind: flag.kind, required: flag.required,
        repeated: flag.repeated, doc: flag.doc + " Or a file that declares one, as ./shop.json.")
      : flag
  }
  let spec = generated.with(positionals: [file], flags: flags, examples: generated.examples)
  return LocalCommand(spec: spec) { (session, invocation) throws(UsageError) in
    try checkWords(invocation)
    guard let path = invocation.words.first else { return .usage }
    let bytes = try statementBytes(path)
    if let code = refusal(of: bytes, path, session) { return code }
    let upload = StatementUpload(session: session, bytes: bytes, name: fileName(path))
    let id: String
    switch try upload.run() {
    case .done(let statement): id = statement
    case .failed(let code): return code
    }
    // What the daemon calls the file stands where the file stood.
    let renamed = Invocation(
      command: generated, words: [id], flags: try flagsWithLayout(invocation, session.inputs),
      globals: invocation.globals, rest: invocation.rest)
    let requests = try ParameterBuilder(
      invocation: renamed, options: session.options, inputs: session.inputs
    ).requests()
    var command = MethodCommand(session: session, command: spec)
    command.replyTimeoutMilliseconds = requestTimeoutMillisecondsMax
    let code = try command.run(requests)
    if code == .done, !session.options.isDryRun { session.note("compare it: till recon run \(id)") }
    return code
  }
}

/// The name of a layout has letters, digits and `_` only, so anything else names a file that
/// declares one: its text goes in place of the name.
private func flagsWithLayout(
  _ invocation: Invocation, _ inputs: Inputs
) throws(UsageError) -> [GivenFlag] {
  var flags: [GivenFlag] = []
  for flag in invocation.flags {
    guard flag.name == "layout", let path = flag.value,
      path.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") })
    else {
      flags.append(flag)
      continue
    }
    let bytes = try inputs.read(path)
    do throws(UsageError) {
      _ = try jsonValue(bytes)
    } catch {
      throw error.about(printable(path))
    }
    flags.append(GivenFlag(name: "mapping", value: String(decoding: bytes, as: UTF8.self)))
  }
  return flags
}

/// The largest statement that the daemon takes, in bytes.
private let statementByteCountMax = 536_870_912

private func statementBytes(_ path: String) throws(UsageError) -> [UInt8] {
  do throws(FileFault) {
    return try Files.read(path, byteCountMax: statementByteCountMax)
  } catch {
    guard error.isMissing else { throw UsageError("\(printable(path)): \(error)") }
    throw UsageError("there is no file \(printable(path))")
  }
}

/// What is no bill for sure is not sent at all.
private func refusal(of bytes: [UInt8], _ path: String, _ session: Session) -> ExitCode? {
  let (name, language) = (printable(path), session.options.language)
  if bytes.isEmpty {
    return session.report.unreadable(
      Sentence("\(name) is empty", "\(name) 是空文件").text(language),
      hints: [Sentence("download or export it again", "请重新下载或导出").text(language)])
  }
  guard let file = foreignFile(startingWith: Array(bytes.prefix(frontByteCount))) else {
    return nil
  }
  let sentence = Sentence(
    "\(name) \(file.predicate.english), not a table",
    "\(name) \(file.predicate.chinese)，不是表格文本")
  return session.report.unreadable(sentence.text(language), hints: [file.hint.text(language)])
}

/// Where the marks of other programs' files stand.
private let frontByteCount = 128

private func fileName(_ path: String) -> String? {
  guard let name = path.split(separator: "/").last else { return nil }
  return name.utf8.count <= 255 ? String(name) : nil
}

/// Sends the bytes of a file in pieces; what the daemon has of it already is not sent again.
struct StatementUpload {
  let session: Session
  let bytes: [UInt8]
  let name: String?

  enum End {
    /// All of it is there, under this name.
    case done(String)
    case failed(ExitCode)
  }

  private enum Stop: Error {
    case refused(ErrorReply)
    case fault(ConversationFault)
  }

  /// Base64 of a piece is as long as a string may be.
  private static let pieceByteCount = 49_152
  /// Fewer than the daemon takes in flight on one connection.
  private static let windowCount = 16
  private static let replyTimeoutMilliseconds = 60_000

  func run() throws(UsageError) -> End {
    let settings = try session.connection()
    do throws(Stop) {
      return .done(try send(settings))
    } catch {
      switch error {
      case .refused(let reply): return .failed(session.report.reply(reply, key: nil))
      case .fault(let fault):
        // Nothing is taken in before the last piece is there and it is asked for.
        return .failed(session.report.fault(fault, mayHaveActed: false, key: nil))
      }
    }
  }

  private func send(_ settings: ConnectionSettings) throws(Stop) -> String {
    let conversation: Conversation
    do throws(ConversationFault) {
      conversation = try Conversation(settings)
    } catch { throw .fault(error) }
    var parameters = JSONObject([
      ("bytes", .integer(Int64(bytes.count))),
      ("sha256", .string(hexadecimal(sha256(bytes)))),
    ])
    if let name { parameters["name"] = .string(name) }
    try post("statement.begin", parameters, on: conversation)
    let begun = try answer(on: conversation)
    guard let id = begun["statement"]?.stringValue, let start = begun["received"]?.integerValue
    else { throw .fault(.garbled("an answer without the members it must have")) }
    try sendPieces(of: id, from: Int(clamping: start), on: conversation)
    return id
  }

  private func sendPieces(
    of id: String, from start: Int, on conversation: Conversation
  ) throws(Stop) {
    var next = start
    var inFlight = 0
    while next < bytes.count || inFlight > 0 {
      if next < bytes.count, inFlight < Self.windowCount {
        let end = min(next + Self.pieceByteCount, bytes.count)
        let parameters = JSONObject([
          ("statement", .string(id)), ("offset", .integer(Int64(next))),
          ("data_base64", .string(base64Text(Array(bytes[next..<end])))),
        ])
        try post("statement.append", parameters, on: conversation)
        next = end
        inFlight += 1
      } else {
        let received = try answer(on: conversation)["received"]?.integerValue ?? 0
        inFlight -= 1
        show(Int(clamping: received))
      }
    }
    if session.console.isErrorTerminal, bytes.count > start { session.console.writeError([0x0A]) }
  }

  /// How far it is, on one line that is written over.
  private func show(_ received: Int) {
    guard session.console.isErrorTerminal, !session.options.isMachineReadable else { return }
    let percent = bytes.isEmpty ? 100 : received * 100 / bytes.count
    session.console.writeError(
      Array("\rsending \(received / 1_024) of \(bytes.count / 1_024) KiB, \(percent) %".utf8))
  }

  private func post(
    _ method: String, _ parameters: JSONObject, on conversation: Conversation
  ) throws(Stop) {
    let deadline = Deadline(afterMilliseconds: Self.replyTimeoutMilliseconds)
    do throws(ConversationFault) {
      _ = try conversation.send(method, parameters, until: deadline)
    } catch { throw .fault(error) }
  }

  /// The next answer; those of one connection's writes come in their order.
  private func answer(on conversation: Conversation) throws(Stop) -> JSONObject {
    let deadline = Deadline(afterMilliseconds: Self.replyTimeoutMilliseconds)
    while true {
      let message: Message
      do throws(ConversationFault) {
        message = try conversation.next(until: deadline).0
      } catch { throw .fault(error) }
      switch message {
      case .result(_, let result): return result
      case .failure(_, let error): throw .refused(error)
      case .notification: continue
      }
    }
  }
}
