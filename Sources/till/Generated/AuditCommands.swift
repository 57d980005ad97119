// Generated from Protocol/ by `swift run generate`; do not edit.

let auditVerifyCommand: CommandSpec = CommandSpec(
  path: ["audit", "verify"], method: "audit.verify",
  effect: "read",
  summary: "Check the chain of the event log",
  doc: "Recomputes every digest in the range. Without a range it also compares the kept bytes of every notification with its digest and with what the log says of it, every signed run with the digest that was signed, and the kept sums of the ledger with the log.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "from", pointer: "/from",
      kind: .integer,
      required: false, repeated: false,
      doc: "First event number."),
    ArgumentSpec(
      name: "to", pointer: "/to",
      kind: .integer,
      required: false, repeated: false,
      doc: "Last event number."),
  ],
  key: .none, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: [])
