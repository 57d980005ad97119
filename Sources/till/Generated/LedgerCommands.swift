// Generated from Protocol/ by `swift run generate`; do not edit.

let ledgerBalancesCommand: CommandSpec = CommandSpec(
  path: ["ledger", "balances"], method: "ledger.balances",
  effect: "read",
  summary: "The books: what every account holds",
  doc: "A double-entry ledger, made from the event log: sums by hour are kept up to where somebody last asked, and the log is read on from there. Each currency stands apart; in each, all accounts together hold nothing.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "at", pointer: "/at",
      kind: .time,
      required: false, repeated: false,
      doc: "As the books stood before this moment; now if absent."),
  ],
  key: .none, dryRun: false,
  resultMember: "balances",
  columns: ["account", "debit"],
  examples: ["till ledger balances"])

let ledgerTraceCommand: CommandSpec = CommandSpec(
  path: ["ledger", "trace"], method: "ledger.trace",
  effect: "read",
  summary: "The entries behind a balance",
  doc: "From a figure down to events, orders and their evidence: each entry names its event, and what it takes back.",
  positionals: [
    ArgumentSpec(
      name: "account", pointer: "/account",
      kind: .text,
      required: true, repeated: false,
      doc: "As ledger.balances names it, for example receivable:alipay."),
    ArgumentSpec(
      name: "currency", pointer: "/currency",
      kind: .text,
      required: true, repeated: false,
      doc: "Of which currency."),
  ],
  flags: [
    ArgumentSpec(
      name: "from-at", pointer: "/from_at",
      kind: .time,
      required: false, repeated: false,
      doc: "Entries at or after."),
    ArgumentSpec(
      name: "to-at", pointer: "/to_at",
      kind: .time,
      required: false, repeated: false,
      doc: "And before."),
    ArgumentSpec(
      name: "after", pointer: "/after",
      kind: .integer,
      required: false, repeated: false,
      doc: "Entries with a higher number only: next of the page before."),
    ArgumentSpec(
      name: "limit", pointer: "/limit",
      kind: .integer,
      required: false, repeated: false,
      doc: "Entries at most. Default 50."),
  ],
  key: .none, dryRun: false,
  resultMember: "entries",
  columns: ["number", "at", "cause", "debit", "order", "corrects"],
  examples: ["till ledger trace receivable:alipay CNY"])
