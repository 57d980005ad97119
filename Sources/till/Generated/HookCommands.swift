// Generated from Protocol/ by `swift run generate`; do not edit.

let hookListCommand: CommandSpec = CommandSpec(
  path: ["hook", "list"], method: "hook.list",
  effect: "read",
  summary: "Outgoing hooks and what they still owe",
  doc: "With messages the ones not taken are listed.",
  positionals: [
    ArgumentSpec(
      name: "hook", pointer: "/hook",
      kind: .text,
      required: false, repeated: false,
      doc: "Only this one."),
  ],
  flags: [
    ArgumentSpec(
      name: "state", pointer: "/state",
      kind: .choice(["ready", "sending", "retry", "done", "dead"]),
      required: false, repeated: false,
      doc: "Messages in this state."),
    ArgumentSpec(
      name: "limit", pointer: "/limit",
      kind: .integer,
      required: false, repeated: false,
      doc: "Rows at most. Default 50."),
    ArgumentSpec(
      name: "page", pointer: "/page",
      kind: .text,
      required: false, repeated: false,
      doc: "next of the page before."),
  ],
  key: .none, dryRun: false,
  resultMember: "hooks",
  columns: ["name", "kind", "pending", "dead", "oldest_at", "last_error"],
  examples: [])

let hookRetryCommand: CommandSpec = CommandSpec(
  path: ["hook", "retry"], method: "hook.retry",
  effect: "write",
  summary: "Send an outgoing message again",
  doc: "One given up, or one waiting for its next try, becomes due now.",
  positionals: [
    ArgumentSpec(
      name: "message", pointer: "/message",
      kind: .text,
      required: true, repeated: false,
      doc: "The message; see hook.list."),
  ],
  flags: [],
  key: .allowed, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: [])
