// Generated from Protocol/ by `swift run generate`; do not edit.

let sandboxBehaveCommand: CommandSpec = CommandSpec(
  path: ["sandbox", "behave"], method: "sandbox.behave",
  effect: "admin",
  summary: "Make a sandbox misbehave",
  doc: "Until for_ms has passed, calls were so many, or the fault none is set.",
  positionals: [
    ArgumentSpec(
      name: "fault", pointer: "/fault",
      kind: .choice(["none", "slow", "down", "hang", "error_5xx_after_success", "torn_answer", "wrong_amount", "wrong_currency", "wrong_signature", "unknown_status", "not_exist_lie", "success_after_close", "already_paid_on_close", "rate_limit", "refund_returned"]),
      required: true, repeated: false,
      doc: "What it does."),
  ],
  flags: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: false, repeated: false,
      doc: "Which sandbox; default the only one."),
    ArgumentSpec(
      name: "for", pointer: "/for_ms",
      kind: .durationMilliseconds,
      required: false, repeated: false,
      doc: "How long."),
    ArgumentSpec(
      name: "calls", pointer: "/calls",
      kind: .integer,
      required: false, repeated: false,
      doc: "For so many calls."),
  ],
  key: .none, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: ["till sandbox behave down --for 30s"])

let sandboxBooksCommand: CommandSpec = CommandSpec(
  path: ["sandbox", "books"], method: "sandbox.books",
  effect: "admin",
  summary: "The sandbox's own books",
  doc: "What the sandbox believes, kept apart from the daemon's store. Newest first.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: false, repeated: false,
      doc: "Which sandbox; default the only one."),
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
  resultMember: "trades",
  columns: ["gateway", "out_trade_no", "state", "amount", "paid", "refunded", "callback"],
  examples: [])

let sandboxDisputeCommand: CommandSpec = CommandSpec(
  path: ["sandbox", "dispute"], method: "sandbox.dispute",
  effect: "admin",
  summary: "Be the buyer's bank at a sandbox gateway",
  doc: "Opens a dispute of a paid payment, or says what became of the one that is there, and decides what becomes of the notification.",
  positionals: [
    ArgumentSpec(
      name: "payment", pointer: "/payment",
      kind: .text,
      required: true, repeated: false,
      doc: "Payment id."),
  ],
  flags: [
    ArgumentSpec(
      name: "state", pointer: "/state",
      kind: .choice(["warning", "needs_response", "under_review", "won", "lost", "warning_closed", "prevented", "accepted", "withdrawn"]),
      required: false, repeated: false,
      doc: "What the bank says. Default needs_response."),
    ArgumentSpec(
      name: "callback", pointer: "/callback",
      kind: .choice(["deliver", "lose", "duplicate", "delay"]),
      required: false, repeated: false,
      doc: "What becomes of the notification. Default deliver."),
    ArgumentSpec(
      name: "delay", pointer: "/delay_ms",
      kind: .durationMilliseconds,
      required: false, repeated: false,
      doc: "Delay of the notification, for delay."),
    ArgumentSpec(
      name: "amount", pointer: "/amount",
      kind: .money,
      required: false, repeated: false,
      doc: "How much; all that was paid if left out. Set when it opens."),
    ArgumentSpec(
      name: "due-in", pointer: "/due_in_ms",
      kind: .durationMilliseconds,
      required: false, repeated: false,
      doc: "How long an answer is taken; seven days if left out. Set when it opens."),
  ],
  key: .none, dryRun: false,
  resultMember: "trade",
  columns: ["out_trade_no", "state", "amount", "paid", "callback"],
  examples: ["till sandbox dispute pay_01JD0000000000000000000001 --state lost"])

let sandboxPayCommand: CommandSpec = CommandSpec(
  path: ["sandbox", "pay"], method: "sandbox.pay",
  effect: "admin",
  summary: "Be the buyer at a sandbox gateway",
  doc: "Pays, fails or leaves a payment, and decides what becomes of the notification.",
  positionals: [
    ArgumentSpec(
      name: "payment", pointer: "/payment",
      kind: .text,
      required: true, repeated: false,
      doc: "Payment id."),
  ],
  flags: [
    ArgumentSpec(
      name: "state", pointer: "/state",
      kind: .choice(["paid", "failed", "processing", "closed"]),
      required: false, repeated: false,
      doc: "What the buyer does. Default paid."),
    ArgumentSpec(
      name: "callback", pointer: "/callback",
      kind: .choice(["deliver", "lose", "duplicate", "delay"]),
      required: false, repeated: false,
      doc: "What becomes of the notification. Default deliver."),
    ArgumentSpec(
      name: "delay", pointer: "/delay_ms",
      kind: .durationMilliseconds,
      required: false, repeated: false,
      doc: "Delay of the notification, for delay."),
    ArgumentSpec(
      name: "amount", pointer: "/amount",
      kind: .money,
      required: false, repeated: false,
      doc: "Pay another amount."),
  ],
  key: .none, dryRun: false,
  resultMember: "trade",
  columns: ["out_trade_no", "state", "amount", "paid", "callback"],
  examples: ["till sandbox pay pay_01JD0000000000000000000001 --callback lose"])
