// Generated from Protocol/ by `swift run generate`; do not edit.

let batchRunCommand: CommandSpec = CommandSpec(
  path: ["batch", "run"], method: "batch.run",
  effect: "write",
  summary: "Several writes, all or none",
  doc: "The calls run in order in one transaction. One refusal undoes all. Only methods marked batch; no common members within a call.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "call", pointer: "/calls",
      kind: .json,
      required: true, repeated: true,
      doc: "Calls in order."),
  ],
  key: .required, dryRun: true,
  resultMember: nil,
  columns: [],
  examples: ["till batch run --call '{\"method\":\"delivery.complete\",\"params\":{\"claim\":\"clm_01JD0000000000000000000001\"}}' --key batch-0001"])
