import Foundation
import JSON
import Platform

@testable import till

/// What a run of the program printed and how it ended.
struct RunResult {
  let code: ExitCode
  let output: String
  let errors: String
}

/// Everything a run writes, from whatever thread.
final class Capture: @unchecked Sendable {
  // @unchecked: both strings are touched only under the lock.
  private let lock = NSLock()
  private var bytes: [UInt8] = []

  func append(_ more: [UInt8]) { lock.withLock { bytes += more } }
  var text: String { lock.withLock { String(decoding: bytes, as: UTF8.self) } }
}

/// Runs a command line without terminal, with the sample table.
func run(
  _ arguments: [String], environment: [String: String] = [:], input: String = "",
  answer: String? = nil, files: [String: String] = [:], table: [CommandSpec] = sampleTable
) -> RunResult {
  let output = Capture()
  let errors = Capture()
  var console = Console(
    writeOutput: output.append, writeError: errors.append, readAnswer: { answer })
  console.isInputTerminal = answer != nil
  console.isErrorTerminal = answer != nil
  let program = Program(
    generated: table, console: console,
    inputs: testInputs(environment: environment, input: input, files: files))
  let code = program.run(arguments)
  return RunResult(code: code, output: output.text, errors: errors.text)
}

func testInputs(
  environment: [String: String] = [:], input: String = "", files: [String: String] = [:]
) -> Inputs {
  Inputs(
    environment: { environment[$0] },
    read: { source throws(UsageError) in
      if source == "-" { return Array(input.utf8) }
      guard let text = files[source] else { throw UsageError("no file \(source)") }
      return Array(text.utf8)
    },
    now: { 1_795_000_000_000 }, newKey: { "till-made-here" })
}

/// A folder that goes away with the value.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    let name = hexadecimal(Entropy.bytes(6))
    path = Path.join(NSTemporaryDirectory(), "till-tests-\(name)")
    try? FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { Path.join(path, name) }

  func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: file(name)).map { String(decoding: $0, as: UTF8.self) }
  }
}

private func argument(
  _ name: String, _ pointer: String, _ kind: ArgumentKind = .text, required: Bool = false,
  repeated: Bool = false
) -> ArgumentSpec {
  ArgumentSpec(
    name: name, pointer: pointer, kind: kind, required: required, repeated: repeated,
    doc: "The \(name).")
}

private func command(
  _ method: String, _ effect: String, words: [ArgumentSpec] = [], flags: [ArgumentSpec] = [],
  key: KeyRule = .none, dryRun: Bool = false, member: String? = nil, columns: [String] = []
) -> CommandSpec {
  let path = method.split(separator: ".").map(String.init)
  return CommandSpec(
    path: path, method: method, effect: effect, summary: "The \(method)", doc: "Does \(method).",
    positionals: words, flags: flags, key: key, dryRun: dryRun, resultMember: member,
    columns: columns, examples: ["till \(path.joined(separator: " ")) EXAMPLE"])
}

/// One whose rows have texts in both languages.
let timelineCommand = command(
  "order.timeline", "read", member: "steps", columns: ["at", "text.en"])

/// A table with one command of every kind, independent of what the contract holds today.
let sampleTable: [CommandSpec] = [
  command(
    "order.create", "write", words: [argument("amount", "/amount", .money, required: true)],
    flags: [
      argument("order-no", "/order_no"), argument("subject", "/subject", required: true),
      argument("buyer-email", "/buyer/email"), argument("line", "/lines", .json, repeated: true),
      argument("expires-in", "/expires_in_ms", .durationMilliseconds),
    ], key: .required, dryRun: true, member: "order",
    columns: ["order_no", "pay_state", "amount", "created_at"]),
  command(
    "order.get", "read", words: [argument("order", "/order", required: true)], member: "order",
    columns: ["order_no", "pay_state", "amount"]),
  command(
    "order.list", "read",
    flags: [
      argument("pay-state", "/pay_state", .choice(["created", "paid", "expired"])),
      argument("created-from", "/created_from", .time), argument("limit", "/limit", .integer),
      argument("page", "/page"),
    ], member: "orders", columns: ["order_no", "pay_state", "amount", "created_at"]),
  command(
    "order.wait", "wait", words: [argument("order", "/order", required: true)],
    flags: [
      argument("until", "/until", required: true, repeated: true),
      argument("wait", "/wait_ms", .durationMilliseconds),
    ], member: "order"),
  command(
    "order.cancel", "write", words: [argument("order", "/order", required: true)],
    key: .allowed, member: "order"),
  command(
    "payment.create", "write",
    words: [
      argument("order", "/order", required: true), argument("gateway", "/gateway", required: true),
    ], key: .required, member: "payment"),
  command(
    "refund.create", "write",
    words: [
      argument("payment", "/payment", required: true),
      argument("amount", "/amount", .money, required: true),
    ], key: .required, dryRun: true, member: "refund"),
  command(
    "notification.ingest", "write", words: [argument("gateway", "/gateway", required: true)],
    flags: [
      argument("headers", "/headers", .json), argument("body", "/body"),
      argument("body-base64", "/body_base64", .bytes),
    ], key: .allowed),
  command(
    "batch.run", "write",
    flags: [argument("call", "/calls", .json, required: true, repeated: true)],
    key: .required),
  command("server.metrics", "read", member: "metrics", columns: ["name", "kind"]),
  command("server.drain", "admin"),
  command("gateway.check", "admin", words: [argument("gateway", "/gateway", required: true)]),
  command("key.lookup", "read", words: [argument("key", "/key", required: true)]),
  command("gateway.list", "read", member: "gateways", columns: ["name", "state"]),
]
