// Generated from Protocol/ by `swift run generate`; do not edit.

let orderAcceptCommand: CommandSpec = CommandSpec(
  path: ["order", "accept"], method: "order.accept",
  effect: "write",
  summary: "Accept an order whose money differs from what was asked",
  doc: "For orders in review, and for those paid by a weak word alone (flag weak). Two people: the first call proposes, the call of another operator confirms. Then what was captured counts as what was due, with the flag forced, and goods that waited for it go out.",
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
    ArgumentSpec(
      name: "version", pointer: "/version",
      kind: .integer,
      required: false, repeated: false,
      doc: "Only if the object still has this version."),
  ],
  key: .required, dryRun: true,
  resultMember: "order",
  columns: ["order_no", "pay_state", "delivery_state", "amount", "created_at", "id"],
  examples: [])

let orderCancelCommand: CommandSpec = CommandSpec(
  path: ["order", "cancel"], method: "order.cancel",
  effect: "write",
  summary: "Cancel an order",
  doc: "Open payments go to closing at their gateways; the order is cancelled when none can succeed any more. The reply comes before that, with closing true; an event tells the end.",
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
      required: false, repeated: false,
      doc: "Why."),
  ],
  key: .allowed, dryRun: true,
  resultMember: "order",
  columns: ["order_no", "pay_state", "delivery_state", "amount", "created_at", "id"],
  examples: ["till order cancel A1001 --reason 'buyer left'"])

let orderCreateCommand: CommandSpec = CommandSpec(
  path: ["order", "create"], method: "order.create",
  effect: "write",
  summary: "Create an order",
  doc: "The order_no is the natural key: an order that has it already is returned in the error already_exists. The sum of the lines must be the amount.",
  positionals: [
    ArgumentSpec(
      name: "amount", pointer: "/amount",
      kind: .money,
      required: true, repeated: false,
      doc: "What is due."),
  ],
  flags: [
    ArgumentSpec(
      name: "order-no", pointer: "/order_no",
      kind: .text,
      required: false, repeated: false,
      doc: "The shop's number; default the order's id."),
    ArgumentSpec(
      name: "subject", pointer: "/subject",
      kind: .text,
      required: true, repeated: false,
      doc: "What the buyer pays for."),
    ArgumentSpec(
      name: "line", pointer: "/lines",
      kind: .json,
      required: false, repeated: true,
      doc: "Articles; they add up to amount."),
    ArgumentSpec(
      name: "buyer-user-id", pointer: "/buyer/user_id",
      kind: .text,
      required: false, repeated: false,
      doc: "The shop's number of the buyer."),
    ArgumentSpec(
      name: "buyer-email", pointer: "/buyer/email",
      kind: .text,
      required: false, repeated: false,
      doc: "E-mail."),
    ArgumentSpec(
      name: "buyer-phone", pointer: "/buyer/phone",
      kind: .text,
      required: false, repeated: false,
      doc: "Telephone."),
    ArgumentSpec(
      name: "buyer-ip", pointer: "/buyer/ip",
      kind: .text,
      required: false, repeated: false,
      doc: "Address the buyer came from."),
    ArgumentSpec(
      name: "buyer-country", pointer: "/buyer/country",
      kind: .text,
      required: false, repeated: false,
      doc: "Country of the address."),
    ArgumentSpec(
      name: "buyer-user-agent", pointer: "/buyer/user_agent",
      kind: .text,
      required: false, repeated: false,
      doc: "Browser."),
    ArgumentSpec(
      name: "buyer-device", pointer: "/buyer/device",
      kind: .text,
      required: false, repeated: false,
      doc: "Fingerprint of the device."),
    ArgumentSpec(
      name: "source", pointer: "/source",
      kind: .text,
      required: false, repeated: false,
      doc: "Where the order came from."),
    ArgumentSpec(
      name: "expires-in", pointer: "/expires_in_ms",
      kind: .durationMilliseconds,
      required: false, repeated: false,
      doc: "Life of the order; default from the configuration, 15 minutes."),
    ArgumentSpec(
      name: "metadata", pointer: "/metadata",
      kind: .json,
      required: false, repeated: false,
      doc: "The shop's own members."),
  ],
  key: .required, dryRun: true,
  resultMember: "order",
  columns: ["order_no", "pay_state", "delivery_state", "amount", "created_at", "id"],
  examples: ["till order create A1001 58.00CNY --subject 'Gift card'", "till order create 58.00CNY --subject 'Two cards' --line '{\"name\":\"Card\",\"quantity\":2,\"unit_price\":{\"currency\":\"CNY\",\"minor\":2900}}' --buyer-email a@example.com"])

