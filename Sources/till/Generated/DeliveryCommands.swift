// Generated from Protocol/ by `swift run generate`; do not edit.

let deliveryClaimCommand: CommandSpec = CommandSpec(
  path: ["delivery", "claim"], method: "delivery.claim",
  effect: "write",
  summary: "Take an order line to hand it out",
  doc: "Exactly one caller gets a claim for a line, ever; an order of several lines takes a claim for each, as each has its delivery.pending. The same key returns the same claim. A lease that ends without complete, fail or release makes the delivery failed, never pending: nobody knows whether something was handed out.",
  positionals: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: true, repeated: false,
      doc: "Order id or order_no."),
  ],
  flags: [
    ArgumentSpec(
      name: "line", pointer: "/line",
      kind: .integer,
      required: false, repeated: false,
      doc: "Number of the line, from 1; default the first that is pending."),
    ArgumentSpec(
      name: "lease", pointer: "/lease_ms",
      kind: .durationMilliseconds,
      required: false, repeated: false,
      doc: "Time to finish. Default 60s."),
  ],
  key: .required, dryRun: true,
  resultMember: "delivery",
  columns: ["id", "order", "line", "state", "claimed_by", "lease_until"],
  examples: ["till delivery claim A1001 --key ship-A1001"])

let deliveryCompleteCommand: CommandSpec = CommandSpec(
  path: ["delivery", "complete"], method: "delivery.complete",
  effect: "write",
  summary: "Say that a claimed line was handed out",
  doc: "Safe to repeat.",
  positionals: [
    ArgumentSpec(
      name: "claim", pointer: "/claim",
      kind: .text,
      required: true, repeated: false,
      doc: "The claim."),
  ],
  flags: [
    ArgumentSpec(
      name: "reference", pointer: "/reference",
      kind: .text,
      required: false, repeated: false,
      doc: "What was handed out; no card secrets."),
  ],
  key: .allowed, dryRun: true,
  resultMember: "delivery",
  columns: ["id", "order", "line", "state", "claimed_by", "lease_until"],
  examples: [])

let deliveryFailCommand: CommandSpec = CommandSpec(
  path: ["delivery", "fail"], method: "delivery.fail",
  effect: "write",
  summary: "Say that a claimed line could not be handed out",
  doc: "A person decides what next.",
  positionals: [
    ArgumentSpec(
      name: "claim", pointer: "/claim",
      kind: .text,
      required: true, repeated: false,
      doc: "The claim."),
  ],
  flags: [
    ArgumentSpec(
      name: "reason", pointer: "/reason",
      kind: .text,
      required: true, repeated: false,
      doc: "Why."),
  ],
  key: .allowed, dryRun: true,
  resultMember: "delivery",
  columns: ["id", "order", "line", "state", "claimed_by", "lease_until"],
  examples: [])

let deliveryHoldCommand: CommandSpec = CommandSpec(
  path: ["delivery", "hold"], method: "delivery.hold",
  effect: "write",
  summary: "Hold the delivery of an order",
  doc: "Nothing of it can be claimed until delivery.unhold.",
  positionals: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: true, repeated: false,
      doc: "Order id or order_no."),
  ],
  flags: [
    ArgumentSpec(
      name: "reason", pointer: "/reason",
      kind: .text,
      required: true, repeated: false,
      doc: "Why."),
  ],
  key: .allowed, dryRun: true,
  resultMember: "deliveries",
  columns: ["id", "order", "line", "state", "claimed_by", "lease_until"],
  examples: [])

let deliveryListCommand: CommandSpec = CommandSpec(
  path: ["delivery", "list"], method: "delivery.list",
  effect: "read",
  summary: "Deliveries by order or state",
  doc: "All filters must hold. Oldest first: what has waited longest stands on top.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: false, repeated: false,
      doc: "Of this order."),
    ArgumentSpec(
      name: "state", pointer: "/state",
      kind: .choice(["none", "pending", "held", "reserved", "delivering", "delivered", "failed", "revoked"]),
      required: false, repeated: false,
      doc: "State."),
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
  resultMember: "deliveries",
  columns: ["id", "order", "line", "state", "claimed_by", "lease_until"],
  examples: ["till delivery list --state pending"])

let deliveryReleaseCommand: CommandSpec = CommandSpec(
  path: ["delivery", "release"], method: "delivery.release",
  effect: "write",
  summary: "Give a claim back",
  doc: "The worker says that nothing was handed out; the line may be claimed again.",
  positionals: [
    ArgumentSpec(
      name: "claim", pointer: "/claim",
      kind: .text,
      required: true, repeated: false,
      doc: "The claim."),
  ],
  flags: [],
  key: .allowed, dryRun: true,
  resultMember: "delivery",
  columns: ["id", "order", "line", "state", "claimed_by", "lease_until"],
  examples: [])

let deliveryRetryCommand: CommandSpec = CommandSpec(
  path: ["delivery", "retry"], method: "delivery.retry",
  effect: "write",
  summary: "Open a failed delivery again",
  doc: "Support says that nothing was handed out.",
  positionals: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: true, repeated: false,
      doc: "Order id or order_no."),
  ],
  flags: [
    ArgumentSpec(
      name: "reason", pointer: "/reason",
      kind: .text,
      required: true, repeated: false,
      doc: "How it is known that nothing was handed out."),
  ],
  key: .allowed, dryRun: true,
  resultMember: "deliveries",
  columns: ["id", "order", "line", "state", "claimed_by", "lease_until"],
  examples: [])

let deliveryRevokeCommand: CommandSpec = CommandSpec(
  path: ["delivery", "revoke"], method: "delivery.revoke",
  effect: "write",
  summary: "Take back what was handed out",
  doc: "After delivered; for goods that can be made worthless.",
  positionals: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: true, repeated: false,
      doc: "Order id or order_no."),
  ],
  flags: [
    ArgumentSpec(
      name: "reason", pointer: "/reason",
      kind: .text,
      required: true, repeated: false,
      doc: "Why."),
  ],
  key: .allowed, dryRun: true,
  resultMember: "deliveries",
  columns: ["id", "order", "line", "state", "claimed_by", "lease_until"],
  examples: [])

let deliveryUnholdCommand: CommandSpec = CommandSpec(
  path: ["delivery", "unhold"], method: "delivery.unhold",
  effect: "write",
  summary: "Let a held delivery go",
  doc: "Ends delivery.hold. Goods whose money is known by a weak word alone stay held: order.accept lets them go.",
  positionals: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: true, repeated: false,
      doc: "Order id or order_no."),
  ],
  flags: [],
  key: .allowed, dryRun: true,
  resultMember: "deliveries",
  columns: ["id", "order", "line", "state", "claimed_by", "lease_until"],
  examples: [])
