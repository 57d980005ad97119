// Generated from Protocol/ by `swift run generate`; do not edit.

let discrepancyConfirmCommand: CommandSpec = CommandSpec(
  path: ["discrepancy", "confirm"], method: "discrepancy.confirm",
  effect: "write",
  summary: "Agree to a proposed decision",
  doc: "By another operator than the one who proposed it, or by any where a rule did. Then it takes effect.",
  positionals: [
    ArgumentSpec(
      name: "discrepancy", pointer: "/discrepancy",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
  ],
  flags: [],
  key: .required, dryRun: true,
  resultMember: "discrepancy",
  columns: ["id", "number", "kind", "gateway", "state", "adjudication", "resolved_by"],
  examples: [])

let discrepancyGetCommand: CommandSpec = CommandSpec(
  path: ["discrepancy", "show"], method: "discrepancy.get",
  effect: "read",
  summary: "One discrepancy",
  doc: "With both sides, the likely cause and what is done about it.",
  positionals: [
    ArgumentSpec(
      name: "discrepancy", pointer: "/discrepancy",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "discrepancy",
  columns: [],
  examples: [])

let discrepancyListCommand: CommandSpec = CommandSpec(
  path: ["discrepancy", "list"], method: "discrepancy.list",
  effect: "read",
  summary: "Discrepancies",
  doc: "All filters must hold. Newest first.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "run", pointer: "/run",
      kind: .text,
      required: false, repeated: false,
      doc: "Found by this run."),
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: false, repeated: false,
      doc: "Whose."),
    ArgumentSpec(
      name: "kind", pointer: "/kind",
      kind: .choice(["missing_at_gateway", "missing_locally", "unknown_money", "gateway_success_only", "local_success_only", "amount_more", "amount_less", "fee_more", "fee_less", "fee_on_refund", "currency", "gateway_number", "duplicate_payment", "duplicate_row", "refund_missing_at_gateway", "refund_missing_locally", "refund_amount", "refund_status", "carry_over_aged_out", "payout_sum", "payout_not_arrived", "exchange_unexplained", "unknown_dispute", "statement_unsound", "bank_row_without_payout", "delivered_not_paid", "paid_not_delivered", "wrong_merchant"]),
      required: false, repeated: false,
      doc: "Of this kind."),
    ArgumentSpec(
      name: "state", pointer: "/state",
      kind: .choice(["open", "waiting", "proposed", "resolved"]),
      required: false, repeated: false,
      doc: "Where they stand."),
    ArgumentSpec(
      name: "order", pointer: "/order",
      kind: .text,
      required: false, repeated: false,
      doc: "About this order."),
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
  resultMember: "discrepancies",
  columns: ["id", "number", "kind", "gateway", "expected", "actual", "order", "state", "due_at"],
  examples: ["till discrepancy list --state open"])

let discrepancyProposeCommand: CommandSpec = CommandSpec(
  path: ["discrepancy", "propose"], method: "discrepancy.propose",
  effect: "write",
  summary: "Decide a difference, or propose how",
  doc: "One person decides a small one at once; a large one, and whatever tells a final payment otherwise, waits until another operator confirms, and takes a token already here. No verb changes a fact: each is an event with its entries in the books.",
  positionals: [
    ArgumentSpec(
      name: "discrepancy", pointer: "/discrepancy",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
    ArgumentSpec(
      name: "verb", pointer: "/verb",
      kind: .choice(["accept_gateway", "accept_local", "write_off", "move_to_suspense", "refund_buyer", "claim_from_gateway", "merge_match", "wait_until"]),
      required: true, repeated: false,
      doc: "What to do."),
  ],
  flags: [
    ArgumentSpec(
      name: "reason", pointer: "/reason",
      kind: .text,
      required: true, repeated: false,
      doc: "Why, for those who read it later."),
    ArgumentSpec(
      name: "until", pointer: "/until",
      kind: .time,
      required: false, repeated: false,
      doc: "For wait_until: when to look again."),
    ArgumentSpec(
      name: "partner", pointer: "/partner",
      kind: .text,
      required: false, repeated: false,
      doc: "For merge_match: the other half of the same movement."),
  ],
  key: .required, dryRun: true,
  resultMember: "discrepancy",
  columns: ["id", "number", "kind", "gateway", "state", "adjudication", "resolved_by"],
  examples: ["till discrepancy propose dsc_01JD0000000000000000000001 write_off --reason 'bank rounding'"])

let discrepancyRejectCommand: CommandSpec = CommandSpec(
  path: ["discrepancy", "reject"], method: "discrepancy.reject",
  effect: "write",
  summary: "Turn a proposed decision down",
  doc: "The difference is open again.",
  positionals: [
    ArgumentSpec(
      name: "discrepancy", pointer: "/discrepancy",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
  ],
  flags: [
    ArgumentSpec(
      name: "reason", pointer: "/reason",
      kind: .text,
      required: true, repeated: false,
      doc: "Why, for those who read it later."),
  ],
  key: .required, dryRun: true,
  resultMember: "discrepancy",
  columns: ["id", "number", "kind", "gateway", "state", "adjudication", "resolved_by"],
  examples: [])

let discrepancySummaryCommand: CommandSpec = CommandSpec(
  path: ["discrepancy", "summary"], method: "discrepancy.summary",
  effect: "read",
  summary: "What lies on the desk, how old it is, and what keeps coming back",
  doc: "Undecided discrepancies by kind, those at which most is at stake first; by age; and of the last days what was opened, what the machine ended, what people decided in time, and the causes of resolved cases, most frequent first.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: false, repeated: false,
      doc: "Discrepancies of this one; causes are of all cases."),
    ArgumentSpec(
      name: "days", pointer: "/days",
      kind: .integer,
      required: false, repeated: false,
      doc: "How far back. Default 7."),
  ],
  key: .none, dryRun: false,
  resultMember: nil,
  columns: [],
  examples: ["till discrepancy summary --days 30"])

let discrepancyUndoCommand: CommandSpec = CommandSpec(
  path: ["discrepancy", "undo"], method: "discrepancy.undo",
  effect: "write",
  summary: "Take a decision of people back",
  doc: "What it posted is posted the other way; nothing is erased, and the difference is open again.",
  positionals: [
    ArgumentSpec(
      name: "discrepancy", pointer: "/discrepancy",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
  ],
  flags: [
    ArgumentSpec(
      name: "reason", pointer: "/reason",
      kind: .text,
      required: true, repeated: false,
      doc: "Why, for those who read it later."),
  ],
  key: .required, dryRun: true,
  resultMember: "discrepancy",
  columns: ["id", "number", "kind", "gateway", "state", "adjudication", "resolved_by"],
  examples: [])
