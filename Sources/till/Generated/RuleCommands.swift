// Generated from Protocol/ by `swift run generate`; do not edit.

let ruleActivateCommand: CommandSpec = CommandSpec(
  path: ["rule", "activate"], method: "rule.activate",
  effect: "write",
  summary: "Put a pattern of decisions in force",
  doc: "What a run finds from then on is treated like the differences before it: only what one person may decide alone, never a larger difference than people decided so. A rule that suggests proposes and a person confirms or turns down (discrepancy.confirm, discrepancy.reject); one decision of people is enough to have it. A rule that closes decides at once; it takes twenty decisions of people and a back-test in which nothing ended otherwise. Each such decision names the rule and is undone like any other; the first that is undone ends a rule that closes. A rule of the same pattern in the other mode ends with it. rule.proposals shows the back-test beforehand.",
  positionals: [
    ArgumentSpec(
      name: "pattern", pointer: "/pattern",
      kind: .text,
      required: true, repeated: false,
      doc: "As rule.proposals shows it."),
  ],
  flags: [
    ArgumentSpec(
      name: "mode", pointer: "/mode",
      kind: .choice(["suggest", "close"]),
      required: false, repeated: false,
      doc: "How far it goes. Default suggest."),
  ],
  key: .required, dryRun: true,
  resultMember: "rule",
  columns: ["id", "pattern", "mode", "tolerance", "support", "replayed", "disagreeing", "active", "activated_by", "counter_example"],
  examples: ["till rule activate alipay:fee_more:CNY:less:accept_gateway", "till rule activate alipay:fee_more:CNY:less:accept_gateway --mode close"])

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
  columns: ["id", "pattern", "mode", "tolerance", "support", "replayed", "disagreeing", "active", "activated_by", "counter_example"],
  examples: ["till rule deactivate rul_01JD0000000000000000000001 --reason 'the contract changed'"])

let ruleGetCommand: CommandSpec = CommandSpec(
  path: ["rule", "show"], method: "rule.get",
  effect: "read",
  summary: "A rule, what it has done, and its back-test today",
  doc: "The back-test plays the rule over all that ever differed, also what came after it was put in force.",
  positionals: [
    ArgumentSpec(
      name: "rule", pointer: "/rule",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: ["till rule show rul_01JD0000000000000000000001"])

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
    ArgumentSpec(
      name: "page", pointer: "/page",
      kind: .text,
      required: false, repeated: false,
      doc: "next of the page before."),
  ],
  key: .none, dryRun: false,
  resultMember: "rules",
  columns: ["id", "pattern", "mode", "tolerance", "support", "replayed", "disagreeing", "active", "activated_by", "counter_example"],
  examples: ["till rule list"])

let ruleProposalsCommand: CommandSpec = CommandSpec(
  path: ["rule", "proposals"], method: "rule.proposals",
  effect: "read",
  summary: "What people decide alike again and again",
  doc: "Each pattern of decisions with a rule of it played over all that ever differed: how many it would have decided, how many of these people decided alike, and every one that ended otherwise. Best supported first. Only decisions that one person may make alone are counted, and none that a rule made by itself.",
  positionals: [],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "proposals",
  columns: ["pattern", "tolerance", "support", "counter_examples", "back_test.decided", "back_test.undecided", "ready"],
  examples: ["till rule proposals"])
