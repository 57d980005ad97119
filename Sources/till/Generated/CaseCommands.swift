// Generated from Protocol/ by `swift run generate`; do not edit.

let caseAssignCommand: CommandSpec = CommandSpec(
  path: ["case", "assign"], method: "case.assign",
  effect: "write",
  summary: "Give a case to somebody",
  doc: "Whoever was the owner before is not any more.",
  positionals: [
    ArgumentSpec(
      name: "case", pointer: "/case",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
    ArgumentSpec(
      name: "owner", pointer: "/owner",
      kind: .text,
      required: true, repeated: false,
      doc: "Whose work it is: the name of an operator, or a principal of the peer map."),
  ],
  flags: [
    ArgumentSpec(
      name: "due", pointer: "/due",
      kind: .time,
      required: false, repeated: false,
      doc: "When the next step must have followed; a day from now if not given."),
  ],
  key: .allowed, dryRun: true,
  resultMember: "case",
  columns: ["id", "kind", "severity", "state", "owner", "due_at", "escalated_at", "cause"],
  examples: ["till case assign cas_01JD0000000000000000000001 li"])

let caseCloseCommand: CommandSpec = CommandSpec(
  path: ["case", "close"], method: "case.close",
  effect: "write",
  summary: "Put a resolved case away",
  doc: "Only when every discrepancy that it is about is decided, or waits for a day. Marks on its orders that nothing but a person's look ends are cleared: by kind refund_returned its own; by refund those of refunds that failed, came back, were made outside or contradict themselves; by excess a second charge; by dispute those of odd disputes; by gateway and other contradictions, unknown statuses and foreign transactions.",
  positionals: [
    ArgumentSpec(
      name: "case", pointer: "/case",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
  ],
  flags: [],
  key: .allowed, dryRun: true,
  resultMember: "case",
  columns: ["id", "kind", "severity", "state", "owner", "due_at", "escalated_at", "cause"],
  examples: ["till case close cas_01JD0000000000000000000001"])

let caseConfirmCommand: CommandSpec = CommandSpec(
  path: ["case", "confirm"], method: "case.confirm",
  effect: "write",
  summary: "Agree to the cause that another operator named",
  doc: "Never the same person.",
  positionals: [
    ArgumentSpec(
      name: "case", pointer: "/case",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
  ],
  flags: [],
  key: .allowed, dryRun: true,
  resultMember: "case",
  columns: ["id", "kind", "severity", "state", "owner", "due_at", "escalated_at", "cause"],
  examples: ["till case confirm cas_01JD0000000000000000000001"])

let caseGetCommand: CommandSpec = CommandSpec(
  path: ["case", "show"], method: "case.get",
  effect: "read",
  summary: "One case",
  doc: "With what people wrote into it; evidence that is no text is read with case.paper.",
  positionals: [
    ArgumentSpec(
      name: "case", pointer: "/case",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "case",
  columns: [],
  examples: [])

let caseLinkCommand: CommandSpec = CommandSpec(
  path: ["case", "link"], method: "case.link",
  effect: "write",
  summary: "Say what else a case is about",
  doc: "What is linked already stays as it is.",
  positionals: [
    ArgumentSpec(
      name: "case", pointer: "/case",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
    ArgumentSpec(
      name: "links", pointer: "/links",
      kind: .text,
      required: true, repeated: true,
      doc: "Orders, payments, refunds, disputes, discrepancies, runs."),
  ],
  flags: [],
  key: .allowed, dryRun: true,
  resultMember: "case",
  columns: ["id", "kind", "severity", "state", "owner", "due_at", "escalated_at", "cause"],
  examples: ["till case link cas_01JD0000000000000000000001 pay_01JD0000000000000000000001"])

let caseListCommand: CommandSpec = CommandSpec(
  path: ["case", "list"], method: "case.list",
  effect: "read",
  summary: "Cases",
  doc: "All filters must hold. Newest first.",
  positionals: [],
  flags: [
    ArgumentSpec(
      name: "live", pointer: "/live",
      kind: .boolean,
      required: false, repeated: false,
      doc: "Only those for which somebody still has to do something, or only the others."),
    ArgumentSpec(
      name: "state", pointer: "/state",
      kind: .choice(["open", "assigned", "waiting_buyer", "waiting_gateway", "waiting_bank", "proposed", "resolved", "closed"]),
      required: false, repeated: false,
      doc: "Where they stand."),
    ArgumentSpec(
      name: "escalated", pointer: "/escalated",
      kind: .boolean,
      required: false, repeated: false,
      doc: "Nobody did anything in time, or somebody did."),
    ArgumentSpec(
      name: "kind", pointer: "/kind",
      kind: .choice(["discrepancy", "stale_payment", "excess", "refund_returned", "buyer_claim", "refund", "dispute", "delivery", "gateway", "other"]),
      required: false, repeated: false,
      doc: "What they are about."),
    ArgumentSpec(
      name: "severity", pointer: "/severity",
      kind: .choice(["normal", "high"]),
      required: false, repeated: false,
      doc: "How much hangs on them."),
    ArgumentSpec(
      name: "owner", pointer: "/owner",
      kind: .text,
      required: false, repeated: false,
      doc: "Whose work they are."),
    ArgumentSpec(
      name: "cause", pointer: "/cause",
      kind: .choice(["callback_lost", "gateway_delay", "gateway_error", "bank_delay", "bill_wrong", "fee_contract", "paid_twice", "wrong_amount", "account_abnormal", "region_limit", "buyer_error", "fraud", "our_error", "no_fault", "other"]),
      required: false, repeated: false,
      doc: "Why it came to them."),
    ArgumentSpec(
      name: "about", pointer: "/about",
      kind: .text,
      required: false, repeated: false,
      doc: "Linked with this."),
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
  resultMember: "cases",
  columns: ["id", "kind", "severity", "state", "owner", "due_at", "escalated_at", "links"],
  examples: ["till case list --live"])

let caseNoteCommand: CommandSpec = CommandSpec(
  path: ["case", "note"], method: "case.note",
  effect: "write",
  summary: "Write into a case, or add evidence",
  doc: "Kept sealed, with its digest in the log. Give text for text or content_base64 for any bytes, not both. waiting_for says whom the work waits for from now on.",
  positionals: [
    ArgumentSpec(
      name: "case", pointer: "/case",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
  ],
  flags: [
    ArgumentSpec(
      name: "text", pointer: "/text",
      kind: .text,
      required: false, repeated: false,
      doc: "What you have to say."),
    ArgumentSpec(
      name: "content-base64", pointer: "/content_base64",
      kind: .bytes,
      required: false, repeated: false,
      doc: "Evidence, any bytes."),
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
      name: "waiting-for", pointer: "/waiting_for",
      kind: .choice(["nobody", "buyer", "gateway", "bank"]),
      required: false, repeated: false,
      doc: "Whom the work waits for from now on."),
    ArgumentSpec(
      name: "due", pointer: "/due",
      kind: .time,
      required: false, repeated: false,
      doc: "When the next step must have followed; a day from now if not given."),
  ],
  key: .allowed, dryRun: true,
  resultMember: "case",
  columns: ["id", "kind", "severity", "state", "owner", "due_at", "escalated_at", "cause"],
  examples: ["till case note cas_01JD0000000000000000000001 --text 'asked the gateway' --waiting-for gateway"])

let caseOpenCommand: CommandSpec = CommandSpec(
  path: ["case", "open"], method: "case.open",
  effect: "write",
  summary: "Open a case: work for people",
  doc: "Somebody must take it up within two hours. What it is about is linked; the order of a payment, refund or dispute is linked with it. Cases also open by themselves: for differences that one person may not decide, for excess money, for a refund that came back, for a payment without an answer for a day.",
  positionals: [
    ArgumentSpec(
      name: "kind", pointer: "/kind",
      kind: .choice(["discrepancy", "stale_payment", "excess", "refund_returned", "buyer_claim", "refund", "dispute", "delivery", "gateway", "other"]),
      required: true, repeated: false,
      doc: "What it is about."),
  ],
  flags: [
    ArgumentSpec(
      name: "severity", pointer: "/severity",
      kind: .choice(["normal", "high"]),
      required: false, repeated: false,
      doc: "How much hangs on it. Default normal."),
    ArgumentSpec(
      name: "links", pointer: "/links",
      kind: .text,
      required: false, repeated: true,
      doc: "Orders, payments, refunds, disputes, discrepancies, runs."),
    ArgumentSpec(
      name: "text", pointer: "/text",
      kind: .text,
      required: false, repeated: false,
      doc: "What happened, in words."),
    ArgumentSpec(
      name: "owner", pointer: "/owner",
      kind: .text,
      required: false, repeated: false,
      doc: "Whose work it is: the name of an operator, or a principal of the peer map."),
  ],
  key: .required, dryRun: true,
  resultMember: "case",
  columns: ["id", "kind", "severity", "state", "owner", "due_at", "escalated_at", "cause"],
  examples: ["till case open buyer_claim --links ord_01JD0000000000000000000001 --text 'paid twice, says the buyer'"])

let casePaperCommand: CommandSpec = CommandSpec(
  path: ["case", "paper"], method: "case.paper",
  effect: "read",
  summary: "A note or a piece of evidence of a case",
  doc: "The bytes that were given.",
  positionals: [
    ArgumentSpec(
      name: "case", pointer: "/case",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
    ArgumentSpec(
      name: "paper", pointer: "/paper",
      kind: .text,
      required: true, repeated: false,
      doc: "Which of its papers."),
  ],
  flags: [],
  key: .none, dryRun: false,
  resultMember: "paper",
  columns: ["id", "media_type", "bytes", "sha256", "by", "at"],
  examples: [])

let caseReopenCommand: CommandSpec = CommandSpec(
  path: ["case", "reopen"], method: "case.reopen",
  effect: "write",
  summary: "Take a case up again",
  doc: "Also how a second person turns down the cause that the first one named.",
  positionals: [
    ArgumentSpec(
      name: "case", pointer: "/case",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
  ],
  flags: [
    ArgumentSpec(
      name: "text", pointer: "/text",
      kind: .text,
      required: true, repeated: false,
      doc: "Why."),
  ],
  key: .allowed, dryRun: true,
  resultMember: "case",
  columns: ["id", "kind", "severity", "state", "owner", "due_at", "escalated_at", "cause"],
  examples: ["till case reopen cas_01JD0000000000000000000001 --text 'it happened again'"])

let caseResolveCommand: CommandSpec = CommandSpec(
  path: ["case", "resolve"], method: "case.resolve",
  effect: "write",
  summary: "Name the cause: the work is done",
  doc: "Of a case on which much hangs a second operator must agree; then the first needs a token as well.",
  positionals: [
    ArgumentSpec(
      name: "case", pointer: "/case",
      kind: .text,
      required: true, repeated: false,
      doc: "Which."),
    ArgumentSpec(
      name: "cause", pointer: "/cause",
      kind: .choice(["callback_lost", "gateway_delay", "gateway_error", "bank_delay", "bill_wrong", "fee_contract", "paid_twice", "wrong_amount", "account_abnormal", "region_limit", "buyer_error", "fraud", "our_error", "no_fault", "other"]),
      required: true, repeated: false,
      doc: "Why it came to it."),
  ],
  flags: [
    ArgumentSpec(
      name: "text", pointer: "/text",
      kind: .text,
      required: false, repeated: false,
      doc: "The same in words."),
  ],
  key: .allowed, dryRun: true,
  resultMember: "case",
  columns: ["id", "kind", "severity", "state", "owner", "due_at", "escalated_at", "cause"],
  examples: ["till case resolve cas_01JD0000000000000000000001 callback_lost"])
