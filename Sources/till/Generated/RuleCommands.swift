// Generated from Protocol/ by `swift run generate`; do not edit.

let ruleActivateCommand: CommandSpec = CommandSpec(
  path: ["rule", "activate"], method: "rule.activate",
  effect: "write",
  summary: "Put a pattern of decisions in force",
  doc: "From then on what a run finds is decided like those before it: only what one person may decide alone, never a larger difference than people decided so. Each such decision names the rule and is undone like any other; the first that is undone ends the rule.",
  positionals: [
    ArgumentSpec(
      name: "pattern", pointer: "/pattern",
      kind: .text,
      required: true, repeated: false,
      doc: "As rule.proposals shows it."),
  ],
  flags: [],
  key: .required, dryRun: true,
  resultMember: "rule",
  columns: ["id", "pattern", "tolerance", "support", "active", "activated_by", "counter_example"],
  examples: ["till rule activate alipay:fee_more:CNY:less:accept_gateway"])

let ruleDeactivateCommand: CommandSpec = CommandSpec(
  path: ["rule", "deactivate"], method: "rule.deactivate",
  effect: "write",
  summary: "End a rule",
  doc: "What it has decided stands until somebody undoes it.",
  positionals: [
    ArgumentSpec(
      name: "rule", pointer: "/rule",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
  ],
  flags: [
    ArgumentSpec(
      name: "reason", pointer: "/reason",
      kind: .text,
      required: true, repeated: false,
      doc: "Why."),
  ],
  key: .allowed, dryRun: true,
  resultMember: "rule",
  columns: ["id", "pattern", "tolerance", "support", "active", "activated_by", "counter_example"],
  examples: ["till rule deactivate rul_01JD0000000000000000000001 --reason 'the contract changed'"])

let ruleListCommand: CommandSpec = CommandSpec(
  path: ["rule", "list"], method: "rule.list",
  effect: "read",
  summary: "Rules in force, and those that were",
  doc: "Newest first.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "limit", pointer: "/limit",
      kind: .integer,
      required: false, repeated: false,
      doc: "Rows at most. Default 50."),
  ],
  key: .none, dryRun: false,
  resultMember: "rules",
  columns: ["id", "pattern", "tolerance", "support", "active", "activated_by", "counter_example"],
  examples: ["till rule list"])

let ruleProposalsCommand: CommandSpec = CommandSpec(
  path: ["rule", "proposals"], method: "rule.proposals",
  effect: "read",
  summary: "What people decide alike again and again",
  doc: "Each pattern of decisions with what history says for and against it, best supported first. Only decisions that one person may make alone are counted, and none that a rule made.",
  positionals: [],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "proposals",
  columns: ["pattern", "tolerance", "support", "counter_examples", "ready"],
  examples: ["till rule proposals"])
