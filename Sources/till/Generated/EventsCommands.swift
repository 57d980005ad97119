// Generated from Protocol/ by `swift run generate`; do not edit.

let eventsAckCommand: CommandSpec = CommandSpec(
  path: ["events", "ack"], method: "events.ack",
  effect: "write",
  summary: "Move a named consumer forward",
  doc: "At least once: what is not acked comes again. An ack never moves back; an older one changes nothing.",
  positionals: [
    ArgumentSpec(
      name: "consumer", pointer: "/consumer",
      kind: .text,
      required: true, repeated: false,
      doc: "The reader."),
    ArgumentSpec(
      name: "cursor", pointer: "/cursor",
      kind: .text,
      required: true, repeated: false,
      doc: "Everything up to here was processed."),
  ],
  flags: [],
  key: .allowed, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: [])

let eventsReadCommand: CommandSpec = CommandSpec(
  path: ["events", "read"], method: "events.read",
  effect: "read",
  summary: "Events after a position",
  doc: "Ordered and complete within the filter. The result's cursor is where to go on.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "after", pointer: "/after",
      kind: .text,
      required: true, repeated: false,
      doc: "A cursor, oldest or now."),
    ArgumentSpec(
      name: "types", pointer: "/types",
      kind: .text,
      required: false, repeated: true,
      doc: "Types or families; default all."),
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: false, repeated: false,
      doc: "Of this order."),
    ArgumentSpec(
      name: "limit", pointer: "/limit",
      kind: .integer,
      required: false, repeated: false,
      doc: "Rows at most. Default 50."),
  ],
  key: .none, dryRun: false,
  resultMember: "events",
  columns: ["seq", "at", "type", "order", "payment"],
  examples: ["till events read --after oldest --limit 10"])

let eventsSubscribeCommand: CommandSpec = CommandSpec(
  path: ["events", "tail"], method: "events.subscribe",
  effect: "stream",
  summary: "A stream of events",
  doc: "Items come as events.item, marks as events.mark; the reply ends the stream. A subscription is a position, not a queue: a slow reader loses nothing.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "after", pointer: "/after",
      kind: .text,
      required: false, repeated: false,
      doc: "A cursor, oldest or now; not needed for a known consumer."),
    ArgumentSpec(
      name: "consumer", pointer: "/consumer",
      kind: .text,
      required: false, repeated: false,
      doc: "A named reader: goes on after its last ack. after counts only the first time, to create it."),
    ArgumentSpec(
      name: "type", pointer: "/types",
      kind: .text,
      required: false, repeated: true,
      doc: "Types or families; default all."),
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: false, repeated: false,
      doc: "Of this order."),
    ArgumentSpec(
      name: "limit", pointer: "/limit",
      kind: .integer,
      required: false, repeated: false,
      doc: "End after so many events."),
  ],
  key: .none, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: ["till events tail --after now --type 'order.*'", "till events tail --save pos --type order.paid --exec ./ship.sh"])

let eventsWaitCommand: CommandSpec = CommandSpec(
  path: ["events", "wait"], method: "events.wait",
  effect: "wait",
  summary: "Events after a position, waiting for the first",
  doc: "A long poll for callers without a stream. timed_out is a normal result. With consumer the daemon keeps the position: process, then events.ack.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "after", pointer: "/after",
      kind: .text,
      required: false, repeated: false,
      doc: "A cursor, oldest or now; not needed for a known consumer."),
    ArgumentSpec(
      name: "consumer", pointer: "/consumer",
      kind: .text,
      required: false, repeated: false,
      doc: "A named reader: goes on after its last ack. after counts only the first time, to create it."),
    ArgumentSpec(
      name: "types", pointer: "/types",
      kind: .text,
      required: false, repeated: true,
      doc: "Types or families; default all."),
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: false, repeated: false,
      doc: "Of this order."),
    ArgumentSpec(
      name: "limit", pointer: "/limit",
      kind: .integer,
      required: false, repeated: false,
      doc: "Rows at most. Default 50."),
    ArgumentSpec(
      name: "wait", pointer: "/wait_ms",
      kind: .durationMilliseconds,
      required: false, repeated: false,
      doc: "How long at most; within timeout_ms. Default 30s."),
  ],
  key: .none, dryRun: false,
  resultMember: "events",
  columns: ["seq", "at", "type", "order", "payment"],
  examples: [])