let orderErasePersonalCommand: CommandSpec = CommandSpec(
  path: ["order", "erase-personal"], method: "order.erase_personal",
  effect: "write",
  summary: "Blank the personal data of an order",
  doc: "The buyer's members, the bytes of its notifications (body, query, headers and sender), the answers of gateways about it and what was attached to its disputes are erased for good; their digests stay. Money, events and the chain stay. A notification that nobody has vouched for yet keeps its bytes, and what comes later is kept as ever: erase again.",
  positionals: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: true, repeated: false,
      doc: "Order id or order_no."),
  ],
  flags: [],
  key: .allowed, dryRun: true,
  resultMember: "order",
  columns: ["order_no", "pay_state", "delivery_state", "amount", "created_at", "id"],
  examples: [])

let orderFindCommand: CommandSpec = CommandSpec(
  path: ["order", "find"], method: "order.find",
  effect: "read",
  summary: "Find an order by any number a person may hold",
  doc: "Compares order_no, ids, our number at the gateway, the gateway's number and refund numbers.",
  positionals: [
    ArgumentSpec(
      name: "number", pointer: "/number",
      kind: .text,
      required: true, repeated: false,
      doc: "The number."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "matches",
  columns: ["found_by", "order.order_no", "order.pay_state", "order.amount", "payment", "refund"],
  examples: ["till order find 2026112122001400001234567890"])

let orderGetCommand: CommandSpec = CommandSpec(
  path: ["order", "get"], method: "order.get",
  effect: "read",
  summary: "One order",
  doc: "By id or order_no.",
  positionals: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: true, repeated: false,
      doc: "Order id or order_no."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "order",
  columns: ["order_no", "pay_state", "delivery_state", "amount", "created_at", "id"],
  examples: ["till order get A1001"])

let orderListCommand: CommandSpec = CommandSpec(
  path: ["order", "list"], method: "order.list",
  effect: "read",
  summary: "Orders by state, time, amount, buyer or text",
  doc: "All filters must hold. email, user_id and text find parts of at least two characters, in either letter case; order_by sorts. Roles that see personal data masked cannot look for email, user_id and ip.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "pay-state", pointer: "/pay_state",
      kind: .choice(["created", "awaiting", "processing", "expired", "cancelled", "review", "paid", "partially_refunded", "refunded", "charged_back"]),
      required: false, repeated: false,
      doc: "Money."),
    ArgumentSpec(
      name: "delivery-state", pointer: "/delivery_state",
      kind: .choice(["none", "pending", "held", "reserved", "delivering", "delivered", "failed", "revoked"]),
      required: false, repeated: false,
      doc: "Goods."),
    ArgumentSpec(
      name: "risk-state", pointer: "/risk_state",
      kind: .choice(["clear", "flagged", "held", "verifying", "cleared", "refused"]),
      required: false, repeated: false,
      doc: "Risk."),
    ArgumentSpec(
      name: "flag", pointer: "/flag",
      kind: .choice(["late", "excess", "short", "mismatch", "forced", "auto_refunded", "frozen", "attention", "test", "weak"]),
      required: false, repeated: false,
      doc: "What is unusual."),
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: false, repeated: false,
      doc: "Has a payment there."),
    ArgumentSpec(
      name: "method", pointer: "/method",
      kind: .text,
      required: false, repeated: false,
      doc: "Has a payment of this method."),
    ArgumentSpec(
      name: "amount-min", pointer: "/amount_min",
      kind: .integer,
      required: false, repeated: false,
      doc: "Least amount, in minor units."),
    ArgumentSpec(
      name: "amount-max", pointer: "/amount_max",
      kind: .integer,
      required: false, repeated: false,
      doc: "Largest amount, in minor units."),
    ArgumentSpec(
      name: "currency", pointer: "/currency",
      kind: .text,
      required: false, repeated: false,
      doc: "Currency."),
    ArgumentSpec(
      name: "created-from", pointer: "/created_from",
      kind: .time,
      required: false, repeated: false,
      doc: "Created at or after."),
    ArgumentSpec(
      name: "created-to", pointer: "/created_to",
      kind: .time,
      required: false, repeated: false,
      doc: "Created before."),
    ArgumentSpec(
      name: "paid-from", pointer: "/paid_from",
      kind: .time,
      required: false, repeated: false,
      doc: "Paid at or after."),
    ArgumentSpec(
      name: "paid-to", pointer: "/paid_to",
      kind: .time,
      required: false, repeated: false,
      doc: "Paid before."),
    ArgumentSpec(
      name: "email", pointer: "/email",
      kind: .text,
      required: false, repeated: false,
      doc: "Part of the e-mail."),
    ArgumentSpec(
      name: "user-id", pointer: "/user_id",
      kind: .text,
      required: false, repeated: false,
      doc: "Part of the buyer's number."),
    ArgumentSpec(
      name: "ip", pointer: "/ip",
      kind: .text,
      required: false, repeated: false,
      doc: "Address of the buyer."),
    ArgumentSpec(
      name: "text", pointer: "/text",
      kind: .text,
      required: false, repeated: false,
      doc: "Part of the subject or of a line's name."),
    ArgumentSpec(
      name: "order-by", pointer: "/order_by",
      kind: .choice(["newest", "oldest", "amount_desc", "amount_asc", "paid_desc"]),
      required: false, repeated: false,
      doc: "Order of the rows. Default newest."),
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
  resultMember: "orders",
  columns: ["order_no", "pay_state", "delivery_state", "amount", "created_at", "id"],
  examples: ["till order list --pay-state processing", "till order list --created-from now-2h --amount-min 100000 --currency CNY"])

