// Generated from Protocol/ by `swift run generate`; do not edit.

let refundApproveCommand: CommandSpec = CommandSpec(
  path: ["refund", "approve"], method: "refund.approve",
  effect: "write",
  summary: "Approve a refund",
  doc: "By another operator than the one who asked, within the approver's limit. What no operator asked for counts with all that the approver gave back of this order alone. Then it is sent.",
  positionals: [
    ArgumentSpec(
      name: "refund", pointer: "/refund",
      kind: .text,
      required: true, repeated: false,
      doc: "Refund id."),
  ],
  flags: [
    ArgumentSpec(
      name: "version", pointer: "/version",
      kind: .integer,
      required: false, repeated: false,
      doc: "Only if the object still has this version."),
  ],
  key: .required, dryRun: true,
  resultMember: "refund",
  columns: ["id", "payment", "state", "amount", "requested_by", "created_at"],
  examples: [])

let refundCreateCommand: CommandSpec = CommandSpec(
  path: ["refund", "create"], method: "refund.create",
  effect: "write",
  summary: "Ask for a refund",
  doc: "The amount is reserved at once, so that refunds never exceed what was captured. Within the caller's limit it is sent at once, counting what the caller gave back of this order alone before; above it, it waits for refund.approve. So does any refund of a payment that was made before the store was restored from a backup, whatever the limit. The reply comes when the gateway answered, or after 15 seconds with state unknown; a definite refusal is an error that names the refund.",
  positionals: [
    ArgumentSpec(
      name: "payment", pointer: "/payment",
      kind: .text,
      required: true, repeated: false,
      doc: "Payment id."),
    ArgumentSpec(
      name: "amount", pointer: "/amount",
      kind: .money,
      required: true, repeated: false,
      doc: "How much."),
  ],
  flags: [
    ArgumentSpec(
      name: "reason", pointer: "/reason",
      kind: .text,
      required: false, repeated: false,
      doc: "Why; the gateway may show it to the buyer."),
  ],
  key: .required, dryRun: true,
  resultMember: "refund",
  columns: ["id", "payment", "state", "amount", "requested_by", "created_at"],
  examples: ["till refund create pay_01JD0000000000000000000001 10.00CNY --reason 'one card missing'"])

let refundGetCommand: CommandSpec = CommandSpec(
  path: ["refund", "get"], method: "refund.get",
  effect: "read",
  summary: "One refund",
  doc: "By id.",
  positionals: [
    ArgumentSpec(
      name: "refund", pointer: "/refund",
      kind: .text,
      required: true, repeated: false,
      doc: "Refund id."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "refund",
  columns: ["id", "payment", "state", "amount", "requested_by", "created_at"],
  examples: [])

let refundListCommand: CommandSpec = CommandSpec(
  path: ["refund", "list"], method: "refund.list",
  effect: "read",
  summary: "Refunds by order, payment, state or time",
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
      name: "state", pointer: "/state",
      kind: .choice(["requested", "approved", "submitted", "processing", "unknown", "succeeded", "failed", "returned", "rejected", "withdrawn"]),
      required: false, repeated: false,
      doc: "State."),
    ArgumentSpec(
      name: "created-from", pointer: "/created_from",
      kind: .time,
      required: false, repeated: false,
      doc: "Requested at or after."),
    ArgumentSpec(
      name: "created-to", pointer: "/created_to",
      kind: .time,
      required: false, repeated: false,
      doc: "Requested before."),
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
  resultMember: "refunds",
  columns: ["id", "payment", "state", "amount", "requested_by", "created_at"],
  examples: ["till refund list --state requested"])

let refundQueryCommand: CommandSpec = CommandSpec(
  path: ["refund", "query"], method: "refund.query",
  effect: "write",
  summary: "Ask the gateway about a refund now",
  doc: "Joins a query in flight; at most once in two seconds.",
  positionals: [
    ArgumentSpec(
      name: "refund", pointer: "/refund",
      kind: .text,
      required: true, repeated: false,
      doc: "Refund id."),
  ],
  flags: [],
  key: .allowed, dryRun: false,
  resultMember: "refund",
  columns: ["id", "payment", "state", "amount", "requested_by", "created_at"],
  examples: [])

let refundRejectCommand: CommandSpec = CommandSpec(
  path: ["refund", "reject"], method: "refund.reject",
  effect: "write",
  summary: "Refuse or withdraw a refund",
  doc: "The reserved amount is free again. Called by who asked, the refund is withdrawn.",
  positionals: [
    ArgumentSpec(
      name: "refund", pointer: "/refund",
      kind: .text,
      required: true, repeated: false,
      doc: "Refund id."),
  ],
  flags: [
    ArgumentSpec(
      name: "reason", pointer: "/reason",
      kind: .text,
      required: true, repeated: false,
      doc: "Why."),
  ],
  key: .allowed, dryRun: true,
  resultMember: "refund",
  columns: ["id", "payment", "state", "amount", "requested_by", "created_at"],
  examples: [])
