// Generated from Protocol/ by `swift run generate`; do not edit.

let gatewayCheckCommand: CommandSpec = CommandSpec(
  path: ["gateway", "check"], method: "gateway.check",
  effect: "admin",
  summary: "Make one harmless signed call and say what is wrong",
  doc: "Looks at address, certificate, keys, clock and rights, and whether notifications have come at all.",
  positionals: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: true, repeated: false,
      doc: "Gateway name."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: nil,
  columns: ["gateway", "ok", "finding", "text", "hint"],
  examples: ["till gateway check alipay"])

let gatewayHealthCommand: CommandSpec = CommandSpec(
  path: ["gateway", "health"], method: "gateway.health",
  effect: "read",
  summary: "How gateways do, and how many callbacks are lost",
  doc: "A success first learnt by query, although a callback was due, counts as lost.",
  positionals: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: false, repeated: false,
      doc: "Only this one."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "gateways",
  columns: ["gateway", "state", "calls", "failures", "latency_p50_ms", "lost_share", "likely_cause", "live.compared_at", "live.compared", "live.found", "live.differing"],
  examples: [])

let gatewayListCommand: CommandSpec = CommandSpec(
  path: ["gateway", "list"], method: "gateway.list",
  effect: "read",
  summary: "Configured gateways",
  doc: "What each can do and whether it takes payments now.",
  positionals: [],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "gateways",
  columns: ["name", "kind", "state", "circuit", "methods", "test"],
  examples: [])

let gatewayPauseCommand: CommandSpec = CommandSpec(
  path: ["gateway", "pause"], method: "gateway.pause",
  effect: "admin",
  summary: "Make no new payments at a gateway",
  doc: "Queries, closes and refunds go on.",
  positionals: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: true, repeated: false,
      doc: "Gateway name."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "gateway",
  columns: ["name", "kind", "state", "circuit", "methods", "test"],
  examples: [])

let gatewayResumeCommand: CommandSpec = CommandSpec(
  path: ["gateway", "resume"], method: "gateway.resume",
  effect: "admin",
  summary: "Make payments at a gateway again",
  doc: "Ends gateway.pause and closes the circuit.",
  positionals: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: true, repeated: false,
      doc: "Gateway name."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "gateway",
  columns: ["name", "kind", "state", "circuit", "methods", "test"],
  examples: [])