let orderTellCommand: CommandSpec = CommandSpec(
  path: ["order", "tell"], method: "order.tell",
  effect: "read",
  summary: "The one definite sentence for the buyer, and the one for support",
  doc: "No vague sentence can come out: each has the facts it needs, and a payment under way says when it is looked at next.",
  positionals: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: true, repeated: false,
      doc: "Order id or order_no."),
  ],
  flags: [
    ArgumentSpec(
      name: "lang", pointer: "/lang",
      kind: .choice(["zh", "en"]),
      required: false, repeated: false,
      doc: "Language of the sentences. Default zh."),
  ],
  key: .none, dryRun: false,
  resultMember: "tell",
  columns: ["state", "buyer", "support"],
  examples: ["till order tell A1001 --lang en"])

let orderTimelineCommand: CommandSpec = CommandSpec(
  path: ["order", "timeline"], method: "order.timeline",
  effect: "read",
  summary: "Every step in the life of an order, with its evidence",
  doc: "Events, notifications, queries and calls in the order they happened.",
  positionals: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: true, repeated: false,
      doc: "Order id or order_no."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "steps",
  columns: ["at", "type", "actor", "text.en", "evidence.id"],
  examples: [])

let orderWaitCommand: CommandSpec = CommandSpec(
  path: ["order", "wait"], method: "order.wait",
  effect: "wait",
  summary: "Wait until an order reaches a state",
  doc: "Answers at once if it is there already. timed_out is a normal result. An order waited for is watched: its gateway is asked more often.",
  positionals: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: true, repeated: false,
      doc: "Order id or order_no."),
  ],
  flags: [
    ArgumentSpec(
      name: "until", pointer: "/until",
      kind: .choice(["created", "awaiting", "processing", "expired", "cancelled", "review", "paid", "partially_refunded", "refunded", "charged_back", "none", "pending", "held", "reserved", "delivering", "delivered", "failed", "revoked"]),
      required: true, repeated: true,
      doc: "Any of these ends the wait."),
    ArgumentSpec(
      name: "wait", pointer: "/wait_ms",
      kind: .durationMilliseconds,
      required: false, repeated: false,
      doc: "How long at most; within timeout_ms. Default 30s."),
  ],
  key: .none, dryRun: false,
  resultMember: "order",
  columns: ["order_no", "pay_state", "delivery_state", "amount", "created_at", "id"],
  examples: ["till order wait A1001 --until paid --wait 60s"])

let orderWhyCommand: CommandSpec = CommandSpec(
  path: ["order", "why"], method: "order.why",
  effect: "read",
  summary: "Why an order is in its state",
  doc: "The rule of pay_state that holds, the facts behind it with their evidence, and what happens next by itself.",
  positionals: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: true, repeated: false,
      doc: "Order id or order_no."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "why",
  columns: ["pay_state", "rule", "text.en"],
  examples: ["till order why A1001"])
