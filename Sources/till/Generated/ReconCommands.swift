// Generated from Protocol/ by `swift run generate`; do not edit.

let reconGetCommand: CommandSpec = CommandSpec(
  path: ["recon", "show"], method: "recon.get",
  effect: "read",
  summary: "One reconciliation run",
  doc: "With its discrepancies by kind, as they stand now, and what is needed to sign it.",
  positionals: [
    ArgumentSpec(
      name: "run", pointer: "/run",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "run",
  columns: [],
  examples: [])

let reconListCommand: CommandSpec = CommandSpec(
  path: ["recon", "list"], method: "recon.list",
  effect: "read",
  summary: "Reconciliation runs",
  doc: "Newest first.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: false, repeated: false,
      doc: "Whose."),
    ArgumentSpec(
      name: "statement", pointer: "/statement",
      kind: .text,
      required: false, repeated: false,
      doc: "Of this statement."),
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
  resultMember: "runs",
  columns: ["id", "gateway", "from_at", "statement_rows", "matched", "filled_back", "opened", "sign_off.state", "made_at"],
  examples: ["till recon list --gateway alipay"])

let reconRunCommand: CommandSpec = CommandSpec(
  path: ["recon", "run"], method: "recon.run",
  effect: "write",
  summary: "Compare a statement with our books",
  doc: "Every row of both sides ends in exactly one bucket. A success that only the statement knows pays the order, with the row as evidence. Every difference is named and opened as a discrepancy; one that an earlier run opened is counted as known. Beside it the bill of the balance shows whether each trade, refund and fee was moved as it was earned, and the bank's statement whether each payout arrived, and when. May be repeated.",
  positionals: [
    ArgumentSpec(
      name: "statement", pointer: "/statement",
      kind: .text,
      required: true, repeated: false,
      doc: "A gateway's bill."),
  ],
  flags: [
    ArgumentSpec(
      name: "fund", pointer: "/fund",
      kind: .text,
      required: false, repeated: false,
      doc: "The bill of the balance for the same days: what was earned must have been moved. By default the one in force, if one is here."),
    ArgumentSpec(
      name: "bank", pointer: "/bank",
      kind: .text,
      required: false, repeated: false,
      doc: "The bank's statement in which its payouts must be found: those of the bill of the balance, else of the bill itself."),
  ],
  key: .none, dryRun: true,
  resultMember: "run",
  columns: [],
  examples: ["till recon run stm_01JD0000000000000000000001"])

let reconSignCommand: CommandSpec = CommandSpec(
  path: ["recon", "sign"], method: "recon.sign",
  effect: "write",
  summary: "Put your name under a run",
  doc: "Two persons stand for a run: the first is anybody of finance, the second somebody else of the lead. Every discrepancy that the run found must be decided or wait for a named day. The names stand under the digest of the run, its sums, its discrepancies and their decisions, which goes into the event chain. Whatever changes one of them makes the names void and says so: recon.reopened; so does a statement that is issued again, at the moment it comes in.",
  positionals: [
    ArgumentSpec(
      name: "run", pointer: "/run",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
  ],
  flags: [
    ArgumentSpec(
      name: "sha256", pointer: "/sha256",
      kind: .text,
      required: false, repeated: false,
      doc: "The digest that recon.get showed under to_sign; another one is refused."),
  ],
  key: .required, dryRun: true,
  resultMember: "run",
  columns: ["id", "gateway", "from_at", "sign_off.state", "sign_off.first_by", "sign_off.second_by", "sign_off.left_open"],
  examples: ["till recon sign rec_01JD0000000000000000000001"])
