// Generated from Protocol/ by `swift run generate`; do not edit.

let disputeAttachCommand: CommandSpec = CommandSpec(
  path: ["dispute", "attach"], method: "dispute.attach",
  effect: "write",
  summary: "Attach what supports the shop's side of a dispute",
  doc: "Kept sealed, with its digest in the log; nothing is sent to the gateway. Give text for text or content_base64 for any bytes, not both. The same content of the same kind again changes nothing.",
  positionals: [
    ArgumentSpec(
      name: "dispute", pointer: "/dispute",
      kind: .text,
      required: true, repeated: false,
      doc: "Dispute id."),
    ArgumentSpec(
      name: "kind", pointer: "/kind",
      kind: .choice(["receipt", "delivery_proof", "communication", "policy", "screenshot", "other"]),
      required: true, repeated: false,
      doc: "What it shows."),
  ],
  flags: [
    ArgumentSpec(
      name: "name", pointer: "/name",
      kind: .text,
      required: false, repeated: false,
      doc: "A name for people; sealed too."),
    ArgumentSpec(
      name: "media-type", pointer: "/media_type",
      kind: .text,
      required: false, repeated: false,
      doc: "What the bytes are; else text/plain for text, application/octet-stream for bytes."),
    ArgumentSpec(
      name: "text", pointer: "/text",
      kind: .text,
      required: false, repeated: false,
      doc: "Content, if it is text."),
    ArgumentSpec(
      name: "content-base64", pointer: "/content_base64",
      kind: .bytes,
      required: false, repeated: false,
      doc: "Content, any bytes."),
  ],
  key: .allowed, dryRun: true,
  resultMember: "attachment",
  columns: ["id", "kind", "media_type", "bytes", "sha256", "by", "at"],
  examples: ["till dispute attach dsp_01JD0000000000000000000001 delivery_proof --text 'signed for'"])

let disputeAttachmentCommand: CommandSpec = CommandSpec(
  path: ["dispute", "attachment"], method: "dispute.attachment",
  effect: "read",
  summary: "The content of one attachment",
  doc: "The bytes that were attached.",
  positionals: [
    ArgumentSpec(
      name: "dispute", pointer: "/dispute",
      kind: .text,
      required: true, repeated: false,
      doc: "Dispute id."),
    ArgumentSpec(
      name: "attachment", pointer: "/attachment",
      kind: .text,
      required: true, repeated: false,
      doc: "Attachment id."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "attachment",
  columns: ["id", "kind", "media_type", "bytes", "sha256", "by", "at"],
  examples: [])

let disputeGetCommand: CommandSpec = CommandSpec(
  path: ["dispute", "get"], method: "dispute.get",
  effect: "read",
  summary: "One dispute",
  doc: "By id. The content of attachments is read with dispute.attachment.",
  positionals: [
    ArgumentSpec(
      name: "dispute", pointer: "/dispute",
      kind: .text,
      required: true, repeated: false,
      doc: "Dispute id."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "dispute",
  columns: ["id", "payment", "state", "amount", "funds", "due_at", "opened_at"],
  examples: [])

let disputeListCommand: CommandSpec = CommandSpec(
  path: ["dispute", "list"], method: "dispute.list",
  effect: "read",
  summary: "Disputes by order, payment, gateway, state or due date",
  doc: "All filters must hold. Newest first.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: false, repeated: false,
      doc: "Of this order."),
    ArgumentSpec(
      name: "payment", pointer: "/payment",
      kind: .text,
      required: false, repeated: false,
      doc: "Of this payment."),
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: false, repeated: false,
      doc: "At this gateway."),
    ArgumentSpec(
      name: "state", pointer: "/state",
      kind: .choice(["warning", "needs_response", "under_review", "won", "lost", "warning_closed", "prevented", "accepted", "withdrawn"]),
      required: false, repeated: false,
      doc: "State."),
    ArgumentSpec(
      name: "open", pointer: "/open",
      kind: .boolean,
      required: false, repeated: false,
      doc: "Without an outcome, or with one."),
    ArgumentSpec(
      name: "due-before", pointer: "/due_before",
      kind: .time,
      required: false, repeated: false,
      doc: "Waits for an answer until before this time."),
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
  resultMember: "disputes",
  columns: ["id", "payment", "state", "amount", "funds", "due_at", "opened_at"],
  examples: ["till dispute list --open"])

let disputeQueryCommand: CommandSpec = CommandSpec(
  path: ["dispute", "query"], method: "dispute.query",
  effect: "write",
  summary: "Ask the gateway about a dispute now",
  doc: "Joins a query in flight; at most once in two seconds.",
  positionals: [
    ArgumentSpec(
      name: "dispute", pointer: "/dispute",
      kind: .text,
      required: true, repeated: false,
      doc: "Dispute id."),
  ],
  flags: [],
  key: .allowed, dryRun: false,
  resultMember: "dispute",
  columns: ["id", "payment", "state", "amount", "funds", "due_at", "opened_at"],
  examples: [])
