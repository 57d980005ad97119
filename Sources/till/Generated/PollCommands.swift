// Generated from Protocol/ by `swift run generate`; do not edit.

let pollDueCommand: CommandSpec = CommandSpec(
  path: ["poll", "due"], method: "poll.due",
  effect: "read",
  summary: "What will be asked, when and why",
  doc: "Soonest first.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: false, repeated: false,
      doc: "Only this one."),
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: false, repeated: false,
      doc: "Of this order."),
    ArgumentSpec(
      name: "until", pointer: "/until",
      kind: .time,
      required: false, repeated: false,
      doc: "Due at or before."),
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
  resultMember: "entries",
  columns: ["due_at", "why", "gateway", "subject", "order", "state", "queries"],
  examples: ["till poll due --limit 20"])

let pollRunCommand: CommandSpec = CommandSpec(
  path: ["poll", "run"], method: "poll.run",
  effect: "write",
  summary: "Ask now instead of when due",
  doc: "For one order, or for all that is open. Rate limits hold.",
  positionals: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: false, repeated: false,
      doc: "Of this order."),
  ],
  flags: [],
  key: .allowed, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: ["till poll run A1001"])

let pollStatusCommand: CommandSpec = CommandSpec(
  path: ["poll", "status"], method: "poll.status",
  effect: "read",
  summary: "The scheduler at a glance",
  doc: "What is due and how far behind it is.",
  positionals: [],
  flags: [],
  key: .none, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: [])
