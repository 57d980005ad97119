// What the command line knows of one method. The generator writes `commandTable` from `Protocol/`;
// parsing, help, completion and requests all read this table and nothing else.

/// One command: a method of the daemon, or a command that this program answers itself.
struct CommandSpec: Sendable {
  /// The words after `till`, for example `["order", "create"]`.
  let path: [String]
  /// The method on the wire, for example `order.create`; empty for a command without a request.
  let method: String
  /// `read`, `write`, `admin`, `wait`, `stream` or `session`, as in the contract.
  let effect: String
  /// One line without a full stop at the end of a list entry.
  let summary: String
  /// Paragraphs for `till help order create`.
  let doc: String
  /// Words in order. Optional ones take the words that the required ones leave over.
  let positionals: [ArgumentSpec]
  let flags: [ArgumentSpec]
  let key: KeyRule
  let dryRun: Bool
  /// The member of the result that people came for, for example `order`; nil shows all of it.
  let resultMember: String?
  /// Dotted paths inside a row, in the order of the table.
  let columns: [String]
  /// Whole command lines that start with `till`.
  let examples: [String]
}

/// One positional word or flag of a command.
struct ArgumentSpec: Sendable {
  /// Kebab case without dashes, for example `expires-in`.
  let name: String
  /// JSON Pointer into `params`, for example `/buyer/email`; empty for what never leaves here.
  let pointer: String
  let kind: ArgumentKind
  let required: Bool
  /// True when it may be given more than once; the pointer then names an array.
  let repeated: Bool
  let doc: String
}

/// How the text of an argument becomes a value. Nothing is guessed from how the text looks.
enum ArgumentKind: Sendable, Equatable {
  case text
  case integer
  /// `58.00CNY` or `CNY:58.00`.
  case money
  /// `250ms`, `30s`, `15m`, `2h`, `1d` or a row of these; milliseconds on the wire.
  case durationMilliseconds
  /// ISO 8601, `now`, `now-2h` or `@milliseconds`; milliseconds since 1970 UTC on the wire.
  case time
  case boolean
  /// JSON text, or `-` for standard input.
  case json
  /// `-` for standard input or `@file`; base64 on the wire.
  case bytes
  case choice([String])
}

/// Whether a command carries an idempotency key.
enum KeyRule: Sendable {
  case required, allowed, none
}

extension CommandSpec {
  /// The command as typed, for example `order create`.
  var name: String { path.joined(separator: " ") }

  /// True when sending it twice can change nothing.
  var isRead: Bool { ["read", "wait", "stream", "session"].contains(effect) }

  /// True when the money may have moved if the answer to it is lost; what an administrator does to
  /// the daemon moves none.
  var isWrite: Bool { effect == "write" }

  /// True when the command takes something away that no other command gives back.
  ///
  /// The list is by method, because the effect on the wire speaks of the store, not of regret.
  var isDestructive: Bool { destructiveMethods.contains(method) }
}

private let destructiveMethods: [String] = [
  "refund.create", "refund.approve", "order.cancel", "order.accept", "order.erase_personal",
  "payment.close", "payment.resolve", "delivery.revoke", "server.drain", "server.disconnect",
  "gateway.pause",
]
