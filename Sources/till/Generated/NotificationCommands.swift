// Generated from Protocol/ by `swift run generate`; do not edit.

let notificationGetCommand: CommandSpec = CommandSpec(
  path: ["notification", "get"], method: "notification.get",
  effect: "read",
  summary: "One notification, verbatim",
  doc: "The bytes that were received.",
  positionals: [
    ArgumentSpec(
      name: "receipt", pointer: "/receipt",
      kind: .text,
      required: true, repeated: false,
      doc: "Notification id."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "receipt",
  columns: ["id", "gateway", "received_at", "verdict", "payment", "strength"],
  examples: [])

let notificationIngestCommand: CommandSpec = CommandSpec(
  path: ["notification", "ingest"], method: "notification.ingest",
  effect: "write",
  summary: "Pass on what a gateway sent",
  doc: "The front end hands over method, query, headers and body exactly as received, and answers the gateway with exactly ack. The same notification again is noop and safe, so a key is not needed. Give body for text or body_base64 for any bytes, not both.",
  positionals: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: true, repeated: false,
      doc: "The gateway whose address was called."),
  ],
  flags: [
    ArgumentSpec(
      name: "http-method", pointer: "/http_method",
      kind: .text,
      required: false, repeated: false,
      doc: "Method. Default POST."),
    ArgumentSpec(
      name: "query", pointer: "/query",
      kind: .text,
      required: false, repeated: false,
      doc: "Query string, as received."),
    ArgumentSpec(
      name: "headers", pointer: "/headers",
      kind: .json,
      required: false, repeated: false,
      doc: "Headers."),
    ArgumentSpec(
      name: "body", pointer: "/body",
      kind: .text,
      required: false, repeated: false,
      doc: "Body, if it is UTF-8."),
    ArgumentSpec(
      name: "body-base64", pointer: "/body_base64",
      kind: .bytes,
      required: false, repeated: false,
      doc: "Body, any bytes."),
    ArgumentSpec(
      name: "source-ip", pointer: "/source_ip",
      kind: .text,
      required: false, repeated: false,
      doc: "Address the notification came from."),
  ],
  key: .allowed, dryRun: false,
  resultMember: nil,
  columns: ["verdict", "payment", "order", "reason"],
  examples: ["till notification ingest alipay @request.bin"])

let notificationListCommand: CommandSpec = CommandSpec(
  path: ["notification", "list"], method: "notification.list",
  effect: "read",
  summary: "Notifications as they arrived",
  doc: "All filters must hold. Newest first.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: false, repeated: false,
      doc: "Where from."),
    ArgumentSpec(
      name: "verdict", pointer: "/verdict",
      kind: .choice(["applied", "noop", "received", "parked", "rejected"]),
      required: false, repeated: false,
      doc: "What became of them."),
    ArgumentSpec(
      name: "payment", pointer: "/payment",
      kind: .text,
      required: false, repeated: false,
      doc: "About this payment."),
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: false, repeated: false,
      doc: "About this order."),
    ArgumentSpec(
      name: "received-from", pointer: "/received_from",
      kind: .time,
      required: false, repeated: false,
      doc: "Received at or after."),
    ArgumentSpec(
      name: "received-to", pointer: "/received_to",
      kind: .time,
      required: false, repeated: false,
      doc: "Received before."),
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
  resultMember: "receipts",
  columns: ["id", "gateway", "received_at", "verdict", "payment", "strength"],
  examples: ["till notification list --verdict rejected"])

let notificationReplayCommand: CommandSpec = CommandSpec(
  path: ["notification", "replay"], method: "notification.replay",
  effect: "write",
  summary: "Judge a notification again",
  doc: "For parked ones, and for mismatches after the reason is gone. The bytes are verified again.",
  positionals: [
    ArgumentSpec(
      name: "receipt", pointer: "/receipt",
      kind: .text,
      required: true, repeated: false,
      doc: "Notification id."),
  ],
  flags: [],
  key: .allowed, dryRun: false,
  resultMember: "receipt",
  columns: ["id", "gateway", "received_at", "verdict", "payment", "strength"],
  examples: [])
