// Generated from Protocol/ by `swift run generate`; do not edit.

let keyLookupCommand: CommandSpec = CommandSpec(
  path: ["key", "lookup"], method: "key.lookup",
  effect: "read",
  summary: "What became of an idempotency key",
  doc: "How a caller settles an unknown outcome: absent means that nothing happened under this key. A write is running from the moment its line is taken up, also while it waits for other writes or for the disk. Who still wants it after absent sends the same request under the same key.",
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
