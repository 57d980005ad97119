// Generated from Protocol/ by `swift run generate`; do not edit.

let protocolDescribeCommand: CommandSpec = CommandSpec(
  path: ["protocol", "describe"], method: "protocol.describe",
  effect: "read",
  summary: "The contract itself",
  doc: "Returns contract files. Without parameters all of them; each list narrows one kind, and only the kinds named are returned.",
  positionals: [
    ArgumentSpec(
      name: "methods", pointer: "/methods",
      kind: .text,
      required: false, repeated: true,
      doc: "Methods to return."),
  ],
  flags: [
    ArgumentSpec(
      name: "types", pointer: "/types",
      kind: .text,
      required: false, repeated: true,
      doc: "Types to return."),
    ArgumentSpec(
      name: "errors", pointer: "/errors",
      kind: .text,
      required: false, repeated: true,
      doc: "Error codes to return."),
    ArgumentSpec(
      name: "events", pointer: "/events",
      kind: .text,
      required: false, repeated: true,
      doc: "Event types to return."),
  ],
  key: .none, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: ["till protocol describe order.create --json"])

let protocolPingCommand: CommandSpec = CommandSpec(
  path: ["protocol", "ping"], method: "protocol.ping",
  effect: "read",
  summary: "The cheapest round trip",
  doc: "Answers from memory. Does not count as in flight.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "echo", pointer: "/echo",
      kind: .json,
      required: false, repeated: false,
      doc: "Returned unchanged."),
  ],
  key: .none, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: ["till protocol ping"])
