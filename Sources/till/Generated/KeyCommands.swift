// Generated from Protocol/ by `swift run generate`; do not edit.

let keyLookupCommand: CommandSpec = CommandSpec(
  path: ["key", "lookup"], method: "key.lookup",
  effect: "read",
  summary: "What became of an idempotency key",
  doc: "How a caller settles an unknown outcome: absent means that nothing happened under this key.",
  positionals: [
    ArgumentSpec(
      name: "key", pointer: "/key",
      kind: .text,
      required: true, repeated: false,
      doc: "The key."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: ["till key lookup order-A1001"])
