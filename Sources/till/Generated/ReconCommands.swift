// Generated from Protocol/ by `swift run generate`; do not edit.

let reconGetCommand: CommandSpec = CommandSpec(
  path: ["recon", "show"], method: "recon.get",
  effect: "read",
  summary: "One reconciliation run",
  doc: "With its discrepancies by kind, as they stand now.",
  positionals: [
    ArgumentSpec(
      name: "run", pointer: "/run",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "run",
  columns: [],
  examples: [])

let reconListCommand: CommandSpec = CommandSpec(
  path: ["recon", "list"], method: "recon.list",
  effect: "read",
  summary: "Reconciliation runs",
  doc: "Newest first.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: false, repeated: false,
      doc: "Whose."),
    ArgumentSpec(
      name: "statement", pointer: "/statement",
      kind: .text,
      required: false, repeated: false,
      doc: "Of this statement."),
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
  resultMember: "runs",
  columns: ["id", "gateway", "from_at", "statement_rows", "matched", "filled_back", "opened", "made_at"],
  examples: ["till recon list --gateway alipay"])

let reconRunCommand: CommandSpec = CommandSpec(
  path: ["recon", "run"], method: "recon.run",
  effect: "write",
  summary: "Compare a statement with our books",
  doc: "Every row of both sides ends in exactly one bucket. A success that only the statement knows pays the order, with the row as evidence. Every difference is named and opened as a discrepancy; one that an earlier run opened is counted as known. May be repeated.",
  positionals: [
    ArgumentSpec(
      name: "statement", pointer: "/statement",
      kind: .text,
      required: true, repeated: false,
      doc: "A gateway's bill."),
  ],
  flags: [
    ArgumentSpec(
      name: "bank", pointer: "/bank",
      kind: .text,
      required: false, repeated: false,
      doc: "The bank's statement in which its payouts must be found."),
  ],
  key: .none, dryRun: true,
  resultMember: "run",
  columns: [],
  examples: ["till recon run stm_01JD0000000000000000000001"])
