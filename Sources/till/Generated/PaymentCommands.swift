// Generated from Protocol/ by `swift run generate`; do not edit.

let paymentCloseCommand: CommandSpec = CommandSpec(
  path: ["payment", "close"], method: "payment.close",
  effect: "write",
  summary: "Close a payment at its gateway",
  doc: "The reply comes before the gateway's, with closing true; an event tells the end. If the buyer paid meanwhile, the payment succeeds.",
  positionals: [
    ArgumentSpec(
      name: "payment", pointer: "/payment",
      kind: .text,
      required: true, repeated: false,
      doc: "Payment id."),
  ],
  flags: [],
  key: .allowed, dryRun: false,
  resultMember: "payment",
  columns: ["id", "order", "gateway", "method", "state", "amount", "created_at"],
  examples: [])

let paymentCreateCommand: CommandSpec = CommandSpec(
  path: ["payment", "create"], method: "payment.create",
  effect: "write",
  summary: "Open a payment of an order at a gateway",
  doc: "A payment open at the same gateway and method whose action is still good is returned, with reused, without a call. For another gateway or method the open one is closed first: until that is proven, payment_open. The reply comes when the gateway answered, or after 15 seconds with state unknown.",
  positionals: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: true, repeated: false,
      doc: "Order id or order_no."),
  ],
  flags: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: true, repeated: false,
      doc: "Where."),
    ArgumentSpec(
      name: "method", pointer: "/method",
      kind: .text,
      required: false, repeated: false,
      doc: "How; default the gateway's first method."),
    ArgumentSpec(
      name: "return-url", pointer: "/return_url",
      kind: .text,
      required: false, repeated: false,
      doc: "Where the buyer comes back to."),
    ArgumentSpec(
      name: "client-ip", pointer: "/client_ip",
      kind: .text,
      required: false, repeated: false,
      doc: "Address of the buyer."),
    ArgumentSpec(
      name: "payer", pointer: "/payer",
      kind: .text,
      required: false, repeated: false,
      doc: "The buyer as the gateway names him, for methods inside its app: WeChat's openid."),
  ],
  key: .required, dryRun: true,
  resultMember: "payment",
  columns: ["id", "order", "gateway", "method", "state", "amount", "created_at"],
  examples: ["till payment create A1001 --gateway alipay --method precreate"])

let paymentGetCommand: CommandSpec = CommandSpec(
  path: ["payment", "get"], method: "payment.get",
  effect: "read",
  summary: "One payment",
  doc: "By id, with who has spoken of it: the gateway, our books, the bill of its day.",
  positionals: [
    ArgumentSpec(
      name: "payment", pointer: "/payment",
      kind: .text,
      required: true, repeated: false,
      doc: "Payment id."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "payment",
  columns: ["id", "order", "gateway", "method", "state", "amount", "created_at"],
  examples: [])

let paymentListCommand: CommandSpec = CommandSpec(
  path: ["payment", "list"], method: "payment.list",
  effect: "read",
  summary: "Payments by order, gateway, state or time",
  doc: "All filters must hold. Newest first.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: false, repeated: false,
      doc: "Of this order."),
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: false, repeated: false,
      doc: "Where."),
    ArgumentSpec(
      name: "method", pointer: "/method",
      kind: .text,
      required: false, repeated: false,
      doc: "How."),
    ArgumentSpec(
      name: "state", pointer: "/state",
      kind: .choice(["init", "submitted", "awaiting_buyer", "processing", "unknown", "stale", "closing", "closed", "failed", "succeeded", "reversed"]),
      required: false, repeated: false,
      doc: "State."),
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
  resultMember: "payments",
  columns: ["id", "order", "gateway", "method", "state", "amount", "created_at"],
  examples: ["till payment list --state unknown"])

let paymentQueryCommand: CommandSpec = CommandSpec(
  path: ["payment", "query"], method: "payment.query",
  effect: "write",
  summary: "Ask the gateway about a payment now",
  doc: "Joins a query in flight. A payment is asked at most once in two seconds; within them the last answer counts, with asked false.",
  positionals: [
    ArgumentSpec(
      name: "payment", pointer: "/payment",
      kind: .text,
      required: true, repeated: false,
      doc: "Payment id."),
  ],
  flags: [],
  key: .allowed, dryRun: false,
  resultMember: "payment",
  columns: ["id", "order", "gateway", "method", "state", "amount", "created_at"],
  examples: [])

let paymentResolveCommand: CommandSpec = CommandSpec(
  path: ["payment", "resolve"], method: "payment.resolve",
  effect: "write",
  summary: "Settle a payment by a proof from outside",
  doc: "For payments the gateway does not settle. Two people: the first call proposes, the call of another operator confirms. Settled as paid, the order gets the flag forced. With unpaid it is closed instead, which only people can do where the gateway cannot be asked; money that comes all the same counts as late.",
  positionals: [
    ArgumentSpec(
      name: "payment", pointer: "/payment",
      kind: .text,
      required: true, repeated: false,
      doc: "Payment id."),
  ],
  flags: [
    ArgumentSpec(
      name: "amount", pointer: "/amount",
      kind: .money,
      required: false, repeated: false,
      doc: "What came; default the amount asked."),
    ArgumentSpec(
      name: "unpaid", pointer: "/unpaid",
      kind: .boolean,
      required: false, repeated: false,
      doc: "true: nothing came. Only at a gateway that cannot be asked; without an amount."),
    ArgumentSpec(
      name: "evidence", pointer: "/evidence",
      kind: .text,
      required: true, repeated: false,
      doc: "What proves it, for example the bank's serial number."),
    ArgumentSpec(
      name: "reason", pointer: "/reason",
      kind: .text,
      required: true, repeated: false,
      doc: "Why."),
  ],
  key: .required, dryRun: true,
  resultMember: "payment",
  columns: ["id", "order", "gateway", "method", "state", "amount", "created_at"],
  examples: ["till payment resolve pay_01JD0000000000000000000001 --evidence 'bank serial 8812' --reason 'bill shows it'"])
