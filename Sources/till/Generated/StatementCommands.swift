// Generated from Protocol/ by `swift run generate`; do not edit.

let statementBillsCommand: CommandSpec = CommandSpec(
  path: ["statement", "bills"], method: "statement.bills",
  effect: "read",
  summary: "Gateways' bills and how far each is",
  doc: "One for each gateway, kind and day since the gateway's first payment, newest day first. Of the bank's files a warning tells: the days that no file covers while payouts wait which may have come on them.",
  positionals: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: false, repeated: false,
      doc: "Only of this gateway."),
  ],
  flags: [
    ArgumentSpec(
      name: "limit", pointer: "/limit",
      kind: .integer,
      required: false, repeated: false,
      doc: "Rows at most. Default 50."),
  ],
  key: .none, dryRun: false,
  resultMember: "bills",
  columns: ["gateway", "kind", "day", "state", "tries", "next_at", "statement", "reason"],
  examples: ["till statement bills", "till statement bills alipay --limit 7"])

let statementFetchCommand: CommandSpec = CommandSpec(
  path: ["statement", "fetch"], method: "statement.fetch",
  effect: "write",
  summary: "Download a gateway's bills now",
  doc: "Bills come by themselves at their ready time and again until they are there; this asks now, also for a bill that is there, which may have been issued again. It answers at once: the download, the import and the comparison follow, and statement.bills tells how far they are.",
  positionals: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: true, repeated: false,
      doc: "The configured gateway."),
    ArgumentSpec(
      name: "day", pointer: "/day",
      kind: .text,
      required: false, repeated: false,
      doc: "The day it is about, in the gateway's zone; by default the last one whose bill should be there."),
  ],
  flags: [
    ArgumentSpec(
      name: "kind", pointer: "/kind",
      kind: .choice(["trade", "fund", "settlement"]),
      required: false, repeated: false,
      doc: "Only this kind; by default all that the gateway gives out."),
  ],
  key: .none, dryRun: false,
  resultMember: "bills",
  columns: ["gateway", "kind", "day", "state", "tries", "next_at", "reason"],
  examples: ["till statement fetch alipay", "till statement fetch wechat 2026-11-20 --kind trade"])

let statementGetCommand: CommandSpec = CommandSpec(
  path: ["statement", "show"], method: "statement.get",
  effect: "read",
  summary: "One bill or bank statement",
  doc: "With what it states about itself and what its rows give.",
  positionals: [
    ArgumentSpec(
      name: "statement", pointer: "/statement",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "statement",
  columns: [],
  examples: [])

let statementImportCommand: CommandSpec = CommandSpec(
  path: ["statement", "import"], method: "statement.import",
  effect: "write",
  summary: "Take a bill or bank statement in",
  doc: "The form is guessed by the heading unless layout names it; zip files, GBK and UTF-8 are told apart by themselves. A file whose bytes are known already is answered with known. One for days that are there is issued again: it supersedes the older. The same bytes read by another layout are a statement of their own, in place of the first. A row of a bank's statement by which money came in under the out_trade_no of a payment of kind transfer pays that payment, or shows it to a person where the amount is another; where the statement is named as a gateway whose notices prove little, its rows confirm weakly paid payments of the same sum. With dry_run nothing is kept: preview shows the first rows as they were understood, and every row that does not read with a hint.",
  positionals: [
    ArgumentSpec(
      name: "statement", pointer: "/statement",
      kind: .text,
      required: true, repeated: false,
      doc: "From statement.begin; all pieces are here."),
  ],
  flags: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: false, repeated: false,
      doc: "The configured gateway whose bill it is; without it the only one that gives out such files. For a bank's statement, a name for the account."),
    ArgumentSpec(
      name: "layout", pointer: "/layout",
      kind: .text,
      required: false, repeated: false,
      doc: "How it is laid out: alipay_trade, alipay_fund, wechat_trade, wechat_fund, stripe, paypal, paypal_day_first, mt940, ofx, camt053, or a layout that the configuration saves. Guessed without it."),
    ArgumentSpec(
      name: "mapping", pointer: "/mapping",
      kind: .json,
      required: false, repeated: false,
      doc: "Declares a layout, for files of any shop or channel, in place of layout. It is kept with the statement, which is always read by it."),
    ArgumentSpec(
      name: "from-at", pointer: "/from_at",
      kind: .time,
      required: false, repeated: false,
      doc: "The days it covers begin; by default the day of its first row."),
    ArgumentSpec(
      name: "to-at", pointer: "/to_at",
      kind: .time,
      required: false, repeated: false,
      doc: "And end; by default the day after its last row's."),
  ],
  key: .none, dryRun: true,
  resultMember: "statement",
  columns: ["id", "gateway", "content", "layout", "rows", "from_at", "verified"],
  examples: ["till statement import 20881234_20261120.csv.zip", "till statement import may.mt940 --gateway icbc --dry-run", "till statement import orders.csv --gateway pinduoduo --layout pinduoduo.json --dry-run"])

let statementListCommand: CommandSpec = CommandSpec(
  path: ["statement", "list"], method: "statement.list",
  effect: "read",
  summary: "Bills and bank statements",
  doc: "All filters must hold. Newest first.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "gateway", pointer: "/gateway",
      kind: .text,
      required: false, repeated: false,
      doc: "Whose."),
    ArgumentSpec(
      name: "content", pointer: "/content",
      kind: .choice(["trade", "fund", "bank", "settlement"]),
      required: false, repeated: false,
      doc: "What they hold."),
    ArgumentSpec(
      name: "from-at", pointer: "/from_at",
      kind: .time,
      required: false, repeated: false,
      doc: "With days after this."),
    ArgumentSpec(
      name: "to-at", pointer: "/to_at",
      kind: .time,
      required: false, repeated: false,
      doc: "With days before this."),
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
  resultMember: "statements",
  columns: ["id", "gateway", "content", "from_at", "to_at", "rows", "verified", "superseded_by"],
  examples: ["till statement list --gateway alipay"])
